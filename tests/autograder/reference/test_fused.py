"""The fused path against the readable one."""

from functools import partial

import numpy as np
import pytest

from autograder import reference
from autograder.reference.fused import lstm_backward_fused, lstm_forward_fused

agree = partial(np.testing.assert_allclose, rtol=0, atol=1e-12, strict=True)


@pytest.mark.parametrize("T", [1, 6])
@pytest.mark.parametrize("weights", [1, 30], ids=["common weights", "saturating weights"])
def test_the_same_values_and_gradients(lstm, rng, batch, T, weights):
    params = {name: weights * value for name, value in lstm.items()}
    n, m = params["b_f"].shape[0], params["W_f"].shape[1] - params["W_f"].shape[0]
    xs, dhs = rng.normal(size=(T, *batch, m)), rng.normal(size=(T, *batch, n))
    h0, c0 = rng.normal(size=(2, *batch, n))
    given = [array.copy() for array in (xs, dhs, h0, c0)]

    hs, cs, caches = reference.lstm_forward(xs, h0, c0, params)
    fused_hs, fused_cs, tape = lstm_forward_fused(xs, h0, c0, params)
    agree(fused_hs, hs)
    agree(fused_cs, cs)
    *expected, grads = reference.lstm_backward(dhs, caches, params)
    *got, fused_grads = lstm_backward_fused(dhs, tape)
    for one, other in zip(got, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-12, strict=True)
    assert fused_grads.keys() == grads.keys()
    for name in grads:
        np.testing.assert_allclose(fused_grads[name], grads[name], rtol=1e-10, atol=1e-11, strict=True)
    for array, copy in zip((xs, dhs, h0, c0), given, strict=True):
        assert np.array_equal(array, copy)
