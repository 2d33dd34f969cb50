"""Pages are read, and so executed, side by side: jupyter-book itself does not offer it."""

import os


def setup(app):
    app.parallel = os.cpu_count() or 1
    # It numbers the contents when all pages have been read, so it is safe, but it does not say so.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True
    return {"parallel_read_safe": True, "parallel_write_safe": True}
