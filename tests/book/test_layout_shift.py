"""Nothing on a page moves while it arrives, neither for its formulas nor when its rest and its scripts come late."""

import re
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

# One of each kind, and those on which it was seen.
PAGES = ["index", "chapters/04-forget-gate", "chapters/09-through-time", "chapters/23-reading-the-gates",
         "exercises/gates/gates", "notation", "glossary"]  # fmt: skip
SCREENS = {"desktop": {"width": 1350, "height": 940}, "phone": {"width": 412, "height": 823}}
CUT = re.compile(rb"(?=<body|<section|<div [^>]*bd-sidebar-secondary|</body>)")
PAUSE_S = 0.04
MOST = 0.01  # of Lighthouse's measure, which calls less than 0.1 good

# Of a table that comes in two parts, the first fits its columns to the second: nothing to mend there.
WATCH = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    const moved = sources.map(({ node }) => node?.parentElement);
    if (!moved.length || !moved.every((element) => element?.closest("table"))) {
      shifts.push([value, ...moved.map((element) => element?.outerHTML.slice(0, 200))]);
    }
  }
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture(scope="module")
def slow_site(built):
    """Base URL of the book behind a bad line: pages come section by section, and scripts after that."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=built / "html")

        def do_GET(self):
            if self.path.split("?")[0].endswith(".js"):
                time.sleep(10 * PAUSE_S)
            super().do_GET()

        def copyfile(self, source, outputfile):
            whole = source.read()
            for part in CUT.split(whole) if self.path.endswith(".html") else [whole]:
                outputfile.write(part)
                outputfile.flush()
                time.sleep(PAUSE_S)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_moves_while_a_page_arrives(slow_site, new_page, screen):
    context = new_page(viewport=SCREENS[screen]).context
    context.add_init_script(WATCH)
    context.add_init_script("localStorage.setItem('read', JSON.stringify(['chapters/04-forget-gate.html']))")
    pages = {name: context.new_page() for name in PAGES}  # side by side, for most of it is waiting
    for name, page in pages.items():
        page.goto(f"{slow_site}/book/{name}.html", wait_until="commit")
    moved = {}
    for name, page in pages.items():
        page.wait_for_load_state("load")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        shifts = page.evaluate("shifts")
        if sum(value for value, *_ in shifts) > MOST:
            moved[name] = shifts
    assert moved == {}
