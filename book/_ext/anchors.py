"""An address of its own for every formula, figure and plot, to link to; the link shows when the mouse is over it.

An address must outlive its page's next edition, so nothing is counted. A label, ``:label: eq-gru`` or ``(label)=`` in
the line before, is the best name. What has none is named after what it is: a formula after its section, a living
figure after its class, a plot after the first words of its description.
"""

import html
import re

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

PLOT = re.compile(r'<div class="plot"><svg [^>]*?aria-label="([^"]*)"')
FIGURE = re.compile(r'data-model="[^"]*" data-class="[\w.]*?(\w+)"')
WORDS = 8  # of a description: enough to tell a page's plots apart


def name_of(node):
    """What an unlabelled formula, figure or plot is to be called, or None of anything else."""
    if isinstance(node, nodes.math_block):
        section = node.parent
        while section.parent and not isinstance(section, nodes.section):
            section = section.parent
        return f"{section['ids'][-1]} formula" if section.get("ids") else "formula"
    if isinstance(node, nodes.raw) and node.get("format") == "html":
        if plot := PLOT.search(node.astext()):
            return " ".join(html.unescape(plot[1]).split()[:WORDS])
        if figure := FIGURE.search(node.astext()):
            return re.sub(r"(?<!^)(?=[A-Z])", " ", figure[1])
    return None


class Anchors(SphinxPostTransform):
    """Give each formula, figure and plot its address."""

    default_priority = 7  # after figures.py
    formats = ("html",)

    def run(self, **kwargs):
        for node in list(self.document.findall(nodes.Element)):
            name = name_of(node)
            if name is None:
                continue
            cell = next((above for above in _above(node) if "cell" in above.get("classes", ())), None)
            labels = node["ids"] or (cell and cell["ids"]) or []
            anchor = labels[0] if labels else self._unused(nodes.make_id(name))
            if isinstance(node, nodes.math_block):
                node["ids"] = node["ids"] or [anchor]
            else:
                own = "" if labels else f' id="{anchor}"'
                link = f'<a class="headerlink" href="#{anchor}" title="{_("Link to this figure")}">#</a>'
                markup = f'<div class="anchored"{own}>{node.astext()}{link}</div>'
                node.parent.replace(node, nodes.raw(text=markup, format="html"))

    def _unused(self, name):
        """The name, which two of one page cannot share."""
        taken, again, anchor = self.document.ids, 1, name
        while anchor in taken:
            again += 1
            anchor = f"{name}-{again}"
        taken[anchor] = None
        return anchor


def _above(node):
    while node.parent:
        node = node.parent
        yield node


def setup(app):
    app.add_post_transform(Anchors)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
