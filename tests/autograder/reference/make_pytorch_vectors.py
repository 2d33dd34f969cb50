"""Writes vectors/pytorch.json: PyTorch's values and gradients, which the tests compare with.

PyTorch is no requirement of the project. To make the vectors anew, in an environment of its own:

    pip install torch==2.13.0 numpy && python tests/autograder/reference/make_pytorch_vectors.py

Each loss is Σ d ⊙ y over all outputs y, with drawn d, so that d is the gradient that goes into the backward pass.
"""

import json
from pathlib import Path

import torch

M, N, B, T = 3, 4, 2, 5  # input features, hidden units, batch, steps


def draw(*shape):
    return torch.randn(*shape, requires_grad=True)


def weights_of(module):
    """The module's parameters, drawn anew, so that none is near zero."""
    for parameter in module.parameters():
        torch.nn.init.normal_(parameter, std=0.6)
    return dict(module.named_parameters())


def record(inputs, weights, outputs):
    """Inputs, weights, outputs, the outputs' drawn gradients, and the gradients of the inputs and weights."""
    d_outputs = {name: torch.randn_like(value) for name, value in outputs.items()}
    sum((d_outputs[name] * value).sum() for name, value in outputs.items()).backward()
    leaves = inputs | weights
    groups = dict(
        inputs=inputs,
        weights=weights,
        outputs=outputs,
        d_outputs=d_outputs,
        d_inputs={name: leaf.grad for name, leaf in leaves.items() if name in inputs},
        d_weights={name: leaf.grad for name, leaf in leaves.items() if name in weights},
    )
    return {group: {name: value.tolist() for name, value in values.items()} for group, values in groups.items()}


def lstm(steps, batch):
    module = torch.nn.LSTM(M, N)
    weights = {name.removesuffix("_l0"): value for name, value in weights_of(module).items()}
    inputs = dict(xs=draw(steps, *batch, M), h0=draw(*batch, N), c0=draw(*batch, N))
    hs, (h, c) = module(inputs["xs"], (inputs["h0"][None], inputs["c0"][None]))
    case = record(inputs, weights, dict(hs=hs, h_last=h[0]))
    case["outputs"]["c_last"] = c[0].tolist()  # the value alone: no loss on it
    return case


def lstm_cell(batch):
    module = torch.nn.LSTMCell(M, N)
    weights = weights_of(module)
    inputs = dict(x=draw(*batch, M), h_prev=draw(*batch, N), c_prev=draw(*batch, N))
    h, c = module(inputs["x"], (inputs["h_prev"], inputs["c_prev"]))
    return record(inputs, weights, dict(h=h, c=c))


def several_layers(batch, **options):
    """Values of stacked or bidirectional LSTMs from zero states."""
    module = torch.nn.LSTM(M, N, **options)
    weights, xs = weights_of(module), draw(T, *batch, M)
    hs, states = module(xs)
    return dict(xs=xs.tolist(), weights={name: value.tolist() for name, value in weights.items()}, hs=hs.tolist())


def gru_cell(batch):
    """PyTorch's GRU resets after the multiplication; for a diagonal W_hn without bias b_hn that makes no difference."""
    module = torch.nn.GRUCell(M, N)
    weights = weights_of(module)
    with torch.no_grad():
        module.weight_hh[2 * N :] *= torch.eye(N)
        module.bias_hh[2 * N :] = 0
    inputs = dict(x=draw(*batch, M), h_prev=draw(*batch, N))
    return record(inputs, weights, dict(h=module(inputs["x"], inputs["h_prev"])))


def adam(steps, **options):
    params = {"W": draw(N, M), "b": draw(N)}
    start = {name: value.tolist() for name, value in params.items()}
    optimiser = torch.optim.Adam(params.values(), **options)
    grads, path = [], []
    for step in range(steps):
        for name, value in params.items():
            value.grad = torch.randn_like(value) * 10.0 ** (2 - step)  # of very different sizes
        params["b"].grad[0] = 0  # a gradient that is always zero
        grads.append({name: value.grad.tolist() for name, value in params.items()})
        optimiser.step()
        path.append({name: value.tolist() for name, value in params.items()})
    return dict(options=options, start=start, grads=grads, path=path)


def main():
    torch.manual_seed(1997)
    torch.set_default_dtype(torch.float64)
    cases = {
        "made_with": f"torch {torch.__version__}",
        "lstm, one example": lstm(T, ()),
        "lstm, a batch": lstm(T, (B,)),
        "lstm, a batch, one step": lstm(1, (B,)),
        "lstm cell, one example": lstm_cell(()),
        "lstm cell, a batch": lstm_cell((B,)),
        "stacked, one example": several_layers((), num_layers=2),
        "stacked, a batch": several_layers((B,), num_layers=2),
        "bidirectional, one example": several_layers((), bidirectional=True),
        "bidirectional, a batch": several_layers((B,), bidirectional=True),
        "gru cell, one example": gru_cell(()),
        "gru cell, a batch": gru_cell((B,)),
        "adam, default": adam(4),
        "adam, other settings": adam(4, lr=0.05, betas=(0.8, 0.9), eps=1e-3),
    }
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(case)}" for name, case in cases.items())
    Path(__file__).with_name("vectors").joinpath("pytorch.json").write_text(f"{{\n{lines}\n}}\n")


if __name__ == "__main__":
    main()
