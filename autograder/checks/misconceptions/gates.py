"""Mistakes in ``gates``."""

import numpy as np

from autograder.checks.misconceptions import misconception
from autograder.reference import sigmoid

FORGET = "chapters/04-forget-gate"


@misconception("forget_gate", "The forget gate is squashed by σ, so that it lies between 0 and 1; yours uses tanh.", FORGET)
def tanh_in_the_forget_gate(h_prev, x, W_f, b_f):
    return np.tanh(np.concatenate([h_prev, x], axis=-1) @ W_f.T + b_f)


@misconception(
    "forget_gate",
    "The columns of W_f act on [h_prev, x] in this order; yours joins [x, h_prev].",
    FORGET,
    hidden_when=("m == n with equal h_prev and x",),
)
def input_before_the_hidden_state_in_the_forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(np.concatenate([x, h_prev], axis=-1) @ W_f.T + b_f)
