"""The living figures in JupyterLab: dragged there, read and set from Python, with a function of the reader's own."""

import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat.v4
import numpy as np
import pytest

from autograder import reference
from lstmbook import numbers

CELLS = [
    "from lstmbook.widgets import CellFigure\n\ncell = CellFigure()\ncell",
    "print([cell.f, cell.c, cell.h])",
    "cell.f = [0, 0, 0]",
]
OWN = [
    """
import numpy as np
from lstmbook.widgets import CellFigure, SequencePlayer

calls, slip = [], None

def lstm_cell_forward(x, h_prev, c_prev, params):
    calls.append(c_prev)
    if slip == "raises" and c_prev[0] > 0.5:
        return no_such_name
    z = np.concatenate([h_prev, x])
    f, i, o = (1 / (1 + np.exp(-(params[f"W_{k}"] @ z + params[f"b_{k}"]))) for k in "fio")
    c_tilde = np.tanh(params["W_c"] @ z + params["b_c"])
    if slip == "swaps":
        f, i = i, f
    c = f * c_prev + i * c_tilde
    h = o * np.tanh(c)
    return h, c, dict(x=x, h_prev=h_prev, c_prev=c_prev, f=f, i=i, c_tilde=c_tilde, o=o, c=c)

cell = CellFigure(lstm_cell_forward)
cell
""",
    "player = SequencePlayer(lstm_cell_forward)\nplayer",
    "print([len(calls), cell.f, cell.own['steps'][0]['c'], player.own['steps'][-1]['h']])",
    "slip = 'swaps'",
    "slip = 'raises'",
]
READ = [
    "from lstmbook.widgets import ReaderFigure\n\nreader = ReaderFigure('counting_ab', text='aabb')\nreader",
    "import json\nprint(json.dumps([reader.text, reader.holds]))",
    "reader.text, reader.step, reader.holds, reader.opened = 'aaabbb', 4, ['c1=0@3'], True",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab of its own, with ``try.ipynb``, ``own.ipynb`` and ``read.ipynb`` in it."""
    tmp_path = tmp_path_factory.mktemp("lab")
    folder = tmp_path / "work"
    folder.mkdir()
    for name, cells in {"try": CELLS, "own": OWN, "read": READ}.items():
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        )
        folder.joinpath(f"{name}.ipynb").write_text(nbformat.writes(notebook))
    own = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    log = tmp_path / "log"
    with open(log, "w") as output:
        server = subprocess.Popen(
            [
                Path(sys.executable).with_name("jupyter-lab"),
                *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"),
                *("--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None"),
                "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
            ],
            env={**os.environ, **own, "IPYTHONDIR": str(tmp_path / "ipython")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield address(server, Path(own["JUPYTER_RUNTIME_DIR"]), log)
    finally:
        server.terminate()
        server.wait(20)


def address(server, runtime, log, seconds=60):
    """URL that the server writes down once it listens."""
    for _ in range(seconds * 10):
        for file in runtime.glob(f"jpserver-{server.pid}.json"):
            try:
                return json.loads(file.read_text())["url"]
            except json.JSONDecodeError:
                pass  # half written
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}", pytrace=False)


@pytest.fixture
def opened(lab, new_page):
    """A function that opens a notebook in JupyterLab: its page, and a function that runs a cell and returns it."""

    def opened(name):
        page = new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(30_000)
        page.goto(f"{lab}lab/tree/{name}.ipynb?reset")  # without what an earlier page had open
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        counts = itertools.count(1)

        def run(k):
            cell = page.locator(".jp-CodeCell").nth(k)
            cell.locator(".cm-content").click()
            page.keyboard.press("Shift+Enter")
            cell.get_by_text(f"[{next(counts)}]:").first.wait_for()
            return cell

        return page, run

    return opened


def printed(cell):
    return json.loads(cell.locator(".jp-OutputArea-output").inner_text())


def test_python_reads_what_the_reader_drags_and_sets_what_the_reader_sees(opened):
    page, run = opened("try")
    run(0)
    figure = page.locator(".cell-figure")
    box = figure.get_by_label("forget gate, unit 1").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, y, steps=5)
    page.mouse.up()
    figure.get_by_label("forget gate, unit 2").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):  # the slider's own keys, not the notebook's
        page.keyboard.press(key)
    f, c, h = printed(run(1))
    assert f == [1, 0.53, 0.5]
    expected = reference.update_cell(*(np.array(values) for values in (numbers.C_PREV, f, numbers.I, numbers.C_TILDE)))
    np.testing.assert_allclose(c, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(h, reference.hidden_state(np.array(numbers.O), expected), rtol=0, atol=1e-12)
    run(2)
    figure.get_by_role("img", name="new cell state: 0.8, 0.45, 0").wait_for()


def test_a_readers_own_function_runs_behind_the_figures_mistakes_included(opened):
    page, run = opened("own")
    run(0), run(1)
    cell, player = page.locator(".cell-figure"), page.locator(".player-figure")
    for figure in (cell, player):
        figure.get_by_text("computes every number here").wait_for()

    before, *_ = printed(run(2))
    cell.get_by_label("forget gate, unit 1").press("End")  # 0.5 to 1: the kernel answers
    cell.get_by_role("img", name="new cell state: 4.8, 2.95, 3").wait_for()
    player.get_by_label("forget bias").press("Home")  # 4 to -2
    player.locator('[data-block="f"] td.number', has_text="0.12").first.wait_for()
    after, f, c, h = printed(run(2))
    assert after > before and f == [1, 0.5, 0.5]
    np.testing.assert_allclose(c, [4.8, 2.95, 3], rtol=0, atol=1e-9)

    run(3)
    cell.get_by_label("forget gate, unit 1").press("Home")
    cell.get_by_text("gives another forget gate, input gate").wait_for()
    assert cell.locator(".wrong").count() == 2
    player.get_by_label("forget bias").press("End")
    player.get_by_text("gives another forget gate, input gate at step 1, “John”, than").wait_for()

    run(4)
    cell.get_by_label("forget gate, unit 1").press("End")
    cell.get_by_text("raised NameError, in its line “return no_such_name”: name 'no_such_name' is not").wait_for()
    player.get_by_role("textbox", name="sentence").fill("Mary drinks tea")
    player.get_by_text("raised NameError at step 2, “drinks”, in its line “return no_such_name”").wait_for()


def test_a_trained_network_reads_what_is_typed_and_what_python_says(opened):
    page, run = opened("read")
    run(0)
    figure = page.locator(".reader-figure")
    figure.get_by_label("text").press("End")
    page.keyboard.type("b")  # one too many, and no command of the notebook's
    figure.get_by_text("from step 5 on the text is not of its language").wait_for()
    figure.get_by_role("button", name="silence unit 1").click()
    assert printed(run(1)) == ["aabbb", ["h1=0"]]
    run(2)
    figure.get_by_role("button", name="c of unit 1 = 0 at step 3").wait_for()
    assert figure.get_by_label("text").input_value() == "aaabbb"
    assert figure.locator(".strip .now").get_attribute("data-step") == "4" and figure.locator(".opened table").count() == 5
