"""What the experiments' networks are asked is right, by other means than the generators' own."""

import re
from itertools import islice

import numpy as np
import pytest

from experiments import tasks

# From node 4 of Reber's grammar on, and from node 3, as regular expressions.
FROM_4 = "(?:XT*VP)*(?:S|XT*VV)"
FROM_3 = f"T*V(?:P{FROM_4}|V)"
REBER = f"B(?:TS*X{FROM_4}|P{FROM_3})E"
EMBEDDED = f"B(?:T{REBER}T|P{REBER}P)E"


def letters(one_hot):
    assert np.all(one_hot.sum(axis=-1) == 1)
    return "".join(tasks.SYMBOLS[k] for k in one_hot.argmax(axis=-1))


def test_the_patterns_themselves():
    for string in ("BTXSE", "BPVVE", "BTSSXXTVVE", "BTXXVPXVPSE", "BPTVPSE"):
        assert re.fullmatch(REBER, string)
    for string in ("BTSXE", "BPVE", "BTXXVPXTVPXVVPSE", "BTXSE" * 2):
        assert not re.fullmatch(REBER, string)


def test_embedded_reber_strings_are_legal():
    xs, targets, asked, nodes = tasks.embedded_reber(np.random.default_rng(0), B=500)
    lengths = asked.sum(axis=0).astype(int)
    np.testing.assert_array_equal(asked, np.arange(len(xs))[:, None] < lengths)
    strings = [letters(xs[:1, b]) + letters(targets[: lengths[b], b]) for b in range(500)]
    assert all(re.fullmatch(EMBEDDED, string) for string in strings)
    assert len(set(strings)) > 100 and max(map(len, strings)) == len(xs) + 1
    for b, string in enumerate(strings):
        assert letters(xs[: lengths[b], b]) == string[:-1]


def test_what_may_come_next_is_what_does_come():
    xs, targets, asked, nodes = next(tasks.continual_reber(np.random.default_rng(1), T=300, B=50))
    seen = np.zeros_like(tasks.LEGAL)
    for node, target in zip(nodes.ravel(), targets.reshape(-1, 7)):
        seen[node] += target
    np.testing.assert_array_equal(seen > 0, tasks.LEGAL == 1)
    share = seen / seen.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(share, tasks.LEGAL / tasks.LEGAL.sum(axis=1, keepdims=True), atol=0.1)


def test_continual_reber_goes_on():
    segments = list(islice(tasks.continual_reber(np.random.default_rng(2), T=40, B=3), 5))
    for b in range(3):
        stream = letters(np.concatenate([xs[:, b] for xs, *_ in segments]))
        shifted = letters(np.concatenate([targets[:, b] for _, targets, *_ in segments]))
        assert stream[1:] == shifted[:-1]
        assert re.match(f"(?:{EMBEDDED})+", stream).end() > 150  # what is left is a string that has not ended
    assert all(asked.all() for _, _, asked, _ in segments)


def test_recall_asks_for_what_stands_at_the_beginning():
    xs, targets, asked, nodes = tasks.embedded_reber(np.random.default_rng(3), B=100)
    for b in range(100):
        recall = np.flatnonzero(np.isin(nodes[:, b], tasks.RECALL) * asked[:, b])
        assert len(recall) == 1
        np.testing.assert_array_equal(targets[recall[0], b], xs[1, b])


def test_adding():
    xs, targets, asked = tasks.adding(np.random.default_rng(0), T=12, B=40)
    assert asked.sum() == 40 and asked[-1].all()
    for b in range(40):
        marked = [value for value, mark in xs[:, b] if mark == 1]
        assert len(marked) == 2 and targets[-1, b, 0] == pytest.approx(sum(marked))


@pytest.mark.parametrize("T", [10, 50])
def test_temporal_order(T):
    xs, targets, asked = tasks.temporal_order(np.random.default_rng(0), T, B=200)
    assert xs.shape == (T, 200, 8) and targets.shape == (T, 200, 4)
    assert asked.sum() == 200 and asked[-1].all()
    for b in range(200):
        string = "".join("abcdEBXY"[k] for k in xs[:, b].argmax(axis=-1))
        assert re.fullmatch(r"E[abcd]*[XY][abcd]*[XY][abcd]*B", string)
        order = re.sub("[^XY]", "", string)
        assert ["XX", "XY", "YX", "YY"][targets[-1, b].argmax()] == order
    assert set(targets[-1].argmax(axis=-1)) == {0, 1, 2, 3}
