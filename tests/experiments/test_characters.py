"""The text, the tables of what follows what, and what is told of a network that reads it."""

import numpy as np
import pytest

from experiments import characters, ngrams
from experiments.sources.alice import prepare
from experiments.training import FUSED
from lstmbook.alice import alphabet, parts, quoted
from lstmbook.networks import network


def test_the_text_is_prepared_as_its_readme_says():
    text = (
        "\r\n   TITLE\r\nCHAPTER I\r\n\r\n\r\n\r\n  `Don't!' said  the DUCHESS'S cook; `I say \"'tis _mine_\"--\r\n"
        "  and the\r\n  horses'.'\r\n     *    *\r\nTHE END\x1a"
    )
    assert prepare(text) == (
        "chapter i\n\n\"don't!\" said the duchess's cook; \"i say ''tis mine'--\nand the\nhorses\".'\n"
    )


def test_the_parts_are_the_whole_text_and_hold_what_the_network_knows():
    whole = "".join(parts())
    assert len(whole) == 142_952 and set(whole) == set(alphabet()) == set(network("characters").alphabet)
    assert not any(mark in whole for mark in ("gutenberg", "millennium", "  ", "\n\n\n", "`", "*", "_"))


def test_an_open_quotation_ends_with_its_paragraph():
    text = 'a "b" c "d\n\ne "f"'
    assert "".join(symbol for symbol, is_open in zip(text, quoted(text)) if is_open) == '"b"d\n"f'


def test_tables_blend_their_counts():
    """After "ab": c twice, d once, so N = 3, u = 2; after "b" the same; after nothing, all that was seen."""
    text, symbols = "abcabcabd", "abcde"
    follows = ngrams.tables(text, 2)
    of_none = (np.array([3, 3, 2, 1, 0]) + 4 / 5) / 13
    of_one = (np.array([0, 0, 2, 1, 0]) + 2 * of_none) / 5
    of_two = (np.array([0, 0, 2, 1, 0]) + 2 * of_one) / 5
    np.testing.assert_allclose(ngrams.probabilities("", follows, symbols), of_none)
    np.testing.assert_allclose(ngrams.probabilities("ab", follows, symbols), of_two)
    np.testing.assert_allclose(ngrams.probabilities("xb", follows, symbols), of_one)
    log2_ps = ngrams.log2_p("abde", follows, symbols)
    np.testing.assert_allclose(np.exp2(log2_ps).sum(axis=1), 1)
    np.testing.assert_allclose(log2_ps[1], np.log2(of_two))


def test_what_a_network_says_of_a_text_is_its_cost():
    params = characters.start(FUSED, 4, 2, np.random.default_rng(0)) | {"W_y": np.zeros((39, 4))}
    text = 'oh, "my.'
    log2_ps = characters.log2_p(text, params, FUSED)
    np.testing.assert_allclose(log2_ps, -np.log2(39))
    np.testing.assert_allclose(characters.cost(text, log2_ps), np.log2(39))
    log2_ps[2, alphabet().index('"')] = -1.0  # after the comma, where nothing is open
    found = characters.marks('oh, "my,"', np.vstack([log2_ps, log2_ps[:1]]))
    assert found["none"] == pytest.approx(0.5) and found["open"] == pytest.approx(1 / 39)


def test_dropout_hides_what_is_shown_and_nothing_else():
    rng = np.random.default_rng(1)
    learner = characters.with_dropout(FUSED, 0.5, rng)
    params = characters.start(FUSED, 8, 0, rng)
    xs, zeros = characters.one_hot("alice, ")[:, None], (np.zeros((1, 8)),) * 2
    shown, states, tape = learner.forward(xs, zeros, params)
    plain, plain_states, _ = FUSED.forward(xs, zeros, params)
    assert 0.2 < np.mean(shown == 0) < 0.8
    np.testing.assert_allclose(shown[shown != 0], 2 * plain[shown != 0])
    np.testing.assert_array_equal(states, plain_states)
    ways = rng.normal(size=shown.shape)
    for name, grad in learner.backward(ways, tape, params).items():
        nudge = rng.normal(size=grad.shape)
        ends = [
            np.sum(ways * tape[0] * FUSED.forward(xs, zeros, params | {name: params[name] + eps * nudge})[0])
            for eps in (1e-6, -1e-6)
        ]
        assert np.sum(grad * nudge) == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-5, abs=1e-8)


def test_a_context_of_everything_is_no_context_at_all():
    params = characters.start(FUSED, 5, 2, np.random.default_rng(2))
    text = parts()[2][:41]
    whole = characters.cost(text, characters.log2_p(text, params, FUSED))[-1]
    assert characters.bits_by_context(text, params, [40], 1) == [pytest.approx(whole, rel=1e-12)]
