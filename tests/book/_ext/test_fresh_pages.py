"""A page is read again when something that it is made of has changed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


BUILD = """
import sys
from pathlib import Path
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

sys.path.insert(0, sys.argv[1])
for change in ("as it is", *sys.argv[2:]):
    if change != "as it is":
        Path(change).write_text("changed")
    with docutils_namespace():
        app = Sphinx(".", None, "out", "trees", "html", {"extensions": ["myst_parser", "fresh_pages"]}, status=None)
        app.connect("env-before-read-docs", lambda app, env, names: print(change, *sorted(names), sep=","))
        app.build()
"""


def test_pages_are_read_anew_when_what_they_are_made_of_changes(tmp_path):
    for name, text in {
        "index.md": "# Start\n\n```{toctree}\nuser\nother\n```\n",
        "user.md": "# A page that imports lstmbook\n",
        "other.md": "# A page with the results of some_experiment\n",
        "requirements.txt": "",
        "book/lstmbook/widgets/cell.js": "",
        "book/_static/course.css": "",
        "book/data/some_experiment.json": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    changes = ["book/lstmbook/widgets/cell.js", "book/_static/course.css", "book/data/some_experiment.json"]
    extensions = ROOT / "book" / "_ext"
    done = subprocess.run(
        [sys.executable, "-c", BUILD, extensions, *changes], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == [
        "as it is,index,other,user",
        "book/lstmbook/widgets/cell.js,user",
        "book/_static/course.css,index",
        "book/data/some_experiment.json,other",
    ]


def test_a_build_with_a_warning_leaves_nothing_to_the_next(tmp_path):
    (tmp_path / "index.md").write_text("# Start\n\n[nowhere](nowhere.md)\n")
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", BUILD, ROOT / "book" / "_ext"], cwd=tmp_path, capture_output=True, text=True
        )
        assert "WARNING" in done.stderr and done.stdout == "as it is,index\n"
