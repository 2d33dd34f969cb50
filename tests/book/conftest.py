"""The book, built once and served on this machine alone, and a Chromium that can reach nothing else."""

import fcntl
import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))  # as Sphinx does
OUTSIDE = re.compile(r"^(?!http://127\.0\.0\.1:)")
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def built(tmp_path_factory, worker_id):
    """Folder with ``html``, the whole book, and ``log``, what the build said; one build for all of xdist's workers."""
    common = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        common = common.parent
    folder = common / "site"
    folder.mkdir(exist_ok=True)
    log = folder / "log"
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists():
            command = [Path(sys.executable).with_name("jupyter-book"), "build", ROOT, "--path-output", folder]
            done = subprocess.run(
                [*command, "--warningiserror", "--nitpick", "--keep-going"],
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            if done.returncode == 0:
                (folder / "_build" / "html").rename(folder / "html")
            log.write_text(done.stdout)
    if not (folder / "html").exists():
        pytest.fail(f"the book does not build:\n{log.read_text()}", pytrace=False)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def site(built):
    """Base URL of the built book, without a slash at its end."""
    handler = functools.partial(_Quiet, directory=built / "html")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, headless."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is missing; install it (Debian and Ubuntu: apt install chromium)", pytrace=False)
    flags = CHROMIUM_FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def outside():
    """What the test's pages asked of the network beyond this machine; everything in it was refused."""
    return []


@pytest.fixture
def errors():
    """What went wrong in the scripts of the test's pages, and what they wrote to the console as an error."""
    return []


@pytest.fixture
def new_page(browser, outside, errors):
    """A function that opens a page; its options are those of Playwright's ``new_context``.

    A test whose pages asked for something beyond this machine, or met a script error, fails at its end.
    """
    contexts = []

    def refuse(route):
        outside.append(route.request.url)
        route.abort()

    def new_page(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.route(OUTSIDE, refuse)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        return page

    yield new_page
    for context in contexts:
        context.close()
    assert outside == [], "the page asked for something beyond this machine"
    assert errors == [], "the page met an error"


@pytest.fixture
def page(new_page):
    """A wide page in light mode."""
    return new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
