"""The real recordings of chapters 21 and 22: read from their archives as stored, and what they are said to be."""

import numpy as np
import pytest

from experiments import heartbeats, missing_values
from experiments.sources.heartbeats import BEGIN, beats
from experiments.sources.vowels import parse
from lstmbook.heartbeats import KINDS, RATE, recording
from lstmbook.heartbeats import beats as windows_of_beats
from lstmbook.vowels import FOLDER, padded, utterances


def test_a_ts_file_is_read():
    one, two = ":".join(["0.1234,-1.5"] * 12 + ["3"]), ":".join(["2.0"] * 12 + ["9"])
    frames, lengths, speakers = parse(f"#comment\n@data\n{one}\n{two}\n")
    assert frames.shape == (3, 12) and lengths.tolist() == [2, 1] and speakers.tolist() == [2, 8]
    assert frames[0, 0] == 123 and frames[1, 0] == -1500 and frames[2, 11] == 2000


def test_vowels_are_those_of_the_archive():
    for part, count in (("train", 270), ("test", 370)):
        frames, speakers = utterances(part)
        lengths = [len(one) for one in frames]
        assert len(frames) == len(speakers) == count and {one.shape[1] for one in frames} == {12}
        assert min(lengths) >= 7 and max(lengths) <= 29 and (FOLDER / f"{part}.npz").stat().st_size < 150_000
    np.testing.assert_array_equal(np.bincount(utterances("train")[1]), np.full(9, 30))
    np.testing.assert_array_equal(np.bincount(utterances("test")[1]), [31, 35, 88, 44, 29, 24, 40, 50, 29])


def test_padded():
    xs, lengths = padded([np.ones((2, 12)), np.full((3, 12), 2.0)])
    np.testing.assert_array_equal(lengths, [2, 3])
    np.testing.assert_array_equal(xs[..., 0], [[1, 2], [1, 2], [0, 2]])


def test_annotations_are_read():
    lines = [f"  19:34.850  {BEGIN + 126}   N  0  0  0", f"  19:36.0  {BEGIN + 400}  ~  3  0  0"]
    lines += [f"  19:37.0  {BEGIN + 500}  +  0  0  0\t(T", f"  24:50.0  {BEGIN + 108_000}  V  1  0  0"]
    lines += ["  Time  Sample #  Type  Sub Chan  Num  Aux"]
    assert beats("\n".join(lines)) == [(126, "N")]


def test_beats_lie_on_the_recordings_spikes():
    """Moved by up to a second to either side, the marks would lie where the recording is less steep."""
    ecg, samples, kinds = recording()
    assert len(ecg) == 300 * RATE and np.all(np.diff(samples) > RATE // 3) and set(kinds) == {*KINDS, "Q"}
    steep = np.convolve(np.abs(np.gradient(ecg)), np.ones(21) / 21, "same")
    inner = samples[(samples > 2 * RATE) & (samples < len(ecg) - 2 * RATE)]
    means = {shift: steep[inner + shift].mean() for shift in range(-RATE, RATE + 1)}
    best = max(means, key=means.get)
    assert abs(best) <= 4 and means[best] > 3 * np.median(list(means.values()))


def test_windows_hold_their_beat():
    windows, seconds, kinds = windows_of_beats()
    assert windows.shape == (len(kinds), 72) and np.allclose(windows.mean(axis=1), 0)
    assert np.median(np.abs(windows).argmax(axis=1)) == pytest.approx(31, abs=1)  # 0.35 s at 90 values a second
    assert np.bincount(kinds).tolist() == [357, 56, 93]


def test_the_parts_of_the_recording_do_not_mix():
    _, seconds, kinds = windows_of_beats()
    learned, chosen = heartbeats.parts("choose")[1], heartbeats.parts("choose")[3]
    before, after = heartbeats.parts("time")[1], heartbeats.parts("time")[3]
    np.testing.assert_array_equal(np.concatenate([learned, chosen]), before)
    np.testing.assert_array_equal(np.concatenate([before, after]), kinds)
    assert np.all(np.diff(seconds) > 0)
    shuffled = heartbeats.parts("shuffled", seed=3)
    assert len(shuffled[1]) == len(before)
    np.testing.assert_array_equal(np.bincount(shuffled[1]) + np.bincount(shuffled[3]), np.bincount(kinds))


def test_measured():
    ys = np.log([[0.8, 0.1, 0.1], [0.6, 0.2, 0.2], [0.1, 0.1, 0.8], [0.1, 0.2, 0.7]])
    found = heartbeats.measured(ys, np.array([0, 1, 2, 2]))
    assert found["said"] == "NNVV" and found["table"].tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 2]]
    assert found["right"] == 0.75 and found["balanced accuracy"] == pytest.approx(2 / 3)
    assert found["confidence"] == pytest.approx(0.725) and found["confidence when wrong"] == pytest.approx(0.6)
    assert found["loss"] == pytest.approx(-np.log([0.8, 0.2, 0.8, 0.7]).mean())


@pytest.mark.parametrize("filling", missing_values.FILLINGS)
def test_what_is_put_into_gaps(filling):
    windows, *_ = heartbeats.parts("time")
    whole = heartbeats.steps(windows, 4)  # (T, B, 4)
    xs = missing_values.with_gaps(np.random.default_rng(5), windows, filling)
    real = np.random.default_rng(5).random(whole.shape[:2]) >= missing_values.LOST
    assert 0.45 < real.mean() < 0.55
    np.testing.assert_array_equal(xs[real][:, :4], whole[real])
    for b in range(20):
        last = age = 0
        for t in range(len(xs)):
            age += 1
            if filling != "the mean" or real[t, b]:
                last = whole[t, b] if real[t, b] else last
            np.testing.assert_array_equal(xs[t, b, :4], last if filling != "the mean" or real[t, b] else 0)
            if filling.endswith("age"):
                assert xs[t, b, 4:].tolist() == [real[t, b], age / 10]
            age = 0 if real[t, b] else age
