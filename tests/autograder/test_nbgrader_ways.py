"""nbgrader's commands and buttons: walls, checks and grades as with `python -m autograder grade`, or nothing at all."""

import contextlib
import copy
import csv
import io
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde, GenerateAssignment, GenerateSolution, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins import CsvExportPlugin, LateSubmissionPlugin
from nbgrader.validator import Validator
from traitlets.config import Config

from autograder import nbgrader_ways
from autograder.assignment import load, released_path
from autograder.classroom import grade_class
from autograder.gradebook import REFUSAL
from tests.notebooks import drop_cell, hand_in, solution, solved

REPOSITORY = Path(nbgrader_ways.__file__).resolve().parents[1]

pytestmark = [
    pytest.mark.filterwarnings("ignore:Object of type .* not in session:sqlalchemy.exc.SAWarning"),  # nbgrader's own
    pytest.mark.filterwarnings("ignore:Non-unique cell id"),
]


def same_but_twice():
    notebook = solved("gates")
    (check,) = (copy.deepcopy(cell) for cell in notebook.cells if cell.id == "check_sigmoid")
    check.source = "1 + 1"
    notebook.cells.append(check)
    return notebook


def without_checks():
    notebook = solved("gates")
    for check in load("gates").checks:
        drop_cell(notebook, check.grade_id)
    return notebook


def greedy():
    notebook = solved("gates", hidden_state="def hidden_state(o, c): return c")
    for cell in notebook.cells:
        if cell.id.startswith("check_"):
            cell.metadata.nbgrader.points = 1000
            cell.source = "1000.0"
        if cell.id.startswith("test_"):
            cell.source = f"def {cell.id}(): pass"
    return notebook


def retyped():
    notebook = solved("gates")
    (check,) = (cell for cell in notebook.cells if cell.id == "check_candidate")
    check.cell_type = "markdown"
    del check["outputs"], check["execution_count"]
    return notebook


def with_scripts():
    notebook = solved("gates")
    for cell in notebook.cells:
        if cell.id == "reflection_gates":
            cell.source = "Half is gone after 2.2 steps. <script>alert(1)</script><img src=x onerror=alert(2)>"
    return notebook


CHANGED = [
    (Autograde, "start"),
    (GenerateAssignment, "start"),
    (GenerateSolution, "start"),
    (Validator, "validate"),
    (ExchangeCollect, "_path_to_record"),
    (ExchangeCollect, "_sort_by_timestamp"),
    (ExchangeCollect, "copy_files"),
    (CourseDirectory, "get_existing_timestamp"),
    (NbGraderAPI, "get_submitted_timestamp"),
]
STOCK_START = Autograde.start

ORDER = ("[h_prev, x]", "[x, h_prev]")
CLASS = {
    "right": lambda: solved("gates"),
    "not written": lambda: load("gates").notebook,
    "wrong order": lambda: solved("gates", forget_gate=solution("gates", "forget_gate", ORDER)),
    "changes its argument": lambda: solved(
        "gates", update_cell="def update_cell(c_prev, f, i, c_tilde):\n    c_prev *= f\n    return c_prev + i * c_tilde"
    ),
    "exits": lambda: solved("gates", candidate="def candidate(*a):\n    import os\n    os._exit(0)"),
    "twice": same_but_twice,
    "no checks": without_checks,
    "greedy": greedy,
    "retyped": retyped,
    "scripts": with_scripts,
    "damaged": lambda: "no notebook",
    "<b>markup": lambda: solved("gates"),
}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handed in")
    for student, make in CLASS.items():
        hand_in(folder, student, "gates", make())
    (folder / "nothing").mkdir()
    return folder


@pytest.fixture
def root(handed_in, tmp_path):
    """A course: its submissions, and nbgrader_config.py as it is in the repository."""
    shutil.copytree(handed_in, tmp_path / "submitted")
    beside = tmp_path / "submitted" / "right" / "gates"
    (beside / "link").symlink_to("/etc/passwd")
    os.mkfifo(beside / "pipe")
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    return tmp_path


@pytest.fixture
def stock(root):
    """nbgrader as it is without any nbgrader_config.py."""
    config = Config()
    config.CourseDirectory.root = str(root)
    return config


@pytest.fixture
def config(root, monkeypatch):
    for owner, name in CHANGED:
        monkeypatch.setattr(owner, name, getattr(owner, name))  # as they are now, when the test is over
    monkeypatch.setenv("PATH", os.environ["PATH"])
    config = Config()
    nbgrader_ways.configure(config, root)
    return config


@pytest.fixture
def api(config):
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def run(course, *words, path=None):
    """An nbgrader command, as an instructor types it."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"} | ({"PATH": path} if path else {})
    command = [Path(sys.executable).parent / "nbgrader", *words]
    return subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)


def scores(root) -> dict:
    """The automatic scores in a gradebook, by student and check; None for what waits for a person."""
    path = root / "gradebook.db"
    if not path.exists():
        return {}
    with Gradebook(f"sqlite:///{path}") as gradebook:
        return {
            submission.student.id: {grade.name: grade.auto_score for grade in submission.notebooks[0].grades}
            for assignment in gradebook.assignments
            for submission in assignment.submissions
        }


def test_the_command_gives_the_grades_that_the_fast_one_gives(root, tmp_path_factory):
    done = run(root, "autograde", "gates")
    assert done.returncode == 0, done.stderr
    fast = tmp_path_factory.mktemp("fast")
    grade_class("gates", root / "submitted", fast, progress=False)
    assert scores(root) == scores(fast)
    assert scores(root).keys() == {*CLASS, "nothing", "%3Cb%3Emarkup"} - {"<b>markup"}
    total = {student: sum(filter(None, grades.values())) for student, grades in scores(root).items()}
    assert total["right"] == total["twice"] == total["no checks"] == total["retyped"] == 10
    assert total["wrong order"] == 8 and total["greedy"] == 9 and 8 < total["changes its argument"] < 10
    assert total["exits"] == 9 and total["damaged"] == total["nothing"] == total["not written"] == 0
    for student in scores(root):  # each has a notebook, and nothing that lay beside it came along
        assert os.listdir(root / "autograded" / student / "gates") == ["gates.ipynb"]

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        CsvExportPlugin(to=str(root / "table.csv")).export(gradebook)
    table = {row["student_id"]: row for row in csv.DictReader((root / "table.csv").read_text().splitlines())}
    assert {student: float(row["score"]) for student, row in table.items()} == total


def test_the_button_grades_one_student_and_keeps_what_a_person_gave(root, api):
    assert api.autograde("gates", "wrong order")["success"]
    assert scores(root).keys() == {"wrong order"}
    with Gradebook(api.coursedir.db_url) as gradebook:
        submission = gradebook.find_submission("gates", "wrong order").notebooks[0]
        for grade in submission.grades:
            grade.manual_score = 1.5 if grade.name == "reflection_gates" else None
        submission.comments[0].manual_comment = "Which way round?"
        gradebook.db.commit()
    hand_in(root / "again", "wrong order", "gates", solved("gates")).replace(
        root / "submitted" / "wrong order" / "gates" / "gates.ipynb"
    )
    assert api.autograde("gates", "wrong order")["success"]
    with Gradebook(api.coursedir.db_url) as gradebook:
        submission = gradebook.find_submission("gates", "wrong order").notebooks[0]
        assert submission.score == 11.5
        assert "Which way round?" in [comment.comment for comment in submission.comments]


class OnePoint(LateSubmissionPlugin):
    """An instructor's rule: a point off."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1


def test_late_penalties_go_on(root, config, api):
    config.AssignLatePenalties.plugin_class = OnePoint
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    (root / "submitted" / "right" / "gates" / "timestamp.txt").write_text("2026-11-20 10:00:01 UTC")
    (root / "submitted" / "twice" / "gates" / "timestamp.txt").write_text("2026-11-20 09:59:59 UTC")
    assert api.generate_assignment("gates")["success"]
    with Gradebook(api.coursedir.db_url) as gradebook:
        gradebook.update_or_create_assignment("gates", duedate="2026-11-20 10:00:00")
    assert api.autograde("gates", "*ight")["success"] and api.autograde("gates", "twice")["success"]
    with Gradebook(api.coursedir.db_url) as gradebook:
        late, in_time = (gradebook.find_submission("gates", student) for student in ("right", "twice"))
        assert (late.late_submission_penalty, in_time.late_submission_penalty) == (1, 0)


def test_formgrader_lists_a_class_with_odd_time_stamps(root, api):
    stamps = {"right": "2026-11-20 10:00:00 UTC", "twice": "yesterday", "exits": "", "scripts": "," + "1" * 40 + "m"}
    for student, stamp in stamps.items():
        (root / "submitted" / student / "gates" / "timestamp.txt").write_text(stamp)
    os.mkfifo(root / "submitted" / "no checks" / "gates" / "timestamp.txt")
    (root / "submitted" / "greedy" / "gates" / "timestamp.txt").symlink_to("/dev/zero")
    assert not any(one["autograded"] for one in api.get_submissions("gates"))
    assert api.autograde("gates", "[!<]*")["success"]  # nbgrader's patterns
    found = {one["student"]: one for one in api.get_submissions("gates")}
    assert not found.pop("<b>markup")["autograded"]
    assert all(one["autograded"] for one in found.values())
    assert found.pop("right")["timestamp"] == "2026-11-20T10:00:00"
    assert {one["timestamp"] for one in found.values()} == {None}


def test_feedback_says_what_was_found_and_runs_nothing_of_a_student(root, api):
    for label in ("timestamp.txt", "submission_secret.txt"):
        (root / "submitted/scripts/gates" / label).write_text("2026-11-20 10:00:00 UTC")
    assert api.autograde("gates", "*")["success"]
    with Gradebook(api.coursedir.db_url) as gradebook:
        for comment in gradebook.find_submission("gates", "scripts").notebooks[0].comments:
            comment.manual_comment = "Well put."
        gradebook.db.commit()
    made = api.generate_feedback("gates")
    assert made["success"], made["error"]
    wrong, scripts, damaged = (
        (root / "feedback" / student / "gates" / "gates.html").read_text()
        for student in ("wrong order", "scripts", "damaged")
    )
    assert "yours joins" in wrong and "Not right yet: 0 of 2 points" in wrong
    assert "Well put." in scripts and "2.2 steps" in scripts
    assert "<script>alert" not in scripts and "<img src=x" not in scripts
    assert "Your notebook cannot be read" in damaged
    beside = {path.name for path in (root / "feedback/scripts/gates").iterdir()}
    assert beside == {"gates.html", "timestamp.txt", "submission_secret.txt"}  # nbgrader release_feedback needs them


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning:nbgrader")  # its own, from Python 3.12 on
def test_release_is_that_of_the_course(root, api):
    made = api.generate_assignment("gates")
    assert made["success"], made["error"]
    assert (root / "book/exercises/gates/gates.ipynb").read_bytes() == released_path("gates").read_bytes()
    assert [found["name"] for found in api.get_assignments()] == ["gates"]
    with Gradebook(api.coursedir.db_url) as gradebook:
        assert gradebook.find_assignment("gates").max_score == 12


def in_exchange(inbound, name, second):
    folder = inbound / f"{name}+gates+2026-11-21 12:00:{second:02} UTC+random"
    folder.mkdir()
    (folder / "timestamp.txt").write_text(f"2026-11-21 12:00:{second:02} UTC")
    return folder


def test_collect_takes_from_the_exchange_what_its_student_put_there(tmp_path):
    course, inbound = tmp_path / "course", tmp_path / "exchange/lstm/inbound"
    course.mkdir()
    inbound.mkdir(parents=True)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course)
    me, words = pwd.getpwuid(os.getuid()).pw_name, [f"--Exchange.root={tmp_path}/exchange", "--course=lstm"]
    (course / "secret").write_text("not a student's")

    (in_exchange(inbound, me, 1) / "gates.ipynb").write_text("mine")
    (in_exchange(inbound, me, 2) / "gates.ipynb").symlink_to(course / "secret")
    (in_exchange(inbound, "another", 3) / "gates.ipynb").write_text("by me, in another's name")
    (inbound / f"{me}+gates+no time+random").mkdir()
    (inbound / f"{me}+gates+").mkdir()
    elsewhere = inbound / f"{me}+gates+2026-11-21 12:00:04 UTC+random"
    elsewhere.symlink_to(course)
    said = run(course, "collect", "gates", *words)
    assert said.returncode == 0, said.stderr
    assert [path.name for path in (course / "submitted").iterdir()] == [me]
    assert (course / f"submitted/{me}/gates/gates.ipynb").read_text() == "mine"
    assert f"is said to be of another, but {me} made it" in said.stderr
    assert said.stderr.count("which is neither a file nor a folder") == 2
    assert said.stderr.count("bears no time") == 2

    assert run(course, "collect", "gates", *words, "--ExchangeCollect.check_owner=False").returncode == 0
    assert (course / "submitted/another/gates/gates.ipynb").exists()


def test_solutions_are_said_to_be_in_the_masters(config, caplog):
    course = CourseDirectory(config=config)
    course.assignment_id = "gates"
    with pytest.raises(NbGraderException):
        GenerateSolution(coursedir=course, config=config).start()
    assert "The solutions of gates are in solutions/gates.md." in caplog.text


@pytest.mark.parametrize("step", ["autograde", "generate_assignment"])
def test_an_assignment_that_is_none_of_the_courses(api, step):
    made = getattr(api, step)("exam", *(["right"] if step == "autograde" else []))
    assert not made["success"]
    assert "There is no assignment 'exam'. The assignments are gates," in made["log"]


# ---- failing closed


def test_without_walls_nothing_is_graded(root):
    done = run(root, "autograde", "gates", path="/nonexistent")
    assert done.returncode == 1
    assert "install" in done.stderr and "Traceback" not in done.stderr
    assert scores(root) == {}


def test_a_button_without_walls_says_what_to_install(root, api, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    made = api.autograde("gates", "right")
    assert not made["success"] and "bubblewrap" in made["log"]
    assert scores(root) == {}


def forged(marker):
    """A notebook with outputs of full marks, which leaves a mark where it runs."""
    notebook = solved("gates", sigmoid=f"open({str(marker)!r}, 'w')\ndef sigmoid(x): return x")
    for cell in notebook.cells:
        if cell.id.startswith("check_"):
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "2.0"}, execution_count=1)]
    return notebook


@pytest.mark.parametrize("executing", [True, False])
@pytest.mark.parametrize("with_its_checks", [True, False])
def test_nbgraders_own_executor_can_grade_nothing(root, api, stock, caplog, executing, with_its_checks):
    shutil.rmtree(root / "submitted")
    marker = root / "it ran"
    notebook = forged(marker)
    if not with_its_checks:
        for check in load("gates").checks:
            drop_cell(notebook, check.grade_id)
    hand_in(root / "submitted", "eve", "gates", notebook)
    assert api.generate_assignment("gates")["success"]

    stock.Execute.enabled = stock.ClearOutput.enabled = executing  # what --no-execute turns off
    course = CourseDirectory(config=stock)
    course.assignment_id = "gates"
    converter = Autograde(coursedir=course, config=stock)
    if executing or with_its_checks:
        with pytest.raises(NbGraderException):
            STOCK_START(converter)
        assert REFUSAL in caplog.text
    else:
        STOCK_START(converter)
    assert not any(scores(root)["eve"].values())
    assert not marker.exists()


def test_with_a_broken_configuration_nothing_is_graded(root, api):
    """nbgrader goes on without it, to a gradebook from better days."""
    assert api.autograde("gates", "right")["success"]
    before = scores(root)
    path = root / "nbgrader_config.py"
    path.write_text(f"raise RuntimeError('broken')\n{path.read_text()}")
    done = run(root, "autograde", "gates", "--force")
    assert done.returncode == 1
    assert REFUSAL in done.stderr
    after = scores(root)
    assert after.pop("right") == before["right"]
    assert not any(score for grades in after.values() for score in grades.values())


def test_a_grader_that_cannot_be_imported_ends_the_command(root):
    (root / "autograder").mkdir()
    (root / "autograder" / "__init__.py").write_text("raise ImportError('half installed')")
    done = run(root, "autograde", "gates")
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("nbgrader_config.py: ImportError: half installed. Nothing is graded")
    assert not (root / "gradebook.db").exists()


# ---- nbgrader validate


def validated(config, path, **traits):
    """What it prints."""
    validator = Validator(config=config, **traits)
    validator.stream = io.StringIO()
    validator.validate_and_print(str(path))
    return " ".join(validator.stream.getvalue().split())


def test_validate_says_what_grading_would(root, config):
    said = validated(config, root / "submitted/wrong order/gates/gates.ipynb")
    assert "VALIDATION FAILED ON 2 CELL(S)!" in said  # and the written answer
    assert "# check_forget_gate" in said and "Likely mistake: The columns of W act on [h_prev, x]" in said
    assert "You did not provide a response." in said
    said = validated(config, root / "submitted/scripts/gates/gates.ipynb")
    assert said == "Success! Your notebook passes all the tests."


def test_validate_is_not_talked_into_it(root, config):
    path = root / "submitted/greedy/gates/gates.ipynb"
    said = validated(config, path)
    assert "VALIDATION FAILED ON 2 CELL(S)!" in said and "# check_hidden_state" in said
    assert "NOTEBOOK PASSED ON 6 CELL(S)!" in validated(config, path, invert=True)


def test_validate_knows_a_notebook_by_its_checks(root, config):
    path = root / "mine.ipynb"
    path.write_text(nbformat.writes(with_scripts()))
    assert "Success!" in validated(config, path)


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("mine.ipynb", "{}", "is none of the course's exercises"),
        ("gates.ipynb", "{}", "is no notebook that can be read"),
        ("missing/gates.ipynb", None, "No such file"),
    ],
)
def test_what_cannot_be_validated(root, config, name, content, says):
    if content:
        (root / name).write_text(content)
    with pytest.raises(SystemExit, match=f"nbgrader validate: .*{says}"):
        Validator(config=config).validate(str(root / name))


def test_validate_without_walls(root, config, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SystemExit, match="nbgrader validate: The sandbox needs bubblewrap"):
        Validator(config=config).validate(str(root / "submitted/right/gates/gates.ipynb"))


@pytest.mark.filterwarnings("default")  # a kernel's own
def test_where_a_student_has_nbgrader_alone_it_runs_the_visible_tests(root, stock):
    """Without nbgrader_config.py, on the student's own machine, where no wall is needed."""
    wrong = root / "submitted/wrong order/gates/gates.ipynb"
    with contextlib.chdir(root):
        said = Validator(config=stock).validate(str(wrong))["failed"]
        right = Validator(config=stock).validate(str(root / "submitted/scripts/gates/gates.ipynb"))
    assert [cell["source"].split(",")[0] for cell in said] == ["# check_forget_gate", "YOUR ANSWER HERE"]
    assert "here x comes first" in said[0]["raw_error"]
    assert right == {}
