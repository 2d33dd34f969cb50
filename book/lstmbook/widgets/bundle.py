"""What a front end gets of a figure: one text, from files that are modules of their own for editors and for tests."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
COMMENT = re.compile(r"^//.*$|(?<=\s)// .*$", re.MULTILINE)
MENTION = (r"\b", r"\b(?=[(),;.[\]}]|\s+[^\w\s])")  # around a name in code; in prose a word follows
DECLARATION = re.compile(r"^(?=const |function |export default)", re.MULTILINE)


def read(*names):
    """Text of files of this folder, one after the other.

    Parameters
    ----------
    *names : str
        File names; an ES module comes after those that it imports from, and the figure's own is the last.

    Returns
    -------
    str
        The files' text. Imports of one another and ``export`` fall away, except the last one's ``export default``; and
        so does what a module declares and nothing here uses.
    """
    text = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
    text = re.sub(r'^import .* from "\./.*";\n', "", text, flags=re.MULTILINE)
    return "".join(_used(re.split(DECLARATION, re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE))))


def _used(parts):
    """Those of a script's top-level parts whose name another one of them has a use for."""
    names = [re.match(r"(?:const|function) (\w+)", part) for part in parts]
    code = [COMMENT.sub("", part) for part in parts]
    used = [
        part
        for k, (name, part) in enumerate(zip(names, parts))
        if not name or any(re.search(name[1].join(MENTION), code[j]) for j in range(len(parts)) if j != k)
    ]
    return used if len(used) == len(parts) else _used(used)
