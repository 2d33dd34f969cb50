"""Intake: from what was handed in to the code cells that are to run, whatever it is; nothing runs here.

`students` lists the students' folders; `collect_one`, `small_file` and `timestamp` read one of them; `parse` reads a
notebook's bytes; `restored` makes the notebook that a person grades by hand.
"""

from autograder.intake.document import Unreadable
from autograder.intake.folders import Collected, IntakeError, collect_one, small_file, students, timestamp
from autograder.intake.notebook import Cell, Submission, parse, restored

__all__ = [
    "Cell",
    "Collected",
    "IntakeError",
    "Submission",
    "Unreadable",
    "collect_one",
    "parse",
    "restored",
    "small_file",
    "students",
    "timestamp",
]
