"""nbgrader's gradebook: as nbgrader would have filled it, whole or not at all, and nobody's work by hand undone."""

import csv
import gc
import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import sqlalchemy as sql
from nbgrader.api import Base, Gradebook
from nbgrader.preprocessors import SaveCells

from autograder import grades_csv
from autograder.assignment import Assignment, load
from autograder.errors import UserError
from autograder.gradebook import BATCH, KERNELSPEC, REFUSAL, Recorder
from autograder.student_id import safe_id
from autograder.verdict import CellRun, CheckResult, Verdict
from tests import postgres

GATES = load("gates")
(BY_HAND,) = (
    cell.metadata.nbgrader.grade_id
    for cell in GATES.notebook.cells
    if cell.metadata.get("nbgrader", {}).get("grade") and cell.metadata.nbgrader.solution
)


@pytest.fixture(scope="module")
def server():
    with postgres.server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(tmp_path, request):
    """The address of an empty database."""
    if request.param == "postgresql":
        return request.getfixturevalue("server").new_database()
    return f"sqlite:///{tmp_path}/gradebook.db"


in_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
in_postgresql = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


@pytest.fixture
def recorder(url):
    with Recorder(url, GATES) as recorder:
        yield recorder


def verdict(student, share=0.5, status="partial"):
    checks = tuple(CheckResult(cell.grade_id, share * cell.points, cell.points, status) for cell in GATES.checks)
    return Verdict(student, "gates", checks, cells=(CellRun("sigmoid"),))


def tables(url):
    """The whole database, without the ids that are drawn by chance: for each table its rows, in one order."""
    engine = sql.create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(
                repr(
                    {name: value for name, value in row.items() if not (name.endswith("id") and len(str(value)) == 32)}
                )
                for row in connection.execute(table.select()).mappings()
            )
            for table in Base.metadata.sorted_tables
        }
        found["version"] = connection.execute(sql.text("select * from alembic_version")).all()
    engine.dispose()
    return found


def grades(url, student):
    """Of a student's grades, by cell: automatic score, score by hand, extra credit, whether it waits for a person."""
    with Gradebook(url) as gradebook:
        submission = gradebook.find_submission("gates", student)
        return {
            grade.name: (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@pytest.mark.filterwarnings("ignore:Object of type .* not in session:sqlalchemy.exc.SAWarning")  # nbgrader's own
def test_it_stands_as_nbgrader_itself_would_have_left_it_but_for_the_refusal(tmp_path, url, recorder, monkeypatch):
    theirs = f"sqlite:///{tmp_path}/theirs.db"
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # nbgrader calls alembic
    with Gradebook(theirs) as gradebook:
        gradebook.update_or_create_assignment("gates")
    about = {"notebook": "gates", "assignment": "gates", "db_url": theirs}
    SaveCells().preprocess(nbformat.from_dict(GATES.notebook), {"nbgrader": about})
    with Gradebook(theirs) as gradebook:
        notebook = gradebook.find_notebook("gates", "gates")
        notebook.kernelspec = json.dumps(KERNELSPEC)
        for cell in notebook.source_cells:
            cell.checksum = REFUSAL if cell.name.startswith("check_") else cell.checksum
        gradebook.add_student("anna")
        for grade in gradebook.add_submission("gates", "anna").notebooks[0].grades:
            grade.auto_score = None if grade.name == BY_HAND else 0.5 * grade.cell.max_score
            grade.needs_manual_grade = grade.auto_score is None
        gradebook.db.commit()

    recorder.record(verdict("anna"))
    assert tables(url) == tables(theirs)


def test_scores_and_what_waits_for_a_person(url, recorder):
    recorder.record(verdict("anna", 0.25))
    expected = {cell.grade_id: (0.25 * cell.points, None, None, False) for cell in GATES.checks}
    assert grades(url, "anna") == expected | {BY_HAND: (None, None, None, True)}


def test_nothing_handed_in_waits_for_nobody(url, recorder):
    recorder.record(replace(verdict("max", 0, "missing"), cells=()))
    assert grades(url, "max")[BY_HAND] == (0, None, None, False)
    recorder.record(verdict("max"))
    assert grades(url, "max")[BY_HAND] == (None, None, None, True)


def test_recording_twice_changes_nothing(url, recorder):
    everyone = [verdict(f"student {i}") for i in range(20)]
    recorder.record(*everyone)
    before = tables(url)
    recorder.record(*everyone)
    with Recorder(url, GATES) as again:
        again.record(*everyone[:5] + everyone[:5])
    assert tables(url) == before


def test_regrading_keeps_what_a_person_gave(url, recorder):
    recorder.record(verdict("anna"), verdict("ben"))
    with Gradebook(url) as gradebook:
        for cell, score, extra in ((BY_HAND, 1.5, 0.5), ("check_sigmoid", 2.0, None)):
            grade = gradebook.find_grade(cell, "gates", "gates", "anna")
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, extra, False
        gradebook.find_comment("sigmoid", "gates", "gates", "anna").manual_comment = "Nicely done."
        gradebook.db.commit()

    recorder.record(verdict("anna", 1.0, "passed"), verdict("ben", 1.0, "passed"))
    after = grades(url, "anna")
    assert after[BY_HAND] == (None, 1.5, 0.5, True)
    assert after["check_sigmoid"] == (GATES.checks[0].points, 2.0, None, True)
    assert after["check_forget_gate"] == (GATES.checks[1].points, None, None, False)
    assert grades(url, "ben")[BY_HAND] == (None, None, None, True)
    with Gradebook(url) as gradebook:
        assert gradebook.find_comment("sigmoid", "gates", "gates", "anna").comment == "Nicely done."


def test_one_check_can_be_graded_anew(url, recorder):
    recorder.record(verdict("anna", 0.5))
    whole = verdict("anna", 1.0, "passed")
    recorder.record(replace(whole, checks=whole.checks[1:2]))
    after = grades(url, "anna")
    assert after["check_sigmoid"][0] == 0.5 * GATES.checks[0].points
    assert after["check_forget_gate"][0] == GATES.checks[1].points


def test_nbgraders_export_agrees_with_grades_csv(tmp_path, url, recorder):
    verdicts = [
        verdict(student, share) for student, share in (("anna", 1), ("müller-2", 1 / 3), ("=1+1", 0.1), ("a/b\0", 0))
    ]
    recorder.record(*verdicts)
    grades_csv.write(tmp_path / "grades.csv", verdicts)
    command = [sys.executable, "-m", "nbgrader", "export", "--db", url, "--to", str(tmp_path / "exported.csv")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with open(tmp_path / "exported.csv", encoding="utf-8", newline="") as file:
        exported = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}
    totals = {
        row["student"]: row["score"] for row in grades_csv.read(tmp_path / "grades.csv") if row["check"] == "total"
    }
    assert exported == pytest.approx(totals, abs=1e-12)


def test_a_class_takes_no_longer_than_its_size(url, recorder):
    def seconds(students):
        start = time.process_time()
        recorder.record(*students)
        return (time.process_time() - start) / len(students)

    seconds([verdict("warm up")])
    few, many = (
        seconds([verdict(f"few {i}") for i in range(100)]),
        seconds([verdict(f"many {i}") for i in range(3 * BATCH)]),
    )
    assert many < 5e-3 and many < 3 * few
    with Gradebook(url) as gradebook:
        assert gradebook.find_assignment("gates").num_submissions == 1 + 100 + 3 * BATCH


def test_changed_points_and_sources_reach_the_gradebook(url, recorder):
    recorder.record(verdict("anna"))
    notebook = nbformat.from_dict(GATES.notebook)
    check = next(
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "check_sigmoid"
    )
    check.metadata.nbgrader.points, check.source = 9, "# new"
    extra = nbformat.from_dict(check)
    extra.metadata.nbgrader |= {"grade_id": "test_more", "grade": False, "locked": True}
    notebook.cells.append(extra)
    with Recorder(url, changed(notebook)) as recorder:
        recorder.record(verdict("ben"))
    with Gradebook(url) as gradebook:
        assert gradebook.find_grade_cell("check_sigmoid", "gates", "gates").max_score == 9
        assert gradebook.find_source_cell("check_sigmoid", "gates", "gates").source == "# new"
        assert gradebook.find_source_cell("test_more", "gates", "gates").locked
        assert gradebook.find_assignment("gates").num_submissions == 2


def test_a_cell_that_holds_grades_is_not_dropped(url, recorder):
    notebook = nbformat.from_dict(GATES.notebook)
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") != BY_HAND]
    with Recorder(url, changed(notebook)):
        pass  # nobody has a grade yet, so it goes
    with Recorder(url, GATES) as back:
        back.record(verdict("anna"))
    before = tables(url)
    with pytest.raises(UserError, match=f"grades or comments for the cell '{BY_HAND}'.*Put the cell back"):
        Recorder(url, changed(notebook))
    assert tables(url) == before


def changed(notebook):
    return Assignment(GATES.name, GATES.title, GATES.checks, notebook)


@in_sqlite
def test_a_locked_database_is_said_and_survived(tmp_path, url):
    with Recorder(f"{url}?timeout=0.1", GATES) as recorder:
        recorder.record(verdict("anna"))
        before = tables(url)
        holder = sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None)
        holder.execute("begin exclusive")
        with pytest.raises(
            UserError, match="gradebook.db.* cannot be used: database is locked. Nothing of this step was written"
        ):
            recorder.record(verdict("anna", 1.0), verdict("ben"))
        with pytest.raises(UserError, match="database is locked"):
            Recorder(f"{url}?timeout=0.1", GATES)
        holder.close()
        assert tables(url) == before
        recorder.record(verdict("anna", 1.0), verdict("ben"))
    assert grades(url, "ben")["check_sigmoid"][0] == 0.5 * GATES.checks[0].points


@in_postgresql
def test_a_locked_table_is_said_and_survived(url):
    with Recorder(f"{url}&options=-c%20lock_timeout=100", GATES) as recorder:
        recorder.record(verdict("anna"))
        engine = sql.create_engine(url)
        with engine.connect() as holder:
            holder.execute(sql.text("lock table grade in exclusive mode"))
            with pytest.raises(UserError, match="lock timeout.* Nothing of this step was written"):
                recorder.record(verdict("anna", 1.0), verdict("ben"))
        engine.dispose()
        recorder.record(verdict("anna", 1.0), verdict("ben"))
    assert grades(url, "ben")["check_sigmoid"][0] == 0.5 * GATES.checks[0].points


@in_postgresql
def test_a_server_that_starts_anew_is_found_again(url, server):
    with Recorder(url, GATES) as recorder:
        recorder.record(verdict("anna"))
        server.stop()
        with pytest.raises(UserError, match="Nothing of this step was written"):
            recorder.record(verdict("ben"))
        server.start()
        recorder.record(verdict("ben"))
    assert grades(url, "anna") == grades(url, "ben")


def test_several_clients_share_a_gradebook(url):
    with Recorder(url, GATES) as one, Recorder(url, GATES) as other:
        for number in range(3):
            one.record(verdict(f"one {number}"))
            other.record(verdict(f"other {number}"))
    with Gradebook(url) as gradebook:
        assert gradebook.find_assignment("gates").num_submissions == 6


@in_postgresql
def test_ids_of_students_fit_in_every_database(url):
    ids = ["x" * 300, "müller-2", "日" * 200, "=1+1", "../..", "nul\0nul", "half \ud800"]
    with Recorder(url, GATES) as recorder:
        recorder.record(*[verdict(student) for student in ids])
    with Gradebook(url) as gradebook:
        assert {student.id for student in gradebook.students} == {safe_id(student) for student in ids}


@in_sqlite
@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("sqlite:///{folder}/nowhere/gradebook.db", "unable to open database file"),
        ("sqlite:///file:{folder}/gradebook.db?mode=ro&uri=true", "readonly database"),
        ("sqlite:///{folder}/text.db", "file is not a database"),
        ("sqlite:///{folder}/old.db", "another version of nbgrader.*nbgrader db upgrade"),
        ("grades.db", "'grades.db' is no address of a database; expected one such as sqlite"),
        ("postgresql://nobody@127.0.0.1:1/grades", "127.0.0.1.*failed: Connection refused"),
        ("nosuch://host/grades", "is no address of a database"),
        ("mysql+nosuch://host/grades", "is no address of a database"),
        ("oracle+cx_oracle://host/grades", "needs a Python package that is missing: cx_Oracle"),
    ],
)
def test_a_database_that_cannot_be_used_is_said(tmp_path, url, address, message):
    (tmp_path / "text.db").write_text("no database" * 1000)
    with Recorder(url, GATES):
        pass
    (tmp_path / "old.db").write_bytes((tmp_path / "gradebook.db").read_bytes())
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.execute("update alembic_version set version_num = 'b6d005d67074'")
    old.close()
    with pytest.raises(UserError, match=message):
        with Recorder(address.format(folder=tmp_path), GATES) as recorder:
            recorder.record(verdict("anna"))


def test_a_password_is_never_said(url):
    with pytest.raises(UserError) as raised:
        Recorder("oracle+cx_oracle://me:geheim@host/grades", GATES)
    assert "geheim" not in str(raised.value)


def test_connections_are_let_go(url):
    with Recorder(url, GATES) as recorder:
        recorder.record(verdict("anna"))
    del recorder
    gc.collect()  # an open connection would warn here, and warnings are errors
