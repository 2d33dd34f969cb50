"""What follows what: tables of counts, the plainest models of a text."""

from collections import Counter, defaultdict

import numpy as np


def tables(text, order):
    """How often each symbol followed each context, for contexts of 0 up to `order` symbols.

    Returns
    -------
    list of dict of str to Counter
        One for each length of context.
    """
    follows = [defaultdict(Counter) for _ in range(order + 1)]
    for j, symbol in enumerate(text):
        for k in range(min(order, j) + 1):
            follows[k][text[j - k : j]][symbol] += 1
    return follows


def probability(symbol, context, follows, size):
    """Of a symbol after a context: from 1/size on, each longer context is believed as far as it has been seen.

    A context that was followed N times, by u different symbols, takes N/(N + u) of the probability for what it counted
    and leaves u/(N + u) to the shorter one.

    Parameters
    ----------
    symbol, context : str
    follows : list of dict of str to Counter
        Of `tables`.
    size : int
        Of the alphabet.

    Returns
    -------
    float

    References
    ----------
    Witten and Bell (1991), method C.
    """
    p = 1 / size
    for k, table in enumerate(follows[: len(context) + 1]):
        counts = table.get(context[len(context) - k :])
        if counts is None:  # no longer one has been seen either
            break
        N, u = counts.total(), len(counts)
        p = (counts[symbol] + u * p) / (N + u)
    return p


def bits(text, follows, size):
    """Bits for each symbol of a text but its first: −log₂ of its probability after those before it."""
    order = len(follows) - 1
    before = [text[max(0, j - order) : j] for j in range(1, len(text))]
    return -np.log2([probability(symbol, context, follows, size) for symbol, context in zip(text[1:], before)])
