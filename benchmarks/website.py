"""The built book, served as a web server would: compressed, and kept by the browser for a while."""

import contextlib
import gzip
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HTML = Path(__file__).parents[1] / "_build" / "html"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PACKED = {".png", ".zip"}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        body = path.read_bytes()
        self.send_response(200)
        if path.suffix not in PACKED:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages has it
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def served():
    """Base URL of the built book, without a slash at its end."""
    if not (HTML / "index.html").exists():
        raise SystemExit(f"{HTML} has no book; build it first: make book")
    handler = lambda *args: _Handler(*args, directory=HTML)  # noqa: E731
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run_figures(page):
    """Wait until all living figures of a browser's page are alive; one with files of its own waits to be seen."""
    for figure in page.locator("[data-model]").all():
        figure.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelectorAll('[data-model]:not([data-live])').length === 0")


def pages(*parts):
    """Names of the book's pages, from the site's root, that have one of these parts; of all without any."""
    names = sorted(path.relative_to(HTML).as_posix() for path in (HTML / "book").rglob("*.html"))
    return [name for name in names if not parts or any(part in name for part in parts)]
