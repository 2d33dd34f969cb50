"""Every experiment from end to end, in small; and what is stored of them."""

import importlib
import json

import numpy as np
import pytest

from experiments import both_ways
from experiments.__main__ import EXPERIMENTS, main
from experiments.store import FOLDER, store

SMALL = {
    "adding_problem": {"seeds": [0], "steps": {"LSTM": {4: 50}, "RNN": {4: 50}}},
    "embedded_reber": {"seeds": [0], "steps": {"LSTM": 50, "LSTM without forget gate": 50, "RNN": 50}},
    "continual_reber": {"seeds": [0], "segments": 50},
    "roads": {"seeds": [0], "T": 4, "steps": {"LSTM": 2, "RNN": 2}},
    "forget_bias": {"seeds": [0], "starts": [1, "chrono", "RNN"], "T": 10, "steps": {"LSTM": 25, "RNN": 25}},
    "clipping": {"seeds": [0], "T": 4, "steps": 50},
    "ablations": {"seeds": [0], "T": 4, "steps": 2},
    "timed_spikes": {"seeds": [0], "steps": 20},
    "pitfalls": {"seeds": [0], "steps": 2},
    "counting_gru": {"seeds": [0], "steps": 5},
    "both_ways": {"seeds": [0], "lengths": dict.fromkeys(both_ways.TASKS, (8, 2))},
    "forecasts": {
        "seeds": [0],
        "lstms": [("sunspots", (6,), (2,), 25), ("oil", (2,), (2,), 25)],
        "orders": {"sunspots": [1, 2], "bikes": [1]},
    },
    "fewer_bikes": {"seeds": [0], "months": [1], "orders": [2], "steps": 25},
    "counting": {"seeds": [0], "steps": {"ab": 5, "abc": 5}},
    "reber_units": {"seeds": [0], "steps": 50},
    "speakers": {"seeds": [0], "seeds_to_choose": [0], "grid": [{"noise": 0.1, "epochs": 1}], "simple": {"a Gaussian per speaker": [{"shrink": 0.1}]}},
    "heartbeats": {"seeds": [0], "seeds_to_choose": [0], "grid": [{"noise": 0.1, "epochs": 1}], "simple": {"one number": [{}]}},
    "missing_values": {"seeds": [0], "epochs": 1, "draws": 1},
    "characters": {
        "seeds": [0],
        "orders": [0, 1],
        "small": {"RNN": {"network": "RNN", "units": 4, "slow": 0, "lr": 0.01, "epochs": 1}},
        "kept": {"network": "LSTM", "units": 5, "slow": 2, "lr": 0.01, "epochs": 2, "dropout": 0.1},
        "beside": {"network": "LSTM", "units": 5, "slow": 0, "lr": 0.01, "epochs": 1, "dropout": 0.1},
        "stages": [0],
        "contexts": [1, 2],
        "book": ['"oh dear!" said alice, "it is late." she ran.\n\n' * 40] * 3,
    },
}


def silent(runs, total):
    return runs


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_runs_in_small_and_twice_the_same(name, tmp_path):
    experiment = importlib.import_module(f"experiments.{name}")
    texts = [store(name, experiment.run(silent, **SMALL[name]), tmp_path).read_text() for _ in range(2)]
    assert texts[0] == texts[1]
    assert_has_the_form(json.loads(texts[0]), name)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_is_stored_has_its_form(name):
    stored = json.loads((FOLDER / f"{name}.json").read_text())
    assert_has_the_form(stored, name)
    assert len({run["seed"] for run in stored["runs"]}) >= 5
    assert (FOLDER / f"{name}.json").stat().st_size < 100_000


def assert_has_the_form(result, name):
    assert set(result) == {"command", "versions", "settings", "runs"}
    assert result["command"] == f"python -m experiments {name}"
    assert set(result["versions"]) == {"python", "numpy", "machine"}
    keys = set(result["runs"][0])
    assert "seed" in keys and all(set(run) == keys for run in result["runs"])
    for run in result["runs"]:
        numbers = [value for value in run.values() if isinstance(value, list)]
        assert all(np.all(np.isfinite(values)) for values in numbers)


def test_an_unknown_experiment_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["adding"])
    assert ended.value.code == 2
    assert "there is no experiment adding; there are" in capsys.readouterr().err
