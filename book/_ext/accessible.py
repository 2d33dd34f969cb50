"""Small faults in the markup of Sphinx and its extensions that trouble a screen reader, mended page by page."""

import re

MENDED = [
    (re.compile(r'<th class="head[^"]*">(?:<p></p>)?\s*</th>'), "<td></td>"),  # an empty header names no column
    (re.compile(r' aria-label="Toggle hidden content"'), ""),  # myst-nb's folded code has a visible name
    (re.compile(r' role="(?:list|doc-biblioentry)"'), ""),  # a bibliography's entries are no list items
]


def mend(app, pagename, templatename, context, doctree):
    for fault, instead in MENDED:
        context["body"] = fault.sub(instead, context.get("body", ""))


def setup(app):
    app.connect("html-page-context", mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
