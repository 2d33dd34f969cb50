"""Counting, and silenced units: what is asked, and how it is judged."""

import numpy as np
import pytest

from experiments import counting, reber_units, tasks
from experiments.training import FUSED, answers, zero_states
from lstmbook.networks import network


def test_strings_ask_for_what_may_come():
    xs, targets, asked = counting.strings([[2, 1], [1, 3]], "abc")
    symbols = ["".join("abcE"[k] for k in xs[asked[:, b] > 0, b].argmax(axis=-1)) for b in range(2)]
    assert symbols == ["aabbccEabcE", "abcEaaabbbcccE"]
    may = ["".join("abcE"[k] for k in np.flatnonzero(row)) for row in targets[:11, 0]]
    assert may == ["ab", "ab", "b", "c", "c", "E", "a", "ab", "c", "E", "a"]
    assert np.array_equal(targets.sum(axis=-1), asked) and not asked[11:, 0].any()


@pytest.mark.parametrize("letters", ["ab", "abc"])
def test_a_counter_goes_as_far_as_is_told_and_no_further(letters):
    kept = network(f"counting_{letters}")
    assert kept.quality == counting.quality(kept.params, letters)
    assert kept.quality["reaches"] > 4 * counting.LONGEST

    def right(n):
        xs, targets, _ = counting.strings([[n]], letters)
        ys, *_ = answers(xs, zero_states(FUSED, kept.params, 1), kept.params, FUSED)
        return counting.may_come_first(ys, targets).all()

    reached = kept.quality["reaches"]
    assert right(reached) and not right(reached + (1 if reached < 99 else counting.BY))


def test_a_silenced_unit_says_nothing_and_an_exchanged_one_something_else():
    kept = network("reber")
    xs, *_ = tasks.embedded_reber(np.random.default_rng(1), 20)
    without = {key: value.copy() for key, value in kept.params.items()}
    for key in ("W_f", "W_i", "W_c", "W_o", "W_y"):
        without[key][:, 4] = 0  # nobody reads its h
    np.testing.assert_allclose(reber_units.read(kept.params, xs, 4), reber_units.read(without, xs), atol=1e-12)
    untouched = reber_units.read(kept.params, xs)
    assert not np.allclose(untouched, reber_units.read(without, xs))
    exchanged, at = reber_units.read(kept.params, xs, exchanged=3), reber_units.EXCHANGED_AT
    assert np.array_equal(exchanged[:at], untouched[:at]) and not np.any(np.all(exchanged[at] == untouched[at], axis=-1))
    assert kept.quality == {key: pytest.approx(value, abs=5e-5) for key, value in reber_units.quality(kept.params).items()}
