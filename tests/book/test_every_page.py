"""What holds for every page of the site: it is light and can be read by all, and it asks for nothing from elsewhere.

The last is what ``new_page`` looks after. All four modes, formulas' drawings included: ``python -m benchmarks.axe``.
"""

import gzip
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from benchmarks.website import run_figures

CONTENTS = yaml.safe_load((Path(__file__).parents[2] / "_toc.yml").read_text(encoding="utf-8"))
FILES = [CONTENTS["root"], *(page["file"] for part in CONTENTS["parts"] for page in part["chapters"])]

# Labels of the page's drawings that are cut off, too small to read, or upon each other.
UNREADABLE = """() => [...document.querySelectorAll(".bd-article svg")].flatMap((svg) => {
  const drawing = svg.getBoundingClientRect();
  const labels = [...svg.querySelectorAll("text")].filter((text) => text.checkVisibility() && text.textContent.trim());
  const boxes = labels.map((text) => text.getBoundingClientRect());
  const scale = ({ a, b }) => Math.hypot(a, b); // some labels are turned
  const small = (text) => parseFloat(getComputedStyle(text).fontSize) * scale(text.getScreenCTM()) < 8.9;
  const out = (box) => Math.max(drawing.left - box.left, box.right - drawing.right) > 1;
  const upon = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4; // lines of a text have blank space above and below
  return labels.filter((text, k) => small(text) || out(boxes[k]) || boxes.some((box, j) => j < k && upon(box, boxes[k])))
    .map((text) => text.textContent.trim());
})"""


def assert_axe_finds_nothing(page, **context):
    found = Axe().run(page, context)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", [*(f"{file}.html" for file in FILES), "genindex.html", "search.html?q=gate"])
def test_a_page_is_light_and_open_to_all(site, new_page, name):
    loaded = {}
    page = new_page(viewport={"width": 1280, "height": 2000}, color_scheme="light")
    page.on("response", lambda answer: answer.url.startswith("http") and loaded.update({answer.url: answer}))
    page.goto(f"{site}/{name}")
    if "search" not in name:  # its index is asked for on that page alone
        weights = {url: len(gzip.compress(answer.body())) for url, answer in list(loaded.items())}
        assert sum(weights.values()) <= 160_000, sorted(weights.items(), key=lambda weight: -weight[1])

    run_figures(page)
    assert_axe_finds_nothing(page, exclude=[".katex-html"])  # hidden from those who listen; its colours: see below
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    page.reload()
    run_figures(page)
    assert page.evaluate(UNREADABLE) == []
    assert_axe_finds_nothing(page, exclude=[".katex"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_drawn_of_formulas(site, new_page, theme):
    page = new_page(color_scheme=theme)
    page.goto(f"{site}/book/chapters/08-whole-cell.html")
    assert_axe_finds_nothing(page, include=[".bd-article"])
