"""A page is executed whenever it is read; so it is read again when something that it is made of has changed.

There is no cache of results: one that knows a page by its code alone would show old results of a changed helper.
"""

from pathlib import Path


def note_what_it_is_made_of(app, doctree):
    """Tell Sphinx which files a page depends on, besides its own."""
    book = Path(app.srcdir, "book")
    files = [*book.glob("_ext/*.py")]
    if app.env.docname == app.config.root_doc:  # one page written anew is enough to have these published
        files += book.glob("_static/**/*")
    page = Path(app.env.doc2path(app.env.docname)).read_text(encoding="utf-8")
    if "lstmbook" in page:
        files += [Path(app.srcdir, "requirements.txt"), *book.glob("lstmbook/**/*")]
    files += [path for path in book.glob("data/**/*") if path.stem in page]
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts:
            app.env.note_dependency(str(path))


def forget_after_warnings(app, error):
    """Let the next build read every page again: one that was not right would pass for read, without its warning."""
    if error or app._warncount:
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)


def setup(app):
    app.connect("doctree-read", note_what_it_is_made_of)
    app.connect("build-finished", forget_after_warnings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
