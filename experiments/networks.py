"""Where trained networks are kept: one small JSON file per network, for the book's pages and living figures."""

import base64
import json

import numpy as np

from experiments.store import made, plain
from lstmbook.networks import FOLDER, unpacked

MOST_IN_DIGITS = 1000  # a network with more weights than that has them in bytes


def store(name, experiment, params, alphabet, settings, measure, folder=FOLDER, **more):
    """Write a trained network.

    Parameters
    ----------
    name : str
        The file's: letters, digits and underscores.
    experiment : str
        The module that remakes it.
    params : dict of str to ndarray
        The cell's and the readout's, ``W_y`` (k, n) and ``b_y`` (k,).
    alphabet : str
        The symbols in the order of the one-hot input, which is also the readout's.
    settings : dict
        How it was trained, the seed included.
    measure : callable
        ``measure(params)`` → dict: how well a network with these parameters does. It is given those that are stored,
        rounded, so that what is told of the network is true of it.
    folder : Path
    **more
        What else the figures need to know of the network.

    Returns
    -------
    Path
        The file; `lstmbook.networks.network` reads it.

    Raises
    ------
    ValueError
        If the parameters do not fit the alphabet.
    """
    shapes = {key: np.shape(value) for key, value in params.items()}
    n, k = shapes["W_f"][0], len(alphabet)
    if shapes["W_f"] != (n, n + k) or shapes["W_y"] != (k, n) or len(set(alphabet)) != k:
        raise ValueError(
            f"{name} has {k} symbols, {alphabet!r}, but W_f of shape {shapes['W_f']} and W_y of shape {shapes['W_y']}; "
            f"expected different symbols, (n, n + {k}) and ({k}, n)"
        )
    kept = packed(params)
    head = made(experiment) | {"settings": settings, "alphabet": alphabet}
    head["quality"] = measure({key: unpacked(value) for key, value in kept.items()})
    lines = [f'"{key}": {json.dumps(plain(value), ensure_ascii=False)},' for key, value in (head | more).items()]
    weights = [f'"{key}": {json.dumps(value)}' for key, value in kept.items()]
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text("{\n" + "\n".join(lines) + '\n"params": {\n' + ",\n".join(weights) + "\n}}\n", encoding="utf-8")
    return path


def packed(params):
    """Parameters in the form in which they are stored: four digits of each, or a byte for each weight of a large one.

    Parameters
    ----------
    params : dict of str to ndarray

    Returns
    -------
    dict of str to list or dict
        See `lstmbook.networks.unpacked`.
    """
    large = sum(np.size(value) for value in params.values()) > MOST_IN_DIGITS
    return {key: in_bytes(value) if large and np.ndim(value) == 2 else plain(value) for key, value in params.items()}


def in_bytes(matrix):
    """A matrix of bytes, each row with the scale at which its largest number is 127."""
    scales = np.array(plain(np.abs(matrix).max(axis=1) / 127)).clip(1e-12)  # a row of zeros has no scale of its own
    codes = np.clip(np.round(matrix / scales[:, None]), -127, 127).astype(np.int8)
    return {"codes": base64.b64encode(codes.tobytes()).decode(), "scales": scales.tolist()}
