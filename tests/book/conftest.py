"""The book, built once and served on this machine alone."""

import fcntl
import functools
import os
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))  # as Sphinx does


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


@pytest.fixture
def page(new_page):
    """A wide page in light mode."""
    return new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
