"""Mistakes in ``variants``."""

import numpy as np

from autograder.checks.misconceptions import misconception
from autograder.checks.misconceptions.lines import (
    BACK_SECTIONS,
    BATCH_OF_ONE,
    ONE_EXAMPLE,
    WEIGHT_LINES,
    joined,
    replacing,
    run,
    summed,
    weight_slips,
)
from autograder.checks.misconceptions.sections import (
    BOTH_WAYS,
    GRU,
    GRU_BACK,
    GRU_BACK_LAYERS,
    PEEPHOLES,
    PEEPHOLES_BACK,
    PEEPHOLES_BACK_PREV,
    STACKED,
)
from autograder.checks.misconceptions.signs import changes, fails_except_on, fails_on
from autograder.reference import (
    bidirectional_forward,
    gru_cell_backward,
    gru_cell_forward,
    lstm_forward,
    peephole_cell_backward,
    peephole_cell_forward,
    sigmoid,
    stacked_forward,
)

ZERO_STATES, ONE_STEP, ONE_LAYER = "zero states", "T == 1", "a single layer"
NO_DC, NO_DH = "dc is zero", "dh is zero"

GATES = {"f": "forget gate", "i": "input gate", "o": "output gate"}


def z(v, layer, h=None, x=None):
    """The pre-activation of a layer, from h_prev and x unless others are given."""
    hx = joined(v.h_prev if h is None else h, v.x if x is None else x)
    return hx @ v.params[f"W_{layer}"].T + v.params[f"b_{layer}"]


# What can go wrong in several of these functions


def one_shape_alone(right, page):
    """One step that knows a single example alone, or a batch alone."""

    def one_example(x, *rest):
        (m,) = x.shape
        return right(x.reshape(m), *rest)

    def a_batch(x, *rest):
        B, m = x.shape
        return right(x.reshape(B, m), *rest)

    misconception(
        right.__name__,
        "With a batch your code fails, with one example it is right. Features are on the last axis, whether or not a "
        "batch comes before it.",
        page,
        hidden_when=(ONE_EXAMPLE,),
        name=f"one example alone in {right.__name__}",
        signs=fails_except_on(ONE_EXAMPLE),
    )(one_example)
    misconception(
        right.__name__,
        "With one example your code fails, with a batch it is right. A single example has one axis, its features.",
        page,
        hidden_when=("a batch", BATCH_OF_ONE),
        name=f"a batch alone in {right.__name__}",
        signs=fails_on(ONE_EXAMPLE),
    )(a_batch)


def one_shape_of_sequences_alone(right, page):
    """Sequences that are known one at a time alone, or in a batch alone."""

    def one_sequence(xs, *rest):
        T, m = xs.shape
        return right(xs.reshape(T, m), *rest)

    def a_batch(xs, *rest):
        T, B, m = xs.shape
        return right(xs.reshape(T, B, m), *rest)

    misconception(
        right.__name__,
        "With a batch of sequences your code fails, with one sequence it is right. The batch stands between time and "
        "features, and the zero states have it too.",
        page,
        hidden_when=("one sequence",),
        name=f"one sequence alone in {right.__name__}",
        signs=fails_except_on("one sequence"),
    )(one_sequence)
    misconception(
        right.__name__,
        "With one sequence your code fails, with a batch it is right. One sequence has two axes, and its zero states "
        "one.",
        page,
        hidden_when=("a batch",),
        name=f"a batch alone in {right.__name__}",
        signs=fails_on("one sequence"),
    )(a_batch)


def changing(function, position, change):
    """The function, which then changes one of its arguments: ``change(argument)``."""

    def variant(*arguments):
        results = function(*arguments)
        change(arguments[position])
        return results

    return variant


def add_a_key(cache):
    cache["tanh"] = 0.0


def double(array):
    array += array


def changed_arguments(right, page, at):
    """A way back that changes dh, or its cache, which is argument number `at`."""
    misconception(
        right.__name__,
        "Your code changes the cache that it was given. The caller may need it again: keep what you add in names of "
        "your own.",
        page,
        name=f"the cache changed in {right.__name__}",
        signs=changes("cache"),
    )(changing(right, at, add_a_key))
    misconception(
        right.__name__,
        "Your code multiplies or adds to dh in place, and so changes the array of whoever called it. Make a new one.",
        page,
        hidden_when=(NO_DH,),
        name=f"dh changed in {right.__name__}",
        signs=changes("dh"),
    )(changing(right, 0, double))


# peephole_cell_forward

PEEPHOLE_LINES = {
    "z_f": lambda v: z(v, "f") + v.params["p_f"] * v.c_prev,
    "z_i": lambda v: z(v, "i") + v.params["p_i"] * v.c_prev,
    "z_c": lambda v: z(v, "c"),
    "f": lambda v: sigmoid(v.z_f),
    "i": lambda v: sigmoid(v.z_i),
    "c_tilde": lambda v: np.tanh(v.z_c),
    "c": lambda v: v.f * v.c_prev + v.i * v.c_tilde,
    "z_o": lambda v: z(v, "o") + v.params["p_o"] * v.c,
    "o": lambda v: sigmoid(v.z_o),
    "h": lambda v: v.o * np.tanh(v.c),
    "cache": lambda v: {name: getattr(v, name) for name in ("x", "h_prev", "c_prev", "f", "i", "c_tilde", "o", "c")},
    "returned": lambda v: (v.h, v.c, v.cache),
}


def peephole(**lines):
    """``peephole_cell_forward`` with these lines replaced."""

    def variant(x, h_prev, c_prev, params):
        return run(PEEPHOLE_LINES | lines, x=x, h_prev=h_prev, c_prev=c_prev, params=params).returned

    return variant


slip = replacing("peephole_cell_forward", peephole, PEEPHOLES)

slip(
    "the output gate sees the old cell state",
    "Your output gate looks at c_prev. By the time it opens the cell state has been renewed: its peephole looks at "
    "c_t.",
    z_o=lambda v: z(v, "o") + v.params["p_o"] * v.c_prev,
)
slip(
    "the output gate sees the squashed cell state",
    "Your output gate looks at tanh(c_t). The peephole sees the cell state itself; the tanh comes later, in h_t.",
    z_o=lambda v: z(v, "o") + v.params["p_o"] * np.tanh(v.c),
)
slip(
    "peepholes at the hidden state",
    "Your forget and input gates multiply their peepholes with h_prev. A peephole looks at the cell state, c_prev.",
    hidden_when=(ZERO_STATES,),
    z_f=lambda v: z(v, "f") + v.params["p_f"] * v.h_prev,
    z_i=lambda v: z(v, "i") + v.params["p_i"] * v.h_prev,
)
slip(
    "peepholes at the squashed cell state",
    "Your gates look at the tanh of the cell state. The peepholes see it as it is.",
    z_f=lambda v: z(v, "f") + v.params["p_f"] * np.tanh(v.c_prev),
    z_i=lambda v: z(v, "i") + v.params["p_i"] * np.tanh(v.c_prev),
    z_o=lambda v: z(v, "o") + v.params["p_o"] * np.tanh(v.c),
)
slip(
    "a cell without peepholes",
    "Your cell is the plain LSTM: no gate looks at the cell state. Each of the three gates has a peephole.",
    z_f=lambda v: z(v, "f"),
    z_i=lambda v: z(v, "i"),
    z_o=lambda v: z(v, "o"),
)
for gate, called in GATES.items():
    slip(
        f"no peephole at the {called}",
        f"Your {called} does not look at the cell state. p_{gate} is its peephole.",
        hidden_when=() if gate == "o" else (ZERO_STATES,),
        **{f"z_{gate}": lambda v, gate=gate: z(v, gate)},
    )
slip(
    "a peephole at the candidate",
    "Your candidate looks at the cell state through p_i as well. Only the three gates have peepholes.",
    hidden_when=(ZERO_STATES,),
    z_c=lambda v: z(v, "c") + v.params["p_i"] * v.c_prev,
)
slip(
    "the peepholes of forget and input gate swapped",
    "Your forget gate uses p_i and your input gate p_f. Each gate has the peephole of its own name.",
    hidden_when=(ZERO_STATES,),
    z_f=lambda v: z(v, "f") + v.params["p_i"] * v.c_prev,
    z_i=lambda v: z(v, "i") + v.params["p_f"] * v.c_prev,
)
slip(
    "one peephole for all gates",
    "All your gates use p_f. Each gate has the peephole of its own name.",
    z_i=lambda v: z(v, "i") + v.params["p_f"] * v.c_prev,
    z_o=lambda v: z(v, "o") + v.params["p_f"] * v.c,
)
slip(
    "peepholes outside the squashing",
    "Your peepholes are added to the gates after σ. They belong inside, with the pre-activation: a gate stays between "
    "0 and 1.",
    f=lambda v: sigmoid(z(v, "f")) + v.params["p_f"] * v.c_prev,
    i=lambda v: sigmoid(z(v, "i")) + v.params["p_i"] * v.c_prev,
    o=lambda v: sigmoid(z(v, "o")) + v.params["p_o"] * v.c,
)
slip(
    "peepholes multiplied in",
    "Your peepholes multiply the pre-activations. They are added to them.",
    z_f=lambda v: z(v, "f") * v.params["p_f"] * v.c_prev,
    z_i=lambda v: z(v, "i") * v.params["p_i"] * v.c_prev,
    z_o=lambda v: z(v, "o") * v.params["p_o"] * v.c,
)
slip(
    "peepholes added without the cell state",
    "Your gates add the peephole's weights alone, like a second bias. They are multiplied with the cell state.",
    z_f=lambda v: z(v, "f") + v.params["p_f"],
    z_i=lambda v: z(v, "i") + v.params["p_i"],
    z_o=lambda v: z(v, "o") + v.params["p_o"],
)
slip(
    "the cell state added without its peephole",
    "Your gates add the cell state as it is. It is multiplied with the peephole's weights.",
    z_f=lambda v: z(v, "f") + v.c_prev,
    z_i=lambda v: z(v, "i") + v.c_prev,
    z_o=lambda v: z(v, "o") + v.c,
)
slip(
    "peepholes summed over the units",
    "Your peepholes are sums over all units, a product of vectors. A unit's gate looks at its own cell alone: unit by "
    "unit.",
    z_f=lambda v: z(v, "f") + np.sum(v.params["p_f"] * v.c_prev, axis=-1, keepdims=True),
    z_i=lambda v: z(v, "i") + np.sum(v.params["p_i"] * v.c_prev, axis=-1, keepdims=True),
    z_o=lambda v: z(v, "o") + np.sum(v.params["p_o"] * v.c, axis=-1, keepdims=True),
)
slip(
    "peepholes subtracted",
    "Your peepholes are subtracted. They are added to the pre-activations.",
    z_f=lambda v: z(v, "f") - v.params["p_f"] * v.c_prev,
    z_i=lambda v: z(v, "i") - v.params["p_i"] * v.c_prev,
    z_o=lambda v: z(v, "o") - v.params["p_o"] * v.c,
)
slip(
    "the peephole cell's input before the hidden state",
    "Your code joins [x, h_prev]. The columns of W act on [h_prev, x], in this order.",
    z_f=lambda v: joined(v.x, v.h_prev) @ v.params["W_f"].T + v.params["b_f"] + v.params["p_f"] * v.c_prev,
    z_i=lambda v: joined(v.x, v.h_prev) @ v.params["W_i"].T + v.params["b_i"] + v.params["p_i"] * v.c_prev,
    z_c=lambda v: joined(v.x, v.h_prev) @ v.params["W_c"].T + v.params["b_c"],
    z_o=lambda v: joined(v.x, v.h_prev) @ v.params["W_o"].T + v.params["b_o"] + v.params["p_o"] * v.c,
)
slip(
    "the peephole cell shows its state without tanh",
    "Your h_t is o ⊙ c_t. What the output gate shows is tanh(c_t).",
    h=lambda v: v.o * v.c,
)
slip(
    "the peephole cell shows its old state",
    "Your h_t shows c_prev. What the output gate shows is the new cell state.",
    hidden_when=(),
    h=lambda v: v.o * np.tanh(v.c_prev),
)
slip(
    "σ at the peephole cell's candidate",
    "Your candidate is squashed by σ, so it can never take anything away. It is squashed by tanh.",
    c_tilde=lambda v: sigmoid(v.z_c),
)
slip(
    "the candidate written without its gate in the peephole cell",
    "Your c_t adds the whole candidate. It is written through the input gate.",
    c=lambda v: v.f * v.c_prev + v.c_tilde,
)
slip(
    "forget and input gate swapped in the peephole cell",
    "Your c_t keeps by the input gate and writes by the forget gate. It is the other way round.",
    c=lambda v: v.i * v.c_prev + v.f * v.c_tilde,
)
slip(
    "coupled gates in the peephole cell",
    "Your cell writes with 1 − f. That is another variant of the LSTM; here the input gate is a gate of its own.",
    i=lambda v: 1 - v.f,
)
slip(
    "h and c in the other order",
    "Your first two results are c and h. h comes first.",
    returned=lambda v: (v.c, v.h, v.cache),
)
slip(
    "the old cell state in the peephole cell's cache",
    "Your cache holds c_prev under 'c'. The new cell state belongs there: the way back needs both.",
    cache=lambda v: PEEPHOLE_LINES["cache"](v) | {"c": v.c_prev},
)
slip(
    "the new states in the peephole cell's cache",
    "Your cache holds the new states under 'h_prev' and 'c_prev'. The old ones belong there: keep them before they are "
    "renewed.",
    cache=lambda v: PEEPHOLE_LINES["cache"](v) | {"h_prev": v.h, "c_prev": v.c},
)
slip(
    "pre-activations in the peephole cell's cache",
    "Your cache holds the gates and the candidate before they are squashed. The way back needs them as they are used.",
    cache=lambda v: PEEPHOLE_LINES["cache"](v) | {"f": v.z_f, "i": v.z_i, "c_tilde": v.z_c, "o": v.z_o},
)
slip(
    "the peephole cell in single precision",
    "Your states are float32. The course computes in float64.",
    returned=lambda v: (np.float32(v.h), np.float32(v.c), v.cache),
)


@misconception(
    "peephole_cell_forward",
    "Your code writes the new cell state into c_prev. The caller, and the way back, still need the old one: make a new "
    "array.",
    PEEPHOLES,
    signs=changes("c_prev"),
)
def the_peephole_cells_old_state_overwritten(x, h_prev, c_prev, params):
    h, c, cache = peephole_cell_forward(x, h_prev, c_prev, params)
    cache["c_prev"] = c_prev.copy()
    c_prev[...] = c
    return h, c, cache


one_shape_alone(peephole_cell_forward, PEEPHOLES)


# gru_cell_forward

GRU_LINES = {
    "z": lambda v: sigmoid(z(v, "z")),
    "r": lambda v: sigmoid(z(v, "r")),
    "h_tilde": lambda v: np.tanh(z(v, "h", v.r * v.h_prev)),
    "h": lambda v: (1 - v.z) * v.h_tilde + v.z * v.h_prev,
    "cache": lambda v: {name: getattr(v, name) for name in ("x", "h_prev", "z", "r", "h_tilde")},
    "returned": lambda v: (v.h, v.cache),
}


def gru(**lines):
    """``gru_cell_forward`` with these lines replaced."""
    return lambda x, h_prev, params: run(GRU_LINES | lines, x=x, h_prev=h_prev, params=params).returned


def reset_after(v):
    """The reset gate applied to W · h_prev, as PyTorch and Keras have it."""
    n = v.h_prev.shape[-1]
    of_h, of_x = v.params["W_h"][:, :n], v.params["W_h"][:, n:]
    return np.tanh(v.r * (v.h_prev @ of_h.T) + v.x @ of_x.T + v.params["b_h"])


slip = replacing("gru_cell_forward", gru, GRU)

slip(
    "z and 1 − z swapped",
    "Your z weighs the candidate and 1 − z the old state, as some texts have it. In the course's equation z is what is "
    "kept.",
    h=lambda v: v.z * v.h_tilde + (1 - v.z) * v.h_prev,
)
slip(
    "the reset after the multiplication",
    "Your reset gate acts on W · h_prev, as in PyTorch. Here it acts on h_prev, before the weights do.",
    hidden_when=(ZERO_STATES,),
    h_tilde=reset_after,
)
slip(
    "no reset",
    "Your candidate sees h_prev as it is. The reset gate decides how much of it the candidate may see.",
    hidden_when=(ZERO_STATES,),
    h_tilde=lambda v: np.tanh(z(v, "h")),
)
slip(
    "the input reset too",
    "Your reset gate also scales what comes from x. It acts on h_prev alone.",
    h_tilde=lambda v: np.tanh(v.r * (z(v, "h") - v.params["b_h"]) + v.params["b_h"]),
)
slip(
    "the whole candidate reset",
    "Your reset gate scales the finished candidate. It acts on h_prev, before the candidate is made.",
    h_tilde=lambda v: v.r * np.tanh(z(v, "h")),
)
slip(
    "the update gate in place of the reset gate",
    "Your candidate sees z ⊙ h_prev. What it may see of the old state is the reset gate's decision.",
    hidden_when=(ZERO_STATES,),
    h_tilde=lambda v: np.tanh(z(v, "h", v.z * v.h_prev)),
)
slip(
    "reset by 1 − r",
    "Your candidate sees (1 − r) ⊙ h_prev. An open reset gate, r = 1, lets the candidate see everything.",
    hidden_when=(ZERO_STATES,),
    h_tilde=lambda v: np.tanh(z(v, "h", (1 - v.r) * v.h_prev)),
)
slip(
    "r and z swapped",
    "Your z and r are in each other's place: W_z makes the update gate, W_r the reset gate.",
    z=lambda v: sigmoid(z(v, "r")),
    r=lambda v: sigmoid(z(v, "z")),
)
slip(
    "the reset state kept",
    "Your h keeps z ⊙ (r ⊙ h_prev). The reset is for the candidate's eyes alone: what is kept is h_prev itself.",
    hidden_when=(ZERO_STATES,),
    h=lambda v: (1 - v.z) * v.h_tilde + v.z * v.r * v.h_prev,
)
slip(
    "the whole candidate written",
    "Your h adds the whole candidate. It is weighed by 1 − z, so that old and new share one place.",
    h=lambda v: v.h_tilde + v.z * v.h_prev,
)
slip(
    "the whole old state kept",
    "Your h keeps all of h_prev. It is weighed by z, so that old and new share one place.",
    hidden_when=(ZERO_STATES,),
    h=lambda v: (1 - v.z) * v.h_tilde + v.h_prev,
)
slip(
    "the old state lost",
    "Your h is made of the candidate alone. The share z of h_prev is kept.",
    hidden_when=(ZERO_STATES,),
    h=lambda v: (1 - v.z) * v.h_tilde,
)
slip(
    "the reset gate as the share of the new",
    "Your h weighs the candidate by r. Its share is what z leaves: 1 − z.",
    h=lambda v: v.r * v.h_tilde + v.z * v.h_prev,
)
slip(
    "z for both shares",
    "Your h weighs candidate and old state by z alike. The candidate's share is what z leaves: 1 − z.",
    h=lambda v: v.z * v.h_tilde + v.z * v.h_prev,
)
slip(
    "σ at the GRU's candidate",
    "Your candidate is squashed by σ, so it is never negative. It is squashed by tanh.",
    h_tilde=lambda v: sigmoid(z(v, "h", v.r * v.h_prev)),
)
slip(
    "tanh at the GRU's gates",
    "Your gates are squashed by tanh. A gate lies between 0 and 1: σ.",
    z=lambda v: np.tanh(z(v, "z")),
    r=lambda v: np.tanh(z(v, "r")),
)
slip(
    "the GRU's candidate not squashed",
    "Your candidate is not squashed. It passes tanh, so that h stays between −1 and 1.",
    h_tilde=lambda v: z(v, "h", v.r * v.h_prev),
)
slip(
    "the new state squashed once more",
    "Your h is squashed by tanh at the end. It is a mixture of two states that lie between −1 and 1 already.",
    h=lambda v: np.tanh((1 - v.z) * v.h_tilde + v.z * v.h_prev),
)
slip(
    "the GRU's input before the hidden state",
    "Your code joins [x, h_prev]. The columns of W act on [h_prev, x], in this order.",
    z=lambda v: sigmoid(joined(v.x, v.h_prev) @ v.params["W_z"].T + v.params["b_z"]),
    r=lambda v: sigmoid(joined(v.x, v.h_prev) @ v.params["W_r"].T + v.params["b_r"]),
    h_tilde=lambda v: np.tanh(joined(v.x, v.r * v.h_prev) @ v.params["W_h"].T + v.params["b_h"]),
)
slip(
    "the GRU's input before the hidden state in the candidate",
    "Your candidate joins [x, r ⊙ h_prev]. The columns of W_h act on [r ⊙ h_prev, x], in this order.",
    h_tilde=lambda v: np.tanh(joined(v.x, v.r * v.h_prev) @ v.params["W_h"].T + v.params["b_h"]),
)
slip(
    "the candidate's bias outside the tanh",
    "Your candidate adds its bias after the tanh. It belongs inside, with the pre-activation.",
    h_tilde=lambda v: np.tanh(z(v, "h", v.r * v.h_prev) - v.params["b_h"]) + v.params["b_h"],
)
slip(
    "the candidate's bias forgotten",
    "Your candidate has no bias. b_h is added inside the tanh.",
    h_tilde=lambda v: np.tanh(z(v, "h", v.r * v.h_prev) - v.params["b_h"]),
)
slip(
    "the gates' biases forgotten",
    "Your gates have no biases. b_z and b_r are added inside σ.",
    z=lambda v: sigmoid(z(v, "z") - v.params["b_z"]),
    r=lambda v: sigmoid(z(v, "r") - v.params["b_r"]),
)
slip(
    "the new state in the GRU's cache",
    "Your cache holds the new state under 'h_prev'. The old one belongs there: keep it before it is renewed.",
    cache=lambda v: GRU_LINES["cache"](v) | {"h_prev": v.h},
)
slip(
    "the reset state in the GRU's cache",
    "Your cache holds r ⊙ h_prev under 'h_prev'. h_prev itself belongs there: the way back needs it too.",
    hidden_when=(ZERO_STATES,),
    cache=lambda v: GRU_LINES["cache"](v) | {"h_prev": v.r * v.h_prev},
)
slip(
    "1 − z in the GRU's cache",
    "Your cache holds 1 − z under 'z'. z is the gate itself, as W_z makes it.",
    cache=lambda v: GRU_LINES["cache"](v) | {"z": 1 - v.z},
)
slip(
    "the GRU in single precision",
    "Your h is float32. The course computes in float64.",
    returned=lambda v: (np.float32(v.h), v.cache),
)


@misconception(
    "gru_cell_forward",
    "Your code writes the reset, or the new state, into h_prev. The caller still needs the old one: make a new array.",
    GRU,
    signs=changes("h_prev"),
)
def the_old_hidden_state_overwritten(x, h_prev, params):
    h, cache = gru_cell_forward(x, h_prev, params)
    cache["h_prev"] = h_prev.copy()
    h_prev *= cache["r"]
    return h, cache


one_shape_alone(gru_cell_forward, GRU)


# bidirectional_forward


def states(xs, params, h0=None, c0=None):
    """Hidden and cell states over time, from zero states unless others are given."""
    zeros = np.zeros(xs.shape[1:-1] + params["b_f"].shape)
    return lstm_forward(xs, zeros if h0 is None else h0, zeros if c0 is None else c0, params)[:2]


def hidden(xs, params):
    return states(xs, params)[0]


def both_slip(name, says, variant, hidden_when=()):
    misconception("bidirectional_forward", says, BOTH_WAYS, hidden_when, name)(variant)


both_slip(
    "the backward half not turned back",
    "Your backward half is in the order in which it was read, last input first. Turn it back: row t belongs to x_t.",
    lambda xs, forward, backward: joined(hidden(xs, forward), hidden(xs[::-1], backward)),
    hidden_when=(ONE_STEP,),
)
both_slip(
    "both halves reading forwards",
    "Your second LSTM reads from the first input to the last, as the first one does. It reads from the end.",
    lambda xs, forward, backward: joined(hidden(xs, forward), hidden(xs, backward)),
    hidden_when=(ONE_STEP,),
)
both_slip(
    "the output turned around in place of the input",
    "Your second LSTM reads from the first input to the last, and its states are turned around afterwards. It reads "
    "from the end, "
    "and then they are.",
    lambda xs, forward, backward: joined(hidden(xs, forward), hidden(xs, backward)[::-1]),
    hidden_when=(ONE_STEP,),
)
both_slip(
    "the first half turned around too",
    "Your whole result is turned around, the forward half too. Only the backward half was read from the end.",
    lambda xs, forward, backward: joined(hidden(xs, forward), hidden(xs[::-1], backward))[::-1],
    hidden_when=(ONE_STEP,),
)
both_slip(
    "the backward half first",
    "Your rows are [backward, forward]. The forward half comes first.",
    lambda xs, forward, backward: np.roll(bidirectional_forward(xs, forward, backward), forward["b_f"].size, axis=-1),
)
both_slip(
    "one set of parameters for both directions",
    "Both your LSTMs use params_forward. Each direction has parameters of its own.",
    lambda xs, forward, backward: bidirectional_forward(xs, forward, forward),
    hidden_when=("equal parameters",),
)
both_slip(
    "the backward parameters for both directions",
    "Both your LSTMs use params_backward. Each direction has parameters of its own.",
    lambda xs, forward, backward: bidirectional_forward(xs, backward, backward),
    hidden_when=("equal parameters",),
)
both_slip(
    "the two sets of parameters swapped",
    "Your first LSTM uses params_backward and your second params_forward. It is the other way round.",
    lambda xs, forward, backward: bidirectional_forward(xs, backward, forward),
    hidden_when=("equal parameters",),
)
both_slip(
    "the halves added",
    "Your two halves are added up. Side by side they make rows of 2 n numbers.",
    lambda xs, forward, backward: sum(np.split(bidirectional_forward(xs, forward, backward), 2, axis=-1)),
)
both_slip(
    "the halves averaged",
    "Your two halves are averaged. Side by side they make rows of 2 n numbers.",
    lambda xs, forward, backward: sum(np.split(bidirectional_forward(xs, forward, backward), 2, axis=-1)) / 2,
)
both_slip(
    "the halves one after the other",
    "Your two halves are joined along the time, so there are 2 T rows. Join them along the features, the last axis.",
    lambda xs, forward, backward: np.concatenate(np.split(bidirectional_forward(xs, forward, backward), 2, axis=-1)),
)
both_slip(
    "the halves joined along the batch",
    "Your two halves are joined along the second axis. With a batch that is the batch: join along the last axis.",
    lambda xs, forward, backward: np.concatenate(
        np.split(bidirectional_forward(xs, forward, backward), 2, axis=-1), axis=1
    ),
    hidden_when=("one sequence",),
)
both_slip(
    "the halves on an axis of their own",
    "Your two halves have an axis of their own. Side by side in the last axis they make rows of 2 n numbers.",
    lambda xs, forward, backward: np.stack(np.split(bidirectional_forward(xs, forward, backward), 2, axis=-1), axis=-2),
)
both_slip(
    "units of both halves in turn",
    "Your rows take one unit from each half in turn. The whole forward half comes first, then the backward half.",
    lambda xs, forward, backward: np.stack(
        np.split(bidirectional_forward(xs, forward, backward), 2, axis=-1), axis=-1
    ).reshape(*xs.shape[:-1], -1),
)
both_slip(
    "the features turned around",
    "Your code turns the features around, the last axis. The second LSTM reads the steps from the end: time is the "
    "first axis.",
    lambda xs, forward, backward: joined(hidden(xs, forward), hidden(xs[..., ::-1], backward)),
)
both_slip(
    "the last axis turned around and back",
    "Your code turns the features around and back, the last axis. The steps are read from the end: time is the first "
    "axis.",
    lambda xs, forward, backward: joined(hidden(xs, forward), hidden(xs[..., ::-1], backward)[..., ::-1]),
)
both_slip(
    "the second axis turned around",
    "Your code turns the second axis around and back. With a batch that is the batch: time is the first axis.",
    lambda xs, forward, backward: joined(hidden(xs, forward), hidden(xs[:, ::-1], backward)[:, ::-1]),
)
both_slip(
    "the backward half starting where the forward half ended",
    "Your second LSTM starts from the last states of the first. Each starts from zeros, at its own end of the "
    "sequence.",
    lambda xs, forward, backward: joined(
        hidden(xs, forward), states(xs[::-1], backward, *(s[-1] for s in states(xs, forward)))[0][::-1]
    ),
)
both_slip(
    "cell states of both directions",
    "Your rows are made of cell states. What an LSTM shows are its hidden states.",
    lambda xs, forward, backward: joined(states(xs, forward)[1], states(xs[::-1], backward)[1][::-1]),
)
both_slip(
    "the last states alone of both directions",
    "Your result has one row, the last states of both LSTMs. There is a row for each step.",
    lambda xs, forward, backward: joined(hidden(xs, forward)[-1], hidden(xs[::-1], backward)[-1]),
)
both_slip(
    "the backward half's last state in every row",
    "Every row of yours has the same backward half, the state after all of the sequence. Row t has read x_T to x_t.",
    lambda xs, forward, backward: joined(
        hidden(xs, forward), np.broadcast_to(hidden(xs[::-1], backward)[-1], hidden(xs, backward).shape)
    ),
    hidden_when=(ONE_STEP,),
)
both_slip(
    "the backward half one step late",
    "The backward half of your row t has read x_T to x_{t+1}, and the last row is empty. Row t has read x_t too.",
    lambda xs, forward, backward: joined(
        hidden(xs, forward), np.concatenate([hidden(xs[::-1], backward)[::-1][1:], 0 * hidden(xs[:1], backward)])
    ),
)
both_slip(
    "both directions in single precision",
    "Your result is float32. The course computes in float64: np.zeros gives it, unless another dtype is asked for.",
    lambda xs, forward, backward: bidirectional_forward(xs, forward, backward).astype(np.float32),
)


@misconception(
    "bidirectional_forward",
    "Your code turns xs around in place. The caller still needs it as it was: xs[::-1] is another view of it.",
    BOTH_WAYS,
    hidden_when=(ONE_STEP,),
    signs=changes("xs"),
)
def the_sequence_turned_around_in_place(xs, forward, backward):
    results = bidirectional_forward(xs, forward, backward)
    xs[...] = xs[::-1].copy()
    return results


one_shape_of_sequences_alone(bidirectional_forward, BOTH_WAYS)


# stacked_forward


def stack_slip(name, says, variant, hidden_when=()):
    misconception("stacked_forward", says, STACKED, hidden_when, name)(variant)


def climbing(rise):
    """``stacked_forward`` with ``rise(xs, params, below)`` for what one layer hands to the next, from all before it."""

    def variant(xs, layers):
        handed = [xs]
        for params in layers:
            handed.append(rise(handed[-1], params, handed))
        return handed[-1]

    return variant


stack_slip(
    "every layer reading the input",
    "Each of your layers reads xs. Only the bottom one does: every other layer reads the hidden states of the one "
    "below.",
    climbing(lambda below, params, handed: hidden(handed[0], params)),
    hidden_when=(ONE_LAYER,),
)
stack_slip(
    "the bottom layer alone",
    "Your result is that of the bottom layer, as if the loop ended after it. The top layer's hidden states are wanted.",
    lambda xs, layers: hidden(xs, layers[0]),
    hidden_when=(ONE_LAYER,),
)
stack_slip(
    "the top layer left out",
    "Your loop ends one layer too early.",
    lambda xs, layers: stacked_forward(xs, layers[:-1] or layers),
    hidden_when=(ONE_LAYER,),
)
stack_slip(
    "the first layer twice",
    "Every layer of yours uses the first layer's parameters. Each layer has its own.",
    lambda xs, layers: stacked_forward(xs, [layers[0]] * len(layers)),
    hidden_when=(ONE_LAYER, "equal layers"),
)
stack_slip(
    "from the top to the bottom",
    "Your code begins with the last layer of the list. The list goes from the bottom to the top.",
    lambda xs, layers: stacked_forward(xs, layers[::-1]),
    hidden_when=(ONE_LAYER, "equal layers"),
)
stack_slip(
    "cell states handed up",
    "Your layers hand their cell states up. What a layer shows to the next one are its hidden states.",
    lambda xs, layers: hidden(climbing(lambda below, params, _: states(below, params)[1])(xs, layers[:-1]), layers[-1]),
    hidden_when=(ONE_LAYER,),
)
stack_slip(
    "the top layer's cell states",
    "Your result is the top layer's cell states. Its hidden states are wanted.",
    lambda xs, layers: states(stacked_forward(xs, layers[:-1]), layers[-1])[1],
)
stack_slip(
    "cell states everywhere",
    "Your layers hand cell states up, and cell states are your result. What an LSTM shows are its hidden states.",
    climbing(lambda below, params, handed: states(below, params)[1]),
)


@misconception(
    "stacked_forward",
    "Each layer of yours starts where the layer below ended. Every layer starts from zero states of its own.",
    STACKED,
    hidden_when=(ONE_LAYER,),
)
def layers_starting_where_the_one_below_ended(xs, layers):
    h = c = None
    for params in layers:
        xs, cs = states(xs, params, h, c)
        h, c = xs[-1], cs[-1]
    return xs


stack_slip(
    "the last step alone of the top layer",
    "Your result is the top layer's last hidden state. There is a row for each step.",
    lambda xs, layers: stacked_forward(xs, layers)[-1],
)
stack_slip(
    "all layers side by side",
    "Your result holds the hidden states of all layers side by side. The top layer's alone are wanted.",
    lambda xs, layers: np.concatenate(
        [stacked_forward(xs, layers[: k + 1]) for k in range(len(layers))], axis=-1
    ),
    hidden_when=(ONE_LAYER,),
)
stack_slip(
    "the hidden states of all layers",
    "Your result is a list with the hidden states of each layer. The top layer's alone are wanted.",
    lambda xs, layers: [stacked_forward(xs, layers[: k + 1]) for k in range(len(layers))],
)
stack_slip(
    "a shortcut past each layer",
    "Your layers add their input to their output where the sizes allow it. That is a residual network; here a layer's "
    "hidden "
    "states alone go up.",
    climbing(
        lambda below, params, _: hidden(below, params) + (below if below.shape[-1] == params["b_f"].size else 0)
    ),
)
stack_slip(
    "a tanh between the layers",
    "Your layers squash the hidden states before they hand them up. They lie between −1 and 1 already, and go up as "
    "they are.",
    lambda xs, layers: hidden(
        climbing(lambda below, params, _: np.tanh(hidden(below, params)))(xs, layers[:-1]), layers[-1]
    ),
    hidden_when=(ONE_LAYER,),
)
stack_slip(
    "the time turned around between the layers",
    "Your layers hand their states up from the last to the first, as they come from a walk backwards. Keep the order "
    "of xs.",
    climbing(lambda below, params, _: hidden(below, params)[::-1]),
    hidden_when=(ONE_STEP,),
)
stack_slip(
    "the layers' hidden states added",
    "Your result adds up the hidden states of all layers that are equally wide. The top layer's alone are wanted.",
    lambda xs, layers: sum(
        h for k in range(len(layers)) if (h := stacked_forward(xs, layers[: k + 1])).shape[-1] == layers[-1]["b_f"].size
    ),
    hidden_when=(ONE_LAYER,),
)
stack_slip(
    "the first step's states at every step",
    "Your layers hand the states of the first step up for all steps. Each layer reads the whole sequence below it.",
    climbing(lambda below, params, _: np.broadcast_to(hidden(below, params)[0], hidden(below, params).shape)),
    hidden_when=(ONE_STEP,),
)
stack_slip(
    "the stack in single precision",
    "Your result is float32. The course computes in float64: np.zeros gives it, unless another dtype is asked for.",
    lambda xs, layers: stacked_forward(xs, layers).astype(np.float32),
)


@misconception(
    "stacked_forward",
    "Your code takes the layers out of the list that it was given. The caller still needs it: walk over it.",
    STACKED,
    signs=changes("layers"),
)
def layers_taken_from_the_list(xs, layers):
    hs = stacked_forward(xs, layers)
    layers.clear()
    return hs


one_shape_of_sequences_alone(stacked_forward, STACKED)


# gru_cell_backward

GRU_BACK_LINES = {
    "dh_tilde": lambda v: v.dh * (1 - v.z),
    "dz_h": lambda v: v.dh_tilde * (1 - v.h_tilde**2),
    "n": lambda v: v.h_prev.shape[-1],
    "d_reset": lambda v: (v.dz_h @ v.params["W_h"])[..., : v.n],
    "dz_gate": lambda v: v.dh * (v.h_prev - v.h_tilde),
    "dr_gate": lambda v: v.d_reset * v.h_prev,
    "dz_z": lambda v: v.dz_gate * v.z * (1 - v.z),
    "dz_r": lambda v: v.dr_gate * v.r * (1 - v.r),
    "dz": lambda v: {"z": v.dz_z, "r": v.dz_r, "h": v.dz_h},
    "kept": lambda v: v.dh * v.z,
    "reset": lambda v: v.d_reset * v.r,
    "gates": lambda v: sum(v.dz[layer] @ v.params[f"W_{layer}"] for layer in "zr")[..., : v.n],
    "dh_prev": lambda v: v.kept + v.reset + v.gates,
    "dx": lambda v: sum(v.dz[layer] @ v.params[f"W_{layer}"] for layer in v.dz)[..., v.n :],
    "reads": lambda v: {"z": v.h_prev, "r": v.h_prev, "h": v.r * v.h_prev},
    "dp": lambda v: {},
    **WEIGHT_LINES,
    "returned": lambda v: (v.dx, v.dh_prev, v.grads),
}


def gru_back(**lines):
    """``gru_cell_backward`` with these lines replaced."""
    return lambda dh, cache, params: run(GRU_BACK_LINES | lines, dh=dh, params=params, **cache).returned


GRU_BACK_SECTIONS = (
    BACK_SECTIONS
    | dict.fromkeys(("kept", "reset", "gates", "dh_prev", "dx", "n", "reads"), GRU_BACK)
    | dict.fromkeys(("dh_tilde", "dz_h", "dz_gate", "d_reset", "dr_gate", "dz_z", "dz_r"), GRU_BACK_LAYERS)
)
slip = replacing("gru_cell_backward", gru_back, GRU_BACK, **GRU_BACK_SECTIONS)

slip(
    "the kept share forgotten",
    "Your dh_prev lacks dh ⊙ z, the straight road: a share of h_prev is kept as it is.",
    kept=lambda v: 0,
)
slip(
    "all of dh kept",
    "Your dh_prev has all of dh in it. Of h_prev only the share z was kept.",
    kept=lambda v: v.dh,
)
slip(
    "the shares swapped on the way back",
    "Your way back gives z to the candidate and 1 − z to h_prev. On the way forward z is what is kept of h_prev.",
    dh_tilde=lambda v: v.dh * v.z,
    dz_gate=lambda v: v.dh * (v.h_tilde - v.h_prev),
    kept=lambda v: v.dh * (1 - v.z),
)
slip(
    "1 − z for what is kept",
    "Your dh_prev has dh ⊙ (1 − z) for what is kept. The share of h_prev that is kept is z.",
    kept=lambda v: v.dh * (1 - v.z),
)
slip(
    "z for the candidate's share",
    "Your candidate's gradient is dh ⊙ z. The candidate's share is what z leaves: 1 − z.",
    dh_tilde=lambda v: v.dh * v.z,
)
slip(
    "the candidate's share left out",
    "Your candidate's gradient is dh itself. The candidate has only the share that z leaves.",
    dh_tilde=lambda v: v.dh,
)
slip(
    "the road through the reset forgotten",
    "Your dh_prev lacks what comes through the candidate: it reads r ⊙ h_prev.",
    reset=lambda v: 0,
)
slip(
    "the reset left out on the way back",
    "Your dh_prev takes the gradient of r ⊙ h_prev as that of h_prev. The reset gate is a factor on this road.",
    reset=lambda v: v.d_reset,
)
slip(
    "the road through the gates forgotten",
    "Your dh_prev lacks what comes through the two gates. Both read h_prev.",
    gates=lambda v: 0,
)
slip(
    "the update gate forgotten in dh_prev",
    "Your dh_prev lacks what comes through the update gate. Both gates read h_prev.",
    gates=lambda v: (v.dz_r @ v.params["W_r"])[..., : v.n],
)
slip(
    "the reset gate forgotten in dh_prev",
    "Your dh_prev lacks what comes through the reset gate. Both gates read h_prev.",
    gates=lambda v: (v.dz_z @ v.params["W_z"])[..., : v.n],
)
slip(
    "the weights' road alone to h_prev",
    "Your dh_prev adds up what comes through the three weight matrices, as in an LSTM. h_prev is also kept directly, "
    "and the "
    "candidate sees it through the reset gate.",
    dh_prev=lambda v: v.d_reset + v.gates,
)
slip(
    "the sign of the update gate's gradient",
    "Your gradient of the update gate has the wrong sign: as z grows, h goes from the candidate towards h_prev.",
    dz_gate=lambda v: v.dh * (v.h_tilde - v.h_prev),
)
slip(
    "the candidate forgotten in the update gate's gradient",
    "Your gradient of the update gate is dh ⊙ h_prev. z also takes away from the candidate's share.",
    dz_gate=lambda v: v.dh * v.h_prev,
)
slip(
    "h_prev forgotten in the update gate's gradient",
    "Your gradient of the update gate has the candidate alone. z also sets how much of h_prev is kept.",
    dz_gate=lambda v: -v.dh * v.h_tilde,
)
slip(
    "both shares added in the update gate's gradient",
    "Your gradient of the update gate adds h_prev and the candidate. One share grows with z, the other one shrinks.",
    dz_gate=lambda v: v.dh * (v.h_prev + v.h_tilde),
)
slip(
    "h_prev forgotten in the reset gate's gradient",
    "Your gradient of the reset gate lacks h_prev, the other factor in r ⊙ h_prev.",
    dr_gate=lambda v: v.d_reset,
)
slip(
    "the reset gate's gradient from dh",
    "Your gradient of the reset gate starts from dh. The reset gate acts inside the candidate: W_h and tanh' lie "
    "between.",
    dr_gate=lambda v: v.dh * v.h_prev,
)
slip(
    "the reset gate's gradient before W_h",
    "Your gradient of the reset gate takes the candidate's dz without W_h. The reset acts before the weights do.",
    dr_gate=lambda v: v.dz_h * v.h_prev,
)
slip(
    "the candidate for the reset gate",
    "Your gradient of the reset gate multiplies by the candidate. What r scales is h_prev.",
    dr_gate=lambda v: v.d_reset * v.h_tilde,
)
for gate, called in {"z": "update gate", "r": "reset gate"}.items():
    slip(
        f"σ' left out at the {called}",
        f"Your gradient of the {called} goes on to the weights as it is. They lie behind σ, whose slope is one more "
        "factor.",
        **{f"dz_{gate}": lambda v, gate=gate: getattr(v, f"d{gate}_gate")},
    )
    slip(
        f"tanh' at the {called}",
        f"Your code takes the slope of a tanh at the {called}. It is squashed by σ.",
        **{f"dz_{gate}": lambda v, gate=gate: getattr(v, f"d{gate}_gate") * (1 - getattr(v, gate) ** 2)},
    )
    slip(
        f"half of σ' at the {called}",
        f"At the {called} your code has one of the two factors of σ's slope.",
        **{f"dz_{gate}": lambda v, gate=gate: getattr(v, f"d{gate}_gate") * getattr(v, gate)},
    )
slip(
    "σ' left out at both gates of the GRU",
    "Your gradients of the gates go on to the weights as they are. They lie behind σ, whose slope is one more factor.",
    dz_z=lambda v: v.dz_gate,
    dz_r=lambda v: v.dr_gate,
)
slip(
    "tanh' at both gates of the GRU",
    "Your code takes the slope of a tanh at the gates. They are squashed by σ; tanh is the candidate's.",
    dz_z=lambda v: v.dz_gate * (1 - v.z**2),
    dz_r=lambda v: v.dr_gate * (1 - v.r**2),
)
slip(
    "tanh' left out at the GRU's candidate",
    "Your candidate's gradient goes on to the weights as it is. They lie behind tanh, whose slope is one more factor.",
    dz_h=lambda v: v.dh_tilde,
)
slip(
    "σ' at the GRU's candidate",
    "Your code takes the slope of σ at the candidate. It is squashed by tanh.",
    dz_h=lambda v: v.dh_tilde * v.h_tilde * (1 - v.h_tilde),
)
slip(
    "tanh' without the square at the GRU's candidate",
    "Your slope at the candidate is 1 − h̃. The slope of tanh has a square in it.",
    dz_h=lambda v: v.dh_tilde * (1 - v.h_tilde),
)
slip(
    "tanh' at a GRU's candidate that is squashed already",
    "Your slope takes tanh of h̃ once more. h̃ is tanh's value already, and its slope follows from it directly.",
    dz_h=lambda v: v.dh_tilde * (1 - np.tanh(v.h_tilde) ** 2),
)
slip(
    "h_prev without the reset in the gradient of W_h",
    "Your gradient of W_h multiplies by [h_prev, x]. What W_h saw is [r ⊙ h_prev, x].",
    reads=lambda v: dict.fromkeys("zrh", v.h_prev),
)
slip(
    "the reset state in the gradients of all weights",
    "Your gradients of W_z and W_r multiply by [r ⊙ h_prev, x]. The reset is for the candidate alone: the gates saw "
    "h_prev.",
    reads=lambda v: dict.fromkeys("zrh", v.r * v.h_prev),
)
slip(
    "the reset after the multiplication on the way back",
    "Your reset gate is treated as acting on W · h_prev. On the way forward it acts on h_prev, before the weights do.",
    dr_gate=lambda v: v.dz_h * (v.h_prev @ v.params["W_h"][:, : v.n].T),
    reset=lambda v: (v.dz_h * v.r) @ v.params["W_h"][:, : v.n],
)
for layers, called in {"zr": "the candidate", "rh": "the update gate", "zh": "the reset gate"}.items():
    slip(
        f"{called} forgotten in dx",
        f"Your dx lacks what comes through {called}. All three layers read x.",
        dx=lambda v, layers=layers: sum(v.dz[layer] @ v.params[f"W_{layer}"] for layer in layers)[..., v.n :],
    )
slip(
    "the candidate alone in dx",
    "Your dx comes through the candidate alone. All three layers read x: add up what they say.",
    dx=lambda v: (v.dz_h @ v.params["W_h"])[..., v.n :],
)
slip(
    "the gradients of the two gates swapped",
    "Your gradients of W_z, b_z and W_r, b_r are in each other's place.",
    grads=lambda v: {name.translate(str.maketrans("zr", "rz")): grad for name, grad in (v.dW | v.db).items()},
)
slip(
    "dx and dh_prev of the GRU in the other order",
    "Your first two results are dh_prev and dx. dx comes first.",
    returned=lambda v: (v.dh_prev, v.dx, v.grads),
)
weight_slips(slip)


changed_arguments(gru_cell_backward, GRU_BACK, at=1)


# peephole_cell_backward

PEEPHOLE_BACK_LINES = {
    "tanh_c": lambda v: np.tanh(v.c),
    "do": lambda v: v.dh * v.tanh_c,
    "dz_o": lambda v: v.do * v.o * (1 - v.o),
    "through_h": lambda v: v.dh * v.o * (1 - v.tanh_c**2),
    "through_o": lambda v: v.params["p_o"] * v.dz_o,
    "dc": lambda v: v.dc_next + v.through_h + v.through_o,
    "df": lambda v: v.dc * v.c_prev,
    "di": lambda v: v.dc * v.c_tilde,
    "dc_tilde": lambda v: v.dc * v.i,
    "dz_f": lambda v: v.df * v.f * (1 - v.f),
    "dz_i": lambda v: v.di * v.i * (1 - v.i),
    "dz_c": lambda v: v.dc_tilde * (1 - v.c_tilde**2),
    "dz": lambda v: {"f": v.dz_f, "i": v.dz_i, "c": v.dz_c, "o": v.dz_o},
    "through_f": lambda v: v.params["p_f"] * v.dz_f,
    "through_i": lambda v: v.params["p_i"] * v.dz_i,
    "dc_prev": lambda v: v.dc * v.f + v.through_f + v.through_i,
    "dhx": lambda v: sum(v.dz[layer] @ v.params[f"W_{layer}"] for layer in v.dz),
    "n": lambda v: v.h_prev.shape[-1],
    "reads": lambda v: dict.fromkeys(v.dz, v.h_prev),
    "sees": lambda v: {"f": v.c_prev, "i": v.c_prev, "o": v.c},
    "dp": lambda v: {f"p_{gate}": summed(v.dz[gate] * seen) for gate, seen in v.sees.items()},
    **WEIGHT_LINES,
    "returned": lambda v: (v.dhx[..., v.n :], v.dhx[..., : v.n], v.dc_prev, v.grads),
}


def peephole_back(**lines):
    """``peephole_cell_backward`` with these lines replaced."""

    def variant(dh, dc, cache, params):
        return run(PEEPHOLE_BACK_LINES | lines, dh=dh, dc_next=dc, params=params, **cache).returned

    return variant


PEEPHOLE_BACK_SECTIONS = (
    BACK_SECTIONS
    | dict.fromkeys(("through_h", "through_o", "dc"), PEEPHOLES_BACK)
    | dict.fromkeys(("through_f", "through_i", "dc_prev", "sees", "dp"), PEEPHOLES_BACK_PREV)
)
slip = replacing("peephole_cell_backward", peephole_back, PEEPHOLES_BACK, **PEEPHOLE_BACK_SECTIONS)

slip(
    "the output gate's peephole forgotten in dc",
    "Your ∂L/∂c_t lacks what comes through the output gate's peephole: that gate looks at c_t.",
    hidden_when=(NO_DH,),
    through_o=lambda v: 0,
)
slip(
    "the output gate's road without p_o",
    "Your ∂L/∂c_t adds dz_o as it is. On its way to the output gate, c_t is multiplied by p_o.",
    hidden_when=(NO_DH,),
    through_o=lambda v: v.dz_o,
)
slip(
    "the output gate's road without σ'",
    "Your ∂L/∂c_t adds p_o times the gradient of o itself. The peephole lies before σ: its slope is a factor on this "
    "road.",
    hidden_when=(NO_DH,),
    through_o=lambda v: v.params["p_o"] * v.do,
)
slip(
    "the output gate's road to c_prev",
    "Your code adds p_o ⊙ dz_o to dc_prev. The output gate looks at the new cell state, so it belongs to ∂L/∂c_t.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.through_h,
    dc_prev=lambda v: v.dc * v.f + v.through_f + v.through_i + v.through_o,
)
slip(
    "the output gate's road to c_prev alone",
    "Your dc_prev has the output gate's peephole in it, but the gradients of f, i and c̃ do not. It is part of "
    "∂L/∂c_t, for all.",
    hidden_when=(NO_DH,),
    df=lambda v: (v.dc - v.through_o) * v.c_prev,
    di=lambda v: (v.dc - v.through_o) * v.c_tilde,
    dc_tilde=lambda v: (v.dc - v.through_o) * v.i,
)
slip(
    "the peepholes forgotten in dc_prev",
    "Your dc_prev lacks what comes through the peepholes: forget and input gate look at c_prev.",
    through_f=lambda v: 0,
    through_i=lambda v: 0,
)
slip(
    "all peepholes forgotten on the way to the states",
    "Your states' gradients are those of the plain LSTM. Through the peepholes, all three gates look at a cell state.",
    through_o=lambda v: 0,
    through_f=lambda v: 0,
    through_i=lambda v: 0,
)
slip(
    "the forget gate's peephole forgotten in dc_prev",
    "Your dc_prev lacks what comes through the forget gate's peephole.",
    through_f=lambda v: 0,
)
slip(
    "the input gate's peephole forgotten in dc_prev",
    "Your dc_prev lacks what comes through the input gate's peephole.",
    through_i=lambda v: 0,
)
slip(
    "the peepholes' roads without p",
    "Your dc_prev adds dz_f and dz_i as they are. On its way to the gates, c_prev is multiplied by p_f and p_i.",
    through_f=lambda v: v.dz_f,
    through_i=lambda v: v.dz_i,
)
slip(
    "the peepholes' roads without σ'",
    "Your dc_prev adds p times the gradients of the gates themselves. The peepholes lie before σ: its slope is a "
    "factor.",
    through_f=lambda v: v.params["p_f"] * v.df,
    through_i=lambda v: v.params["p_i"] * v.di,
)
slip(
    "p_f and p_i swapped on the way back",
    "Your dc_prev multiplies dz_f by p_i and dz_i by p_f. Each gate has the peephole of its own name.",
    through_f=lambda v: v.params["p_i"] * v.dz_f,
    through_i=lambda v: v.params["p_f"] * v.dz_i,
)
slip(
    "the forget gate left out of dc_prev",
    "Your dc_prev has ∂L/∂c_t as it is. The straight road from c_t to c_prev passes the forget gate.",
    dc_prev=lambda v: v.dc + v.through_f + v.through_i,
)
slip(
    "the straight road forgotten in dc_prev",
    "Your dc_prev has the peepholes' roads alone. The straight one, through the forget gate, is missing.",
    dc_prev=lambda v: v.through_f + v.through_i,
)
slip(
    "the new cell state in the gradients of p_f and p_i",
    "Your gradients of p_f and p_i multiply by c_t. Forget and input gate looked at c_prev.",
    sees=lambda v: {"f": v.c, "i": v.c, "o": v.c},
)
slip(
    "the old cell state in the gradient of p_o",
    "Your gradient of p_o multiplies by c_prev. The output gate looked at the new cell state.",
    hidden_when=(NO_DH,),
    sees=lambda v: {"f": v.c_prev, "i": v.c_prev, "o": v.c_prev},
)
slip(
    "the squashed cell state in the gradients of the peepholes",
    "Your peepholes' gradients multiply by tanh of the cell state. The peepholes see it as it is.",
    sees=lambda v: {"f": np.tanh(v.c_prev), "i": np.tanh(v.c_prev), "o": v.tanh_c},
)
slip(
    "the hidden state in the gradients of the peepholes",
    "Your peepholes' gradients multiply by h_prev. The peepholes look at the cell state.",
    sees=lambda v: dict.fromkeys("fio", v.h_prev),
)
slip(
    "the peepholes' gradients like those of biases",
    "Your peepholes' gradients are the sums of dz, as for biases. A peephole is multiplied with the cell state.",
    sees=lambda v: dict.fromkeys("fio", 1.0),
)
slip(
    "the peepholes' gradients without σ'",
    "Your peepholes' gradients start from those of the gates themselves. The peepholes lie before σ, as the weights "
    "do.",
    dp=lambda v: {"p_f": summed(v.df * v.c_prev), "p_i": summed(v.di * v.c_prev), "p_o": summed(v.do * v.c)},
)
slip(
    "the peepholes' gradients not summed over the batch",
    "Your peepholes' gradients still have an axis for the batch. A peephole serves all examples: sum over them.",
    hidden_when=(ONE_EXAMPLE,),
    dp=lambda v: {f"p_{gate}": v.dz[gate] * seen for gate, seen in v.sees.items()},
)
slip(
    "the peepholes' gradients averaged over the batch",
    "Your peepholes' gradients are means over the batch. They are sums over it, as for the weights.",
    hidden_when=(ONE_EXAMPLE, BATCH_OF_ONE),
    dp=lambda v: {f"p_{gate}": summed(v.dz[gate] * seen) / len(np.atleast_2d(v.x)) for gate, seen in v.sees.items()},
)
slip(
    "the batch summed before the peepholes' product",
    "Your peepholes' gradients multiply a sum over the batch by a sum over the batch. Multiply for each example, then "
    "add up.",
    hidden_when=(ONE_EXAMPLE, BATCH_OF_ONE),
    dp=lambda v: {f"p_{gate}": summed(v.dz[gate]) * summed(seen) for gate, seen in v.sees.items()},
)
slip(
    "no gradients of the peepholes",
    "Your peepholes' gradients are all zero. They are parameters like the others, and are learned.",
    dp=lambda v: {f"p_{gate}": 0 * summed(v.dz[gate]) for gate in "fio"},
)
slip(
    "the peepholes' gradients as matrices",
    "Your peepholes' gradients are matrices, outer products. A peephole is a vector: unit by unit, each gate and its "
    "own cell.",
    dp=lambda v: {f"p_{gate}": np.atleast_2d(v.dz[gate]).T @ np.atleast_2d(seen) for gate, seen in v.sees.items()},
)
slip(
    "dc of the next step forgotten in the peephole cell",
    "Your ∂L/∂c_t is made of dh alone. The next step reads c_t too, and what it says about it arrives as dc.",
    hidden_when=(NO_DC,),
    dc=lambda v: v.through_h + v.through_o,
)
slip(
    "the road from h to c forgotten in the peephole cell",
    "Your ∂L/∂c_t lacks the road through h_t = o ⊙ tanh(c_t).",
    hidden_when=(NO_DH,),
    through_h=lambda v: 0,
)
slip(
    "tanh' left out on the peephole cell's road from h to c",
    "On the road from h_t to c_t your code has the output gate alone. h_t shows tanh(c_t), so tanh's slope is a factor "
    "too.",
    hidden_when=(NO_DH,),
    through_h=lambda v: v.dh * v.o,
)
slip(
    "the output gate left out on the peephole cell's road from h to c",
    "On the road from h_t to c_t your code has tanh's slope alone. The output gate scales what h_t shows, and the "
    "slope too.",
    hidden_when=(NO_DH,),
    through_h=lambda v: v.dh * (1 - v.tanh_c**2),
)
slip(
    "c in place of tanh(c) for the peephole cell's output gate",
    "Your gradient of the output gate multiplies dh by c_t. What stands beside o in h_t is tanh(c_t).",
    hidden_when=(NO_DH,),
    do=lambda v: v.dh * v.c,
)
slip(
    "the new cell state for the peephole cell's forget gate",
    "Your gradient of the forget gate multiplies by c_t. It acts on the old cell state, c_prev.",
    df=lambda v: v.dc * v.c,
)
slip(
    "the factors of the peephole cell's write swapped",
    "In i ⊙ c̃ the gradient of each factor has the other one in it; in your code each is multiplied by itself.",
    di=lambda v: v.dc * v.i,
    dc_tilde=lambda v: v.dc * v.c_tilde,
)
slip(
    "σ' left out at the peephole cell's gates",
    "Your gradients of the gates go on as they are. Weights and peepholes lie behind σ, whose slope is one more "
    "factor.",
    dz_f=lambda v: v.df,
    dz_i=lambda v: v.di,
    dz_o=lambda v: v.do,
)
slip(
    "tanh' at the peephole cell's gates",
    "Your code takes the slope of a tanh at the gates. They are squashed by σ; tanh is the candidate's.",
    dz_f=lambda v: v.df * (1 - v.f**2),
    dz_i=lambda v: v.di * (1 - v.i**2),
    dz_o=lambda v: v.do * (1 - v.o**2),
)
slip(
    "tanh' left out at the peephole cell's candidate",
    "Your dz_c is the gradient of the candidate itself. Its pre-activation lies behind tanh, whose slope is one more "
    "factor.",
    dz_c=lambda v: v.dc_tilde,
)
slip(
    "σ' at the peephole cell's candidate",
    "Your dz_c takes the slope of σ. The candidate is squashed by tanh.",
    dz_c=lambda v: v.dc_tilde * v.c_tilde * (1 - v.c_tilde),
)
slip(
    "dx and dh_prev of the peephole cell in the other order",
    "Your first two results are dh_prev and dx. dx comes first.",
    returned=lambda v: (v.dhx[..., : v.n], v.dhx[..., v.n :], v.dc_prev, v.grads),
)
slip(
    "dx and dh_prev of the peephole cell overwritten layer by layer",
    "Your dx and dh_prev come from the output gate alone, the last of the four. All four layers read x and h_prev: add "
    "them up.",
    dhx=lambda v: v.dz["o"] @ v.params["W_o"],
)
weight_slips(slip)
changed_arguments(peephole_cell_backward, PEEPHOLES_BACK, at=2)
misconception(
    "peephole_cell_backward",
    "Your code adds to dc in place, and so changes the array of whoever called it. Make a new one.",
    PEEPHOLES_BACK,
    hidden_when=(NO_DC,),
    name="dc changed in peephole_cell_backward",
    signs=changes("dc"),
)(changing(peephole_cell_backward, 1, double))
