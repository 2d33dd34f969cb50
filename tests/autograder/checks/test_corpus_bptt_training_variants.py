"""Right and wrong solutions of ``bptt``, ``training`` and ``variants``, graded as a submission is: in the sandbox."""

from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"
ASSIGNMENTS = ("bptt", "training", "variants")

RIGHT = sorted(path for name in ASSIGNMENTS for path in (CORPUS / name / "right").glob("*.py"))
WRONG = sorted(path for name in ASSIGNMENTS for path in (CORPUS / name / "wrong").glob("*.py"))


def named(path):
    return f"{path.parent.parent.name}-{path.stem}"


def test_the_corpus_is_there():
    for name in ASSIGNMENTS:
        assert sum(named(path).startswith(name) for path in RIGHT) >= 12
        assert sum(named(path).startswith(name) for path in WRONG) >= 12


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
    """Behind a right solution, each file spoils one function, which loses points and is told why."""
    spoilt = path.stem.split("--")[0]
    plain = path.parent.parent / "right" / "plain.py"
    result = grade(path.parent.parent.name, plain, path, functions=[spoilt])[spoilt]
    assert result.score < result.max_score
    assert result.findings


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
