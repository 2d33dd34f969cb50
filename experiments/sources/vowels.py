"""The Japanese vowels of chapter 21: ``python -m experiments.sources.vowels FILE``.

FILE is aeon's wheel, as ``book/data/sources/vowels/README.md`` says.
"""

import sys
import zipfile
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parents[2] / "book" / "data" / "sources" / "vowels"
INSIDE = "aeon/datasets/data/JapaneseVowels/JapaneseVowels_{}.ts"


def parse(text):
    """Utterances of a ``.ts`` file.

    Parameters
    ----------
    text : str
        Comments and settings begin with # and @. Every other line is an utterance: twelve rows of numbers, separated by
        commas, and the speaker; colons stand between them.

    Returns
    -------
    frames : ndarray of int16 of shape (T_1 + T_2 + …, 12)
        All utterances, one after the other, in thousandths.
    lengths : ndarray of int16 of shape (N,)
    speakers : ndarray of int16 of shape (N,)
        0 to 8.
    """
    utterances, speakers = [], []
    for line in text.splitlines():
        if line and line[0] not in "#@":
            *rows, speaker = line.split(":")
            utterances.append(np.array([[float(value) for value in row.split(",")] for row in rows]).T)  # (T, 12)
            speakers.append(int(speaker) - 1)
    frames = np.round(1000 * np.concatenate(utterances)).astype(np.int16)
    return frames, np.array([len(frames) for frames in utterances], np.int16), np.array(speakers, np.int16)


def main(path):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path) as wheel:
        for part in ("TRAIN", "TEST"):
            frames, lengths, speakers = parse(wheel.read(INSIDE.format(part)).decode())
            stored = FOLDER / f"{part.lower()}.npz"
            np.savez_compressed(stored, frames=frames, lengths=lengths, speakers=speakers)
            print(f"stored {stored}: {len(lengths)} utterances")


if __name__ == "__main__":
    main(*sys.argv[1:])
