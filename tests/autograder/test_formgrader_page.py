"""nbgrader's formgrader in a browser: the autograde button, a written answer graded by hand, and the next regrade."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import expect

from autograder import nbgrader_ways
from autograder.assignment import released_path
from autograder.cli import main
from tests.notebooks import hand_in, solution, solved

CONFIG = Path(nbgrader_ways.__file__).resolve().parents[1] / "nbgrader_config.py"
NO_MATHJAX = "MathJax = {Hub: {Config() {}, Startup: {signal: {Interest() {}}}}}"  # nbgrader loads it from the network
ANSWER = "Half is gone after 2.2 steps. <script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course as it is before its first grading."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(CONFIG, root)
    released = root / "book" / "exercises" / "gates"
    released.mkdir(parents=True)
    shutil.copy(released_path("gates"), released)
    swapped = solution("gates", "forget_gate", ("[h_prev, x]", "[x, h_prev]"))
    notebook = solved("gates", forget_gate=swapped)
    for cell in notebook.cells:
        if cell.id == "reflection_gates":
            cell.source = ANSWER
    hand_in(root / "submitted", "anna", "gates", notebook)
    hand_in(root / "submitted", "bert", "gates", solved("gates"))
    return root


@pytest.fixture(scope="module")
def address(course):
    """A Jupyter server with nbgrader's extensions, started in the course's folder."""
    folders = {f"JUPYTER_{what}_DIR": str(course / "jupyter" / what) for what in ("CONFIG", "DATA", "RUNTIME")}
    options = ["--no-browser", "--ip=127.0.0.1", "--port=0", "--IdentityProvider.token=", "--allow-root"]
    with subprocess.Popen(
        [Path(sys.executable).parent / "jupyter-server", *options, f"--ServerApp.root_dir={course}"],
        cwd=course,
        env=os.environ | folders | {"OPENBLAS_NUM_THREADS": "1"},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            log = []
            for line in server.stderr:
                log.append(line)
                if found := re.search(r"(http://127\.0\.0\.1:\d+)/", line):
                    break
            else:
                pytest.fail("the server did not start:\n" + "".join(log))
            yield found[1]
        finally:
            server.terminate()
            server.stderr.read()  # till its end


@pytest.fixture
def page(new_page):
    page = new_page(viewport={"width": 1200, "height": 900})
    page.route("https://cdnjs.cloudflare.com/**", lambda route: route.fulfill(body=NO_MATHJAX))
    page.set_default_timeout(60_000)
    page.on("dialog", lambda dialog: pytest.fail(f"a student's script ran: {dialog.message}"))
    return page


def test_autograding_and_manual_grading(course, address, page):
    page.goto(f"{address}/formgrader/manage_assignments")
    page.get_by_role("row", name="gates").get_by_role("link", name="2").click()

    row = page.locator("tr", has=page.get_by_text("anna", exact=True))
    row.get_by_text("needs autograding").wait_for()
    row.locator(".autograde a").click()
    modal = page.locator("#success-modal")
    modal.get_by_text("anna: 8 of 10, failed").wait_for()
    modal.get_by_role("button", name="Close").first.click()
    row.get_by_text("needs manual grading").wait_for()
    expect(row.locator(".score")).to_have_text("8 / 12")
    page.locator("tr", has=page.get_by_text("bert", exact=True)).get_by_text("needs autograding").wait_for()

    page.goto(f"{address}/formgrader/gradebook/gates/gates")
    page.get_by_role("link", name="Submission #1").click()
    page.wait_for_url("**/formgrader/submissions/**")
    page.wait_for_load_state("networkidle")  # what is typed before formgrader has loaded grades and comments is lost
    page.get_by_text("in this order; yours joins").wait_for()
    page.get_by_text("Half is gone after 2.2 steps.").wait_for()
    comment = page.locator("#reflection_gates-comment")
    with page.expect_response(lambda response: "/api/comment/" in response.url and response.request.method == "PUT"):
        comment.fill("Which gate decides that?")
        comment.blur()
    points = page.locator("input.score#reflection_gates")
    with page.expect_response(lambda response: "/api/grade/" in response.url and response.request.method == "PUT"):
        points.fill("1.5")
        points.blur()

    words = ["grade", "gates", "--submissions", str(course / "submitted"), "--out", str(course), "--regrade", "all"]
    assert main(words) == 0
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        notebook = gradebook.find_submission("gates", "anna").notebooks[0]
        assert notebook.score == 9.5
        assert "Which gate decides that?" in [comment.comment for comment in notebook.comments]
    page.reload()
    expect(points).to_have_value("1.5")
    expect(comment).to_have_value("Which gate decides that?")


def test_validate_button(address, page):
    page.goto(f"{address}/formgrader/manage_assignments")
    status, answer = page.evaluate(
        """async path => {
            const token = document.cookie.match(/_xsrf=([^;]+)/)[1];
            const headers = {"Content-Type": "application/json", "X-XSRFToken": token};
            const request = {method: "POST", headers, body: JSON.stringify({path})};
            const response = await fetch("/assignments/validate", request);
            return [response.status, await response.json()];
        }""",
        "submitted/anna/gates/gates.ipynb",
    )
    assert status == 200 and answer["success"]
    (failed,) = answer["value"]["failed"]
    assert failed["source"].startswith("# check_forget_gate") and "Likely mistake" in failed["raw_error"]
