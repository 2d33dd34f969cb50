"""The few lines of Sphinx that are the book's own, and what its pages import."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import quickjs
import tinycss2

import katex_math
import lean_pages
from lstmbook import numbers
from lstmbook.plots import GATE, INK, Plot
from lstmbook.tables import Worked

ROOT = Path(__file__).parents[2]


class TestFormulas:
    def test_are_html_for_the_eye_and_mathml_for_the_ear(self):
        html = katex_math.render(r"f_t = \sigma(z)")
        assert 'class="katex-html" aria-hidden="true"' in html
        assert "<math " in html and "<mi>σ</mi>" in html
        assert 'display="block"' in katex_math.render("x", True)

    def test_have_the_figures_colours(self):
        for hue in ("memory", "gate", "new", "output"):
            assert f'class="enclosing lstm-{hue}"' in katex_math.render(rf"\{hue}{{c_t}}")

    @pytest.mark.parametrize("tex", [r"\unknown{x}", "{x", r"\htmlId{a}{x}", "é"])
    def test_that_are_wrong_are_refused(self, tex):
        with pytest.raises(quickjs.JSException):
            katex_math.render(tex)


class TestLeanStyle:
    def purge(self, css, *words):
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        return lean_pages.purge(rules, set(words)).replace("\n", "")

    def test_keeps_what_a_page_can_use(self):
        assert self.purge("p{a:b} .x{c:d} .y #z{e:f}", "x") == "p{a:b}.x{c:d}"
        assert self.purge(".x,.y:hover{a:b}", "y") == ".y:hover{a:b}"

    def test_does_not_mind_what_a_selector_excludes(self):
        assert self.purge(".x:not(.gone){a:b}", "x") == ".x:not(.gone){a:b}"
        assert self.purge(".x:not(:has(.gone)){a:b}", "x") == ".x:not(:has(.gone)){a:b}"

    def test_looks_into_conditions_and_drops_those_that_are_empty(self):
        assert self.purge("@media print{.x{a:b}.y{c:d}}", "x") == "@media print{.x{a:b}}"
        assert self.purge("@media print{.y{c:d}}", "x") == ""

    def test_finds_fonts_from_where_the_style_now_lies(self):
        face = "src:url(fonts/A.woff2) format('woff2'),url(fonts/A.woff) format('woff')"
        assert lean_pages.rebase(face, "katex") == "src:url(katex/fonts/A.woff2) format('woff2')"
        assert lean_pages.rebase("a:url(data:x)", "katex") == "a:url(data:x)"


class TestPlots:
    def drawn(self, alt='a "gate" & more'):
        plot = Plot(alt)
        plot.ax.plot([0, 1], [0, 1], ".-", color=GATE)
        plot.ax.text(0.5, 0.5, "half", color=INK)
        return plot._repr_html_()

    def test_follow_the_page_and_speak(self):
        svg = self.drawn()
        assert f"stroke: var(--lstm-gate, {GATE})" in svg and ">half</text>" in svg
        assert 'aria-label="a &quot;gate&quot; &amp; more"' in svg
        assert "font-size" not in svg and "<style" not in svg and 'id="figure_1"' not in svg

    def test_are_the_same_every_time(self):
        assert self.drawn() == self.drawn()

    def test_share_no_id_with_another(self):
        one, other = (set(re.findall(r'\bid="([^"]*)"', self.drawn(alt))) for alt in ("one", "other"))
        assert one and not one & other


def test_worked_numbers_are_a_table_with_results_in_bold():
    rows = {"$c$": numbers.C_PREV, "slope": (-0.5, -0.0, 1e-5), "kept =": numbers.KEPT}
    assert Worked(rows)._repr_markdown_().splitlines() == [
        "| | unit 1 | unit 2 | unit 3 |",
        "|:--|--:|--:|--:|",
        "| $c$ | 4 | 5 | 6 |",
        "| slope | −0.5 | 0 | 1e−05 |",
        "| kept | **2** | **2.5** | **3** |",
    ]


BUILD = """
import sys
from pathlib import Path
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

sys.path.insert(0, sys.argv[1])
for change in ("as it is", *sys.argv[2:]):
    if change != "as it is":
        Path(change).write_text("changed")
    with docutils_namespace():
        app = Sphinx(".", None, "out", "trees", "html", {"extensions": ["myst_parser", "fresh_pages"]}, status=None)
        app.connect("env-before-read-docs", lambda app, env, names: print(change, *sorted(names), sep=","))
        app.build()
"""


def test_pages_are_read_anew_when_what_they_are_made_of_changes(tmp_path):
    for name, text in {
        "index.md": "# Start\n\n```{toctree}\nuser\nother\n```\n",
        "user.md": "# A page that imports lstmbook\n",
        "other.md": "# A page with the results of some_experiment\n",
        "requirements.txt": "",
        "book/lstmbook/widgets/cell.js": "",
        "book/_static/course.css": "",
        "book/data/some_experiment.json": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    changes = ["book/lstmbook/widgets/cell.js", "book/_static/course.css", "book/data/some_experiment.json"]
    extensions = ROOT / "book" / "_ext"
    done = subprocess.run(
        [sys.executable, "-c", BUILD, extensions, *changes], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == [
        "as it is,index,other,user",
        "book/lstmbook/widgets/cell.js,user",
        "book/_static/course.css,index",
        "book/data/some_experiment.json,other",
    ]


def test_a_build_with_a_warning_leaves_nothing_to_the_next(tmp_path):
    (tmp_path / "index.md").write_text("# Start\n\n[nowhere](nowhere.md)\n")
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", BUILD, ROOT / "book" / "_ext"], cwd=tmp_path, capture_output=True, text=True
        )
        assert "WARNING" in done.stderr and done.stdout == "as it is,index\n"
