"""The tests that students see: each typical slip gets a message that names it, and right code in any style passes."""

import numpy as np
import pytest

from autograder.assignment import ASSIGNMENTS, load, master
from tests.notebooks import solution
from tests.solutions.running import run
from tests.solutions.wrong import WRONG


@pytest.fixture(scope="module")
def namespaces():
    return {name: run(master(name)).namespace for name in ASSIGNMENTS}


@pytest.mark.parametrize(
    ("name", "function", "old", "new", "message"),
    [(*key, *slip) for key, slips in WRONG.items() for slip in slips],
    ids=[f"{key[1]}: {slip[1].strip() or '(nothing)'}" for key, slips in WRONG.items() for slip in slips],
)
def test_a_typical_slip_gets_its_message(namespaces, name, function, old, new, message):
    namespace = dict(namespaces[name])
    # The tests look names up where they were defined, so they are defined anew beside the wrong function.
    for cell in master(name).cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in (f"test_{function}", "given_numbers"):
            exec(cell.source.partition(f"\ntest_{function}()\n")[0], namespace)
    exec(solution(name, function, (old, new)), namespace)
    with np.errstate(all="ignore"), pytest.raises(AssertionError) as failure:
        namespace[f"test_{function}"]()
    assert any(piece in f"{failure.value}\n" for piece in message.split("|")), str(failure.value)


def test_every_function_has_its_slips():
    assert list(WRONG) == [(name, check.function) for name in ASSIGNMENTS for check in load(name).checks]
