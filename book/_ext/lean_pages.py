"""One stylesheet and one script for the site: all that the theme and the extensions bring, without what no page can use.

A style's rule stays if every class and id that its selector asks for stands, as a word, anywhere in the written pages or
scripts; so what a script adds to a page later is kept. All but the book's own style goes into a cascade layer, so that
the book's own wins without a fight over specificity. The scripts are deferred and run in their order; modules, and
what a page says by itself, stay where they are.
"""

import posixpath
import re
from hashlib import sha256
from pathlib import Path

import tinycss2

import lean_fonts

IMPORTED = re.compile(r'@import "([^"]+)";')
NEGATED = re.compile(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)")
ASKED = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
OLD_FONT = re.compile(r""",\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)""")
URL = re.compile(r"""url\((['"]?)(?!data:|['"]|#|[a-z]+:)([^)'"]+)\1\)""")
SOURCE = re.compile(r'src="([^"?]+\.js)')
WORD = re.compile(r"-?[A-Za-z_][\w-]*")
PROPERTY = re.compile(r"""(?<=[{;])\s*-(-[\w-]+)\s*:[^;{}"']*(?:;|(?=}))""")
USE = re.compile(r"var\(\s*-(-[\w-]+)")


def purge(rules, words):
    """CSS text of the rules that a page made of these words can use.

    Parameters
    ----------
    rules : list of tinycss2 nodes
    words : set of str
        Every word of the pages and their scripts.
    """
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [part.strip() for part in _split(rule.prelude)]
            selectors = [part for part in selectors if words.issuperset(ASKED.findall(NEGATED.sub("", part)))]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content).strip()}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer", "container"):
            inner = rule.content and purge(_rules(rule.content), words)
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}{{{inner}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword not in ("charset", "import"):
            text = rule.serialize()
            if "Font Awesome" not in text:  # course.css draws the few icons
                kept.append(text)
    return "\n".join(kept)


def drop_unused(css, words):
    """CSS text without the custom properties that neither it nor a page made of these words uses."""
    used = words.union(USE.findall(css))
    fewer = PROPERTY.sub(lambda prop: prop[0] if prop[1] in used else "", css)
    return fewer if fewer == css else drop_unused(fewer, words)  # the value of a dropped one may have used another


def rebase(css, folder):
    """CSS text that finds its files from ``_static``, when it was written for ``folder`` in there; woff2 fonts alone."""
    css = OLD_FONT.sub("", css)
    return URL.sub(lambda url: f"url({posixpath.normpath(posixpath.join(folder, url[2]))})", css)


def _rules(content):
    return tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True)


def _split(prelude):
    """Texts of a selector list's selectors, split at its own commas, not at those inside ``:is(…)``."""
    part = []
    for token in prelude:
        if token == ",":
            yield tinycss2.serialize(part)
            part = []
        else:
            part.append(token)
    yield tinycss2.serialize(part)


def write_styles(app, styles):
    """Write ``_static/site.css``, unless it is there and made of the same.

    Parameters
    ----------
    app : Sphinx
    styles : list of str
        The stylesheets in their order, from the site's root.
    """
    out = Path(app.outdir)
    pages = [path.read_text(encoding="utf-8") for path in out.rglob("*.html")]
    scripts = {Path(source).name for page in pages for source in SOURCE.findall(page)}
    pages += [path.read_text(encoding="utf-8") for path in out.rglob("*.js") if path.name in scripts]
    words = set(WORD.findall(" ".join(pages)))
    ours = [name for name, _ in app.config.html_css_files]
    # theme.css only imports basic.css, which comes first in any case
    sheets = {style: out / style.split("?")[0] for style in styles if not style.split("?")[0].endswith("/theme.css")}
    texts = {style: IMPORTED.sub("", path.read_text(encoding="utf-8")) for style, path in sheets.items()}
    asked = sorted(words.intersection(WORD.findall(" ".join(texts.values()))))
    shown = lean_fonts.signs("".join(pages))
    made_of = repr((texts, ours, asked, sorted((font, sorted(signs)) for font, signs in shown.items())))
    mark = f"/* {sha256(made_of.encode()).hexdigest()} */\n"
    site = out / "_static" / "site.css"
    if site.exists() and site.read_text(encoding="utf-8").startswith(mark):
        return  # made of the same: half a second less

    layered, own = [], []
    for style, css in texts.items():
        css = rebase(css, posixpath.dirname(posixpath.relpath(style.split("?")[0], "_static")))
        css = purge(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), words)
        (own if sheets[style].name in ours else layered).append(css)
    css = drop_unused("\n".join(["@layer theme {", *layered, "}", *own]), words)
    site.write_text(mark + lean_fonts.embed(css, shown), encoding="utf-8")


def write_script(app, scripts):
    """Write ``_static/site.js``.

    Parameters
    ----------
    app : Sphinx
    scripts : list of str
        The scripts in their order, from the site's root.
    """
    out = Path(app.outdir)
    texts = [(out / script).read_text(encoding="utf-8") for script in scripts]
    (out / "_static" / "site.js").write_text(";\n".join(texts), encoding="utf-8")


def setup(app):
    styles = dict.fromkeys(["_static/basic.css", "_static/styles/pydata-sphinx-theme.css"])
    scripts = {}

    def remember(app, pagename, templatename, context, doctree):
        styles.update(dict.fromkeys(str(getattr(style, "filename", style)) for style in context.get("css_files", [])))
        everywhere = [js for js in context["script_files"] if js.filename and js.attributes.get("type") != "module"]
        scripts.update(dict.fromkeys(str(js.filename) for js in everywhere))
        # The theme's own options are for its switch of versions and for its search while one types; the book has neither.
        context["script_files"] = [
            js for js in context["script_files"]
            if js not in everywhere and not js.attributes.get("body", "").startswith("DOCUMENTATION_OPTIONS.")
        ]

    def write(app, error):
        if not error and app.builder.format == "html" and scripts:  # else no page was written anew
            write_script(app, [*scripts, "_static/scripts/pydata-sphinx-theme.js"])
            write_styles(app, list(styles))

    app.connect("html-page-context", remember, priority=900)
    app.connect("build-finished", write, priority=900)  # after the theme has written its pygments.css
    return {"parallel_read_safe": True, "parallel_write_safe": True}
