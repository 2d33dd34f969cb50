"""Text that others wrote, made fit to be shown."""

import re

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, all but tab and newline
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of text
    "\ud800-\udfff\ufeff\ufffe\uffff]"  # what UTF-8 cannot hold or nobody can see
)


def printable(text: str) -> str:
    """The text with nothing hidden in it: control, direction and surrogate characters as visible signs.

    Terminal colours go; tabs and newlines stay.
    """
    text = _ANSI.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub(lambda match: _visible(match.group()), text)


def _visible(character):
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures, such as ␛
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
