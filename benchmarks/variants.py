"""What a step of training costs with each variant, there and back through time: its time over that of one LSTM layer.

    python -m benchmarks.variants

All with as many units in a layer, in float64 and on one thread: peepholes and the GRU beside an LSTM that is written as
they are, both ways and the stack beside the fused LSTM of which they are made. What is taken is computing time, in turns,
so that a busy machine slows all of them; a ratio is the median over the turns, with their quartiles. Written to
``book/data/variant_costs.json``, from which the book's chapters have them.
"""

import json
import time
from statistics import quantiles

from autograder.reference import init_params, lstm_cell_backward, lstm_cell_forward  # before NumPy, for one thread
from benchmarks.training import TURNS, turns
from experiments.ablated import NETWORKS, of_cell
from experiments.both_ways import BOTH, STACK
from experiments.store import FOLDER, made, plain
from experiments.training import FUSED

import numpy as np  # isort: skip

TARGET = FOLDER / "variant_costs.json"
T, B = 50, 32
SIZES = [(2, 16), (32, 64)]  # m, n
LSTM = of_cell(init_params, lstm_cell_forward, lstm_cell_backward, 2)
BESIDE = {"peepholes": "LSTM", "GRU": "LSTM", "both ways": "fused", "stack": "fused"}


def ways(m, n):
    """A step of training with each network, as functions of no argument, and the numbers that each learns."""
    rng = np.random.default_rng(1997)
    xs, zeros = rng.normal(size=(T, B, m)), np.zeros((B, n))
    networks = {"LSTM": (LSTM, n), "peepholes": (NETWORKS["peepholes"], n), "GRU": (NETWORKS["GRU"], n)}
    networks |= {"fused": (FUSED, n), "both ways": (BOTH, 2 * n), "stack": (STACK, n)}  # n units in each layer
    functions, sizes = {}, {}
    for name, (network, units) in networks.items():
        params = network.init(m, units, rng)
        dhs = rng.normal(size=(T, B, 2 * n if name == "both ways" else n))

        def step(network=network, params=params, dhs=dhs):
            hs, _, caches = network.forward(xs, (zeros,) * network.states, params)
            network.backward(dhs, caches, params)

        functions[name], sizes[name] = step, sum(array.size for array in params.values())
    return functions, sizes


def main():
    runs = []
    for m, n in SIZES:
        functions, sizes = ways(m, n)
        seconds = turns(functions, time.process_time)
        for name, peer in BESIDE.items():
            low, middle, high = quantiles(seconds[name] / seconds[peer], n=4)
            runs.append({"network": name, "beside": peer, "m": m, "n": n, "parameters": sizes[name] / sizes[peer]})
            runs[-1] |= {"time": middle, "quartiles": [low, high]}
            print(f"m = {m}, n = {n}: {name:10} {middle:.2f} ({low:.2f}–{high:.2f}) of {peer}", flush=True)
    settings = {"T": T, "B": B, "turns": TURNS}
    found = made("") | {"command": "python -m benchmarks.variants", "settings": settings, "runs": plain(runs)}
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
    print(f"stored {TARGET}")
