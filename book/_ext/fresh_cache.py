"""A page is executed anew when what its code imports has changed, not only when its code has.

jupyter-cache knows a page by the code on it alone. So the cache lies in a folder that is named by the content of
``book/lstmbook`` and the pinned versions; Sphinx reads every page again when that name, a setting, changes.
"""

import hashlib
import shutil
from pathlib import Path


def fingerprint(root):
    """Name for the state of all that the book's pages import: the course's package and the pinned versions."""
    package = root / "book" / "lstmbook"
    files = [path for path in sorted(package.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    digest = hashlib.sha256()
    for path in [*files, root / "requirements.txt"]:
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def choose_cache(app, config):
    caches = Path(app.outdir).parent / ".jupyter_cache"
    chosen = caches / fingerprint(Path(app.srcdir))
    for old in caches.glob("*"):
        if old != chosen:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    config.nb_execution_cache_path = str(chosen)


def setup(app):
    app.connect("config-inited", choose_cache)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
