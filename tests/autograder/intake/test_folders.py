"""The students' folders, with whatever a student could put there."""

import contextlib
import os
import socket
import tempfile
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.intake import IntakeError, collect_one, folders, students

GOOD = b'{"cells": [], "nbformat": 4}'
SECRET = b"canary-5f1e"


@pytest.fixture
def root(tmp_path):
    """An empty folder for submissions, beside a secret that is not to be read."""
    (tmp_path / "secret").write_bytes(SECRET)
    (tmp_path / "submitted").mkdir()
    return tmp_path / "submitted"


def hand_in(root, student, name="gates.ipynb", data=GOOD):
    path = Path(root) / student / "gates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def collect(root, name, **kwargs):
    """What each student in the folder handed in, read one at a time, as grading does."""
    return (collect_one(root, student, name, **kwargs) for student in students(root, name))


def only(root, **kwargs):
    """What came of the one student in the folder."""
    (one,) = collect(root, "gates", **kwargs)
    assert (one.data is None) == (one.status is not None)
    return one


def refused(root, status, *words):
    """The one student was refused, and the instructor is told these words."""
    one = only(root)
    assert one.status == status
    assert one.notes and one.instructor_notes
    for word in words:
        assert word in " ".join(one.instructor_notes)
    assert SECRET.decode() not in " ".join(one.notes + one.instructor_notes)
    return one


def test_a_class_in_order(root):
    for student in ("zoe", "anna", "ben"):
        hand_in(root, student, data=student.encode())
    found = list(collect(root, "gates"))
    assert [(one.student, one.data) for one in found] == [("anna", b"anna"), ("ben", b"ben"), ("zoe", b"zoe")]
    assert all(one.status is None and one.notes == one.instructor_notes == () for one in found)


def test_no_folder(root):
    with pytest.raises(IntakeError, match=r"There is no folder .*nowhere\. Expected .*<student>/gates/gates\.ipynb"):
        collect(root / "nowhere", "gates")
    assert issubclass(IntakeError, UserError)


def test_a_file_for_a_folder(root):
    with pytest.raises(IntakeError, match="is not a folder"):
        collect(root.parent / "secret", "gates")


def test_no_student(root):
    (root / "gates.ipynb").write_bytes(GOOD)
    with pytest.raises(IntakeError, match=r"no student's folder in .*Expected .*<student>/gates"):
        collect(root, "gates")


def test_stray_files_are_no_students(root):
    hand_in(root, "anna")
    (root / "grades.csv").write_text("")
    os.mkfifo(root / "pipe")
    (root / "link-to-file").symlink_to(root.parent / "secret")
    (root / ".git").mkdir()
    (root / ".ipynb_checkpoints").mkdir()
    (root / "__MACOSX").mkdir()
    assert only(root).student == "anna"


def test_a_student_whose_id_looks_hidden_counts(root):
    hand_in(root, "..%2fevil")
    assert only(root).student == "..%2fevil"


@pytest.mark.parametrize(
    "student",
    [
        "=cmd|' !A0",
        "-rf",
        "..\\..\\up",
        "<script>alert(1)<",
        "a\nb\tc\x1b[31m",
        os.fsdecode(b"caf\xe9\xff"),
        "名前",
        "\u202eevil",
        "x" * 255,
        "'; DROP TABLE student; --",
        " ",
        "%s%n{0}",
    ],
)
def test_any_name_is_a_student(root, student):
    hand_in(root, student)
    one = only(root)
    assert (one.student, one.data) == (student, GOOD)


def test_nothing_handed_in(root):
    (root / "anna" / "cell").mkdir(parents=True)
    refused(root, "missing", "No gates: there is cell.")


def test_an_empty_student_folder(root):
    (root / "anna").mkdir()
    refused(root, "missing", "the student's folder is empty")


def test_no_notebook_in_the_folder(root):
    hand_in(root, "anna", "gates.py")
    one = refused(root, "missing", "No gates.ipynb: there is gates.py.")
    assert one.notes == ("There is no notebook gates.ipynb in your submission.",)


def test_an_empty_assignment_folder(root):
    (root / "anna" / "gates").mkdir(parents=True)
    refused(root, "missing", "No gates.ipynb: the folder is empty.")


@pytest.mark.parametrize("name", ["gates (1).ipynb", "Gates.IPYNB", "solution.ipynb", "gates.ipynb.txt", "<b>.ipynb"])
def test_one_notebook_under_a_wrong_name(root, name):
    hand_in(root, "anna", name)
    one = only(root)
    assert one.data == GOOD
    assert one.notes == (f"Your notebook is named {name} instead of gates.ipynb. It was graded all the same.",)
    assert name in one.instructor_notes[0]


def test_several_notebooks_under_wrong_names(root):
    hand_in(root, "anna", "a.ipynb")
    hand_in(root, "anna", "b.ipynb")
    one = refused(root, "rejected", "a.ipynb and b.ipynb")
    assert "Hand in one, named gates.ipynb." in one.notes[0]


def test_several_notebooks_with_the_right_one_among_them(root):
    hand_in(root, "anna", "a.ipynb", b"other")
    hand_in(root, "anna")
    one = only(root)
    assert one.data == GOOD
    assert one.notes == ("Only the notebook is read. Ignored beside it: a.ipynb.",)


def test_other_files_are_named_and_not_read(root):
    hand_in(root, "anna")
    for name in ("numpy.py", "sitecustomize.py"):
        hand_in(root, "anna", name, SECRET)
    one = only(root)
    assert one.notes == ("Only the notebook is read. Ignored beside it: numpy.py and sitecustomize.py.",)
    assert one.instructor_notes == ("Beside the notebook and not read: numpy.py and sitecustomize.py.",)


def test_many_other_files_are_counted(root):
    hand_in(root, "anna")
    for number in range(30):
        hand_in(root, "anna", f"{number:02}\n\x1b[31m{'x' * 200}")
    (note,) = only(root).notes
    assert note.endswith("and 25 more.")
    assert len(note) < 600
    assert "\n" not in note and "\x1b" not in note


def test_what_tools_put_there_is_for_the_instructor_alone(root):
    hand_in(root, "anna")
    hand_in(root, "anna", "timestamp.txt", b"2001-01-01 00:00:00 UTC")
    one = only(root)
    assert one.notes == ()
    assert one.instructor_notes == ("Beside the notebook and not read: timestamp.txt.",)


@pytest.mark.parametrize("target", ["/etc/passwd", "../../../secret", "gates.ipynb", "/dev/zero", "/nowhere"])
def test_a_link_for_a_notebook(root, target):
    (root / "eve" / "gates").mkdir(parents=True)
    (root / "eve" / "gates" / "gates.ipynb").symlink_to(target)
    one = refused(root, "rejected", f"gates.ipynb is a link to {target}, not followed.")
    assert "is a link instead of a plain file" in one.notes[0]


def test_a_link_under_a_wrong_name(root):
    (root / "eve" / "gates").mkdir(parents=True)
    (root / "eve" / "gates" / "mine.ipynb").symlink_to(root.parent / "secret")
    refused(root, "rejected", "mine.ipynb is a link")


def test_a_link_for_the_assignment_folder(root, tmp_path):
    hand_in(tmp_path, "bob")
    (root / "eve").mkdir()
    (root / "eve" / "gates").symlink_to(tmp_path / "bob" / "gates")
    refused(root, "rejected", "gates is a link to")


def test_a_link_for_a_student(root, tmp_path):
    hand_in(tmp_path, "bob")
    (root / "eve").symlink_to(tmp_path / "bob")
    refused(root, "rejected", "eve is a link to")


def test_a_link_that_leads_nowhere_for_a_student(root):
    (root / "eve").symlink_to("eve")
    refused(root, "rejected", "eve is a link to eve")


def test_a_pipe_does_not_hang(root):
    (root / "eve" / "gates").mkdir(parents=True)
    os.mkfifo(root / "eve" / "gates" / "gates.ipynb")
    refused(root, "rejected", "gates.ipynb is a named pipe")


def test_a_socket(root):
    (root / "eve" / "gates").mkdir(parents=True)
    with contextlib.chdir(root / "eve" / "gates"), socket.socket(socket.AF_UNIX) as listening:
        listening.bind("gates.ipynb")
        refused(root, "rejected", "gates.ipynb is a socket")


def test_a_folder_for_a_notebook(root):
    (root / "eve" / "gates" / "gates.ipynb").mkdir(parents=True)
    refused(root, "rejected", "gates.ipynb is a folder")


def test_a_file_for_the_assignment_folder(root):
    (root / "eve").mkdir()
    (root / "eve" / "gates").write_bytes(GOOD)
    refused(root, "rejected", "gates is a file")


@pytest.mark.parametrize("exchanged_for", ["link", "pipe"])
def test_a_notebook_that_is_exchanged_while_it_is_read(root, monkeypatch, exchanged_for):
    path = hand_in(root, "eve")
    look = folders._expect

    def look_and_exchange(kind, name, *rest):
        look(kind, name, *rest)
        if name == "gates.ipynb":
            path.unlink()
            path.symlink_to(root.parent / "secret") if exchanged_for == "link" else os.mkfifo(path)

    monkeypatch.setattr(folders, "_expect", look_and_exchange)
    refused(root, "rejected")


def test_a_student_folder_that_is_exchanged_while_it_is_read(root, tmp_path, monkeypatch):
    hand_in(tmp_path, "bob", data=SECRET)
    hand_in(root, "eve")
    look = folders._expect

    def look_and_exchange(kind, name, *rest):
        look(kind, name, *rest)
        if name == "eve":
            (root / "eve").rename(tmp_path / "away")
            (root / "eve").symlink_to(tmp_path / "bob")

    monkeypatch.setattr(folders, "_expect", look_and_exchange)
    refused(root, "rejected")


def test_a_folder_that_vanishes_meanwhile(root):
    hand_in(root, "anna")
    hand_in(root, "ben")
    found = collect(root, "gates")
    assert next(found).student == "anna"
    (root / "ben").rename(root.parent / "away")
    assert next(found).status == "missing"


def test_a_hard_link_is_read_and_told(root):
    path = hand_in(root, "eve")
    os.link(path, root.parent / "second-name")
    one = only(root)
    assert one.data == GOOD
    assert one.instructor_notes == ("gates.ipynb is a hard link: the same file has 2 names.",)


def test_a_huge_file(root):
    path = hand_in(root, "eve")
    os.truncate(path, 2**40)
    one = refused(root, "rejected", "1,099,511,627,776 bytes")
    assert "larger than the 20 MiB that are allowed" in one.notes[0]


def test_the_limit_itself_is_allowed(root):
    hand_in(root, "anna", data=b"x" * 100)
    assert only(root, max_bytes=100).data == b"x" * 100
    assert only(root, max_bytes=99).status == "rejected"


@pytest.fixture
def ordinary_user():
    """A folder that anybody can reach, and no privilege to read what others may not."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        me = os.geteuid()
        os.seteuid(me or 65534)
        try:
            yield Path(folder)
        finally:
            os.seteuid(me)


@pytest.mark.parametrize("closed", ["bob", "bob/gates", "bob/gates/gates.ipynb"])
def test_what_must_not_be_read_costs_nobody_else(ordinary_user, closed):
    for student in ("anna", "bob", "carl"):
        hand_in(ordinary_user, student)
    os.chmod(ordinary_user / closed, 0)
    anna, bob, carl = collect(ordinary_user, "gates")
    os.chmod(ordinary_user / closed, 0o700)
    assert anna.data == carl.data == GOOD
    assert bob.status == "rejected"
    assert bob.notes == ("Your notebook could not be read from the disk. Please tell your instructor.",)
    assert bob.instructor_notes == ("It could not be read: Permission denied.",)


def test_a_root_that_must_not_be_read(ordinary_user):
    (ordinary_user / "submitted").mkdir(mode=0)
    with pytest.raises(IntakeError, match="cannot be read: Permission denied"):
        collect(ordinary_user / "submitted", "gates")


def test_no_descriptor_is_left_open(root):
    hand_in(root, "anna")
    (root / "eve" / "gates" / "gates.ipynb").mkdir(parents=True)
    before = os.listdir("/proc/self/fd")
    list(collect(root, "gates"))
    assert os.listdir("/proc/self/fd") == before
