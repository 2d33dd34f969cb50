"""What a student downloads in one file: notebooks, the package that they may use, its requirements, and a way to start.

Made before the pages are read, so that they can offer it; ``python book/_ext/bundle.py`` makes it alone.
"""

import ast
import io
import re
import sys
import zipfile
from pathlib import Path

import nbformat

BOOK = Path(__file__).parents[1]
PINS = BOOK.parent / "requirements.txt"
NAME = "lstm-exercises"
PLACE = BOOK / "student" / f"{NAME}.zip"
BESIDES = {"jupyterlab"}  # no line imports it, but notebooks are opened with it
EPOCH = (2026, 1, 1, 0, 0, 0)  # of every file: the same files give the same bytes


def contents():
    """The bundle's files.

    Returns
    -------
    dict of str to bytes
        Under their names in the bundle.
    """
    files = {f"exercises/{path.name}": path for path in (BOOK / "exercises").glob("*/*.ipynb")}
    package = [path for folder in ("lstmbook", "data") for path in (BOOK / folder).rglob("*") if path.is_file()]
    files |= {path.relative_to(BOOK).as_posix(): path for path in package if "__pycache__" not in path.parts}
    files |= {path.name: path for path in (BOOK / "student").iterdir() if path.suffix != ".zip"}
    read = {name: path.read_bytes() for name, path in files.items()}
    return read | {"requirements.txt": requirements(read).encode()}


def requirements(files):
    """The versions, as the project pins them, of all that these files import.

    Parameters
    ----------
    files : dict of str to bytes

    Returns
    -------
    str
        Lines of a requirements file.

    Raises
    ------
    LookupError
        If something that is imported has no version there.
    """
    imported = set(BESIDES).union(*(modules(code) for name, data in files.items() for code in sources(name, data)))
    # Each has its package's name; asking the packages themselves would take half a second of every build.
    wanted = {normal(module) for module in imported - sys.stdlib_module_names - {"lstmbook"}}
    pins = [(normal(line.split("==")[0]), line) for line in PINS.read_text(encoding="utf-8").splitlines() if "==" in line]
    if missing := wanted - {name for name, _ in pins}:
        raise LookupError(f"{PINS.name} has no version of {', '.join(sorted(missing))}: run `make lock`")
    return "".join(f"{line}\n" for name, line in pins if name in wanted)


def sources(name, data):
    """The Python in a file: a module's text, or the code cells of a notebook."""
    if name.endswith(".py"):
        yield data.decode()
    elif name.endswith(".ipynb"):
        notebook = nbformat.reads(data.decode(), as_version=4)
        yield from (cell.source for cell in notebook.cells if cell.cell_type == "code")


def modules(code):
    """The top-level modules that code imports."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def normal(name):
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def write(path=PLACE):
    """Write the bundle, unless it is there already with the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in sorted(contents().items()):
            archive.writestr(zipfile.ZipInfo(f"{NAME}/{name}", EPOCH), data, zipfile.ZIP_DEFLATED)
    if not path.exists() or path.read_bytes() != buffer.getvalue():
        path.write_bytes(buffer.getvalue())
    return path


def offer(app, pagename, templatename, context, doctree):
    """Under the title of an exercise's page: its notebook, and the bundle, to download."""
    if not pagename.startswith("book/exercises/"):
        return
    path = {Path(source).name: place for source, (_, place) in app.env.dlfiles.items()}  # as {download} has put them
    to, name = context["pathto"], f"{Path(pagename).name}.ipynb"
    links = [
        f'<a class="download" download href="{to(f"_downloads/{path[file]}", 1)}">{words}</a>'
        for file, words in ((name, f"<code>{name}</code>"), (PLACE.name, "all exercises, ready to start"))
    ]
    line = f'<p class="to-download">To download: {links[0]}, or {links[1]}.</p>'
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{line}", 1)


def setup(app):
    app.connect("config-inited", lambda app, config: write())
    app.connect("html-page-context", offer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    print(f"The students' bundle is {write().relative_to(Path.cwd())}")
