"""The cell figure in JupyterLab: dragged in the notebook, read and set from Python."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat.v4
import numpy as np
import pytest
from lstmbook import numbers

from autograder import reference

CELLS = [
    "from lstmbook.widgets import CellFigure\n\ncell = CellFigure()\ncell",
    "print([cell.f, cell.c, cell.h])",
    "cell.f = [0, 0, 0]",
]


@pytest.fixture
def lab(tmp_path):
    """Address of a JupyterLab of its own, with ``try.ipynb`` in it."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    folder = tmp_path / "work"
    folder.mkdir()
    folder.joinpath("try.ipynb").write_text(nbformat.writes(notebook))
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


def test_python_reads_what_the_reader_drags_and_sets_what_the_reader_sees(lab, new_page):
    page = new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(30_000)
    page.goto(f"{lab}lab/tree/try.ipynb")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    cells = page.locator(".jp-CodeCell")

    def run(k):
        cells.nth(k).locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        cells.nth(k).get_by_text(f"[{k + 1}]:").first.wait_for()

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
    run(1)
    f, c, h = json.loads(cells.nth(1).locator(".jp-OutputArea-output").inner_text())
    assert f == [1, 0.53, 0.5]
    expected = reference.update_cell(*(np.array(values) for values in (numbers.C_PREV, f, numbers.I, numbers.C_TILDE)))
    np.testing.assert_allclose(c, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(h, reference.hidden_state(np.array(numbers.O), expected), rtol=0, atol=1e-12)
    run(2)
    figure.get_by_role("img", name="new cell state: 0.8, 0.45, 0").wait_for()
