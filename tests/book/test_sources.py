"""The book's sources: what they may contain, before anything is built."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
import yaml

from autograder import reference
from lstmbook import plots

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
PAGES = sorted(path for folder in (".", "chapters", "guide") for path in BOOK.glob(f"{folder}/*.md"))
CODE_CELL = re.compile(r"^```\{code-cell\}.*?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OPTIONS = re.compile(r"^(:\w+:.*\n)+\n?")
GRADED = {name for name in vars(reference) if callable(getattr(reference, name)) and not name.startswith("_")}
SECTIONS = ["By hand", "The equation", "In code", "Look at it", "Why it is so", "Check yourself", "Now do", "Sources"]


def cells(page):
    """Code of a page's cells: pairs of tags and text."""
    for cell in CODE_CELL.findall(page.read_text(encoding="utf-8")):
        options = OPTIONS.match(cell)
        yield (options[0] if options else ""), cell[options.end() if options else 0 :]


def python_in_book():
    """Pairs of a file and its Python: modules, pages, released notebooks."""
    for path in [*BOOK.glob("lstmbook/**/*.py"), *BOOK.glob("_ext/*.py")]:
        yield path, path.read_text(encoding="utf-8")
    for page in PAGES:
        yield page, "\n".join(code for _, code in cells(page))
    for path in BOOK.glob("exercises/*/*.ipynb"):
        code = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        yield path, "\n".join(re.sub(r"^[%!].*$", "", source, flags=re.MULTILINE) for source in code)


def test_nothing_in_the_book_imports_from_the_instructor():
    for path, code in python_in_book():
        for node in ast.walk(ast.parse(code)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] not in ("autograder", "experiments", "solutions"), f"{path} imports {name}"


def test_no_page_and_no_helper_defines_a_graded_name():
    assert {"sigmoid", "forget_gate", "lstm_cell_forward", "lstm_backward", "adam_step"} <= GRADED
    for path, code in python_in_book():
        if path.suffix == ".ipynb":
            continue  # released notebooks define them, unwritten
        for node in ast.walk(ast.parse(code)):
            defined = getattr(node, "name", None) if isinstance(node, ast.FunctionDef | ast.ClassDef) else None
            defined = node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else defined
            assert defined not in GRADED, f"{path} defines {defined}, which is graded"


def test_everything_in_the_book_is_in_its_contents():
    listed = re.findall(r"(?:file|root): (\S+)", (ROOT / "_toc.yml").read_text())
    exercises = [path for path in BOOK.glob("exercises/*/*.ipynb")]
    found = {path.relative_to(ROOT).with_suffix("").as_posix() for path in [*PAGES, *exercises]}
    assert found == set(listed) and len(listed) == len(found)


def test_released_exercises_are_not_executed():
    patterns = yaml.safe_load((ROOT / "_config.yml").read_text())["execute"]["exclude_patterns"]
    assert patterns == ["book/exercises/*/*"]
    for path in BOOK.glob("exercises/*/*.ipynb"):
        assert not any(cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells)


@pytest.mark.parametrize("page", sorted(BOOK.glob("chapters/*.md")), ids=lambda page: page.stem)
class TestChapter:
    def test_has_the_form_of_every_chapter(self, page):
        text = page.read_text(encoding="utf-8")
        found = re.findall(r"^## (.*)$", text, re.MULTILINE)
        assert [title.replace("The equations", "The equation") for title in found] == SECTIONS
        number = int(page.stem.split("-")[0])
        assert re.search(rf"^# {number} · \S.*\n\n\{{\.question\}}\n", text, re.MULTILINE)
        assert "{.where}\n" in text and "```{math}" in text
        assert text.count(":::{dropdown} Answer") == len(re.findall(r"^\d\. ", text, re.MULTILINE)) >= 3

    def test_shows_code_of_at_most_ten_lines(self, page):
        shown = [code for tags, code in cells(page) if "remove" not in tags and "hide" not in tags]
        assert shown and all(len(code.strip().splitlines()) <= 10 for code in shown)
        assert any("assert " in code for code in shown)
        assert all(len(line) <= 82 for code in shown for line in code.splitlines())

    def test_takes_the_documents_numbers_from_their_one_list(self, page):
        assert "from lstmbook.numbers import" in "".join(code for _, code in cells(page))


def test_plots_have_the_pages_colours():
    css = (BOOK / "_static" / "course.css").read_text()
    light = re.search(r'html\[data-theme="light"\] \{(.*?)\}', css, re.DOTALL)[1]
    for colour, variable in plots.VARIABLES.items():
        assert f"{variable}: {colour};" in light
