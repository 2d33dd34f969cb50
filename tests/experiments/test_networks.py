"""Trained networks as they are stored: what is read is what was measured."""

import numpy as np
import pytest

from experiments import networks
from experiments.training import LSTM, init
from lstmbook.networks import FOLDER, network


def trained(n, alphabet):
    params = init(LSTM, len(alphabet), n, len(alphabet), np.random.default_rng(n))
    return params | {"b_y": np.random.default_rng(0).normal(size=len(alphabet))}


@pytest.mark.parametrize(("n", "in_bytes"), [(3, False), (20, True)], ids=["tiny", "large"])
def test_a_network_is_stored_small_and_measured_as_it_is_stored(tmp_path, n, in_bytes):
    alphabet, measured = "abE'é\n", []
    params = trained(n, alphabet)

    def measure(rounded):
        measured.append(rounded)
        return {"right": 0.5}

    path = networks.store("mine", "training", params, alphabet, {"seed": 0}, measure, tmp_path, grammar={"s": {"a": "s"}})
    back = network("mine", tmp_path)
    assert back.name == "mine" and back.alphabet == alphabet
    assert back.settings == {"seed": 0} and back.quality == {"right": 0.5}
    assert set(back.params) == set(measured[0]) == set(params)
    for key, value in params.items():
        assert np.array_equal(back.params[key], measured[0][key]) and back.params[key].dtype == float
        near = np.abs(value).max(axis=-1, keepdims=True) / 250 if in_bytes else 6e-4 * np.abs(value)
        assert np.all(np.abs(back.params[key] - value) <= near)
    assert path.stat().st_size < (5000 if in_bytes else 2500)


def test_a_row_of_zeros_stays_zero():
    matrix = np.array([[0.0, 0.0], [-3.0, 1.0]])
    back = networks.unpacked(networks.in_bytes(matrix))
    assert np.all(back[0] == 0) and np.allclose(back, matrix, atol=3 / 254)


def test_what_does_not_fit_is_refused(tmp_path):
    with pytest.raises(ValueError, match="mine has 4 symbols, 'abcd', but W_f of shape"):
        networks.store("mine", "experiment", trained(3, "abE"), "abcd", {}, lambda params: {}, tmp_path)
    with pytest.raises(LookupError, match="there is no network mine; there are "):
        network("mine", tmp_path)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_stored_network_has_its_shapes_and_a_quality(path):
    kept = network(path.stem)
    n, k = kept.params["W_f"].shape[0], len(kept.alphabet)
    for layer in "fico":
        assert kept.params[f"W_{layer}"].shape == (n, n + k) and kept.params[f"b_{layer}"].shape == (n,)
    assert kept.params["W_y"].shape == (k, n) and kept.params["b_y"].shape == (k,)
    assert kept.quality and path.stat().st_size < 100_000
    with pytest.raises(ValueError, match=rf"{path.stem} cannot read \['☃'\]"):
        kept.one_hot(kept.alphabet + "☃")
