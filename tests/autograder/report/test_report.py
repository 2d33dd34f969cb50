"""The report on a class counts what the verdicts say, escapes what students made, and fails in one line."""

import copy
from pathlib import Path

import nbformat
import pytest

from autograder import report
from autograder.assignment import load
from autograder.checks import misconceptions
from autograder.cli import main
from autograder.errors import UserError
from autograder.verdict import CheckResult, Verdict

CORPUS = Path(__file__).parents[1] / "checks" / "corpus"
KNOWN = misconceptions.of("update_cell")[0]


def verdict(student, share=1.0, status="passed", diagnosis="", **rest):
    checks = tuple(
        CheckResult(cell.grade_id, cell.points, cell.points, "passed")
        if cell.function != "update_cell"
        else CheckResult(cell.grade_id, share * cell.points, cell.points, status, diagnosis=diagnosis)
        for cell in load("gates").checks
    )
    return Verdict(student, "gates", checks, **rest)


CLASS = [
    verdict("anna"),
    verdict("bert", 0.5, "partial", KNOWN.name),
    verdict("cleo", 0.0, "failed", KNOWN.name),
    verdict("<script>alert(1)</script>", 0.0, "timeout", instructor_notes=("<b>points 2 → 1000</b>",), seed=4711),
]


def test_it_counts_points_results_and_misconceptions():
    assert [n for _, _, n in report.histogram(CLASS)] == [0] * 8 + [2, 2]  # 8, 8, 9 and 10 of 10 points
    row = next(row for row in map(lambda cell: report.difficulty(cell, CLASS), load("gates").checks) if row["share"] < 1)
    assert row["function"] == "update_cell" and row["share"] == pytest.approx(1.5 / 4)
    assert row["statuses"] == [("passed", 1), ("partial", 1), ("failed", 1), ("timeout", 1)]
    assert report.mistakes(CLASS) == [("update_cell", KNOWN.name, 2, KNOWN.says)]


def test_the_page_is_inert_and_names_what_to_look_at():
    page = report.page("gates", CLASS)
    assert "<script" not in page and "<b>points" not in page and "points 2 → 1000" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "timeout" in page and "80 to 90 per cent: 2" in page


def test_it_is_written_from_the_record_and_misses_it_in_one_line(tmp_path, capsys):
    (tmp_path / "instructor").mkdir()
    (tmp_path / "instructor" / "gates.jsonl").write_text("".join(one.to_json() + "\n" for one in CLASS), encoding="utf-8")
    assert main(["report", "gates", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "report-gates.html").read_text(encoding="utf-8") == report.page("gates", CLASS)
    with pytest.raises(UserError, match="grade cell first"):
        report.read(tmp_path, "cell")
    assert main(["report", "cell", "--out", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_it_fits_a_phone(new_page):
    page = new_page(viewport={"width": 320, "height": 700}, color_scheme="dark")
    page.set_content(report.page("gates", CLASS))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_alike_submissions_stand_side_by_side_and_nobody_is_accused():
    code = (CORPUS / "cell" / "right" / "example_by_example.py").read_text().split("# %%\n")
    live = "text = '<script>alert(1)</script>'  # <b>"
    sources = {"anna": [live, *code], "<i>ben": code, "cleo": ["x = 1"], "dora": code}
    cell = [Verdict(student, "cell", ()) for student in sources]
    page = report.page("cell", cell, sources)
    assert "Compared are 4 submissions" in page and "&lt;i&gt;ben, anna, dora: 100 %" in page
    assert page.count("<pre") == 2 and 'class="shared"' in page and "<script" not in page and "<b>" not in page
    assert not any(word in page.lower() for word in ("plagiar", "cheat", "copied", "suspect", "guilt"))


def test_code_is_compared_as_grading_left_it(tmp_path):
    for student, source in (("anna", "x = 1"), ("ben", None)):
        notebook = copy.deepcopy(load("gates").notebook)
        if source:
            notebook.cells.append(nbformat.v4.new_code_cell(source))
        folder = tmp_path / "autograded" / student / "gates"
        folder.mkdir(parents=True)
        (folder / "gates.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    (tmp_path / "autograded" / "cleo" / "gates").mkdir(parents=True)
    (tmp_path / "autograded" / "cleo" / "gates" / "gates.ipynb").write_text("{")
    assert report.own_code(tmp_path, load("gates")) == {"anna": ["x = 1"]}


def test_what_is_unusual_is_named():
    assert report.seen(CLASS[3]) == ["<b>points 2 → 1000</b>", "update_cell: timeout."]
    page = report.page("gates", CLASS)
    assert 'href="feedback/%253Cscript%253Ealert%281%29%253C%252Fscript%253E/gates.html"' in page
