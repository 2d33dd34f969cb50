"""Trained networks, stored small: ``python -m experiments`` stores them, pages and figures read them."""

import base64
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

FOLDER = Path(__file__).parents[1] / "data" / "networks"


class Network(NamedTuple):
    """A trained LSTM that reads symbols and says how probable each is as the next one.

    Attributes
    ----------
    name : str
    params : dict of str to ndarray
        The cell's ``W_f b_f W_i b_i W_c b_c W_o b_o``, and the readout's ``W_y`` (k, n) and ``b_y`` (k,): the softmax
        of W_y · h + b_y is the network's answer. These are the weights as they are stored.
    alphabet : str
        The symbols, in the order of the one-hot input and of the readout: m = k = its length.
    settings : dict
        How it was trained.
    quality : dict
        How well it does, measured with just these weights.
    """

    name: str
    params: dict
    alphabet: str
    settings: dict
    quality: dict

    def one_hot(self, text):
        """What the network reads of a text: an ndarray of shape (T, m), a 1 for each symbol.

        Raises
        ------
        ValueError
            If the text has a symbol that the network does not know.
        """
        unknown = sorted(set(text) - set(self.alphabet))
        if unknown:
            raise ValueError(f"{self.name} cannot read {unknown}; it knows {self.alphabet!r}")
        return np.eye(len(self.alphabet))[[self.alphabet.index(symbol) for symbol in text]]


def network(name, folder=FOLDER):
    """A trained network of the book.

    Parameters
    ----------
    name : str
        Its file's name, such as ``"counting_ab"``.
    folder : Path

    Returns
    -------
    Network

    Raises
    ------
    LookupError
        If there is none of this name.

    Examples
    --------
    >>> counting = network("counting_ab")
    >>> counting.one_hot("ab").shape, counting.params["W_f"].shape
    ((2, 3), (2, 5))
    """
    kept = stored(name, folder)
    params = {key: unpacked(value) for key, value in kept["params"].items()}
    return Network(name, params, kept["alphabet"], kept["settings"], kept["quality"])


def stored(name, folder=FOLDER):
    """The same as it stands in its file, with its parameters packed: what a figure hands to the page."""
    path = folder / f"{name}.json"
    if not path.is_file():
        there = ", ".join(sorted(other.stem for other in folder.glob("*.json")))
        raise LookupError(f"there is no network {name}; there are {there}")
    return json.loads(path.read_text(encoding="utf-8"))


def unpacked(value):
    """One parameter, from the form in which it is stored.

    Parameters
    ----------
    value : list or dict
        A list of numbers, or of rows of numbers; or a matrix of whole numbers from -127 to 127, each in a byte:
        ``codes``, those bytes in base64, row by row, and ``scales``, one for each row, by which it is multiplied.

    Returns
    -------
    ndarray of float64

    Examples
    --------
    >>> unpacked({"codes": "fwCBQA==", "scales": [0.25, 0.5]})
    array([[ 31.75,   0.  ],
           [-63.5 ,  32.  ]])
    """
    if not isinstance(value, dict):
        return np.array(value, dtype=float)
    scales = np.array(value["scales"])
    codes = np.frombuffer(base64.b64decode(value["codes"]), dtype=np.int8)
    return codes.reshape(len(scales), -1) * scales[:, None]
