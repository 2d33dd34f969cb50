"""What belongs together stays on one line: a number and its per cent sign, a chapter's number and its title."""

import re

from docutils import nodes

TOGETHER = re.compile(r"(?<=\d) (?=%)|(?<=\d) · ")


def join(text):
    """A text with no break where one would part what belongs together."""
    return TOGETHER.sub(lambda blanks: blanks[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def keep_together(app, doctree, docname):
    for text in list(doctree.findall(nodes.Text)):
        joined = join(text)
        if joined != text and not isinstance(text.parent, (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.title)):
            text.parent.replace(text, nodes.Text(joined))


def setup(app):
    app.connect("doctree-resolved", keep_together)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
