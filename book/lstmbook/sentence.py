"""Sentences for a cell to read: four features of a word, and a cell of three units that was set by hand for them.

The sequence player and chapter 9 read with this cell. Nobody trained it: unit 1 notices a name, unit 2 a verb, unit 3
gathers what comes after the verb and speaks at the end. All three forget when a word begins with a capital letter.
"""

SENTENCE = "John likes black coffee"
MOST_WORDS = 12

FORGET_BIAS = 4.0
INPUT_BIAS = -4.0
PARAMS = {  # columns: three for h_prev, then capital, ends in s, neither, last
    "W_f": ((0.0, 0.0, 0.0, -8.0, 0.0, 0.0, 0.0),) * 3,
    "b_f": (FORGET_BIAS,) * 3,
    "W_i": (
        (0.0, 0.0, 0.0, 8.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 8.0, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.0, 8.0, 0.0),
    ),
    "b_i": (INPUT_BIAS,) * 3,
    "W_c": (
        (0.0, 0.0, 0.0, 2.0, -1.0, -1.0, 0.0),
        (0.0, 0.0, 0.0, -1.0, 2.0, -1.0, 0.0),
        (0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0),  # what unit 2 showed before
    ),
    "b_c": (0.0, 0.0, 0.0),
    "W_o": (
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 8.0),
    ),
    "b_o": (4.0, 4.0, -4.0),
}


def features(sentence):
    """What the cell reads of a sentence's words, read off their letters.

    Parameters
    ----------
    sentence : str
        Words between blanks; those after the first ``MOST_WORDS`` are not read.

    Returns
    -------
    list of T lists of 4 floats, each 0 or 1
        The word begins with a capital letter; else it ends in s; else neither; and it is the last of a sentence: the
        last of all, or one with a full stop, a question mark or an exclamation mark.

    Examples
    --------
    >>> features("John likes black coffee")
    [[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]]
    """
    words = sentence.split()[:MOST_WORDS]
    rows = []
    for k, word in enumerate(words):
        letters = [sign for sign in word if sign.isalpha()]
        capital = bool(letters) and letters[0] != letters[0].lower()
        ends_in_s = bool(letters) and letters[-1] == "s" and not capital
        last = k == len(words) - 1 or any(sign in word for sign in ".?!")
        rows.append([float(value) for value in (capital, ends_in_s, not (capital or ends_in_s), last)])
    return rows
