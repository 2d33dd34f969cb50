"""Grades for other systems: files that Canvas and Moodle import, and nbgrader's own table.

The totals are the gradebook's, so that points by hand, extra credit and late penalties count as in nbgrader. Canvas and
Moodle know students by ids of their own; a roster, which each of them exports, says which student is whom.
"""

from autograder.exports.formats import FORMATS
from autograder.exports.write import Exported, write

__all__ = ["FORMATS", "Exported", "write"]
