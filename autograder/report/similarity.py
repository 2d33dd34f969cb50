"""Which submissions are alike in ways that the exercise does not make them, for a person to look at.

Code is compared as tokens: layout, comments and texts are gone, and names that a student chose are one and the same, so
that a copy with other names and comments is still alike. Winnowing keeps some hashes of runs of tokens, at least one of
each run of `RUN` + `WINDOW` - 1; what the released notebook and the master have too says nothing, nor does what many
students have. An index from hash to submissions finds the pairs, so that time grows with the class and not with its
square.

Short functions are alike by nature, and in a small class two students may have made all the same choices. `LEAST` and
`SHARE` stand above what independent solutions have in common (the tests measure it), so a copy of a short and plain
answer is not found. What is found is worth a look, no more.

References
----------
Schleimer, Wilkerson & Aiken (2003), Winnowing: local algorithms for document fingerprinting, SIGMOD.
"""

from __future__ import annotations

import builtins
import contextlib
import hashlib
import io
import itertools
import keyword
import re
import token
import tokenize
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RUN = 12  # tokens that are hashed together
WINDOW = 6  # neighbouring hashes of which the smallest is kept
LEAST, SHARE = 64, 0.5  # hashes that a pair has in common, at least, and their share of those of the smaller one
FEW, MANY = 6, 50  # what more students have than a tenth of the class, but at least and at most these, says nothing

_KEPT = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
_LAYOUT = {token.NL, token.NEWLINE, token.INDENT, token.DEDENT, token.COMMENT, token.ENCODING, token.ENDMARKER}
_MAGIC = re.compile(r"^[^\S\n]*[%!?].*$", re.MULTILINE)


@dataclass(frozen=True)
class Pair:
    """Two submissions; ``share`` is how much of the smaller one's own code, by hashes, the other has too."""

    first: str
    second: str
    common: int
    share: float


def tokens(cells: Sequence[str], names=frozenset()) -> list[tuple[str, int]]:
    """The tokens of some code, each with its line, counted through all cells; `names` are those that nobody can choose.

    A cell that is broken is read as far as it can be.
    """
    found, first = [], 0
    for cell in cells:
        found += [(text, first + line) for text, line in _of_cell(cell, names)]
        first += len(cell.split("\n"))
    return found


def _of_cell(cell, names):
    found, after_dot = [], False
    with contextlib.suppress(tokenize.TokenError, SyntaxError, UnicodeEncodeError):  # lone surrogates, from Python 3.12 on
        for kind, text, (line, _), *_ in tokenize.generate_tokens(io.StringIO(_MAGIC.sub("", cell)).readline):
            if kind in _LAYOUT:
                continue
            if kind == token.NAME and not (after_dot or text in _KEPT or text in names):
                text = "a name"
            elif kind == token.STRING:
                text = "a text"
            found.append((text, line - 1))
            after_dot = text == "."
    return found


def fingerprints(cells: Sequence[str], names=frozenset()) -> dict[bytes, tuple[int, int]]:
    """The hashes that winnowing keeps of some code, each with the first and last line of a run of tokens that has it."""
    found = tokens(cells, names)
    texts = [text for text, _ in found]
    hashes = [
        hashlib.blake2b("\0".join(texts[start : start + RUN]).encode(errors="replace"), digest_size=8).digest()
        for start in range(len(texts) - RUN + 1)
    ]
    kept = {}
    for start in range(len(hashes) - WINDOW + 1):
        at = min(range(start, start + WINDOW), key=lambda place: (hashes[place], -place))
        kept[hashes[at]] = found[at][1], found[at + RUN - 1][1]
    return kept


def pairs(sources: Mapping[str, Sequence[str]], given=(), names=frozenset()) -> list[Pair]:
    """The pairs of submissions that are worth a look, the most alike first.

    Parameters
    ----------
    sources : dict of list of str
        The cells of code of each student.
    given : iterable of list of str
        Cells that everybody has: the released notebook's, the master's.
    names : set of str
        Names that the exercise prescribes.
    """
    known = set().union(*(fingerprints(cells, names) for cells in given))
    own = {student: fingerprints(cells, names).keys() - known for student, cells in sources.items()}
    holders = defaultdict(list)
    for student, prints in own.items():
        for one in prints:
            holders[one].append(student)
    many = min(max(FEW, len(own) // 10), MANY)
    common = Counter(
        pair for students in holders.values() if len(students) <= many for pair in itertools.combinations(students, 2)
    )
    telling = {student: sum(len(holders[one]) <= many for one in prints) for student, prints in own.items()}
    found = [
        Pair(*sorted(pair), count, count / min(telling[student] for student in pair))
        for pair, count in common.items()
        if count >= LEAST
    ]
    return sorted(
        (pair for pair in found if pair.share >= SHARE), key=lambda pair: (-pair.share, -pair.common, pair.first)
    )


def shared_lines(cells: Sequence[str], other: Sequence[str], given=(), names=frozenset()) -> set[int]:
    """The lines of some code, counted through all cells, that lie in runs of tokens which other code has too."""
    known = set().union(*(fingerprints(cells, names) for cells in given))
    mine, theirs = fingerprints(cells, names), fingerprints(other, names)
    return {line for one in mine.keys() & theirs.keys() - known for line in range(mine[one][0], mine[one][1] + 1)}


def groups(found: Sequence[Pair]) -> list[list[str]]:
    """Students who hang together by pairs, each group sorted, in the order of the pairs."""
    of = {}
    for pair in found:
        together = of.get(pair.first, {pair.first}) | of.get(pair.second, {pair.second})
        of |= dict.fromkeys(together, together)
    return [sorted(group) for group in {id(group): group for pair in found for group in [of[pair.first]]}.values()]
