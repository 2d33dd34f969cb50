"""Right and wrong solutions of every exercise, graded as a submission is: in the sandbox, by its checks."""

from pathlib import Path

import pytest

from autograder.assignment import ASSIGNMENTS

CORPUS = Path(__file__).parent / "corpus"
RIGHT, WRONG = (sorted(CORPUS.glob(f"*/{kind}/*.py")) for kind in ("right", "wrong"))


def named(path):
    return f"{path.parent.parent.name}-{path.stem}"


def test_the_corpus_is_there():
    for name in ASSIGNMENTS:
        for paths in (RIGHT, WRONG):
            assert sum(path.parent.parent.name == name for path in paths) >= 12


@pytest.mark.parametrize("path", RIGHT, ids=named)
def test_right_in_any_style(grade, path):
    untrained = path.parent.parent.name == "training" and "train_adding" not in path.read_text()
    functions = ["gradient_highway", "adam_step"] if untrained else None  # training takes seconds: few files have it
    results = grade(path.parent.parent.name, path, functions=functions)
    told = {function: [finding.text for finding in result.findings] for function, result in results.items()}
    assert not any(told.values()), told
    assert all(result.score == result.max_score and not result.diagnosis for result in results.values())


@pytest.mark.parametrize("path", WRONG, ids=named)
def test_wrong_loses_points(grade, path):
    """Behind a right solution, each file spoils one function: that one loses points and says why, the others do not."""
    name, spoilt = path.parent.parent.name, path.stem.split("--")[0]
    functions = None if name in ("gates", "cell") else [spoilt]  # of the rest there is too much to compute
    results = grade(name, path.parent.parent / "right" / "plain.py", path, functions=functions)
    for function, result in results.items():
        assert (result.score < result.max_score) == (function == spoilt), (function, result)
        assert bool(result.findings) == (function == spoilt)


WRONG_LSTM = """
def lstm_forward(xs, h, c, params):
    hs = right_lstm(xs, h, c, params)
    return 0.5 * hs, hs, []

def from_zeros(xs, params):
    zeros = np.zeros(xs.shape[1:-1] + params["b_f"].shape)
    return lstm_forward(xs, zeros, zeros, params)[0]
"""


def test_a_wrong_lstm_costs_once(grade, tmp_path):
    """What is right given the student's own ``lstm_forward`` earns what a wrong answer can, and is told so."""
    spoilt = tmp_path / "wrong_lstm.py"
    spoilt.write_text("right_lstm = lstm_forward\n" + WRONG_LSTM)
    functions = ["bidirectional_forward", "stacked_forward"]
    results = grade("variants", CORPUS / "variants" / "right" / "plain.py", spoilt, functions=functions)
    for result in results.values():
        assert result.score == result.max_score / 2
        assert result.findings[0].kind == "follow-through" and "`lstm_forward`" in result.findings[0].text
