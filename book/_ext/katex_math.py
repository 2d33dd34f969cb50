"""Formulas become HTML and MathML while the book is built: KaTeX's own script, run in this process by QuickJS."""

import functools
import json
import re
from pathlib import Path

import quickjs
from docutils import nodes
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

KATEX = Path(__file__).parents[1] / "_static" / "katex" / "katex.min.js"

# A symbol that has a colour in the figures has it in the formulas too: \gate{f_t} is drawn in the gates'.
MACROS = {rf"\{hue}": rf"\htmlClass{{lstm-{hue}}}{{#1}}" for hue in ("memory", "gate", "new", "output")}

# The result is JSON, since quickjs-ng cannot hand over a string that its engine keeps in pieces.
RENDER = """
function render(tex, display, macros) {
  return JSON.stringify(katex.renderToString(tex, {
    displayMode: display,
    macros: JSON.parse(macros),
    strict: code => code === "htmlExtension" ? "ignore" : "error",
    trust: context => {
      if (context.command !== "\\\\htmlClass") throw new Error(`${context.command} is not allowed`);
      return true;
    },
  }));
}
"""

PUNCTUATION = ".,;:!?)"
TAG = re.compile(r"<[^>]*>")
LONG = 26  # signs that nearly fill a phone's line; a longer formula may be broken after a sign of relation or operation

logger = logging.getLogger(__name__)


@functools.cache
def _renderer():
    context = quickjs.Context()
    context.eval(KATEX.read_text(encoding="utf-8"))
    context.eval(RENDER)
    return context.get("render")


@functools.cache
def render(tex, display=False):
    """HTML and MathML of a TeX formula.

    Parameters
    ----------
    tex : str
    display : bool
        Whether the formula stands on a line of its own.

    Raises
    ------
    quickjs.JSException
        If KaTeX does not know the formula's TeX.
    """
    return json.loads(_renderer()(tex, display, json.dumps(MACROS)))


def _rendered(node, display):
    try:
        return render(node.astext(), display)
    except quickjs.JSException as error:
        logger.warning("%s", str(error).split("\n")[0], location=node, type="katex")
        return ""


def keep_punctuation(app, doctree, docname):
    """Give each formula the sign that follows it, so that no line begins with a full stop."""
    for node in doctree.findall(nodes.math):
        after = node.next_node(descend=False, siblings=True)
        if isinstance(after, nodes.Text) and after[:1] in tuple(PUNCTUATION):
            node["punctuation"] = after[0]
            after.parent.replace(after, nodes.Text(after[1:]))


def visit_inline(writer, node):
    formula = _rendered(node, False)
    drawn = TAG.sub("", formula.partition("</math>")[2])
    long = " long" if len(drawn) > LONG else ""
    writer.body.append(f'<span class="math{long}">{formula}{node.get("punctuation", "")}</span>')
    raise nodes.SkipNode


def visit_display(writer, node):
    writer.body.append(writer.starttag(node, "div", CLASS="math"))
    if node["ids"]:
        number = f"({get_node_equation_number(writer, node)})" if node["number"] else ""
        writer.body.append(f'<span class="eqno">{number}')
        writer.add_permalink_ref(node, _("Link to this equation"))
        writer.body.append("</span>")
    # The theme's script makes such a container focusable when it is too narrow for what it holds.
    writer.body.append(f'<div class="pst-scrollable-table-container">{_rendered(node, True)}</div></div>\n')
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
    app.connect("doctree-resolved", keep_punctuation)
    app.add_css_file("katex/katex.min.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
