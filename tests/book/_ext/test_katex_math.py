"""Formulas, rendered while the book is built."""

from types import SimpleNamespace

import pytest
import quickjs
from docutils import nodes

import katex_math


def test_formulas_are_html_for_the_eye_and_mathml_for_the_ear():
    html = katex_math.render(r"f_t = \sigma(z)")
    assert 'class="katex-html" aria-hidden="true"' in html
    assert "<math " in html and "<mi>σ</mi>" in html
    assert 'display="block"' in katex_math.render("x", True)


def test_formulas_have_the_figures_colours():
    for hue in ("memory", "gate", "new", "output"):
        assert f'class="enclosing lstm-{hue}"' in katex_math.render(rf"\{hue}{{c_t}}")


@pytest.mark.parametrize("tex, is_long", [(r"\gate{f_t} = \sigma(z_{f,t})", False), ("+".join("abcdefghijklmno"), True)])
def test_only_a_long_formula_may_be_broken(tex, is_long):
    writer = SimpleNamespace(body=[])
    with pytest.raises(nodes.SkipNode):
        katex_math.visit_inline(writer, nodes.math(tex, tex, punctuation="."))
    assert ('<span class="math long">' in writer.body[0]) == is_long
    assert writer.body[0].endswith("</span>.</span>")


@pytest.mark.parametrize("tex", [r"\unknown{x}", "{x", r"\htmlId{a}{x}", "é"])
def test_formulas_that_are_wrong_are_refused(tex):
    with pytest.raises(quickjs.JSException):
        katex_math.render(tex)
