"""CPU of all checks of one `bptt` submission: the grader's side and the student's process together.

    python -m benchmarks.checks [SUBMISSIONS]

Prints seconds per submission for the plain solution, and for one with a wrong function, whose diagnosis is included;
starting the warm process, which a whole class shares, is taken off.
"""

from __future__ import annotations

import os

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

import sys  # noqa: E402
import time  # noqa: E402

import nbformat  # noqa: E402

from autograder.checks import misconceptions  # noqa: E402
from autograder.grade import Job, grade_submission  # noqa: E402
from autograder.intake import Collected  # noqa: E402
from autograder.sandbox import Sandbox  # noqa: E402
from tests.notebooks import solution, solved  # noqa: E402

WRONG = ('dc * cache["c_prev"] * f * (1 - f)', 'dc * cache["c_prev"] * f')


class Metered(Sandbox):
    """A sandbox that adds up the CPU time of its students, as the kernel counts it."""

    student_cpu_s = 0.0

    def order(self, op, **rest):
        if op == "end":
            self.student_cpu_s += super().order("usage")["cpu"]
        return super().order(op, **rest)


def graded(notebook, count) -> tuple[float, float]:
    """CPU seconds of grading a notebook so many times, for each: on the grader's side, and in the student's process."""
    data = nbformat.writes(notebook).encode()
    with Metered() as sandbox:
        own = time.process_time()
        for seed in range(count):
            grade_submission(Job(Collected("student", data), "bptt", seed), sandbox)
        return (time.process_time() - own) / count, sandbox.student_cpu_s / count


def main(count=50):
    misconceptions.library()
    wrong = solved("bptt", lstm_cell_backward=solution("bptt", "lstm_cell_backward", WRONG))
    graded(wrong, 1)  # what is loaded once
    for name, notebook in (("plain solution", solved("bptt")), ("one wrong function, diagnosed", wrong)):
        grader, student = graded(notebook, count)
        print(f"{name:32} grader {grader:.3f} s + student {student:.3f} s = {grader + student:.3f} s of CPU")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
