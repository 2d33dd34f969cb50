"""Mistakes in ``cell``: parameters to start from, one step of the cell, and the way through time."""

import numpy as np

from autograder.checks.misconceptions import misconception
from autograder.checks.misconceptions.gates import quietly, softmax
from autograder.checks.misconceptions.lines import joined, replacing, run
from autograder.checks.misconceptions.sections import ASKED_OF_CELL, BATCHES, CELL, START, TIME
from autograder.checks.misconceptions.signs import changes, fails_except_on, fails_on, lacks, overwrites_results
from autograder.reference import init_params, lstm_cell_forward, lstm_forward, sigmoid

ONE_EXAMPLE, A_BATCH, ONE_STEP = "one example", "a batch", "T == 1"

LAYERS = {"f": "forget gate", "i": "input gate", "c": "candidate", "o": "output gate"}
GATES = "fio"


# ---------------------------------------------------------------- init_params


def start(weights=None, bias=None, finish=lambda params: params):
    """``init_params`` with other weights(rng, m, n), another bias(layer, n, forget_bias), or a last touch to params."""
    weights = weights or (lambda rng, m, n: rng.uniform(-(n**-0.5), n**-0.5, size=(n, n + m)))
    bias = bias or (lambda layer, n, forget_bias: np.full(n, forget_bias if layer == "f" else 0.0))

    def variant(m, n, rng, forget_bias=1.0):
        params = {}
        for layer in LAYERS:
            params[f"W_{layer}"] = weights(rng, m, n)
            params[f"b_{layer}"] = bias(layer, n, forget_bias)
        return finish(params)

    return variant


def within(bound):
    """Weights uniform in ± a bound, a function of m and n."""
    return lambda rng, m, n: rng.uniform(-bound(m, n), bound(m, n), size=(n, n + m))


def normal(spread):
    """Normal weights, whose standard deviation is a function of m and n."""
    return lambda rng, m, n: rng.normal(size=(n, n + m)) * spread(m, n)


def start_slip(name, says, hidden_when=(), **changed):
    misconception("init_params", says, START, hidden_when, name)(start(**changed))


for name, bound in {
    "1/√(n + m)": lambda m, n: (n + m) ** -0.5,
    "1/√m": lambda m, n: m**-0.5,
    "1/n": lambda m, n: 1 / n,
    "1/(n + m)": lambda m, n: 1 / (n + m),
    "√n": lambda m, n: n**0.5,
    "1": lambda m, n: 1.0,
    "0.1": lambda m, n: 0.1,
    "√(6/(2n + m))": lambda m, n: (6 / (2 * n + m)) ** 0.5,
}.items():
    start_slip(
        f"weights within ±{name}",
        f"Your weights lie within ±{name}; the course draws them within ±1/√n, n being the number of hidden units.",
        ("m == n",) if name == "1/√m" else ("n == 1",) if name in ("1/n", "√n", "1") else (),
        weights=within(bound),
    )
for name, spread in {
    "1/√n": lambda m, n: n**-0.5,
    "1/√(n + m)": lambda m, n: (n + m) ** -0.5,
    "√(2/(n + m))": lambda m, n: (2 / (n + m)) ** 0.5,
    "1": lambda m, n: 1.0,
    "0.1": lambda m, n: 0.1,
    "0.01": lambda m, n: 0.01,
}.items():
    start_slip(
        f"normal weights with a spread of {name}",
        f"Your weights are drawn from a normal distribution (standard deviation {name}); asked for are uniform ones, "
        "which have sharp ends at ±1/√n.",
        weights=normal(spread),
    )
start_slip(
    "weights of one sign",
    "Your weights run from 0 to 1/√n; they should have both signs, from −1/√n to 1/√n. A generator's `random` starts "
    "at 0.",
    weights=lambda rng, m, n: rng.uniform(0, n**-0.5, size=(n, n + m)),
)
start_slip(
    "weights from 0 to 1",
    "Your weights run from 0 to 1, which is what a generator's `random` gives; they should run from −1/√n to 1/√n.",
    weights=lambda rng, m, n: rng.random((n, n + m)),
)
start_slip(
    "weights from −1/2 to 1/2 of the bound",
    "Your weights fill only half of the range: they should run from −1/√n to 1/√n, which is 2/√n wide.",
    weights=lambda rng, m, n: (rng.random((n, n + m)) - 0.5) / n**0.5,
)
start_slip(
    "all weights zero",
    "All your weights are 0: then all units do the same and learn the same, for ever. They have to be drawn at random.",
    weights=lambda rng, m, n: np.zeros((n, n + m)),
)
start_slip(
    "all weights equal",
    "All your weights are equal: then all units do the same and learn the same, for ever. They have to be drawn at "
    "random.",
    weights=lambda rng, m, n: np.full((n, n + m), n**-0.5),
)
start_slip(
    "one matrix for all layers",
    "All four layers have the same weights; each layer needs a draw of its own.",
    finish=lambda params: params | {f"W_{layer}": params["W_f"].copy() for layer in "ico"},
)
start_slip(
    "transposed weights",
    "Your weights are (n + m, n); they should be (n, n + m): a row for each unit, a column for each entry of [h_prev, "
    "x].",
    weights=lambda rng, m, n: rng.uniform(-(n**-0.5), n**-0.5, size=(n + m, n)),
)
start_slip(
    "weights for x alone",
    "Your weights are (n, m), for x alone; each unit looks at h_prev as well, so they are (n, n + m).",
    weights=lambda rng, m, n: rng.uniform(-(n**-0.5), n**-0.5, size=(n, m)),
)
start_slip(
    "m and n exchanged",
    "Your weights are (m, m + n): m and n have changed places. m counts the features, n the hidden units.",
    ("m == n",),
    weights=lambda rng, m, n: rng.uniform(-(n**-0.5), n**-0.5, size=(m, m + n)),
)
start_slip(
    "weights drawn without rng",
    "Your weights are drawn without `rng`, so a run cannot be repeated: take every number from the generator that you "
    "get.",
    weights=lambda rng, m, n: np.random.default_rng().uniform(-(n**-0.5), n**-0.5, size=(n, n + m)),
)


@misconception(
    "init_params",
    "Your function draws from a generator of its own with a fixed seed, so all cells start alike: draw from `rng`.",
    START,
    name="weights from a fixed seed",
)
def fixed_seed(m, n, rng, forget_bias=1.0):
    return init_params(m, n, np.random.default_rng(0), forget_bias)


start_slip(
    "weights in single precision",
    "Your weights are float32; the course computes in float64 throughout, so make no float32 arrays.",
    finish=lambda params: {name: np.float32(value) for name, value in params.items()},
)
start_slip(
    "no head start for the forget gate",
    "Your b_f is 0, so the gate starts half open; it should be `forget_bias`.",
    ("forget_bias == 0",),
    bias=lambda layer, n, forget_bias: np.zeros(n),
)
start_slip(
    "forget_bias ignored",
    "Your b_f is 1, whatever `forget_bias` is; use the argument.",
    ("forget_bias == 1",),
    bias=lambda layer, n, forget_bias: np.full(n, 1.0 if layer == "f" else 0.0),
)
start_slip(
    "forget_bias in all layers",
    "All four biases are `forget_bias`; only b_f is, the other three are 0.",
    ("forget_bias == 0",),
    bias=lambda layer, n, forget_bias: np.full(n, forget_bias),
)
start_slip(
    "forget_bias in all gates",
    "The biases of all three gates are `forget_bias`; only b_f is, the other three are 0.",
    ("forget_bias == 0",),
    bias=lambda layer, n, forget_bias: np.full(n, 0.0 if layer == "c" else forget_bias),
)
start_slip(
    "forget_bias in the input gate",
    "`forget_bias` has gone to b_i; it belongs to b_f.",
    ("forget_bias == 0",),
    bias=lambda layer, n, forget_bias: np.full(n, forget_bias if layer == "i" else 0.0),
)
start_slip(
    "forget_bias with the wrong sign",
    "Your b_f is −forget_bias, which starts the gate nearly shut; without the minus it starts open.",
    ("forget_bias == 0",),
    bias=lambda layer, n, forget_bias: np.full(n, -forget_bias if layer == "f" else 0.0),
)
start_slip(
    "the gate for its bias",
    "Your b_f is σ(forget_bias), which is where the gate would stand; the bias itself is `forget_bias`.",
    bias=lambda layer, n, forget_bias: np.full(n, sigmoid(forget_bias) if layer == "f" else 0.0),
)
start_slip(
    "biases of one",
    "The biases of input gate, candidate and output gate are 1; they start at 0, and only b_f has a head start.",
    bias=lambda layer, n, forget_bias: np.full(n, forget_bias if layer == "f" else 1.0),
)
start_slip(
    "biases as columns",
    "Your biases are columns, (n, 1); the course's vectors have one axis, (n,).",
    bias=lambda layer, n, forget_bias: np.full((n, 1), forget_bias if layer == "f" else 0.0),
)
start_slip(
    "biases as single numbers",
    "Your biases are single numbers; each of the n units has one of its own, so they are (n,).",
    bias=lambda layer, n, forget_bias: np.float64(forget_bias if layer == "f" else 0.0),
)
start_slip(
    "biases of whole numbers",
    "Your biases are arrays of whole numbers, which cannot hold what learning does to them: make them of floats.",
    bias=lambda layer, n, forget_bias: np.full(n, int(forget_bias) if layer == "f" else 0),
)
start_slip(
    "g for the candidate's letter",
    "Your candidate's parameters are called W_g and b_g; in the course they are W_c and b_c.",
    finish=lambda params: {name.replace("_c", "_g"): value for name, value in params.items()},
)
start_slip(
    "no biases",
    "Your parameters have no biases; b_f, b_i, b_c and b_o are asked for as well.",
    finish=lambda params: {name: value for name, value in params.items() if name.startswith("W")},
)
start_slip(
    "no candidate",
    "Your parameters have only the three gates; the candidate is a fourth layer, W_c and b_c.",
    finish=lambda params: {name: value for name, value in params.items() if not name.endswith("c")},
)


def random_biases(m, n, rng, forget_bias=1.0):
    params = init_params(m, n, rng, forget_bias)
    return params | {f"b_{layer}": rng.uniform(-(n**-0.5), n**-0.5, size=n) for layer in LAYERS}


misconception(
    "init_params",
    "Your biases are drawn at random, as in PyTorch; in the course they are 0, and b_f is `forget_bias`.",
    START,
    name="random biases",
)(random_biases)


# ---------------------------------------------------------------- lstm_cell_forward

KEPT = ("x", "h_prev", "c_prev", "f", "i", "c_tilde", "o", "c")  # in the cache


def affine(W, b=""):
    """A line: a layer's pre-activation with these parameters."""
    return lambda v: v.hx @ getattr(v, W).T + (getattr(v, b) if b else 0)


def squashing(function, z):
    """A line: a layer squashed by this function."""
    return lambda v: function(getattr(v, z))


CELL_LINES = {
    "hx": lambda v: joined(v.h_prev, v.x),
    "z_f": affine("W_f", "b_f"),
    "z_i": affine("W_i", "b_i"),
    "z_c": affine("W_c", "b_c"),
    "z_o": affine("W_o", "b_o"),
    "f": lambda v: sigmoid(v.z_f),
    "i": lambda v: sigmoid(v.z_i),
    "c_tilde": lambda v: np.tanh(v.z_c),
    "o": lambda v: sigmoid(v.z_o),
    "c": lambda v: v.f * v.c_prev + v.i * v.c_tilde,
    "h": lambda v: v.o * np.tanh(v.c),
    "cache": lambda v: {name: getattr(v, name) for name in KEPT},
    "returned": lambda v: (v.h, v.c, v.cache),
}


def cell(**lines):
    """``lstm_cell_forward`` with these lines replaced."""

    def variant(x, h_prev, c_prev, params):
        return run(CELL_LINES | lines, x=x, h_prev=h_prev, c_prev=c_prev, params=params, **params).returned

    return variant


slip = replacing("lstm_cell_forward", cell, CELL)

slip(
    "x before h_prev",
    "The columns of all weights act on [h_prev, x], in this order; yours joins [x, h_prev].",
    ("m == n and x == h_prev",),
    hx=lambda v: joined(v.x, v.h_prev),
)
slip(
    "c_prev for h_prev",
    "Your layers look at [c_prev, x]; in the plain cell they look at what was shown, [h_prev, x].",
    ("c_prev == h_prev",),
    hx=lambda v: joined(v.c_prev, v.x),
)
slip(
    "h_prev left out",
    "Your layers look at x alone; they should look at h_prev too, with the first n columns of the weights.",
    ("h_prev == 0", "zero states"),
    hx=lambda v: joined(0 * v.h_prev, v.x),
)
slip(
    "x left out",
    "Your layers look at h_prev alone; they should look at x too, with the last m columns of the weights.",
    ("x == 0",),
    hx=lambda v: joined(v.h_prev, 0 * v.x),
)
slip(
    "no bias at all",
    "None of the four biases is added to W·[h_prev, x].",
    ("b == 0",),
    **{f"z_{layer}": affine(f"W_{layer}") for layer in LAYERS},
)
slip(
    "biases after the squashing",
    "The biases belong inside, W·[h_prev, x] + b before σ or tanh; yours are added afterwards.",
    ("b == 0",),
    **{f"z_{layer}": affine(f"W_{layer}") for layer in LAYERS},
    f=lambda v: sigmoid(v.z_f) + v.b_f,
    i=lambda v: sigmoid(v.z_i) + v.b_i,
    c_tilde=lambda v: np.tanh(v.z_c) + v.b_c,
    o=lambda v: sigmoid(v.z_o) + v.b_o,
)
slip(
    "tanh in all gates",
    "Your three gates are squashed by tanh; a gate is squashed by σ, into the range between 0 and 1.",
    f=lambda v: np.tanh(v.z_f),
    i=lambda v: np.tanh(v.z_i),
    o=lambda v: np.tanh(v.z_o),
)
slip(
    "σ in all layers",
    "All four layers are squashed by σ; the candidate is no gate: it may be negative, and is squashed by tanh.",
    c_tilde=lambda v: sigmoid(v.z_c),
)
slip(
    "no squashing in the candidate of the cell",
    "Your candidate is W_c·[h_prev, x] + b_c itself; tanh has to squash it.",
    c_tilde=lambda v: v.z_c,
)
for letter in GATES:
    slip(
        f"tanh in the {LAYERS[letter]} of the cell",
        f"Your {LAYERS[letter]} is squashed by tanh; a gate is squashed by σ, into the range between 0 and 1.",
        **{letter: squashing(np.tanh, f"z_{letter}")},
    )
    slip(
        f"no squashing in the {LAYERS[letter]} of the cell",
        f"Your {LAYERS[letter]} is W_{letter}·[h_prev, x] + b_{letter} itself; σ has to squash it.",
        **{letter: squashing(lambda z: z, f"z_{letter}")},
    )
    slip(
        f"1 − {letter} for {letter} in the cell",
        f"Your {LAYERS[letter]} is turned around: where it should be open, it is shut. Is it 1 − {letter}, or a wrong "
        "sign in σ?",
        **{letter: squashing(lambda z: sigmoid(-z), f"z_{letter}")},
    )
for letter, title in LAYERS.items():
    slip(
        f"no bias in the {title} of the cell",
        f"The bias b_{letter} is not added in the {title}.",
        ("b == 0",),
        **{f"z_{letter}": affine(f"W_{letter}")},
    )
    for other in LAYERS:
        if other != letter:
            slip(
                f"W_{other} in the {title}",
                f"Your {title} is computed with the weights W_{other}; its own are W_{letter}. A line copied, perhaps?",
                (f"W_{other} == W_{letter}",),
                **{f"z_{letter}": affine(f"W_{other}", f"b_{letter}")},
            )
            slip(
                f"b_{other} in the {title}",
                f"Your {title} is computed with the bias b_{other}; its own is b_{letter}. A line copied, perhaps?",
                (f"b_{other} == b_{letter}", "b == 0"),
                **{f"z_{letter}": affine(f"W_{letter}", f"b_{other}")},
            )
            slip(
                f"parameters of the {LAYERS[other]} in the {title}",
                f"Your {title} is computed with W_{other} and b_{other}; its own are W_{letter} and b_{letter}. A "
                "line copied, perhaps?",
                (f"W_{other} == W_{letter} and b_{other} == b_{letter}",),
                **{f"z_{letter}": affine(f"W_{other}", f"b_{other}")},
            )
slip(
    "one set of parameters for all layers",
    "All four layers are computed with W_f and b_f; each has weights and a bias of its own.",
    **{f"z_{layer}": affine("W_f", "b_f") for layer in "ico"},
)
for one, other in ("fi", "fo", "io", "co", "ic", "fc"):
    slip(
        f"{LAYERS[one]} and {LAYERS[other]} exchanged",
        f"The pre-activations of {LAYERS[one]} and {LAYERS[other]} have changed places. Are the four layers split in "
        "the order in which they were stacked?",
        **{f"z_{one}": affine(f"W_{other}", f"b_{other}"), f"z_{other}": affine(f"W_{one}", f"b_{one}")},
    )
slip(
    "1 added to the forget gate's pre-activation in the cell",
    "You add 1 to the forget gate's pre-activation; its head start stands in b_f already, when the parameters are "
    "drawn.",
    f=lambda v: sigmoid(v.z_f + 1),
)
slip(
    "gates swapped",
    "The gates are swapped in the new cell state: f decides what is kept of c_prev, i what is let in of the candidate.",
    c=lambda v: v.i * v.c_prev + v.f * v.c_tilde,
)
slip(
    "f left out",
    "The forget gate is missing in the new cell state: c_prev stays whole, so nothing is ever forgotten.",
    ("c_prev == 0", "zero states"),
    c=lambda v: v.c_prev + v.i * v.c_tilde,
)
slip(
    "i left out",
    "The input gate is missing in the new cell state: the candidate is added whole, whatever i says.",
    c=lambda v: v.f * v.c_prev + v.c_tilde,
)
slip(
    "only what is kept",
    "Your new cell state is f ⊙ c_prev alone; what the input gate lets in has to be added.",
    c=lambda v: v.f * v.c_prev,
)
slip(
    "only what is added",
    "Your new cell state is i ⊙ c_tilde alone; what the forget gate keeps of c_prev has to be added.",
    ("c_prev == 0", "zero states"),
    c=lambda v: v.i * v.c_tilde,
)
slip(
    "1 − f lets in the candidate",
    "You let in the candidate by 1 − f, as in a GRU or in coupled gates; in the LSTM the input gate i decides.",
    c=lambda v: v.f * v.c_prev + (1 - v.f) * v.c_tilde,
)
slip(
    "1 − i keeps the old state",
    "You keep 1 − i of c_prev, as in coupled gates; in the LSTM the forget gate f decides.",
    ("c_prev == 0", "zero states"),
    c=lambda v: (1 - v.i) * v.c_prev + v.i * v.c_tilde,
)
slip(
    "difference for the sum",
    "What is let in is added to what is kept; yours subtracts it.",
    c=lambda v: v.f * v.c_prev - v.i * v.c_tilde,
)
slip(
    "f around the whole sum",
    "The forget gate multiplies the whole sum; it is for c_prev alone, what is new passes the input gate only.",
    c=lambda v: v.f * (v.c_prev + v.i * v.c_tilde),
)
slip(
    "h_prev kept for c_prev",
    "The forget gate multiplies h_prev; what it keeps is the cell state, c_prev.",
    ("c_prev == h_prev", "zero states"),
    c=lambda v: v.f * v.h_prev + v.i * v.c_tilde,
)
slip(
    "cell state squashed",
    "Your new cell state is squashed by tanh and handed on so; c itself is not squashed, only what is shown of it is.",
    c=lambda v: np.tanh(v.f * v.c_prev + v.i * v.c_tilde),
    h=lambda v: v.o * v.c,
)
slip(
    "cell state squashed, and again in h",
    "Your new cell state is squashed by tanh before it is handed on; c itself is not squashed, tanh comes only with h.",
    c=lambda v: np.tanh(v.f * v.c_prev + v.i * v.c_tilde),
)
slip(
    "candidate squashed twice",
    "The candidate passes through tanh twice, once more in the sum for c; once is right.",
    c=lambda v: v.f * v.c_prev + v.i * np.tanh(v.c_tilde),
)
slip(
    "reset in the candidate",
    "Your candidate looks at f ⊙ h_prev, as a GRU's does with its reset gate; the LSTM's looks at h_prev itself.",
    ("h_prev == 0", "zero states"),
    z_c=lambda v: joined(sigmoid(v.z_f) * v.h_prev, v.x) @ v.W_c.T + v.b_c,
)
slip(
    "no tanh in h",
    "The cell state is shown as it is; tanh has to squash it before the output gate lets it through.",
    h=lambda v: v.o * v.c,
)
slip(
    "no output gate in h",
    "The output gate is missing: all of tanh(c) is shown, whatever o says.",
    h=lambda v: np.tanh(v.c),
)
slip(
    "σ for tanh in h",
    "The cell state is squashed by tanh, which keeps its sign; yours passes through σ.",
    h=lambda v: v.o * sigmoid(v.c),
)
slip(
    "tanh around the product in h",
    "tanh belongs to c alone; the gate multiplies afterwards. Yours takes tanh of the product o ⊙ c.",
    h=lambda v: np.tanh(v.o * v.c),
)
slip(
    "old cell state in h",
    "Your h shows c_prev; it should show the new cell state, c.",
    h=lambda v: v.o * np.tanh(v.c_prev),
)
slip(
    "candidate in h",
    "Your h shows the candidate; it should show the whole new cell state, c.",
    h=lambda v: v.o * np.tanh(v.c_tilde),
)
slip(
    "only what was added in h",
    "Your h shows i ⊙ c_tilde, what was added at this step; it should show the whole new cell state, c.",
    ("c_prev == 0", "zero states"),
    h=lambda v: v.o * np.tanh(v.i * v.c_tilde),
)
for letter in "fi":
    slip(
        f"{LAYERS[letter]} in h",
        f"Your h is gated by {letter}; what is shown is decided by the output gate, o.",
        h=lambda v, letter=letter: getattr(v, letter) * np.tanh(v.c),
    )
slip(
    "h_prev added to h",
    "You add h_prev to the new hidden state; it comes in through the gates and the candidate only.",
    ("h_prev == 0", "zero states"),
    h=lambda v: v.o * np.tanh(v.c) + v.h_prev,
)
slip(
    "h and c exchanged",
    "The order of the results is h, c, cache; yours begins with c.",
    returned=lambda v: (v.c, v.h, v.cache),
)
slip(
    "h returned twice",
    "Your second result is h again; it should be the new cell state, c.",
    returned=lambda v: (v.h, v.h, v.cache),
)
slip(
    "c returned twice",
    "Your first result is c; it should be the hidden state, h.",
    returned=lambda v: (v.c, v.c, v.cache),
)
slip(
    "old cell state returned",
    "Your second result is c_prev; it should be the new cell state, c.",
    returned=lambda v: (v.h, v.c_prev, v.cache),
)
slip(
    "squashed cell state returned",
    "Your second result is tanh(c); what is handed on is c itself.",
    returned=lambda v: (v.h, np.tanh(v.c), v.cache),
)
slip(
    "no cache returned",
    "You return h and c; the third result is the cache, which the way back will need.",
    returned=lambda v: (v.h, v.c),
)
CACHE_ENTRIES = {  # what stands in the cache, as which entry: how both are called, and the line
    ("the old cell state", "c"): ("c_prev; it should be the new cell state.", lambda v: v.c_prev),
    ("tanh(c)", "c"): ("tanh(c); it should be the cell state itself.", lambda v: np.tanh(v.c)),
    ("h", "c"): ("the hidden state; it should be the new cell state.", lambda v: v.h),
    ("the new cell state", "c_prev"): (
        "the new cell state; it should be the old one. Is the new one written into c_prev, as *= and += do?",
        lambda v: v.c,
    ),
    ("h_prev", "c_prev"): ("h_prev; it should be the old cell state.", lambda v: v.h_prev),
    ("the new hidden state", "h_prev"): ("the new hidden state; it should be the old one.", lambda v: v.h),
    ("[h_prev, x]", "x"): ("the joined [h_prev, x]; it should be x alone.", lambda v: v.hx),
    ("i", "f"): ("the input gate; it should be the forget gate.", lambda v: v.i),
    ("f", "i"): ("the forget gate; it should be the input gate.", lambda v: v.f),
    ("h", "o"): ("the hidden state; it should be the output gate.", lambda v: v.h),
    ("what is added", "c_tilde"): ("i ⊙ c_tilde; it should be the candidate itself.", lambda v: v.i * v.c_tilde),
    ("the candidate before tanh", "c_tilde"): ("the candidate before its tanh; it should be after.", lambda v: v.z_c),
}
for (what, key), (says, line) in CACHE_ENTRIES.items():
    slip(
        f"{what} as {key} in the cache",
        f"cache['{key}'] is {says}",
        ("zero states",) if (what, key) == ("h_prev", "c_prev") else (),
        cache=lambda v, key=key, line=line: CELL_LINES["cache"](v) | {key: line(v)},
    )
slip(
    "pre-activations in the cache",
    "The cache has the gates before their σ; the way back needs them after it.",
    cache=lambda v: CELL_LINES["cache"](v) | {"f": v.z_f, "i": v.z_i, "o": v.z_o},
)
slip(
    "all pre-activations in the cache",
    "The cache has gates and candidate before their σ and tanh; the way back needs them after it.",
    cache=lambda v: CELL_LINES["cache"](v) | {"f": v.z_f, "i": v.z_i, "c_tilde": v.z_c, "o": v.z_o},
)
slip(
    "f and i exchanged in the cache",
    "cache['f'] and cache['i'] have changed places.",
    cache=lambda v: CELL_LINES["cache"](v) | {"f": v.i, "i": v.f},
)
slip(
    "the cache a tuple",
    "Your cache is a tuple; it should be a dict, so that its entries have names.",
    cache=lambda v: tuple(getattr(v, name) for name in KEPT),
)
slip(
    "softmax in the gates",
    "The units of your gates share one sum of 1 (softmax); each unit's gate opens and shuts on its own, by σ.",
    **{gate: squashing(softmax, f"z_{gate}") for gate in GATES},
)
slip(
    "gates taken for switches",
    "Your gates are 0 or 1; σ lets them stand at anything between.",
    **{gate: squashing(lambda z: (z > 0).astype(float), f"z_{gate}") for gate in GATES},
)
slip(
    "nan in the gates at large values",
    "For large W·[h_prev, x] + b your gates are nan, ∞/∞: take a form of σ whose exponentials cannot overflow.",
    ("moderate pre-activations",),
    **{gate: squashing(quietly(lambda z: np.exp(z) / (1 + np.exp(z))), f"z_{gate}") for gate in GATES},
)
slip(
    "single precision in the cell",
    "Your cell computes in float32, with seven digits; the course computes in float64 throughout, so make no float32 "
    "arrays.",
    returned=lambda v: (np.float32(v.h), np.float32(v.c), {name: np.float32(value) for name, value in v.cache.items()}),
)
slip(
    "batch averaged in the cell",
    "For a batch your states are one row, the mean over the examples; every example keeps a row of its own.",
    (ONE_EXAMPLE,),
    returned=lambda v: (np.atleast_2d(v.h).mean(axis=0), np.atleast_2d(v.c).mean(axis=0), v.cache),
)


def cell_sign(name, says, signs, hidden_when=(), section=ASKED_OF_CELL):
    """A misconception about the cell that is known by its signs; for the decorated variant."""
    return misconception("lstm_cell_forward", says, section, hidden_when, name, signs)


@cell_sign(
    "c_prev overwritten",
    "The new cell state is written into the argument c_prev, as *= and += do; the step before still needs it, so make "
    "a new array.",
    changes("c_prev"),
)
def _(x, h_prev, c_prev, params):
    h, c, cache = lstm_cell_forward(x, h_prev, c_prev.copy(), params)
    c_prev[...] = c
    return h, c, cache


@cell_sign(
    "h_prev overwritten",
    "The new hidden state is written into the argument h_prev; the step before still needs it, so make a new array.",
    changes("h_prev"),
)
def _(x, h_prev, c_prev, params):
    h, c, cache = lstm_cell_forward(x, h_prev.copy(), c_prev, params)
    h_prev[...] = h
    return h, c, cache


@cell_sign(
    "params overwritten",
    "Your function changes `params`, which every step uses: is something written into one of its arrays, put into the "
    "dict or taken out of it?",
    changes("params"),
)
def _(x, h_prev, c_prev, params):
    h, c, cache = lstm_cell_forward(x, h_prev, c_prev, params)
    params["W_f"] = params.pop("W_f").T
    return h, c, cache


SHARED_CACHE = {}


@cell_sign(
    "one cache or array for all calls",
    "Every call writes into the same dict or array, which the caller still has from the call before; make a new one "
    "at each call.",
    overwrites_results,
    ("one call",),
)
def _(x, h_prev, c_prev, params):
    h, c, cache = lstm_cell_forward(x, h_prev, c_prev, params)
    SHARED_CACHE.update(cache)
    return h, c, SHARED_CACHE


@cell_sign(
    "no inputs in the cache",
    "The cache lacks what came into the cell, x, h_prev or c_prev; the way back needs it, too.",
    lacks("cache", "x", "h_prev", "c_prev"),
    section=CELL,
)
def _(x, h_prev, c_prev, params):
    return cell(cache=lambda v: {name: getattr(v, name) for name in KEPT[3:]})(x, h_prev, c_prev, params)


@cell_sign(
    "another name for c_tilde in the cache",
    "The cache has no 'c_tilde'; that is the candidate's key.",
    lacks("cache", "c_tilde"),
    section=CELL,
)
def _(x, h_prev, c_prev, params):
    h, c, cache = lstm_cell_forward(x, h_prev, c_prev, params)
    cache["g"] = cache.pop("c_tilde")
    return h, c, cache


@cell_sign(
    "one example only in the cell",
    "Your cell works for one example, but fails on a batch: join h_prev and x along the last axis, and multiply rows "
    "from the left of the transposed weights.",
    fails_except_on("one "),
    (ONE_EXAMPLE,),
    BATCHES,
)
def _(x, h_prev, c_prev, params):
    return cell(hx=lambda v: np.concatenate([v.h_prev, v.x]))(x, h_prev, c_prev, params)


@cell_sign(
    "a batch only in the cell",
    "Your cell works for a batch, but fails on one example, whose arrays have a single axis: axis −1 is the last one "
    "in both.",
    fails_on("one "),
    (A_BATCH,),
    BATCHES,
)
def _(x, h_prev, c_prev, params):
    return cell(hx=lambda v: np.concatenate([v.h_prev, v.x], axis=1))(x, h_prev, c_prev, params)


# ---------------------------------------------------------------- lstm_forward


def through_time(
    start=lambda h0, c0: (h0, c0),
    xs=lambda xs: xs,
    step=lambda t, x, h, c, params, h0, c0: lstm_cell_forward(x, h, c, params),
    hand_on=lambda h, c, h0, c0: (h, c),
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs), np.stack(cs), caches),
):
    """``lstm_forward`` with another start, order, step, hand-over or result."""

    def variant(inputs, h0, c0, params):
        (h, c), hs, cs, caches = start(h0, c0), [], [], []
        for t, x in enumerate(xs(inputs)):
            h, c, cache = step(t, x, h, c, params, h0, c0)
            hs.append(h)
            cs.append(c)
            caches.append(cache)
            h, c = hand_on(h, c, h0, c0)
        return returned(hs, cs, caches, h0, c0)

    return variant


def time_slip(name, says, hidden_when=(), **changed):
    misconception("lstm_forward", says, TIME, hidden_when, name)(through_time(**changed))


time_slip(
    "no state handed on",
    "Every step starts from h0 and c0; what goes into a step is what the step before it left, h and c.",
    (ONE_STEP,),
    hand_on=lambda h, c, h0, c0: (h0, c0),
)
time_slip(
    "h not handed on",
    "Every step starts from h0; the hidden state of the step before has to go in.",
    (ONE_STEP,),
    hand_on=lambda h, c, h0, c0: (h0, c),
)
time_slip(
    "c not handed on",
    "Every step starts from c0; the cell state of the step before has to go in.",
    (ONE_STEP,),
    hand_on=lambda h, c, h0, c0: (h, c0),
)
time_slip(
    "states set to zero after each step",
    "Your states are zero again at every step; what goes into a step is what the step before it left.",
    (ONE_STEP,),
    hand_on=lambda h, c, h0, c0: (0 * h, 0 * c),
)
time_slip(
    "h and c exchanged when handed on",
    "h and c change places from one step to the next: mind the order in which the cell returns them and takes them.",
    (ONE_STEP,),
    hand_on=lambda h, c, h0, c0: (c, h),
)
time_slip(
    "h handed on as both",
    "The hidden state goes into the next step twice, also where c_prev belongs.",
    (ONE_STEP,),
    hand_on=lambda h, c, h0, c0: (h, h),
)
time_slip(
    "c handed on as both",
    "The cell state goes into the next step twice, also where h_prev belongs: the layers look at h.",
    (ONE_STEP,),
    hand_on=lambda h, c, h0, c0: (c, c),
)
time_slip(
    "h0 and c0 exchanged",
    "h0 and c0 go into the first step in each other's place; the cell takes x, h_prev, c_prev, in this order.",
    ("zero states", "h0 == c0"),
    start=lambda h0, c0: (c0, h0),
)
time_slip(
    "starts from zeros",
    "The first step starts from zeros, whatever h0 and c0 are; use the arguments.",
    ("zero states",),
    start=lambda h0, c0: (0 * h0, 0 * c0),
)
time_slip(
    "h0 ignored",
    "The first step starts with a hidden state of zeros, whatever h0 is.",
    ("zero states", "h0 == 0"),
    start=lambda h0, c0: (0 * h0, c0),
)
time_slip(
    "c0 ignored",
    "The first step starts with a cell state of zeros, whatever c0 is.",
    ("zero states", "c0 == 0"),
    start=lambda h0, c0: (h0, 0 * c0),
)
time_slip(
    "h0 for c0",
    "The first step starts with h0 as its cell state, too; that is c0.",
    ("zero states", "h0 == c0"),
    start=lambda h0, c0: (h0, h0),
)
time_slip(
    "read from the end",
    "The sequence is read from its last step to its first; time runs the other way.",
    (ONE_STEP,),
    xs=lambda xs: xs[::-1],
)
time_slip(
    "read from the end, results turned round",
    "The sequence is read from its last step to its first, and the results are turned round afterwards; time runs "
    "forward.",
    (ONE_STEP,),
    xs=lambda xs: xs[::-1],
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs[::-1]), np.stack(cs[::-1]), caches[::-1]),
)
time_slip(
    "last step first",
    "Your results begin with the last step; the first step comes first.",
    (ONE_STEP,),
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs[::-1]), np.stack(cs[::-1]), caches[::-1]),
)
time_slip(
    "caches from the last step to the first",
    "Your caches begin with the last step; the first step comes first.",
    (ONE_STEP,),
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs), np.stack(cs), caches[::-1]),
)
time_slip(
    "the first input at every step",
    "Every step reads xs[0]; step t reads xs[t].",
    (ONE_STEP,),
    xs=lambda xs: [xs[0]] * len(xs),
)
time_slip(
    "the last input at every step",
    "Every step reads xs[-1]; step t reads xs[t].",
    (ONE_STEP,),
    xs=lambda xs: [xs[-1]] * len(xs),
)
time_slip(
    "inputs one step late",
    "Step t reads xs[t − 1], and the first one reads the last input: the steps are counted one off.",
    (ONE_STEP,),
    xs=lambda xs: np.roll(xs, 1, axis=0),
)
time_slip(
    "inputs one step early",
    "Step t reads xs[t + 1], and the last one reads the first input: the steps are counted one off.",
    (ONE_STEP,),
    xs=lambda xs: np.roll(xs, -1, axis=0),
)
time_slip(
    "the first step left out",
    "Your results begin with the second step: the first input is never read.",
    xs=lambda xs: xs[1:],
    returned=lambda hs, cs, caches, h0, c0: (stacked(hs, h0), stacked(cs, c0), caches),
)
time_slip(
    "the last step left out",
    "Your results lack the last step: a loop over range(T) runs from 0 to T − 1, all T steps.",
    xs=lambda xs: xs[:-1],
    returned=lambda hs, cs, caches, h0, c0: (stacked(hs, h0), stacked(cs, c0), caches),
)
time_slip(
    "h0 and c0 among the results",
    "Your hs and cs begin with h0 and c0, which makes T + 1 rows; row 0 is the state after the first step.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack([h0, *hs]), np.stack([c0, *cs]), caches),
)
time_slip(
    "states before each step",
    "Row t of your hs and cs is the state before step t, so row 0 is h0 and the last state is missing; it should be "
    "the state after step t.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack([h0, *hs[:-1]]), np.stack([c0, *cs[:-1]]), caches),
)
time_slip(
    "only the last states",
    "You return the last h and c alone; hs and cs hold those of every step, one row each.",
    returned=lambda hs, cs, caches, h0, c0: (hs[-1], cs[-1], caches),
)
time_slip(
    "only the last cell state",
    "Your cs is the last cell state alone; it holds those of every step, one row each.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs), cs[-1], caches),
)
time_slip(
    "the last states in every row",
    "All rows of hs and cs are the last step's: one array is stored T times and changed at each step. Store each "
    "step's own array.",
    (ONE_STEP,),
    returned=lambda hs, cs, caches, h0, c0: (np.stack([hs[-1]] * len(hs)), np.stack([cs[-1]] * len(cs)), caches),
)
time_slip(
    "the last cache for every step",
    "All caches are the last step's: one dict is stored T times and filled anew at each step. Make a new dict for "
    "each step.",
    (ONE_STEP,),
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs), np.stack(cs), [caches[-1]] * len(caches)),
)
time_slip(
    "only the last cache",
    "Your third result is the cache of the last step; it should be the list of all caches, the first step's first.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs), np.stack(cs), caches[-1]),
)
time_slip(
    "no caches returned",
    "You return hs and cs; the third result is the list of caches, which the way back will need.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs), np.stack(cs)),
)
time_slip(
    "hs and cs exchanged",
    "The order of the results is hs, cs, caches; yours begins with cs.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack(cs), np.stack(hs), caches),
)
time_slip(
    "hs returned twice",
    "Your second result is hs again; it should be the cell states, cs.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs), np.stack(hs), caches),
)
time_slip(
    "squashed cell states",
    "Your cs are tanh(c); they should be the cell states themselves.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs), np.tanh(np.stack(cs)), caches),
)
time_slip(
    "batch before time",
    "For a batch your hs and cs are (B, T, n); time comes first, (T, B, n).",
    (ONE_EXAMPLE,),
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs, axis=-2), np.stack(cs, axis=-2), caches),
)
time_slip(
    "steps side by side",
    "Your steps are joined into one long row; they are stacked, so that hs[t] is step t.",
    returned=lambda hs, cs, caches, h0, c0: (np.concatenate(hs, axis=-1), np.concatenate(cs, axis=-1), caches),
)
time_slip(
    "hidden states added up",
    "Each row of your hs is the sum of all hidden states so far; row t is that of step t alone.",
    (ONE_STEP,),
    returned=lambda hs, cs, caches, h0, c0: (np.cumsum(hs, axis=0), np.stack(cs), caches),
)
time_slip(
    "single precision through time",
    "Your hs and cs are float32; the course computes in float64 throughout, so make no float32 arrays.",
    returned=lambda hs, cs, caches, h0, c0: (np.float32(hs), np.float32(cs), caches),
)
time_slip(
    "whole numbers through time",
    "Your hs and cs are arrays of whole numbers, which cut off the decimals: make them of floats.",
    returned=lambda hs, cs, caches, h0, c0: (np.stack(hs).astype(int), np.stack(cs).astype(int), caches),
)


def stacked(states, like):
    """The states of some steps, or of none."""
    return np.reshape(states, (len(states), *np.shape(like)))


def time_sign(name, says, signs, hidden_when=(), section=ASKED_OF_CELL):
    """A misconception about the way through time that is known by its signs; for the decorated variant."""
    return misconception("lstm_forward", says, section, hidden_when, name, signs)


@time_sign(
    "h0 or c0 overwritten",
    "Your function writes the states of the steps into h0 or c0; the caller still needs them, so let each step make "
    "new arrays.",
    changes("h0", "c0"),
)
def _(xs, h0, c0, params):
    hs, cs, caches = lstm_forward(xs, h0.copy(), c0.copy(), params)
    c0[...] = cs[-1]
    return hs, cs, caches


@time_sign(
    "xs overwritten",
    "Your function changes xs; the caller still needs it, so work on a copy.",
    changes("xs"),
)
def _(xs, h0, c0, params):
    result = lstm_forward(xs.copy(), h0, c0, params)
    xs[...] = xs[::-1].copy()
    xs[-1] = 0
    return result


SHARED_CACHES = []


@time_sign(
    "one list or array for all calls",
    "Every call writes into the same list or array, which the caller still has from the call before; make a new one "
    "at each call.",
    overwrites_results,
    ("one call",),
)
def _(xs, h0, c0, params):
    hs, cs, SHARED_CACHES[:] = lstm_forward(xs, h0, c0, params)
    return hs, cs, SHARED_CACHES


@time_sign(
    "one sequence only",
    "Your function works for one sequence, but fails on a batch of them: the states are then (B, n), and so are their "
    "rows.",
    fails_except_on("one "),
    (ONE_EXAMPLE,),
    TIME,
)
def _(xs, h0, c0, params):
    T, m = xs.shape
    return lstm_forward(xs, h0, c0, params)


@time_sign(
    "a batch of sequences only",
    "Your function works for a batch of sequences, but fails on a single one: without a batch xs is (T, m).",
    fails_on("one "),
    (A_BATCH,),
    TIME,
)
def _(xs, h0, c0, params):
    T, B, m = xs.shape
    return lstm_forward(xs, h0, c0, params)
