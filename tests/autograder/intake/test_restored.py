"""The notebook that a person grades by hand."""

from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert.filters import markdown2html

from autograder.intake import Unreadable, parse, restored


def answers(notebook):
    return {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}


@pytest.fixture
def redone(handed, gates):
    def restore():
        notebook = restored(handed.bytes(), gates)
        nbformat.validate(notebook)
        ids = [cell.id for cell in notebook.cells]
        assert len(set(ids)) == len(ids)
        marks = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
        assert sorted(mark.grade_id for mark in marks) == sorted(
            cell.metadata.nbgrader.grade_id for cell in gates.notebook.cells if "nbgrader" in cell.metadata
        )
        assert all(mark == answers(gates.notebook)[mark.grade_id].metadata.nbgrader for mark in marks)
        assert not any(cell.get("outputs") for cell in notebook.cells)
        return notebook

    return restore


def test_code_and_answers_are_kept(handed, redone):
    handed["reflection_gates"]["source"] = "Because $f_t$ starts **open**."
    cells = answers(redone())
    assert cells["reflection_gates"].source == "Because $f_t$ starts **open**."
    assert cells["sigmoid"].source == "def sigmoid(*args): return 'mine'"


def test_the_order_is_kept(handed, redone, gates):
    assert [cell.cell_type for cell in redone().cells] == [cell.cell_type for cell in gates.notebook.cells]
    handed.cells.insert(5, {"cell_type": "markdown", "metadata": {}, "source": "my own"})
    assert redone().cells[5].source == "my own"


def test_check_cells_and_texts_are_the_instructors(handed, redone, gates):
    handed["check_sigmoid"]["source"] = "pass"
    handed["test_sigmoid"]["source"] = "pass"
    handed["check_candidate"]["metadata"]["nbgrader"]["points"] = 1000
    for name in ("check_sigmoid", "test_sigmoid"):
        assert answers(redone())[name].source == answers(gates.notebook)[name].source


def test_deleted_cells_are_put_back_in_their_places(handed, redone, gates):
    for name in ("given_expect", "check_sigmoid", "sigmoid", "reflection_gates"):
        handed.pop(name)
    cells = redone().cells
    assert [name for name in answers(redone()) if name] == [name for name in answers(gates.notebook) if name]
    assert answers(redone())["reflection_gates"].source == "YOUR ANSWER HERE"
    assert len(cells) == len(gates.notebook.cells)


def test_of_a_duplicated_cell_the_last_is_the_answer(handed, redone):
    handed.duplicate("sigmoid", source="second = 1")
    handed.duplicate("check_sigmoid", source="third = 1")
    cells = redone().cells
    assert answers(redone())["sigmoid"].source == "second = 1"
    assert "third = 1" in [cell.source for cell in cells]


@pytest.mark.parametrize("kind", ["raw", "code"])
def test_a_retyped_answer_is_an_answer(handed, redone, kind):
    handed["reflection_gates"].update(cell_type=kind, source="my answer")
    answer = answers(redone())["reflection_gates"]
    assert (answer.cell_type, answer.source) == ("markdown", "my answer")


def test_outputs_and_other_metadata_go(handed, redone):
    handed["sigmoid"]["outputs"] = [{"output_type": "display_data", "data": {"text/html": "<script>"}, "metadata": {}}]
    handed["sigmoid"]["metadata"]["x"] = "<script>"
    handed.content["metadata"]["x"] = "<script>"
    handed.cells.append({"cell_type": "raw", "metadata": {"format": "text/html"}, "source": "<script>"})
    assert "<script>" not in nbformat.writes(redone())


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a</p><iframe src=//evil>",
        "<!-- --><svg/onload=alert(1)>",
        "<javascript:alert(1)>",
        "[x](javascript:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x]\n\n[x]: javascript:alert(1)",
        "[x][y]\n\n[y]:\njavascript:alert(1)",
        "![x](javascript:alert(1))",
        r"[x](javascript\:alert(1))",
        r"$\href{javascript:alert(1)}{x}$",
        r"$a \\\href{javascript:alert(1)}{x}$",
        "```mermaid\ngraph TD; A-->B; click A 'javascript:alert(1)'\n```",
        "```&#109;ermaid\nA\n```",
    ],
)
@pytest.mark.parametrize("where", ["answer", "own"])
def test_nothing_is_live_in_the_formgrader(handed, redone, hostile, where):
    handed["reflection_gates"]["source"] = hostile if where == "answer" else ""
    handed.cells.append({"cell_type": "markdown", "metadata": {}, "source": hostile if where == "own" else ""})
    seen = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: seen.append((tag, dict(attributes)))
    made = redone()
    for source in (answers(made)["reflection_gates"].source, made.cells[-1].source):
        parser.feed(markdown2html(source))
        assert r"\href{" not in source
    assert {tag for tag, _ in seen} <= {"p", "pre", "code"}
    assert not [attributes for _, attributes in seen if attributes.keys() - {"class"} or "mermaid" in str(attributes)]


def test_markdown_and_math_look_as_before(handed, redone):
    text = (
        "# Why?\n\n- *one* `h`\n- $a < b$, $\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$\n\n> a quote & more [1]"
    )
    handed["reflection_gates"]["source"] = text
    assert answers(redone())["reflection_gates"].source == text


def test_a_notebook_without_marks(handed, redone):
    for cell in handed.cells:
        cell["metadata"] = {}
    assert "def sigmoid(*args): return 'mine'" in [cell.source for cell in redone().cells]


def test_what_parse_rejects_cannot_be_restored(gates):
    assert parse(b"[]", gates).status == "rejected"
    with pytest.raises(Unreadable, match="not an object"):
        restored(b"[]", gates)
