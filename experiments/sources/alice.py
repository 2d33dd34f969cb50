"""Alice's Adventures in Wonderland as chapter 20's network reads it: ``python -m experiments.sources.alice FILE``.

FILE is ``alice29.txt``, as ``book/data/sources/alice/README.md`` says.
"""

import hashlib
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "book" / "data" / "sources" / "alice"
SHA256 = "7467306ee0feed4971260f3c87421154a05be571d944e9cb021a5713700c38f0"


def prepare(text):
    """The story alone, in small letters, with "…" for what is said and '…' within; single blanks, no indents.

    Parameters
    ----------
    text : str
        Of ``alice29.txt``.

    Returns
    -------
    str
    """
    text = text.replace("\r\n", "\n").strip("\x1a\n ")
    text = text[text.index("CHAPTER I\n") :].removesuffix("THE END")  # no title, no edition
    text = re.sub(r"\[later editions continued as follows|[][*_]", "", text)  # an editor's remark; marks of layout
    text = double_quoted(text).lower()
    text = "\n".join(" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def double_quoted(text):
    """`…' becomes "…", and "…" within it '…'; an apostrophe stays one.

    A ' is an apostrophe between two letters and at the beginning of a word, and where nothing is open.
    """
    signs, said = [], False
    for before, sign, after in zip(" " + text, text, text[1:] + " "):
        apostrophe = after.isalpha() and (before.isalpha() or before in "` \n-\"(")
        if sign == "`" or (sign == "'" and said and not apostrophe):
            said = sign == "`"
            sign = '"'
        elif sign == '"':
            sign = "'"
        signs.append(sign)
    return "".join(signs)


def main(path):
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        sys.exit(f"{path} is not the alice29.txt that was expected (sha256 {SHA256}); see {FOLDER / 'README.md'}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    stored = FOLDER / "alice.txt"
    stored.write_text(prepare(data.decode("ascii")), encoding="ascii")
    print(f"stored {stored}")


if __name__ == "__main__":
    main(*sys.argv[1:])
