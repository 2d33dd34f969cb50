"""Functions as lists of named lines, so that a misconception can replace a single one."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np

from autograder.checks.misconceptions import misconception
from autograder.checks.misconceptions.sections import (
    CELL_BACK_AFFINE,
    CELL_BACK_BATCH,
    CELL_BACK_C,
    CELL_BACK_SQUASH,
    CELL_BACK_UPDATE,
)

Line = Callable[[SimpleNamespace], object]


def run(lines: dict[str, Line], **given) -> SimpleNamespace:
    """All values: those given, and line by line what each makes of the values before it."""
    v = SimpleNamespace(**given)
    for name, line in lines.items():
        setattr(v, name, line(v))
    return v


def replacing(function: str, variant_of: Callable[..., Callable], section: str, **sections: str):
    """``slip(name, says, hidden_when, line=…)``: a misconception about `function` by the lines that it replaces.

    ``variant_of(**lines)`` is the function with these lines in the place of its own. ``sections`` says what to reread
    for a line, the first that is replaced; ``section`` is for all others.
    """

    def slip(name: str, says: str, hidden_when: tuple[str, ...] = (), **lines: Line) -> None:
        reread = sections.get(next(iter(lines)), section)
        misconception(function, says, reread, hidden_when, name)(variant_of(**lines))

    return slip


def joined(h, x):
    """[h, x], along the last axis."""
    return np.concatenate([h, x], axis=-1)


def outer(dz, hx):
    """dz ⊗ [h, x], summed over the batch if there is one."""
    return np.atleast_2d(dz).T @ np.atleast_2d(hx)


def summed(dz):
    """Summed over the batch if there is one."""
    return np.atleast_2d(dz).sum(axis=0)


ONE_EXAMPLE, BATCH_OF_ONE = "one example", "a batch of one"

# The end of every way back, once `dz` (by layer), `reads` (the hidden state that a layer reads, by layer) and `dp`
# (the gradients of other parameters) are known.
WEIGHT_LINES = {
    "B": lambda v: len(np.atleast_2d(v.x)),
    "hx": lambda v: {layer: joined(v.reads[layer], v.x) for layer in v.dz},
    "dW": lambda v: {f"W_{layer}": outer(v.dz[layer], v.hx[layer]) for layer in v.dz},
    "db": lambda v: {f"b_{layer}": summed(v.dz[layer]) for layer in v.dz},
    "grads": lambda v: v.dW | v.db | v.dp,
}

# Where the lines of a way back are derived: those of the LSTM, which its variants share.
BACK_SECTIONS = (
    dict.fromkeys(("do", "dc"), CELL_BACK_C)
    | dict.fromkeys(("df", "di", "dc_tilde", "dc_prev"), CELL_BACK_UPDATE)
    | dict.fromkeys(("dz_f", "dz_i", "dz_c", "dz_o"), CELL_BACK_SQUASH)
    | dict.fromkeys(("dhx", "dh_prev", "dx", "n", "hx", "reads"), CELL_BACK_AFFINE)
    | dict.fromkeys(("dW", "db", "grads"), CELL_BACK_BATCH)
)


def weight_slips(slip):
    """What can go wrong with the gradients of weights and biases in every way back."""
    slip(
        "the input before the hidden state in the weights' gradients",
        "Your weights' gradients multiply by [x, h_prev]. The columns of W act on [h_prev, x], in this order.",
        hx=lambda v: {layer: joined(v.x, v.reads[layer]) for layer in v.dz},
    )
    slip(
        "the weights' gradients transposed",
        "Your weights' gradients have the shape (n + m, n). A gradient has the shape of what it is the gradient of: "
        "(n, n + m).",
        dW=lambda v: {f"W_{layer}": outer(v.hx[layer], v.dz[layer]) for layer in v.dz},
    )
    slip(
        "the weights' gradients from the hidden state alone",
        "Your weights' gradients are zero in the columns that act on x. They come from all of [h_prev, x].",
        hx=lambda v: {layer: joined(v.reads[layer], 0 * v.x) for layer in v.dz},
    )
    slip(
        "the weights' gradients from the input alone",
        "Your weights' gradients are zero in the columns that act on h_prev. They come from all of [h_prev, x].",
        hx=lambda v: {layer: joined(0 * v.reads[layer], v.x) for layer in v.dz},
    )
    slip(
        "the batch averaged",
        "Your gradients of the parameters are divided by the number of examples. With a batch they are sums over it.",
        hidden_when=(ONE_EXAMPLE, BATCH_OF_ONE),
        grads=lambda v: {name: grad / v.B for name, grad in (v.dW | v.db | v.dp).items()},
    )
    slip(
        "the weights averaged over the batch, the biases summed",
        "Your weights' gradients are divided by the number of examples. With a batch they are sums over it, as for the "
        "biases.",
        hidden_when=(ONE_EXAMPLE, BATCH_OF_ONE),
        dW=lambda v: {f"W_{layer}": outer(v.dz[layer], v.hx[layer]) / v.B for layer in v.dz},
    )
    slip(
        "the biases averaged over the batch",
        "Your biases' gradients are means over the batch. They are sums over it, as for the weights.",
        hidden_when=(ONE_EXAMPLE, BATCH_OF_ONE),
        db=lambda v: {f"b_{layer}": summed(v.dz[layer]) / v.B for layer in v.dz},
    )
    slip(
        "the biases not summed over the batch",
        "Your biases' gradients still have an axis for the batch. A bias serves all examples: its gradient is the sum "
        "over them.",
        hidden_when=(ONE_EXAMPLE,),
        db=lambda v: {f"b_{layer}": v.dz[layer] for layer in v.dz},
    )
    slip(
        "the biases' gradients with an axis kept",
        "Your biases' gradients have the shape (1, n). A bias has the shape (n,), and so has its gradient.",
        db=lambda v: {f"b_{layer}": summed(v.dz[layer])[None] for layer in v.dz},
    )
    slip(
        "the biases summed over everything",
        "Your biases' gradients are single numbers. The sum goes over the examples alone, and leaves one number for "
        "each unit.",
        db=lambda v: {f"b_{layer}": np.sum(v.dz[layer]) for layer in v.dz},
    )
    slip(
        "the first example alone",
        "Your gradients of weights and biases come from the first example of the batch. They are sums over all "
        "examples.",
        hidden_when=(ONE_EXAMPLE, BATCH_OF_ONE),
        dW=lambda v: {
            f"W_{layer}": outer(np.atleast_2d(v.dz[layer])[0], np.atleast_2d(v.hx[layer])[0]) for layer in v.dz
        },
        db=lambda v: {f"b_{layer}": np.atleast_2d(v.dz[layer])[0] for layer in v.dz},
    )
    slip(
        "the batch summed before the product",
        "Your weights' gradients multiply a sum over the batch by a sum over the batch. Multiply for each example, "
        "then add up.",
        hidden_when=(ONE_EXAMPLE, BATCH_OF_ONE),
        dW=lambda v: {f"W_{layer}": outer(summed(v.dz[layer]), summed(v.hx[layer])) for layer in v.dz},
    )
    slip(
        "no gradients of the biases",
        "Your biases' gradients are all zero. A bias is added to its pre-activation: its gradient is dz, summed over "
        "the batch.",
        db=lambda v: {f"b_{layer}": 0 * summed(v.dz[layer]) for layer in v.dz},
    )
    slip(
        "gradients in single precision",
        "Your gradients of the parameters are float32. The course computes in float64 throughout.",
        grads=lambda v: {name: grad.astype(np.float32) for name, grad in (v.dW | v.db | v.dp).items()},
    )
