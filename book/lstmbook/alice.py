"""A book to be read character by character: the text of chapter 20 and its three parts."""

from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "sources" / "alice" / "alice.txt"


def parts():
    """The text in three parts, by position: to learn from, to choose by, to be tested on.

    Returns
    -------
    training, validation, test : str
        The first 80 %, the next 10 % and the last 10 % of *Alice's Adventures in Wonderland*.

    Examples
    --------
    >>> training, validation, test = parts()
    >>> training[:38]
    'chapter i\\n\\ndown the rabbit-hole\\n\\nalice'
    >>> len(training), len(validation), len(test)
    (114361, 14295, 14296)
    """
    text = FILE.read_text(encoding="ascii")
    first, second = len(text) * 8 // 10, len(text) * 9 // 10
    return text[:first], text[first:second], text[second:]


def alphabet():
    """Every symbol of the text once, sorted: the network's one-hot input and its readout have this order."""
    return "".join(sorted(set(FILE.read_text(encoding="ascii"))))


def quoted(text):
    """Whether a quotation is open after each symbol: its paragraph has had an odd number of quotation marks.

    Returns
    -------
    list of bool

    Examples
    --------
    >>> quoted('"oh!" she')
    [True, True, True, True, False, False, False, False, False]
    """
    is_open, before, found = False, "", []
    for symbol in text:
        if symbol == '"':
            is_open = not is_open
        elif before == symbol == "\n":  # an empty line: a new paragraph
            is_open = False
        before = symbol
        found.append(is_open)
    return found
