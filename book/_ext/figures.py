"""A still picture in the page for every living figure: what a reader without scripts sees, and others before they run.

The figure's own ES module draws it while the book is built: its default export has ``still(state)``, which returns
markup. ``_static/figures.js`` makes it live, in the same place and of the same size.
"""

import json
import re
from hashlib import sha256
from pathlib import Path

import quickjs
from docutils import nodes
from myst_nb.core.render import WIDGET_VIEW_MIMETYPE, sanitize_script_content
from myst_nb.sphinx_ import NbMetadataCollector
from rjsmin import jsmin
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

VIEW = re.compile(rf'<script type="{re.escape(WIDGET_VIEW_MIMETYPE)}">(.*)</script>', re.DOTALL)
MOST_IN_PAGE = 20_000  # letters of a trait's JSON; a longer one is a file of its own, for when its figure comes near
BOOKKEEPING = {"layout", "tabbable", "tooltip"}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BETWEEN = re.compile(r"\s*([{};,])\s*")


def still(state):
    """Markup of a figure's still picture.

    Parameters
    ----------
    state : dict
        The widget's traits, as in the notebook's metadata: ``_esm`` is the figure's ES module, ``_css`` its style.

    Returns
    -------
    str
    """
    context = quickjs.Context()
    context.eval(state["_esm"].replace("export default", "globalThis.figure =", 1))
    # As JSON, since quickjs-ng cannot hand over a string that its engine keeps in pieces.
    return json.loads(context.eval(f"JSON.stringify(figure.still({json.dumps(traits(state))}))"))


def traits(state):
    """A figure's own traits, without Jupyter's bookkeeping."""
    return {name: value for name, value in state.items() if not (name.startswith("_") or name in BOOKKEEPING)}


def lean(css):
    """A style without comments, and without blanks where they mean nothing."""
    return BETWEEN.sub(r"\1", " ".join(COMMENT.sub("", css).split())).replace(";}", "}").replace(": ", ":")


class StillFigures(SphinxPostTransform):
    """Put each figure's still picture where myst-nb names its widget."""

    default_priority = 6  # after myst-nb has chosen the output's format
    formats = ("html",)

    def run(self, **kwargs):
        views = [(node, match) for node in self.document.findall(nodes.raw) if (match := VIEW.fullmatch(node.astext()))]
        if not views:
            return
        _, script = NbMetadataCollector.get_js_files(self.env, self.env.docname)["ipywidgets_state"]
        widgets = {model: widget["state"] for model, widget in json.loads(script["body"])["state"].items()}
        figures = {}  # what the page's script needs of them: a third of what a notebook says of its widgets
        for node, match in views:
            model = json.loads(match[1])["model_id"]
            state = widgets[model]
            place = f'<div data-model="{model}" data-class="{state["_anywidget_id"]}">{still(state)}</div>'
            markup = f"<style>{lean(state['_css'])}</style>{place}"
            node.parent.replace(node, nodes.raw(text=markup, format="html"))
            inside, files = self.parted(traits(state))
            figures[model] = {"state": {"_esm": jsmin(state["_esm"]), **inside}} | ({"files": files} if files else {})
        script["body"] = sanitize_script_content(json.dumps({"state": figures}, ensure_ascii=False))

    def parted(self, state):
        """The traits that go into the page, and by their names the addresses of those too long for it, seen from there."""
        texts = {name: json.dumps(value, ensure_ascii=False) for name, value in state.items()}
        files = {}
        for name in [name for name, text in texts.items() if len(text) > MOST_IN_PAGE]:
            file = f"_static/figures/{sha256(texts[name].encode()).hexdigest()[:16]}.json"
            path = Path(self.app.outdir, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(texts[name], encoding="utf-8")
            files[name] = relative_uri(self.app.builder.get_target_uri(self.env.docname), file)
        return {name: value for name, value in state.items() if name not in files}, files


def setup(app):
    app.add_post_transform(StillFigures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
