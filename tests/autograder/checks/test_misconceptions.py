"""The misconceptions: each is caught, called by its own name, and says something that helps."""

import re

import pytest

from autograder import reference
from autograder.assignment import ASSIGNMENTS
from autograder.checks import checks_of
from autograder.checks.diagnosis import diagnose
from autograder.checks.misconceptions import of
from autograder.checks.misconceptions.table import measured, tried

FUNCTIONS = [function for name in ASSIGNMENTS for function in checks_of(name) if function != "train_adding"]
MISCONCEPTIONS = [misconception for function in FUNCTIONS for misconception in of(function)]


def test_there_are_enough():
    assert len(MISCONCEPTIONS) >= 800
    assert all(len(of(function)) >= 20 for function in FUNCTIONS)


def test_names_are_unique_and_sentences_whole():
    assert len({(found.function, found.name) for found in MISCONCEPTIONS}) == len(MISCONCEPTIONS)
    for found in MISCONCEPTIONS:
        assert re.fullmatch(r"(σ|[A-Za-z`⊙×]).{30,300}[.?]", found.says), found.says


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_one_is_caught_and_called_by_its_name(name):
    for row in measured([name], seeds=[1]):
        assert row.caught == row.recognised == 1, (row.misconception.name, row.kept, row.named)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_right_code_passes_and_gets_no_name(function):
    for seed in range(6):
        trial = tried(function, getattr(reference, function), seed)
        assert trial.result("", 1.0).score == 1.0 and not trial.findings
        assert diagnose(trial) is None
