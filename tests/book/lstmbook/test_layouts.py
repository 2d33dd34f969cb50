"""The layouts of other libraries; tests/autograder/reference has the test, against each, that they mean the same."""

import re
from pathlib import Path

import numpy as np
import pytest

from lstmbook import layouts

PAGE = Path(__file__).parents[3] / "book/frameworks.md"
N, M = 4, 3
SHAPES = {"W": (N, N + M), "b": (N,), "p": (N,)}


def drawn(keys):
    rng = np.random.default_rng(1997)
    return {key: rng.normal(size=SHAPES[key[0]]) for key in keys.split()}


LSTM = drawn("W_f b_f W_i b_i W_c b_c W_o b_o")
PEEPHOLE = drawn("W_f b_f W_i b_i W_c b_c W_o b_o p_f p_i p_o")
GRU = drawn("W_z b_z W_r b_r W_h b_h")


@pytest.mark.parametrize(
    "library, params",
    [("lstm_{}_pytorch", LSTM), ("lstm_{}_keras", LSTM), ("lstm_{}_onnx", LSTM), ("lstm_{}_onnx", PEEPHOLE),
     ("gru_{}_keras", GRU), ("gru_{}_onnx", GRU)],
)  # fmt: skip
def test_there_and_back(library, params):
    there, back = getattr(layouts, library.format("to")), getattr(layouts, library.format("from"))
    before = {key: value.copy() for key, value in params.items()}
    arrays = there(params)
    again = back(**arrays)
    assert again.keys() == params.keys()
    for key in params:
        np.testing.assert_array_equal(again[key], params[key])
        again[key][...] = 0  # what came back is no view of what went in
        np.testing.assert_array_equal(params[key], before[key])


def test_wrong_shapes_are_refused():
    good = layouts.lstm_to_pytorch(LSTM)
    with pytest.raises(ValueError, match=r"\(16, 3\).*\(16, 3\).*expected \(4n, m\), \(4n, n\)"):
        layouts.lstm_from_pytorch(**good | {"weight_hh": good["weight_ih"]})
    keras = layouts.lstm_to_keras(LSTM)
    with pytest.raises(ValueError, match="expected"):
        layouts.lstm_from_keras(keras["kernel"].T, keras["recurrent_kernel"].T, keras["bias"])
    both = {name: np.concatenate([value, value]) for name, value in layouts.lstm_to_onnx(LSTM).items()}
    with pytest.raises(ValueError, match="2 directions, expected one"):
        layouts.lstm_from_onnx(**both)


def test_the_pages_own_lines_for_onnx_run():
    """Those for PyTorch and Keras need what the project does not have."""
    page = PAGE.read_text(encoding="utf-8")
    (lines,) = re.findall(r"```python\n(import onnx\n.*?)```", page, re.DOTALL)
    names = {"layouts": layouts, "params": LSTM}
    exec(lines.replace("hidden_size=3", f"hidden_size={N}"), names)
    for key, value in LSTM.items():
        np.testing.assert_array_equal(names["again"][key], value)
