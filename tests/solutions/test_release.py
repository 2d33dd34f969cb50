"""The released notebooks: fresh, the same bytes every time, without answers, and clear about what is missing."""

import ast
import sys

import pytest

from autograder import assignment, release
from autograder.assignment import ASSIGNMENTS, RELEASED, load, master, released_path
from autograder.cli import main
from autograder.errors import UserError
from tests.solutions.running import cells_of, grade_id, run


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    target = tmp_path_factory.mktemp("released")
    for name in ASSIGNMENTS:
        release.release(name, target)
    return target


def test_committed_notebooks_are_a_fresh_release(fresh, name):
    assert released_path(name, fresh).read_bytes() == released_path(name).read_bytes(), "run: make release"


def test_nothing_else_is_released(fresh):
    for folder in (fresh, RELEASED):
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert files == {f"{name}/{name}.ipynb" for name in ASSIGNMENTS}


def test_no_answer_is_in_it(name):
    """No line between BEGIN SOLUTION and END SOLUTION, and none of the model answer, stands anywhere in it."""
    released = "\n".join(cell.source for cell in load(name).notebook.cells)
    assert "SOLUTION" not in released
    lines = []
    for cell in cells_of(master(name), solution=True).values():
        source = cell.source
        if cell.cell_type == "code":
            assert source.count("### BEGIN SOLUTION") == source.count("### END SOLUTION") == 1
            source = source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        lines += [line.strip() for line in source.splitlines() if len(line.strip()) > 20]
    assert len(lines) > 15
    assert [line for line in lines if line in released] == []


def test_unsolved_notebook_says_what_is_not_written_yet(name):
    result = run(load(name).notebook)
    expected = {f"{kind}_{check.function}" for check in load(name).checks for kind in ("test", "check")}
    errors = {cell: error for cell, error in result.errors.items() if isinstance(cell, str)}
    assert set(errors) == expected
    assert len(result.errors) == len(errors) + 1, "the experiment is the one other cell that needs the functions"
    for error in result.errors.values():
        assert isinstance(error, NotImplementedError)
        assert "not written yet" in str(error)


def test_needs_numpy_and_matplotlib_alone(name):
    modules = set()
    for cell in load(name).notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    modules.add(node.module.partition(".")[0])
    assert modules - sys.stdlib_module_names - {"IPython"} == {"numpy", "matplotlib"}  # a Python notebook runs in IPython


def test_an_error_in_one_cell_does_not_keep_jupyterlab_from_the_next(name):
    """"Run all cells" then reaches the table of all tests."""
    code = [cell for cell in load(name).notebook.cells if cell.cell_type == "code"]
    assert all("raises-exception" in cell.metadata.tags for cell in code)
    assert code[-1].metadata.jupyter == {"source_hidden": True}  # the table is what is to be seen


def test_is_a_page_with_one_title(name):
    text = "\n".join(cell.source for cell in load(name).notebook.cells if cell.cell_type == "markdown")
    titles = [line for line in text.splitlines() if line.startswith("# ")]
    assert titles == [f"# {load(name).title}"]


def test_cell_ids_are_stable_and_unique(name):
    ids = [cell.id for cell in load(name).notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(cell.id == grade_id(cell) for cell in load(name).notebook.cells if grade_id(cell))


def test_the_command_says_what_it_released(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(release, "release", lambda name: released_path(name, tmp_path))
    assert main(["release", "gates", "bptt"]) == 0
    lines = [f"released {name}: {released_path(name, tmp_path)}\n" for name in ("gates", "bptt")]
    assert capsys.readouterr().out == "".join(lines)


def test_a_master_that_nbgrader_refuses_is_an_error_with_its_log(tmp_path, monkeypatch):
    text = (assignment.MASTERS / "gates.md").read_text()
    (tmp_path / "gates.md").write_text(text.replace("### END SOLUTION", "", 1))
    monkeypatch.setattr(assignment, "MASTERS", tmp_path)
    with pytest.raises(UserError, match=r"(?s)could not release 'gates'. Mend solutions/gates.md.*no end solution"):
        release.release("gates", tmp_path)
    assert not released_path("gates", tmp_path).exists()


def test_unknown_name():
    with pytest.raises(UserError, match="no assignment 'exam'"):
        release.release("exam")
