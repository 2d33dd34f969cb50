"""grades.csv: a row for each student and check, and one for the total."""

import csv
from decimal import Decimal

from autograder import atomic
from autograder.student_id import safe_id

HEADER = ("student", "assignment", "check", "score", "max_score", "status")


def write(path, verdicts):
    """Write the verdicts, in their order, in place of the file ``path``.

    Numbers read back as the floats that they were. A total is the sum of its rows as they stand there, in decimals, so
    that 0.1 and 0.2 make 0.3. The file is replaced whole, once it is on the disk.
    """
    with atomic.writing(path, durable=True) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(HEADER)
        for verdict in verdicts:
            table.writerows(_rows(verdict))


def read(path):
    """The rows of a grades.csv as dicts, ``score`` and ``max_score`` as floats."""
    with open(path, encoding="utf-8", newline="") as file:
        return [
            {**row, "score": float(row["score"]), "max_score": float(row["max_score"])} for row in csv.DictReader(file)
        ]


def _rows(verdict):
    student = safe_id(verdict.student)
    for check in verdict.checks:
        yield student, verdict.assignment, check.check, _number(check.score), _number(check.max_score), check.status
    score = sum(Decimal(_number(check.score)) for check in verdict.checks)
    max_score = sum(Decimal(_number(check.max_score)) for check in verdict.checks)
    yield student, verdict.assignment, "total", _number(score), _number(max_score), verdict.status


def _number(value):
    return repr(float(value)).removesuffix(".0")
