"""Five minutes of one heart: the recording of chapter 22, and what cardiologists called each beat."""

import csv
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[1] / "data" / "sources" / "heartbeats"
RATE = 360  # samples per second
KINDS = "NFV"  # normal, fusion of normal and ventricular, ventricular
BEFORE, AFTER, EVERY = 126, 162, 4  # samples around a beat, 0.35 s and 0.45 s; and how many of them are averaged to one


def recording():
    """The recording and its beats.

    Returns
    -------
    ecg : ndarray of shape (108000,)
        Millivolt.
    samples : ndarray of int of shape (N,)
        Where the beats are.
    kinds : list of str
        What they are: N, F or V, as `KINDS` has them, or Q, which could not be classified.

    Examples
    --------
    >>> ecg, samples, kinds = recording()
    >>> len(ecg) / RATE, len(samples), kinds[:3]
    (300.0, 509, ['N', 'N', 'N'])
    """
    ecg = (np.load(FOLDER / "ecg.npz")["ecg"].astype(float) - 1024) / 200
    with (FOLDER / "beats.csv").open(encoding="ascii") as file:
        rows = list(csv.DictReader(file))
    return ecg, np.array([int(row["sample"]) for row in rows]), [row["kind"] for row in rows]


def beats():
    """One window for each classified beat that the recording has in whole.

    Returns
    -------
    windows : ndarray of shape (N, 72)
        Millivolt, at 90 values a second, each window's own mean taken off.
    seconds : ndarray of shape (N,)
        When the beat is.
    kinds : ndarray of int of shape (N,)
        Indices into `KINDS`.
    """
    ecg, samples, names = recording()
    whole = (samples >= BEFORE) & (samples + AFTER <= len(ecg)) & np.isin(names, list(KINDS))
    cuts = np.stack([ecg[sample - BEFORE : sample + AFTER] for sample in samples[whole]])
    windows = cuts.reshape(len(cuts), -1, EVERY).mean(axis=-1)
    kinds = np.array([KINDS.index(name) for name in np.array(names)[whole]])
    return windows - windows.mean(axis=1, keepdims=True), samples[whole] / RATE, kinds
