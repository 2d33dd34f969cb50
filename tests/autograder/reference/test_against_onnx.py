"""The reference against ONNX's reference evaluator, run live in float64.

The evaluator (onnx 1.23) takes a batch alone, and leaves out what is not needed here: sequence_lens, clip,
input_forget, other activations. Peepholes, both directions and linear_before_reset it has.
"""

from functools import partial

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator

from autograder import reference
from lstmbook import layouts

agree = partial(np.testing.assert_allclose, rtol=0, atol=1e-12, strict=True)
AXES = {"Y": 4, "Y_h": 3, "Y_c": 3}  # Y: time, direction, batch, hidden


def run(operator, outputs, attributes=None, **inputs):
    """The outputs of a model of one node; every input and output is float64."""
    order = ["X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P"]
    names = [name if name in inputs else "" for name in order[: max(map(order.index, inputs)) + 1]]
    n = inputs["R"].shape[-1]
    node = onnx.helper.make_node(operator, names, outputs, hidden_size=n, **(attributes or {}))
    graph = onnx.helper.make_graph(
        [node],
        "one_node",
        [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.DOUBLE, a.shape) for name, a in inputs.items()],
        [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.DOUBLE, [None] * AXES[name]) for name in outputs],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)])
    onnx.checker.check_model(model)
    return ReferenceEvaluator(model).run(None, inputs)


def as_batch(array, batch):
    """With an axis of length 1 for one example: before the features, and so after the time."""
    return array if batch else np.expand_dims(array, -2)


def through_time(cell, xs, states, params):
    """A cell forward function applied step by step: all hidden states, and the last states."""
    hs = []
    for x in xs:
        *states, cache = cell(x, *states, params)
        hs.append(states[0])
    return np.stack(hs), *states


def run_lstm(inputs, batch, params):
    """ONNX's LSTM, with peepholes if the parameters have them."""
    return run(
        "LSTM",
        ["Y", "Y_h", "Y_c"],
        X=as_batch(inputs["xs"], batch),
        initial_h=as_batch(inputs["h_prev"], batch)[None],
        initial_c=as_batch(inputs["c_prev"], batch)[None],
        **layouts.lstm_to_onnx(params),
    )


def test_lstm(lstm, inputs, batch):
    hs, cs, caches = reference.lstm_forward(inputs["xs"], inputs["h_prev"], inputs["c_prev"], lstm)
    Y, Y_h, Y_c = run_lstm(inputs, batch, lstm)
    agree(as_batch(hs, batch), Y[:, 0])
    agree(as_batch(hs[-1], batch), Y_h[0])
    agree(as_batch(cs[-1], batch), Y_c[0])


def test_peephole(peephole, inputs, batch):
    hs, h, c = through_time(
        reference.peephole_cell_forward, inputs["xs"], [inputs["h_prev"], inputs["c_prev"]], peephole
    )
    Y, Y_h, Y_c = run_lstm(inputs, batch, peephole)
    agree(as_batch(hs, batch), Y[:, 0])
    agree(as_batch(c, batch), Y_c[0])


def test_gru(gru, inputs, batch):
    hs, h = through_time(reference.gru_cell_forward, inputs["xs"], [inputs["h_prev"]], gru)
    X, initial_h = as_batch(inputs["xs"], batch), as_batch(inputs["h_prev"], batch)[None]
    Y, Y_h = run("GRU", ["Y", "Y_h"], X=X, initial_h=initial_h, **layouts.gru_to_onnx(gru))
    agree(as_batch(hs, batch), Y[:, 0])
    agree(as_batch(h, batch), Y_h[0])


def test_a_gru_that_resets_after_the_multiplication_is_another_function(gru, inputs, batch):
    X, initial_h = as_batch(inputs["xs"], batch), as_batch(inputs["h_prev"], batch)[None]
    before, after = (
        run("GRU", ["Y"], {"linear_before_reset": flag}, X=X, initial_h=initial_h, **layouts.gru_to_onnx(gru))[0]
        for flag in (0, 1)
    )
    assert np.max(np.abs(before - after)) > 0.01


def test_bidirectional(lstm, inputs, batch):
    other = {name: -value for name, value in lstm.items()}
    both = [layouts.lstm_to_onnx(params) for params in (lstm, other)]
    joined = {name: np.concatenate([one[name] for one in both]) for name in both[0]}
    (Y,) = run("LSTM", ["Y"], {"direction": "bidirectional"}, X=as_batch(inputs["xs"], batch), **joined)
    hs = reference.bidirectional_forward(inputs["xs"], lstm, other)
    agree(as_batch(hs, batch), np.concatenate([Y[:, 0], Y[:, 1]], axis=-1))


@pytest.mark.parametrize("with_peepholes", [False, True])
def test_lstm_from_onnx(rng, with_peepholes):
    """Arrays drawn in ONNX's layout, both halves of B among them."""
    T, B, m, n = 7, 5, 3, 4
    inputs = dict(
        W=rng.normal(size=(1, 4 * n, m)), R=rng.normal(size=(1, 4 * n, n)), B=rng.normal(size=(1, 8 * n))
    )
    if with_peepholes:
        inputs["P"] = rng.normal(size=(1, 3 * n))
    X, zeros = rng.normal(size=(T, B, m)), np.zeros((B, n))
    (Y,) = run("LSTM", ["Y"], X=X, **inputs)
    cell = reference.peephole_cell_forward if with_peepholes else reference.lstm_cell_forward
    hs, h, c = through_time(cell, X, [zeros, zeros], layouts.lstm_from_onnx(**inputs))
    agree(hs, Y[:, 0])


def test_gru_from_onnx(rng):
    T, B, m, n = 7, 5, 3, 4
    inputs = dict(
        W=rng.normal(size=(1, 3 * n, m)), R=rng.normal(size=(1, 3 * n, n)), B=rng.normal(size=(1, 6 * n))
    )
    X = rng.normal(size=(T, B, m))
    (Y,) = run("GRU", ["Y"], X=X, **inputs)
    hs, h = through_time(reference.gru_cell_forward, X, [np.zeros((B, n))], layouts.gru_from_onnx(**inputs))
    agree(hs, Y[:, 0])
