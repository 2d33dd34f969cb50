"""Nine men say /ae/: the utterances of chapter 21, as frames of twelve cepstral coefficients."""

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "data" / "sources" / "vowels"


def utterances(part):
    """What was recorded.

    Parameters
    ----------
    part : str
        "train", 270 utterances, 30 of each speaker; or "test", 370 that were recorded on other occasions.

    Returns
    -------
    frames : list of ndarray of shape (T, 12)
        One for each utterance; T is between 7 and 29.
    speakers : ndarray of int of shape (N,)
        Who spoke, 0 to 8.

    Examples
    --------
    >>> frames, speakers = utterances("train")
    >>> len(frames), frames[0].shape, int(speakers[0])
    (270, (20, 12), 0)
    """
    stored = np.load(FOLDER / f"{part}.npz")
    ends = np.cumsum(stored["lengths"])
    return np.split(stored["frames"] / 1000, ends[:-1]), stored["speakers"].astype(int)


def padded(frames):
    """Utterances as one batch, each filled up with zeros behind its end.

    Parameters
    ----------
    frames : list of B ndarrays of shape (T_b, m)

    Returns
    -------
    xs : ndarray of shape (T, B, m)
        T is the longest one's.
    lengths : ndarray of int of shape (B,)
    """
    lengths = np.array([len(rows) for rows in frames])
    xs = np.zeros((lengths.max(), len(frames), frames[0].shape[1]))
    for b, rows in enumerate(frames):
        xs[: len(rows), b] = rows
    return xs, lengths
