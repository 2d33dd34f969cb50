"""The documents' worked numbers: the one list that chapters, figures, exercises, grader and tests use.

Source: document 001, whose cell has three units. ``C`` and ``H`` continue its example; ``H_PRINTED`` is the
document's own last line, which stands alone because ``TANH_C_PRINTED`` is not the tanh of its cell state.
"""

import math

C_PREV = (4.0, 5.0, 6.0)
F = (0.5, 0.5, 0.5)
F_SHUT = (0.0, 0.0, 0.0)
F_OPEN = (1.0, 1.0, 1.0)
KEPT = (2.0, 2.5, 3.0)  # f ⊙ c_prev
I = (1.0, 0.5, 0.0)  # noqa: E741 (the input gate's name)
C_TILDE = (0.8, 0.9, 0.7)
ADDED = (0.8, 0.45, 0.0)  # i ⊙ c_tilde
C = (2.8, 2.95, 3.0)  # kept + added
TANH_C = (0.9926, 0.9945, 0.9951)  # tanh(C) to four places
O = (1.0, 0.0, 0.5)  # noqa: E741 (the output gate's name)
H = (0.9926, 0.0, 0.4975)  # o ⊙ tanh(C) to four places
TANH_C_PRINTED = (0.9, 0.8, 0.7)
H_PRINTED = (0.9, 0.0, 0.35)  # o ⊙ TANH_C_PRINTED

# The course's own, where the documents give none: what the layers read, weights that lead from it to F, I, C_TILDE
# and O, with one number for each layer to look at, and the step after.
H_PREV = (1.0, 0.0, 0.0)
X = (2.0, -1.0)
PARAMS = {
    "W_f": tuple((0.0, 0.0, 0.0, -0.5, 0.0) for _ in F),
    "b_f": (1.0, 1.0, 1.0),
    "W_i": tuple((0.0, 0.0, 0.0, weight, 0.0) for weight in (6.0, 0.0, -6.0)),
    "b_i": (0.0, 0.0, 0.0),
    "W_c": tuple((math.atanh(value), 0.0, 0.0, 0.0, 0.0) for value in C_TILDE),
    "b_c": (0.0, 0.0, 0.0),
    "W_o": tuple((0.0, 0.0, 0.0, 0.0, weight) for weight in (-12.0, 12.0, 0.0)),
    "b_o": (0.0, 0.0, 0.0),
}
C_NEXT = (2.2, 1.925, 1.5)  # f ⊙ C + ADDED: the same gates and candidate once more

# What the way back starts from: what h was to be, and what the next step says of c.
WANTED = (0.0, 1.0, 0.0)
DC_NEXT = (1.0, -1.0, 2.0)
