"""Nothing lost: real kills of the real command, a full disk, a locked gradebook; and what a second run does."""

import collections
import gc
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import weakref
from dataclasses import replace

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder import classroom, feedback, fingerprint, grades_csv, journal
from autograder.assignment import load
from autograder.classroom import grade_class, summary
from autograder.errors import UserError
from autograder.sandbox import LIMITS
from autograder.student_id import safe_id
from autograder.verdict import CheckResult, Finding, Verdict
from tests.notebooks import drop_cell, hand_in, solved
from tests.processes import descendants, end, parents

GATES = load("gates")
WRONG = "def update_cell(c_prev, f, i, c_tilde):\n    return i * c_prev + f * c_tilde"
CHECKS = [check.grade_id for check in GATES.checks]
LINK = "chapters/04-forget-gate"
SIZE = 30


@pytest.fixture(scope="module")
def submitted(tmp_path_factory):
    """A class, right and wrong, one of whom handed nothing in and one whose file is broken."""
    root = tmp_path_factory.mktemp("resume") / "submitted"
    notebooks = solved("gates"), solved("gates", update_cell=WRONG), drop_cell(solved("gates"), "forget_gate")
    for number in range(SIZE - 2):
        hand_in(root, f"student {number:03}", "gates", notebooks[number % 3])
    hand_in(root, "zoe", "gates", "{")
    (root / "=1+1").mkdir()
    return root


def command(submitted, out, *more):
    words = ["grade", "gates", "--submissions", str(submitted), "--out", str(out), "--seed", "7", *more]
    return [sys.executable, "-m", "autograder", *words]


def run(*words, **options):
    done = subprocess.run(command(*words), capture_output=True, text=True, timeout=300, **options)
    assert "Traceback" not in done.stderr
    return done


def started(*words):
    return subprocess.Popen(command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def undisturbed(submitted, tmp_path_factory):
    """grades.csv of a run that nothing happened to."""
    out = tmp_path_factory.mktemp("undisturbed")
    done = run(submitted, out)
    assert done.returncode == 0, done.stderr
    assert_whole(out, submitted)
    return (out / "grades.csv").read_bytes()


def lines(out):
    path = out / "instructor" / "gates.jsonl"
    return path.read_bytes().splitlines(keepends=True) if path.exists() else []


def graded(out):
    """How many verdicts each student has in the record."""
    return collections.Counter(
        Verdict.from_json(line).student for line in lines(out) if b'"student"' in line and line.endswith(b"\n")
    )


def assert_whole(out, submitted):
    """Each student once in all that was written, and nothing else there."""
    students = {safe_id(path.name) for path in submitted.iterdir()}
    keys = [(row["student"], row["check"]) for row in grades_csv.read(out / "grades.csv")]
    assert sorted(keys) == sorted((student, check) for student in students for check in [*CHECKS, "total"])
    assert_agree(out)
    assert {path.name for path in (out / "feedback").iterdir()} == students
    assert not list(out.rglob(".*")), "something half written is left"


def assert_agree(out):
    """grades.csv, the gradebook, the pages and formgrader's notebooks say what the record says."""
    rows = grades_csv.read(out / "grades.csv")
    with Gradebook(f"sqlite:///{out}/gradebook.db") as gradebook:
        submissions = gradebook.assignment_submissions("gates")
        standing = [
            (one.student.id, grade.name, grade.auto_score)
            for one in submissions
            for grade in one.notebooks[0].grades
            if grade.name in CHECKS
        ]
    expected = [(row["student"], row["check"], row["score"]) for row in rows if row["check"] != "total"]
    assert sorted(standing) == sorted(expected)
    totals = {row["student"]: row for row in rows if row["check"] == "total"}
    for verdict in journal.read(out / "instructor" / "gates.jsonl"):
        student = safe_id(verdict.student)
        assert totals[student]["score"] == verdict.score
        assert (out / "feedback" / student / "gates.html").read_text("utf-8") == feedback.page(verdict, GATES)
        assert nbformat.read(out / "autograded" / student / "gates" / "gates.ipynb", as_version=4).cells

def killed_in(out, process, rng, of=lambda process: [process.pid]):
    """Let it grade a few more, then kill it, or one `of` its own, at a moment of chance; False if that ended before."""
    enough = len(lines(out)) + rng.randrange(SIZE // 6, SIZE // 3)
    while len(lines(out)) < enough:
        if process.poll() is not None:
            return False
        time.sleep(0.005)
    time.sleep(rng.random() * 0.1)
    candidates = of(process)
    if not candidates:
        return False
    try:
        os.kill(rng.choice(candidates), signal.SIGKILL)
    except ProcessLookupError:
        pass
    return True


def test_a_grader_that_is_killed_again_and_again_is_completed_by_the_same_command(submitted, undisturbed, tmp_path):
    rng, before, kills = random.Random(1), [], 0
    while True:
        process = started(submitted, tmp_path)
        killed = killed_in(tmp_path, process, rng)
        children = descendants(process.pid)
        said = process.communicate(timeout=300)[1]
        now = lines(tmp_path)
        assert now[: len(before)] == before, "what was graded did not stay"
        if not killed:
            break
        kills += 1
        before = [line for line in now if line.endswith(b"\n")]
        assert end(children)
    assert process.returncode == 0, said
    assert kills >= 2 and "already graded" in said
    assert set(graded(tmp_path).values()) == {1}
    assert_whole(tmp_path, submitted)
    assert (tmp_path / "grades.csv").read_bytes() == undisturbed


def sandboxes(process):
    """Bubblewrap and the warm processes in it: what has a child. A student's process may die of itself."""
    fathers = set(parents().values())
    return [pid for pid, _ in descendants(process.pid) if pid in fathers]


def test_a_sandbox_that_is_killed_costs_nobody_anything(submitted, undisturbed, tmp_path):
    rng = random.Random(3)
    process = started(submitted, tmp_path)
    kills = 0
    while killed_in(tmp_path, process, rng, sandboxes):
        kills += 1
    said = process.communicate(timeout=300)[1]
    assert process.returncode == 0, said
    assert kills >= 2
    assert_whole(tmp_path, submitted)
    # The same submission may have been hit twice: then it says so, and the next run grades it.
    faults = {safe_id(verdict.student) for verdict in journal.read(tmp_path / "instructor" / "gates.jsonl") if verdict.fault}
    (tmp_path / "undisturbed.csv").write_bytes(undisturbed)
    pairs = zip(grades_csv.read(tmp_path / "grades.csv"), grades_csv.read(tmp_path / "undisturbed.csv"), strict=True)
    assert {row["student"] for row, expected in pairs if row != expected} <= faults
    assert run(submitted, tmp_path).returncode == 0
    assert (tmp_path / "grades.csv").read_bytes() == undisturbed


class Quick:
    """Grading without a sandbox, for what is done with verdicts: the bytes handed in say the share of the points."""

    def __init__(self, root):
        self.root, self.jobs = root, []
        self.mended = False  # whether the checks give full points by now
        self.stop_at = None  # which job of a run is interrupted

    def mapped(self, jobs, make_grader, workers):
        for job in jobs:
            if len(self.jobs) == self.stop_at:
                raise KeyboardInterrupt
            self.jobs.append(job)
            share = 1.0 if self.mended else float(job.collected.data)
            found = (Finding("values", "Off.", link=LINK),)
            checks = tuple(
                CheckResult(cell.grade_id, share * cell.points, cell.points, "partial", found)
                for cell in filter(job.asks_for, GATES.checks)
            )
            yield Verdict(job.collected.student, "gates", checks, seed=job.seed)

    def hand_in(self, student, text):
        shutil.rmtree(self.root / "submitted" / student, ignore_errors=True)
        hand_in(self.root / "submitted", student, "gates", text)

    def grade(self, **options):
        """Who was graded, and what came out."""
        self.jobs = []
        graded = grade_class("gates", self.root / "submitted", self.root / "out", progress=False, **options)
        return [job.collected.student for job in self.jobs], graded

    def rows(self):
        table = grades_csv.read(self.root / "out" / "grades.csv")
        return {(row["student"], row["check"]): row["score"] for row in table}

    def gradebook(self):
        return Gradebook(f"sqlite:///{self.root}/out/gradebook.db")


@pytest.fixture
def quick(monkeypatch, tmp_path):
    """A class of three, graded quickly."""
    quick = Quick(tmp_path)
    monkeypatch.setattr(classroom.processes, "mapped", quick.mapped)
    for student in ("anna", "bert", "cleo"):
        quick.hand_in(student, "0.5")
    assert quick.grade()[0] == ["anna", "bert", "cleo"]
    return quick


def test_what_is_graded_stays_and_what_changed_is_graded_anew(quick):
    before = (quick.root / "out" / "grades.csv").read_bytes()
    assert quick.grade()[0] == []
    assert (quick.root / "out" / "grades.csv").read_bytes() == before
    quick.hand_in("dora", "1")
    quick.hand_in("bert", "0.75")
    shutil.rmtree(quick.root / "submitted" / "cleo")
    seen, graded = quick.grade()
    assert seen == ["bert", "dora"] and graded.kept == 1
    assert {student: quick.rows()[student, "total"] for student in ("anna", "bert", "cleo", "dora")} == {
        "anna": 5, "bert": 7.5, "cleo": 5, "dora": 10,
    }  # fmt: skip
    assert_agree(quick.root / "out")
    assert summary(graded).endswith("Already graded, and kept: 1. To grade everyone anew: --regrade all.")


@pytest.mark.parametrize(
    ("words", "students", "checks"),
    [
        (["bert"], ["bert"], ()),
        (["all"], ["anna", "bert", "cleo"], ()),
        (["check_sigmoid"], ["anna", "bert", "cleo"], ("check_sigmoid",)),
        (["check_candidate", "bert", "check_sigmoid"], ["bert"], ("check_sigmoid", "check_candidate")),
        (["outdated"], [], ()),
    ],
)
def test_regrading_keeps_all_the_rest_and_what_a_person_gave(quick, words, students, checks):
    with quick.gradebook() as gradebook:
        grade = gradebook.find_grade("check_sigmoid", "gates", "gates", "bert")
        grade.manual_score, grade.extra_credit = 1.5, 0.25
        gradebook.find_comment("sigmoid", "gates", "gates", "bert").manual_comment = "Nicely done."
        gradebook.db.commit()
    quick.mended = True
    assert quick.grade(regrade=words)[0] == students
    assert {job.checks for job in quick.jobs} <= {checks}
    for cell in GATES.checks:
        for student in ("anna", "bert", "cleo"):
            anew = student in students and (not checks or cell.grade_id in checks)
            assert quick.rows()[student, cell.grade_id] == (1.0 if anew else 0.5) * cell.points
    assert_agree(quick.root / "out")
    with quick.gradebook() as gradebook:
        grade = gradebook.find_grade("check_sigmoid", "gates", "gates", "bert")
        assert (grade.manual_score, grade.extra_credit) == (1.5, 0.25)
        assert gradebook.find_comment("sigmoid", "gates", "gates", "bert").comment == "Nicely done."
    assert quick.grade()[0] == []


def test_a_word_that_names_nothing_is_said(quick):
    with pytest.raises(UserError, match="--regrade 'check_tanh' is neither a student here nor .* check_sigmoid, .*all"):
        quick.grade(regrade=["anna", "check_tanh"])


def test_grades_by_another_version_are_kept_said_and_regraded_by_a_word(quick, monkeypatch):
    monkeypatch.setattr(fingerprint, "of_grader", lambda name, limits: "another version")
    seen, graded = quick.grade()
    assert seen == [] and graded.outdated == 3
    assert "by another version of the checks, the sandbox or the limits, and kept: 3" in summary(graded)
    seen, graded = quick.grade(regrade=["outdated"])
    assert seen == ["anna", "bert", "cleo"]
    assert "another version" not in summary(graded)


def test_the_version_of_the_grader_is_that_of_its_own_checks_and_limits(monkeypatch, tmp_path):
    course = tmp_path / "autograder"
    shutil.copytree(fingerprint.HERE, course, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "HERE", course)
    monkeypatch.setattr(fingerprint, "_of_file", fingerprint._of_file.__wrapped__)
    of = fingerprint.of_grader
    gates, bptt = of("gates", LIMITS), of("bptt", LIMITS)
    with open(course / "checks" / "gates.py", "a") as file:
        file.write("# mended\n")
    assert of("gates", LIMITS) != gates and of("bptt", LIMITS) == bptt
    assert of("bptt", replace(LIMITS, check_cpu_s=11.0)) != bptt


def test_an_interrupted_regrade_goes_on_with_the_same_inputs_and_grades_nobody_twice(quick):
    quick.mended, quick.stop_at = True, 2
    with pytest.raises(KeyboardInterrupt):
        quick.grade(regrade=["all"])
    seeds = {job.collected.student: job.seed for job in quick.jobs}
    quick.stop_at = None
    assert quick.grade(regrade=["all"])[0] == ["cleo"]
    seeds |= {job.collected.student: job.seed for job in quick.jobs}
    assert set(quick.rows().values()) >= {10.0} and quick.rows()["anna", "total"] == 10
    run_seed = next(json.loads(line)["run"]["seed"] for line in reversed(lines(quick.root / "out")) if b'"run"' in line)
    assert seeds == {student: classroom.student_seed(run_seed, student) for student in ("anna", "bert", "cleo")}
    assert_agree(quick.root / "out")


def test_pages_and_rows_that_are_gone_or_old_are_made_again(quick):
    out = quick.root / "out"
    page, notebook = out / "feedback" / "bert" / "gates.html", out / "autograded" / "anna" / "gates" / "gates.ipynb"
    before = page.read_bytes(), notebook.read_bytes()
    page.unlink()
    notebook.unlink()
    (out / "gradebook.db").unlink()
    (out / "grades.csv").write_text("spoilt")
    assert quick.grade()[0] == []
    assert (page.read_bytes(), notebook.read_bytes()) == before
    assert_agree(out)
    assert quick.grade(book_url="https://example.org/lstm")[0] == []
    assert f"https://example.org/lstm/book/{LINK}.html".encode() in page.read_bytes()


def test_grading_one_student_leaves_what_is_to_be_done_for_the_others(quick, monkeypatch):
    quick.mended, quick.stop_at = True, 2
    monkeypatch.setattr(classroom, "write_pages", lambda *arguments: None)  # it was killed before any page was there
    with pytest.raises(KeyboardInterrupt):
        quick.grade(regrade=["all"])
    monkeypatch.undo()
    monkeypatch.setattr(classroom.processes, "mapped", quick.mapped)
    quick.stop_at = None
    assert quick.grade(only=["cleo"])[0] == []
    assert quick.grade()[0] == []
    assert_agree(quick.root / "out")


@pytest.mark.parametrize("spoil", [lambda text: text[: len(text) // 2], lambda text: text.replace(b"{", b"#", 1)])
def test_a_record_that_was_spoilt_costs_only_what_cannot_be_read(quick, spoil):
    out = quick.root / "out"
    written = lines(out)
    (place,) = (number for number, line in enumerate(written) if b'"bert"' in line)
    spoilt = spoil(written[place])
    if not spoilt.endswith(b"\n"):
        written = written[: place + 1]  # a torn line is the last one
    (out / "instructor" / "gates.jsonl").write_bytes(b"".join([*written[:place], spoilt, *written[place + 1 :]]))
    assert quick.grade()[0] == ["bert", "cleo"][: 1 if spoilt.endswith(b"\n") else 2]
    assert_agree(out)


def test_a_failure_of_the_graders_own_is_graded_again_by_the_next_run(quick, monkeypatch):
    mapped, faults = quick.mapped, [True, False]

    def failing(*arguments):
        fault = faults.pop(0)
        return (replace(verdict, fault=fault) for verdict in mapped(*arguments))

    monkeypatch.setattr(classroom.processes, "mapped", lambda *arguments: failing(*arguments))
    quick.hand_in("dora", "1")
    assert quick.grade()[0] == ["dora"]
    assert quick.grade()[0] == ["dora"]
    monkeypatch.setattr(classroom.processes, "mapped", mapped)
    assert quick.grade()[0] == []


def test_a_second_grader_at_the_same_time_is_refused(quick):
    with journal.Journal(quick.root / "out" / "instructor" / "gates.jsonl"):
        with pytest.raises(UserError, match="Another grader is at work on .*gates.jsonl"):
            quick.grade()
    assert quick.grade()[0] == []


def test_submissions_are_read_one_by_one_and_let_go(quick, monkeypatch):
    kept = weakref.WeakSet()

    def collect_one(*arguments, **options):
        gc.collect()
        assert len(kept) <= 2
        kept.add(collected := collect(*arguments, **options))
        return collected

    collect = classroom.collect_one
    monkeypatch.setattr(classroom, "collect_one", collect_one)
    monkeypatch.setattr(quick, "jobs", collections.deque(maxlen=1))
    for number in range(10):
        quick.hand_in(f"student {number}", "0.5")
    grade_class("gates", quick.root / "submitted", quick.root / "out", regrade=["all"], progress=False)
    assert len(quick.rows()) == 13 * (len(CHECKS) + 1)


def test_a_gradebook_that_is_locked_in_the_middle_is_said_and_caught_up(quick, monkeypatch):
    holder = sqlite3.connect(quick.root / "out" / "gradebook.db", isolation_level=None)
    write_pages = classroom.write_pages

    def lock_and_write(*arguments):
        if not holder.in_transaction:
            holder.execute("begin exclusive")
        write_pages(*arguments)

    monkeypatch.setattr(classroom, "write_pages", lock_and_write)
    before, quick.mended = (quick.root / "out" / "grades.csv").read_bytes(), True
    url = f"sqlite:///{quick.root}/out/gradebook.db?timeout=0.1"
    with pytest.raises(UserError, match="database is locked"):
        quick.grade(regrade=["all"], db_url=url)
    assert (quick.root / "out" / "grades.csv").read_bytes() == before, "it would not agree with the gradebook"
    holder.close()
    assert quick.grade(regrade=["all"], db_url=url)[0] == []
    assert quick.rows()["anna", "total"] == 10
    assert_agree(quick.root / "out")


FULL_DISK = """
set -u
head -c "$3" /dev/zero >out/ballast
for attempt in 1 2; do
    "$0" -m autograder grade gates --submissions "$1" --out out/graded --seed 7 --trust-submissions 2>"$2/said-$attempt"
    echo $? >"$2/code-$attempt"
    cp out/graded/instructor/gates.jsonl "$2/record-$attempt"
    rm -f out/ballast
done
cp -r out/graded "$2/graded"
"""


@pytest.mark.parametrize("ballast", [7_900_000, 6_400_000])
def test_a_full_disk_is_said_and_what_is_graded_is_kept(submitted, undisturbed, tmp_path, ballast):
    """A file system of 8 MB in memory that holds something else first: full at the start, or on the way."""
    (tmp_path / "out").mkdir()
    small = ["bwrap", "--dev-bind", "/", "/", "--size", "8000000", "--tmpfs", tmp_path / "out", "--chdir", tmp_path]
    words = [sys.executable, submitted, tmp_path, str(ballast)]
    here = os.environ | {"PYTHONPATH": os.getcwd()}
    subprocess.run([*small, "bash", "-c", FULL_DISK, *words], check=True, timeout=300, env=here)
    said = (tmp_path / "said-1").read_text().splitlines()
    assert (tmp_path / "code-1").read_text() == "2\n", said
    assert said[-1].startswith("autograder: ") and ("No space left" in said[-1] or "disk is full" in said[-1])
    assert "Traceback" not in "".join(said)
    assert (tmp_path / "code-2").read_text() == "0\n", (tmp_path / "said-2").read_text()
    first, second = (tmp_path / "record-1").read_bytes(), (tmp_path / "record-2").read_bytes()
    assert second.startswith(first[: first.rfind(b"\n") + 1])
    assert set(graded(tmp_path / "graded").values()) == {1}
    assert_whole(tmp_path / "graded", submitted)
    assert (tmp_path / "graded" / "grades.csv").read_bytes() == undisturbed
