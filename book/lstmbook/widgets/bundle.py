"""What a front end gets of a figure: one text, from files that are modules of their own for editors and for tests."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
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
    used = [
        part
        for name, part in zip(names, parts)
        if not name or any(re.search(rf"\b{name[1]}\b(?!-)", other) for other in parts if other is not part)
    ]
    return used if len(used) == len(parts) else _used(used)
