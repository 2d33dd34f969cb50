"""Exercise 4's ``report`` and ``watch``: idle until watched, live in a kernel, one picture elsewhere."""

import io
from contextlib import redirect_stdout

import nbformat
import numpy as np
import pytest
from matplotlib.image import imread
from nbclient import NotebookClient

from autograder.assignment import load, master
from tests.solutions.running import cells_of, run

GIVEN = ("given_expect", "given_numbers", "given_watch")


@pytest.fixture
def cells():
    """What the notebook's cells define, the student's functions unwritten, with the pictures that were displayed."""
    cells = run(nbformat.v4.new_notebook(cells=[cells_of(load("training").notebook)[name] for name in GIVEN])).namespace
    cells["pictures"] = []
    cells["display"] = lambda picture, display_id: cells["pictures"].append(picture)
    return cells


def trains(cells, **reported):
    """A train_adding that reports this, and learns nothing."""

    def train_adding(rng, T, n, steps):
        for _ in range(steps):
            cells["report"](**reported)
        return lambda xs: np.ones(xs.shape[1])

    return train_adding


def said(cells, **settings):
    with redirect_stdout(io.StringIO()) as text:
        cells["watch"](**settings)
    return text.getvalue()


def caches_of(T, B=4, n=3):
    marks = np.zeros((T, B, 2))
    marks[0, :, 1] = marks[-1, :, 1] = 1
    return [{"x": x} | {gate: np.full((B, n), 0.5) for gate in "fio"} for x in marks]


def test_a_report_that_nobody_watches_does_nothing(cells):
    cells["report"](None, None, None)
    assert cells["pictures"] == [] and cells["watched"] is None


def test_without_a_kernel_there_is_one_picture_at_the_end(cells):
    cells["train_adding"] = trains(cells, loss=0.1, norm=2.0, caches=caches_of(T=6))
    assert said(cells, steps=30).startswith("mean squared error on 500 unseen sequences of length 6: 0.1")
    (picture,) = cells["pictures"]
    assert imread(io.BytesIO(picture.data)).shape == (864, 1296, 4)
    assert picture.alt == "After 30 of 30 steps: loss 0.1, gradient 2 long."
    assert cells["watched"] is None


def test_in_a_kernel_the_picture_is_drawn_again_and_again(cells):
    drawn = []
    picture = cells["Picture"](steps=3)
    picture.live, picture.pause = True, 0.0
    picture.draw = lambda: drawn.append(len(picture.losses))
    for _ in range(3):
        picture.add(0.1, 1.0, caches_of(T=6), 1.0)
    assert drawn == [1, 2, 3]


@pytest.mark.parametrize("caches", [(), [(1, 2)], [{"f": 1}], None], ids=str)
def test_other_caches_leave_the_gates_out_and_say_so(cells, caches):
    cells["train_adding"] = trains(cells, loss=0.1, norm=2.0, caches=caches)
    assert "No gates: report's caches should be your lstm_forward's" in said(cells, steps=2)
    assert len(cells["pictures"]) == 1


@pytest.mark.parametrize("loss, norm", [(np.nan, np.inf), (0.0, 0.0)])
def test_a_training_that_exploded_or_stands_still_is_drawn(cells, loss, norm):
    cells["train_adding"] = trains(cells, loss=loss, norm=norm, caches=caches_of(T=6))
    said(cells, steps=2)
    assert len(cells["pictures"]) == 1


def test_nothing_reported_is_said(cells):
    cells["train_adding"] = lambda rng, T, n, steps: lambda xs: np.ones(xs.shape[1])
    assert "end each turn of the loop in train_adding with report(loss, norm, caches)" in said(cells)
    assert cells["pictures"] == []


def test_a_training_that_fails_shows_what_there_was_and_ends_the_watch(cells):
    def train_adding(rng, T, n, steps):
        cells["report"](0.1, 2.0)
        raise KeyboardInterrupt

    cells["train_adding"] = train_adding
    with pytest.raises(KeyboardInterrupt):
        cells["watch"]()
    assert len(cells["pictures"]) == 1 and cells["watched"] is None


def test_a_kernel_that_runs_the_notebook_keeps_one_picture_and_no_word_of_stderr():
    wanted = (*GIVEN, "adam_step", "train_adding")
    cells = [cells_of(master("training"))[name] for name in wanted]
    (watch,) = (cell for cell in master("training").cells if cell.source.startswith("predict = watch("))
    notebook = nbformat.v4.new_notebook(cells=[*cells, watch])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    kinds = [output.get("name") or next(iter(output.data)) for output in notebook.cells[-1].outputs]
    assert sorted(kinds) == ["image/png", "stdout"]
    assert not any(cell.outputs for cell in notebook.cells[:-1])
