"""grades.csv: the contract's columns, numbers that read back, ids that do nothing, a file that is whole or absent."""

import pytest

from autograder import grades_csv
from autograder.errors import UserError
from autograder.verdict import CheckResult, Verdict


def verdict(student, *scores, status="partial"):
    checks = tuple(CheckResult(f"check_{i}", score, 2.0, status) for i, score in enumerate(scores))
    return Verdict(student, "gates", checks)


def test_a_row_per_check_and_one_for_the_total(tmp_path):
    checks = (CheckResult("check_sigmoid", 2.0, 2.0, "passed"), CheckResult("check_forget_gate", 0.75, 1.5, "timeout"))
    grades_csv.write(tmp_path / "grades.csv", [Verdict("müller-2", "gates", checks)])
    assert (tmp_path / "grades.csv").read_bytes().decode() == (
        "student,assignment,check,score,max_score,status\n"
        "müller-2,gates,check_sigmoid,2,2,passed\n"
        "müller-2,gates,check_forget_gate,0.75,1.5,timeout\n"
        "müller-2,gates,total,2.75,3.5,timeout\n"
    )


def test_numbers_read_back_exactly_and_totals_have_no_noise(tmp_path):
    scores = [0.1, 0.2, 1 / 3, 1e-7, 0]
    grades_csv.write(tmp_path / "grades.csv", [verdict("anna", *scores)])
    rows = grades_csv.read(tmp_path / "grades.csv")
    assert [row["score"] for row in rows[:-1]] == scores
    grades_csv.write(tmp_path / "grades.csv", [verdict("anna", 0.1, 0.2)])
    assert "anna,gates,total,0.3,4,partial\n" in (tmp_path / "grades.csv").read_text()


@pytest.mark.parametrize(
    "student", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", 'a",=1', "a\nb,gates,total,9,9,passed", "\ud800", "a\0b"]
)
def test_hostile_ids_stay_one_harmless_cell(tmp_path, student):
    grades_csv.write(tmp_path / "grades.csv", [verdict(student, 1), verdict("anna", 2)])
    rows = grades_csv.read(tmp_path / "grades.csv")
    assert [row["check"] for row in rows] == ["check_0", "total"] * 2
    assert [row["score"] for row in rows] == [1, 1, 2, 2]
    assert not (tmp_path / "grades.csv").read_text().splitlines()[1].lstrip('"').startswith(tuple("=+-@\t\r"))


def test_a_run_that_breaks_off_leaves_the_old_file(tmp_path):
    path = tmp_path / "grades.csv"
    grades_csv.write(path, [verdict("anna", 1)])
    before = path.read_bytes()

    def broken():
        yield verdict("ben", 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grades_csv.write(path, broken())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_replaced_and_not_followed(tmp_path):
    (tmp_path / "other").write_text("untouched")
    (tmp_path / "grades.csv").symlink_to("other")
    grades_csv.write(tmp_path / "grades.csv", [verdict("anna", 1)])
    assert (tmp_path / "other").read_text() == "untouched"
    assert not (tmp_path / "grades.csv").is_symlink()


def test_what_cannot_be_written_is_said(tmp_path):
    with pytest.raises(UserError, match="cannot write .*nowhere/grades.csv: No such file or directory"):
        grades_csv.write(tmp_path / "nowhere" / "grades.csv", [])
