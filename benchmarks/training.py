"""A step of training, there and back through time, beside PyTorch: `nn.LSTM`, and an eager loop over `LSTMCell`.

    pip install numpy torch && python -m benchmarks.training

All in float64 and on one thread. Each line is a size that the book trains at; the ways take turns, so that a busy machine
slows all of them, and the ratios are medians over the turns, with their quartiles.
"""

from __future__ import annotations

import sys
import time
from statistics import quantiles

from autograder.reference import init_params, lstm_backward, lstm_forward  # before NumPy, for one thread
from autograder.reference.fused import lstm_backward_fused, lstm_forward_fused

import numpy as np  # isort: skip

SIZES = [(20, 32, 2, 16), (50, 32, 2, 16), (100, 32, 2, 16), (50, 16, 7, 12), (60, 32, 32, 64)]  # T, B, m, n
TURNS, STEPS = 15, 4


def ways(T, B, m, n):
    """What is compared, as functions of no argument that do one step of training each."""
    import torch

    torch.set_num_threads(1)
    rng = np.random.default_rng(1997)
    params, xs, dhs = init_params(m, n, rng), rng.normal(size=(T, B, m)), rng.normal(size=(T, B, n))
    zeros = np.zeros((B, n))
    layer, cell = torch.nn.LSTM(m, n, dtype=torch.float64), torch.nn.LSTMCell(m, n, dtype=torch.float64)
    torch_xs, torch_dhs, torch_zeros = map(torch.tensor, (xs, dhs, zeros))

    def readable():
        hs, cs, caches = lstm_forward(xs, zeros, zeros, params)
        lstm_backward(dhs, caches, params)

    def fused():
        hs, cs, tape = lstm_forward_fused(xs, zeros, zeros, params)
        lstm_backward_fused(dhs, tape)

    def nn_lstm():
        layer.zero_grad()
        layer(torch_xs)[0].backward(torch_dhs)

    def eager():
        cell.zero_grad()
        states, hs = (torch_zeros, torch_zeros), []
        for x in torch_xs:
            states = cell(x, states)
            hs.append(states[0])
        torch.stack(hs).backward(torch_dhs)

    return {"readable": readable, "fused": fused, "nn.LSTM": nn_lstm, "LSTMCell": eager}


def turns(functions, clock=time.perf_counter):
    """Seconds of a step for each way, turn by turn."""
    for function in functions.values():
        function()  # what is made once
    seconds = {name: [] for name in functions}
    for _ in range(TURNS):
        for name, function in functions.items():
            start = clock()
            for _ in range(STEPS):
                function()
            seconds[name].append((clock() - start) / STEPS)
    return {name: np.array(values) for name, values in seconds.items()}


def main():
    try:
        import torch  # noqa: F401
    except ImportError:
        sys.exit("PyTorch is no requirement of the course; for this comparison: pip install torch")
    names = "fused", "readable", "nn.LSTM", "LSTMCell"
    print(f"{'T, B, m, n':16}", *(f"{name:>9}" for name in names), "  fused / nn.LSTM    fused / LSTMCell")
    for size in SIZES:
        seconds = turns(ways(*size))
        times = " ".join(f"{1e3 * np.median(seconds[name]):6.1f} ms" for name in names)
        ratios = [quantiles(seconds["fused"] / seconds[peer], n=4) for peer in ("nn.LSTM", "LSTMCell")]
        said = "   ".join(f"{middle:.2f} ({low:.2f}–{high:.2f})" for low, middle, high in ratios)
        print(f"{', '.join(map(str, size)):16} {times}   {said}", flush=True)


if __name__ == "__main__":
    main()
