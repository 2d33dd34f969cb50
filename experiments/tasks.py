"""What the networks learn: sequences with what is to be answered, drawn afresh for every step of training.

A batch is ``xs`` (T, B, m), ``targets`` (T, B, k) and ``asked`` (T, B): 1 where an answer counts, 0 elsewhere.
"""

from itertools import islice

import numpy as np

from autograder.reference.training import adding_problem

SYMBOLS = "BTPSXVE"

# Reber's grammar (1967): from each node the ways on, each a symbol and the node that it leads to.
REBER = {
    "0": ["B1"],
    "1": ["T2", "P3"],
    "2": ["S2", "X4"],
    "3": ["T3", "V5"],
    "4": ["X3", "S6"],
    "5": ["P4", "V6"],
    "6": ["Eend"],
}
# Embedded: B, then T or P, a whole Reber string, the same T or P again, E. The inner grammar stands here twice, so that
# a node knows what is to be repeated.
EMBEDDED = {"start": ["Bchoice"], "choice": ["TT0", "PP0"], "last": ["Estart"]}
for _memory in "TP":
    EMBEDDED |= {_memory + node: [way[0] + _memory + way[1:] for way in ways] for node, ways in REBER.items()}
    EMBEDDED[f"{_memory}end"] = [f"{_memory}last"]

NODES = list(EMBEDDED)
NEXT_SYMBOL = np.array([[SYMBOLS.index(way[0]) for way in (ways * 2)[:2]] for ways in EMBEDDED.values()])  # (N, 2)
NEXT_NODE = np.array([[NODES.index(way[1:]) for way in (ways * 2)[:2]] for ways in EMBEDDED.values()])  # (N, 2)
LEGAL = np.eye(len(SYMBOLS))[NEXT_SYMBOL].max(axis=1)  # (N, 7): 1 for each symbol that may come next
RECALL = [NODES.index("Tend"), NODES.index("Pend")]  # what comes next here was said at the beginning


def adding(rng, T, B):
    """The adding problem: of a row of numbers two are marked; after the last step, say their sum.

    Parameters
    ----------
    rng : numpy.random.Generator
    T : int
        Steps of a sequence.
    B : int
        Sequences.

    Returns
    -------
    xs : ndarray of shape (T, B, 2)
    targets : ndarray of shape (T, B, 1)
        The sum; it counts at the last step.
    asked : ndarray of shape (T, B)

    References
    ----------
    Hochreiter and Schmidhuber (1997), experiment 4, as commonly restated.
    """
    xs, sums = adding_problem(rng, T, B)
    return xs, np.broadcast_to(sums[:, None], (T, B, 1)), at_the_end(T, B)


def temporal_order(rng, T, B):
    """Temporal order: two of T symbols are X or Y; after the last step, say in which order they came.

    Parameters
    ----------
    rng : numpy.random.Generator
    T : int
        Steps of a sequence, at least 10.
    B : int
        Sequences.

    Returns
    -------
    xs : ndarray of shape (T, B, 8)
        One-hot: E at the first step, B at the last, X or Y once between T/10 and T/5 and once between T/2 and 3T/5,
        and one of a, b, c, d everywhere else; features in the order a b c d E B X Y.
    targets : ndarray of shape (T, B, 4)
        One-hot: XX, XY, YX, YY; it counts at the last step.
    asked : ndarray of shape (T, B)

    References
    ----------
    Hochreiter and Schmidhuber (1997), experiment 6a, with a fixed length.
    """
    symbols = rng.integers(0, 4, size=(T, B))
    symbols[0], symbols[-1] = 4, 5
    first, second = rng.integers(0, 2, size=(2, B))
    symbols[rng.integers(T // 10, T // 5, size=B), np.arange(B)] = 6 + first
    symbols[rng.integers(T // 2, T * 3 // 5, size=B), np.arange(B)] = 6 + second
    return np.eye(8)[symbols], np.broadcast_to(np.eye(4)[2 * first + second], (T, B, 4)), at_the_end(T, B)


def at_the_end(T, B):
    """`asked` of a task whose answer counts at the last step alone."""
    return np.repeat(np.arange(T) == T - 1, B).reshape(T, B).astype(float)


def walk(rng, B):
    """B endless streams of embedded Reber strings, each begun anew when it has ended, with no mark in between.

    Parameters
    ----------
    rng : numpy.random.Generator
    B : int
        Streams.

    Yields
    ------
    symbols : ndarray of int of shape (B,)
        Indices into `SYMBOLS`. Where two may come, each does so half of the time.
    nodes : ndarray of int of shape (B,)
        Where in the grammar the streams are after it: indices into `NODES`, 0 at a string's end.

    References
    ----------
    Reber (1967); Cleeremans, Servan-Schreiber and McClelland (1989).
    """
    nodes = np.zeros(B, dtype=int)
    while True:
        ways = rng.integers(0, 2, size=B)
        symbols, nodes = NEXT_SYMBOL[nodes, ways], NEXT_NODE[nodes, ways]
        yield symbols, nodes


def embedded_reber(rng, B):
    """Whole embedded Reber strings: at each symbol, predict the next.

    Parameters
    ----------
    rng : numpy.random.Generator
    B : int
        Strings.

    Returns
    -------
    xs, targets : ndarray of shape (T, B, 7)
        One-hot: the symbols, and the next ones; T is the longest string's. What follows a shorter string's end is not
        asked.
    asked : ndarray of shape (T, B)
    nodes : ndarray of int of shape (T, B)
        Where in the grammar each string is when its next symbol is asked.

    References
    ----------
    Hochreiter and Schmidhuber (1997), experiment 1.
    """
    steps, ended = [], np.zeros(B, dtype=bool)
    for symbols, nodes in walk(rng, B):
        steps.append((symbols, nodes, ~ended))
        ended = ended | (nodes == 0)
        if ended.all():
            break
    symbols, nodes, running = map(np.array, zip(*steps))
    one_hot = np.eye(len(SYMBOLS))[symbols]
    return one_hot[:-1], one_hot[1:], running[1:].astype(float), nodes[:-1]


def continual_reber(rng, T, B):
    """The continual embedded Reber grammar: segments of endless streams; at each symbol, predict the next.

    Parameters
    ----------
    rng : numpy.random.Generator
    T : int
        Steps of a segment.
    B : int
        Streams.

    Yields
    ------
    xs, targets, asked, nodes
        As of `embedded_reber`; each segment goes on where the one before it ended, and every step is asked.

    References
    ----------
    Gers, Schmidhuber and Cummins (2000).
    """
    stream = walk(rng, B)
    steps = [next(stream)]
    while True:
        steps = [steps[-1], *islice(stream, T)]
        symbols, nodes = map(np.array, zip(*steps))
        one_hot = np.eye(len(SYMBOLS))[symbols]
        yield one_hot[:-1], one_hot[1:], np.ones((T, B)), nodes[:-1]
