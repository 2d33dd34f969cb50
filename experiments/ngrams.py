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


def probabilities(context, follows, alphabet):
    """Of every symbol after a context: each longer context is believed as far as it has been seen.

    A context that was followed N times, by u different symbols, takes N/(N + u) of the probability for what it counted
    and leaves u/(N + u) to the shorter one; the shortest of all leaves it to 1/k.

    Parameters
    ----------
    context : str
    follows : list of dict of str to Counter
        Of `tables`.
    alphabet : str
        k symbols.

    Returns
    -------
    ndarray of shape (k,)

    References
    ----------
    Witten and Bell (1991), method C.
    """
    p = np.full(len(alphabet), 1 / len(alphabet))
    for length in range(min(len(context), len(follows) - 1) + 1):
        seen = follows[length].get(context[len(context) - length :])
        if seen is None:  # nor has any longer one been
            break
        N, u = seen.total(), len(seen)
        p = (np.array([seen[symbol] for symbol in alphabet]) + u * p) / (N + u)
    return p


def log2_p(text, follows, alphabet):
    """What tables say after each symbol of a text but its last: log₂ of each symbol's probability, (T − 1, k)."""
    order = len(follows) - 1
    contexts = [text[max(0, j - order) : j] for j in range(1, len(text))]
    rows = {context: probabilities(context, follows, alphabet) for context in set(contexts)}
    return np.log2([rows[context] for context in contexts])
