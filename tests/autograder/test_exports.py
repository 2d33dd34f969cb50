"""Exports: read back as Canvas, Moodle and a spreadsheet read them; nobody is lost on the way."""

import csv
import datetime
import re

import pytest
from nbgrader.api import Gradebook

from autograder import exports
from autograder.assignment import load
from autograder.errors import UserError
from autograder.exports.formats import harmless, number
from autograder.gradebook import Recorder
from autograder.student_id import safe_id
from autograder.verdict import CellRun, CheckResult, Verdict

GATES = load("gates")
ALL = sum(cell.points for cell in GATES.checks)
(BY_HAND,) = (
    cell.metadata.nbgrader.grade_id
    for cell in GATES.notebook.cells
    if cell.metadata.get("nbgrader", {}).get("grade") and cell.metadata.nbgrader.solution
)
STUDENTS = ["anna", "müller-2", "o'brien, pat", "=1+1", "@home", "ben"]
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Exercise 1: the gates (4711),Final Score
,,,,,Manual Posting,
    Points Possible,,,,,12,(read only)
"Ander, Anna",101,S1,anna,"A, morning",,
"=cmd|' /C calc'!A0",102,S2,müller-2,A,3,
"O'Brien, Pat",103,S3,"o'brien, pat",A,,
Eq,104,S4,=1+1,A,,
At,105,S5,@home,@B,,
"Zorn, Zoe",106,S6,zoe,A,,
"Student, Test",199,,,A,,
"""
MOODLE = """\
First name;Surname;ID number;Institution;Email address;Quiz: one (Real);Last downloaded from this course
Anna;Ander;anna;;Anna@x.example;-;1763700000
Mü;Müller;müller-2;;m@x.example;-;1763700000
Pat;O'Brien;o'brien, pat;;pat@x.example;1,50;1763700000
At;At;@home;;at@x.example;-;1763700000
"""


@pytest.fixture
def out(tmp_path):
    """A folder that was graded into: what each student has stands in the names of `expected`."""
    with Recorder(f"sqlite:///{tmp_path}/gradebook.db", GATES) as recorder:
        recorder.record(*[verdict(student, 0.5) for student in STUDENTS])
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as gradebook:
        by_hand = gradebook.find_grade(BY_HAND, "gates", "gates", "anna")
        by_hand.manual_score, by_hand.extra_credit, by_hand.needs_manual_grade = 1.5, 0.25, False
        submission = gradebook.find_submission("gates", "ben")
        submission.timestamp = datetime.datetime(2026, 11, 20)
        submission.notebooks[0].late_submission_penalty = 100.0
        gradebook.find_submission("gates", "müller-2").notebooks[0].late_submission_penalty = 0.125
        gradebook.db.commit()
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8-sig")
    (tmp_path / "moodle.csv").write_text(MOODLE, encoding="utf-8")
    return tmp_path


def verdict(student, share):
    checks = tuple(CheckResult(cell.grade_id, share * cell.points, cell.points, "partial") for cell in GATES.checks)
    return Verdict(student, "gates", checks, cells=(CellRun("sigmoid"),))


def rows(exported):
    with open(exported.path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def as_canvas_reads(table):
    """Scores by Canvas' ID, and the assignment's number: the rules of its gradebook_importer.rb."""
    head, points, *students = table
    assert "Student" in head[0] and "ID" in head[1] and len(head) > 3
    assert re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3]) and "Section" in head[4]
    assert "Points Possible" in points[0] and float(points[5])
    return {row[1]: float(row[5]) for row in students}, re.search(r"\((\d+)\)$", head[5])[1]


def test_canvas_reads_what_was_written(out):
    done = exports.write("canvas", "gates", out, roster_path=out / "canvas.csv")
    scores, assignment = as_canvas_reads(rows(done))
    half = ALL / 2
    assert scores == {"101": half + 1.75, "102": half - 0.125, "103": half, "104": half, "105": half}
    assert (assignment, done.count, done.path.name) == ("4711", 5, "canvas-gates.csv")
    notes = " ".join(done.notes)
    assert "column 'SIS Login ID'" in notes
    assert "Not in the file, since the roster does not have them: 1 (ben)." in notes
    assert "Not in the file, since they have no grade: 1 (zoe)." in notes
    assert f"wait for points by hand, which are not in their totals yet: {len(STUDENTS) - 1} (" in notes


def test_ids_stand_as_canvas_has_them_and_all_other_text_is_harmless(out):
    done = exports.write("canvas", "gates", out, roster_path=out / "canvas.csv")
    table = {row[1]: row for row in rows(done)}
    assert table["104"][2:4] == ["S4", "=1+1"] and table["105"][3:5] == ["@home", "'@B"]
    assert table["102"][0] == "'=cmd|' /C calc'!A0"
    assert "do not open the file in a spreadsheet" in " ".join(done.notes)


def test_an_assignment_can_be_called_otherwise(out):
    done = exports.write(
        "canvas", "gates", out, roster_path=out / "canvas.csv", title="Lab 1 (9)", to=out / "there.csv"
    )
    assert rows(done)[0][-1] == "Lab 1 (9)" and done.path == out / "there.csv"


def test_moodle_reads_what_was_written(out):
    done = exports.write("moodle", "gates", out, roster_path=out / "moodle.csv", feedback=True)
    head, *students = rows(done)
    assert head == ["ID number", "Email address", GATES.title, f"Feedback: {GATES.title}"]
    found = {row[0]: (row[1], float(row[2])) for row in students}
    assert found["anna"] == ("Anna@x.example", ALL / 2 + 1.75)
    assert found.keys() == {"anna", "müller-2", "o'brien, pat", "@home"}  # one that it does not know would stop it
    told = {row[0]: row[3] for row in students}["müller-2"]
    assert "sigmoid 1 of 2; " in told and told.endswith("late: 0.125 taken off")
    assert "2 (%3D1+1, ben)" in " ".join(done.notes)
    assert [len(row) for row in rows(exports.write("moodle", "gates", out, roster_path=out / "moodle.csv"))] == [3] * 5


def test_nbgraders_table_agrees_with_its_own_export(out):
    done = exports.write("nbgrader", "gates", out)
    with open(done.path, encoding="utf-8", newline="") as file:
        found = {row["student_id"]: row for row in csv.DictReader(file)}
    with Gradebook(f"sqlite:///{out}/gradebook.db") as gradebook:
        for student in gradebook.students:
            submission = gradebook.find_submission("gates", student.id)
            row = found.pop(student.id)
            assert float(row["raw_score"]) == submission.score
            assert float(row["score"]) == max(0.0, submission.score - submission.late_submission_penalty)
            assert float(row["max_score"]) == submission.max_score
    assert not found and {safe_id("=1+1"), "o'brien, pat"} <= {row[3] for row in rows(done)}


def test_a_longest_id_finds_its_student(out):
    name = "x" * 300
    with Recorder(f"sqlite:///{out}/gradebook.db", GATES) as recorder:
        recorder.record(verdict(name, 1.0))
    (out / "long.csv").write_text(f"Student,ID\nLong,{name}\n")
    done = exports.write("canvas", "gates", out, roster_path=out / "long.csv")
    assert rows(done)[-1][1] == name and float(rows(done)[-1][-1]) == ALL


@pytest.mark.parametrize(
    ("content", "by", "message"),
    [
        ("Student,ID\nZoe,zoe\n", None, "none of the gradebook's students in any column; the first of them is"),
        (CANVAS, "Login", "has no column 'Login'; it has Student, ID"),
        (CANVAS, "Section", "none of the gradebook's students in the column 'Section'"),
        ("Student,ID\nA,anna\nB,anna\n", None, "2 rows with 'anna' in the column 'ID'"),
        (
            "Name,Login\nA,anna\n",
            None,
            "Canvas knows students by ID, SIS User ID or SIS Login ID, and the roster has none",
        ),
        ("", None, "is no table"),
        ("anna\nben\n", None, "is no table"),
        ('Student,ID\n"anna,1\n', None, "is no CSV file"),
        (b"Student,ID\nM\xfcller,anna\n", None, "is not in UTF-8"),
    ],
)
def test_a_roster_that_does_not_fit_is_said(out, content, by, message):
    path = out / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError, match=re.escape(message)):
        exports.write("canvas", "gates", out, roster_path=path, by=by)
    assert not (out / "canvas-gates.csv").exists()


def test_numbers_are_short_and_formulas_are_none():
    assert [number(value) for value in (0.1 + 0.2, 10.0, 0, 2 / 3)] == ["0.3", "10", "0", "0.6667"]
    assert [harmless(text) for text in ("=1", "+1", "-1", "@a", "\t=1", "1-1", "")] == [
        "'=1", "'+1", "'-1", "'@a", "'\t=1", "1-1", "",
    ]  # fmt: skip
