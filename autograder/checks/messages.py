"""What a student may read of an exception in a hidden call: its kind, their line, and texts that carry no numbers.

A text of the student's own making could hold hidden inputs, so only the usual sentences of Python and NumPy pass.
"""

import re

NAME = r"[A-Za-z_][\w.]{0,50}"
SHAPE = r"\(\d{0,3}(?:, ?\d{0,3}){0,5}\)"
SAFE_TEXTS = [
    rf"(?:free variable |cannot access local variable |local variable |name )?'{NAME}'(?: is not defined.*|.*where it is not "
    rf"associated with a value|.*referenced before assignment)",
    rf"'{NAME}'",  # KeyError
    rf"operands could not be broadcast together with (?:remapped )?shapes (?:{SHAPE} ?)+(?:and requested shape {SHAPE})?",
    rf"shapes {SHAPE} and {SHAPE} not aligned: \d+ \(dim \d\) != \d+ \(dim \d\)",
    r"matmul: Input operand \d has .{0,160}",
    r"all the input array.{0,200}",
    rf"{NAME}(?:\.<locals>)?\.?{NAME}?\(\) (?:takes|missing|got an unexpected|got multiple).{{0,120}}",
    r"(?:not enough|too many) values to unpack \(expected \d+(?:, got \d+)?\)",
    rf"cannot unpack non-iterable {NAME} object",
    rf"'{NAME}' object (?:is not|has no|does not).{{0,80}}",
    rf"unsupported operand type\(s\) for .{{1,6}}: '{NAME}' and '{NAME}'",
    rf"bad operand type for .{{1,10}}: '{NAME}'",
    r"index \d{1,4} is out of bounds for axis \d with size \d{1,4}",
    r"(?:list|tuple) index out of range|too many indices for array.{0,80}",
    r"axis -?\d is out of bounds for array of dimension \d",
    rf"cannot reshape array of size \d{{1,5}} into shape {SHAPE}",
    r"only (?:length-1|integer scalar|0-dimensional) arrays.{0,60}|setting an array element with a sequence\..{0,120}",
    r"The truth value of an array with more than one element is ambiguous.{0,40}",
    rf"module '{NAME}' has no attribute '{NAME}'",
    r"assignment destination is read-only|division by zero|math (?:domain|range) error|maximum recursion depth exceeded.*",
    rf"Cannot cast ufunc '{NAME}' output from dtype\('{NAME}'\) to dtype\('{NAME}'\) with casting rule '\w+'",
    r"loss\(.{0,120}",
]
SAFE = re.compile("|".join(f"(?:{text})" for text in SAFE_TEXTS))
LONG_NUMBER = re.compile(r"\d{5,}|\d\.\d")


def exception_text(raised: dict) -> str:
    """A sentence for an exception in a hidden call (see ``inside/child.py``), without what could be a hidden input."""
    name = raised["type"] if raised["builtin"] and raised["type"].isidentifier() else "an exception of its own"
    if raised["type"] == "NotImplementedError":
        return "It is not written yet: it raised NotImplementedError."
    text = f"It raised {name}"
    message = " ".join(raised["text"].split())
    if message and raised["builtin"] and SAFE.fullmatch(message) and not LONG_NUMBER.search(message):
        text += f": {message}"
    if raised["line"]:
        text += f" — in your line “{raised['line'].strip()}”"
    return text + "."
