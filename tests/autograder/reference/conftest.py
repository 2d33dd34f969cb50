"""Inputs that the tests of the reference share: all sizes differ, and nothing is zero."""

import json
from pathlib import Path

import numpy as np
import pytest

# Doctests are collected from every module; these two need PyTorch or Keras, which the project does not.
collect_ignore = ["make_pytorch_vectors.py", "make_keras_vectors.py"]

M, N, B = 3, 4, 5  # input features, hidden units, batch


def as_arrays(value):
    """The same, with every list of numbers made an array."""
    if isinstance(value, dict):
        return {name: as_arrays(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_arrays(part) for part in value] if isinstance(value[0], dict) else np.array(value)
    return value


@pytest.fixture(scope="session")
def stored():
    """``stored(name)``: the cases of vectors/name.json, by their names."""

    def load(name):
        return as_arrays(json.loads(Path(__file__).with_name("vectors").joinpath(f"{name}.json").read_text()))

    return load


@pytest.fixture
def rng():
    return np.random.default_rng(1997)


@pytest.fixture(params=[(), (B,)], ids=["one example", "a batch"])
def batch(request):
    return request.param


@pytest.fixture(params=[7, 1], ids=["seven steps", "one step"])
def steps(request):
    return request.param


@pytest.fixture
def inputs(rng, batch, steps):
    """One step's and a sequence's inputs, the states before them, and gradients from outside."""
    return dict(
        x=rng.normal(size=(*batch, M)),
        xs=rng.normal(size=(steps, *batch, M)),
        h_prev=rng.normal(size=(*batch, N)),
        c_prev=rng.normal(size=(*batch, N)),
        dh=rng.normal(size=(*batch, N)),
        dc=rng.normal(size=(*batch, N)),
        dhs=rng.normal(size=(steps, *batch, N)),
    )


@pytest.fixture
def lstm(rng):
    return draw_layers(rng, "fico")


@pytest.fixture
def peephole(rng):
    return draw_layers(rng, "fico") | {f"p_{gate}": rng.normal(size=N) for gate in "fio"}


@pytest.fixture
def gru(rng):
    return draw_layers(rng, "zrh")


def draw_layers(rng, layers):
    return {f"W_{layer}": rng.normal(size=(N, N + M)) for layer in layers} | {
        f"b_{layer}": rng.normal(size=N) for layer in layers
    }
