"""The LSTM and its variants, written to be read: the answers to the exercises, and what submissions are compared with.

Axes: features last, batch before them, time first. Sizes in comments: m input features, n hidden units, B examples,
T steps. No function changes its arguments.
"""

from autograder.reference.cell import init_params, lstm_cell_backward, lstm_cell_forward
from autograder.reference.gates import (
    candidate,
    forget_gate,
    hidden_state,
    input_gate,
    output_gate,
    sigmoid,
    update_cell,
)
from autograder.reference.gradients import clip_gradients, numerical_gradient
from autograder.reference.gru import gru_cell_backward, gru_cell_forward
from autograder.reference.peephole import peephole_cell_backward, peephole_cell_forward
from autograder.reference.sequence import lstm_backward, lstm_forward
from autograder.reference.stacking import bidirectional_forward, stacked_forward
from autograder.reference.training import adam_step, gradient_highway, train_adding

__all__ = [
    # gates
    "sigmoid",
    "forget_gate",
    "input_gate",
    "candidate",
    "update_cell",
    "output_gate",
    "hidden_state",
    # cell
    "init_params",
    "lstm_cell_forward",
    "lstm_forward",
    # bptt
    "lstm_cell_backward",
    "lstm_backward",
    "numerical_gradient",
    "clip_gradients",
    # training
    "gradient_highway",
    "adam_step",
    "train_adding",
    # variants
    "peephole_cell_forward",
    "gru_cell_forward",
    "bidirectional_forward",
    "stacked_forward",
    "gru_cell_backward",
    "peephole_cell_backward",
]
