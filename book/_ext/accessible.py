"""Small faults in the markup of Sphinx and its extensions that trouble a screen reader, mended page by page."""

import re

MENDED = [
    (re.compile(r' aria-label="Toggle hidden content"'), ""),  # myst-nb's folded code has a visible name
    (re.compile(r' role="(?:list|doc-biblioentry)"'), ""),  # a bibliography's entries are no list items
]
TABLE = re.compile(r"<thead>(.*?)</thead>(.*?)</table>", re.DOTALL)
EMPTY = re.compile(r'<th class="head[^"]*">(?:<p></p>)?\s*</th>')
ROW = re.compile(r"(<tr[^>]*>\s*)<td([^>]*)>(?!(?:<p></p>)?\s*</td>)(.*?)</td>", re.DOTALL)
FORMULA = re.compile(r'<th[^>]*><p><span class="math[^>]*>(?:(?!</th>| class="math).)*</span></p></th>')
TEX = re.compile(r"<annotation[^>]*>(.*?)</annotation>", re.DOTALL)
SET = re.compile(r"\\(?:math\w+|text|memory|gate|new|output)\b|[\\{}]")


def mend_table(match):
    """A table whose parts say what they are: an empty header names no column, so it heads the names of the rows."""
    head, body = match.groups()
    if re.search(r"<tr[^>]*>\s*" + EMPTY.pattern, head):
        body = ROW.sub(r'\1<th scope="row"\2>\3</th>', body)
    return FORMULA.sub(_named, f"<thead>{EMPTY.sub('<td></td>', head)}</thead>{body}</table>")


def _named(match):
    """A header with a name in words, for those who are not read its formula."""
    name = SET.sub("", TEX.search(match[0])[1])
    return match[0].replace("<math ", f'<math aria-label="{name}" ')


def mend(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    for fault, instead in MENDED:
        body = fault.sub(instead, body)
    context["body"] = TABLE.sub(mend_table, body)


def setup(app):
    app.connect("html-page-context", mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
