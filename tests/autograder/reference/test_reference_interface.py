"""What the contract asks of all functions alike: names, signatures, float64, arguments left alone."""

import copy
import inspect

import numpy as np
import pytest

from autograder import reference

CONTRACT = """
sigmoid(x)
forget_gate(h_prev, x, W_f, b_f)
input_gate(h_prev, x, W_i, b_i)
candidate(h_prev, x, W_c, b_c)
update_cell(c_prev, f, i, c_tilde)
output_gate(h_prev, x, W_o, b_o)
hidden_state(o, c)
init_params(m, n, rng, forget_bias=1.0)
lstm_cell_forward(x, h_prev, c_prev, params)
lstm_forward(xs, h0, c0, params)
lstm_cell_backward(dh, dc, cache, params)
lstm_backward(dhs, caches, params)
numerical_gradient(loss, array, eps=1e-05)
clip_gradients(grads, max_norm)
gradient_highway(fs)
adam_step(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-08)
train_adding(rng, T=20, n=16, steps=800)
peephole_cell_forward(x, h_prev, c_prev, params)
gru_cell_forward(x, h_prev, params)
bidirectional_forward(xs, params_forward, params_backward)
stacked_forward(xs, layers)
gru_cell_backward(dh, cache, params)
peephole_cell_backward(dh, dc, cache, params)
""".split("\n")[1:-1]


def test_names_and_signatures_are_the_contracts():
    assert [name + str(inspect.signature(getattr(reference, name))) for name in reference.__all__] == CONTRACT


def arrays_in(value):
    """All arrays in nested dicts, lists and tuples."""
    if isinstance(value, np.ndarray):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else []
    return [array for part in parts for array in arrays_in(part)]


def equal(one, other):
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    return np.array_equal(one, other)


@pytest.fixture
def arguments(rng, inputs, lstm, peephole, gru):
    """For every function of arrays, arguments of the shapes that are being tested."""
    x, xs, h, c, dh, dc, dhs = (inputs[name] for name in ("x", "xs", "h_prev", "c_prev", "dh", "dc", "dhs"))
    top = reference.init_params(m=h.shape[-1], n=2, rng=rng)
    params = {"W": rng.normal(size=(2, 3)), "b": rng.normal(size=2)}
    grads, more_grads = ({name: rng.normal(size=value.shape) for name, value in params.items()} for _ in range(2))
    return {
        "sigmoid": (x,),
        **{f"{gate}_gate": (h, x, lstm[f"W_{gate[0]}"], lstm[f"b_{gate[0]}"]) for gate in ("forget", "input", "output")},
        "candidate": (h, x, lstm["W_c"], lstm["b_c"]),
        "update_cell": (c, h, dh, dc),
        "hidden_state": (h, c),
        "lstm_cell_forward": (x, h, c, lstm),
        "lstm_forward": (xs, h, c, lstm),
        "lstm_cell_backward": (dh, dc, reference.lstm_cell_forward(x, h, c, lstm)[-1], lstm),
        "lstm_backward": (dhs, reference.lstm_forward(xs, h, c, lstm)[-1], lstm),
        "numerical_gradient": (lambda array: np.sum(array**2), x),
        "clip_gradients": (grads, 0.5),
        "gradient_highway": (reference.sigmoid(dhs),),
        "adam_step": (params, grads, reference.adam_step(params, more_grads, None)[1]),
        "peephole_cell_forward": (x, h, c, peephole),
        "peephole_cell_backward": (dh, dc, reference.peephole_cell_forward(x, h, c, peephole)[-1], peephole),
        "gru_cell_forward": (x, h, gru),
        "gru_cell_backward": (dh, reference.gru_cell_forward(x, h, gru)[-1], gru),
        "bidirectional_forward": (xs, lstm, lstm),
        "stacked_forward": (xs, [lstm, top]),
    }


DRAWING = {"init_params", "train_adding"}  # their arguments are numbers and a generator


@pytest.mark.parametrize("name", [name for name in reference.__all__ if name not in DRAWING])
def test_arguments_and_earlier_results_stay_and_results_are_float64(name, arguments):
    function, given = getattr(reference, name), arguments[name]
    before = copy.deepcopy(given[1:] if name == "numerical_gradient" else given)
    for array in arrays_in(given):
        array.flags.writeable = False  # writing raises
    first = function(*given)
    kept = copy.deepcopy(first)
    second = function(*given)
    assert equal(given[1:] if name == "numerical_gradient" else given, before)
    assert equal(first, kept) and equal(second, kept)

    assert arrays_in(first)
    for array in arrays_in(first):
        assert array.dtype == np.float64
    if not name.endswith("forward"):  # whose caches hold arguments, so that the way back can see them
        assert not any(np.shares_memory(one, other) for one in arrays_in(first) for other in arrays_in(given))


def test_gradients_that_are_short_enough_are_copied_too(arguments):
    grads, _ = arguments["clip_gradients"]
    clipped, norm = reference.clip_gradients(grads, max_norm=1e9)
    assert equal(clipped, grads)
    assert not any(np.shares_memory(clipped[name], grads[name]) for name in grads)


def test_the_caches_have_the_contracts_keys(lstm, peephole, gru, inputs):
    x, h, c = (inputs[name] for name in ("x", "h_prev", "c_prev"))
    keys = {"x", "h_prev", "c_prev", "f", "i", "c_tilde", "o", "c"}
    assert reference.lstm_cell_forward(x, h, c, lstm)[-1].keys() == keys
    assert reference.peephole_cell_forward(x, h, c, peephole)[-1].keys() == keys
    assert reference.gru_cell_forward(x, h, gru)[-1].keys() == {"x", "h_prev", "z", "r", "h_tilde"}
