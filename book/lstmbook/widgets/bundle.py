"""What a front end gets of a figure: one text, from files that are modules of their own for editors and for tests."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent


def read(*names):
    """Text of files of this folder, one after the other.

    Parameters
    ----------
    *names : str
        File names; an ES module comes after those that it imports from, and the figure's own is the last.

    Returns
    -------
    str
        The files' text. Imports of one another and ``export`` fall away, except the last one's ``export default``.
    """
    text = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
    text = re.sub(r'^import .* from "\./.*";\n', "", text, flags=re.MULTILINE)
    return re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE)
