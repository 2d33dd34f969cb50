"""Values cross the wire unchanged, or are refused."""

import gc
import json

import numpy as np
import pytest

from autograder.sandbox.inside import wire


def through(value, **options):
    data, buffers = wire.encode(value, **options)
    return wire.decode(json.loads(json.dumps(data)), b"".join(buffers))


VALUES = [
    None,
    True,
    3,
    -(2**63),
    0.1,
    float("inf"),
    "ä\n<b>",
    [1, [2.5, (3,)], {}],
    {"W_f": np.arange(6.0).reshape(2, 3), "deep": {"x": (np.float32(2), [np.zeros((0, 3))])}},
    np.asfortranarray(np.random.default_rng(0).normal(size=(3, 4, 2))),
    np.arange(10)[::-3],
    np.array(5.0),
    np.float64(2.5),
    np.bool_(True),
    np.array([1 + 2j], dtype=np.complex64),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_as_it_was(value):
    back = through(value)
    assert type(back) is type(value)
    np.testing.assert_equal(back, value)
    if isinstance(value, np.ndarray | np.generic):
        assert back.dtype == value.dtype and back.shape == value.shape


def test_nan_crosses():
    assert np.isnan(through(float("nan"))) and np.isnan(through(np.array([np.nan]))).all()


def test_of_a_dict_the_string_keys_cross():
    assert through({"a": 1, 0: 2, ("b",): 3}) == {"a": 1}


def test_a_decoded_array_is_its_own():
    array = through(np.zeros(3))
    array += 1
    assert array.flags.owndata and array.flags.writeable


def test_a_view_that_repeats_one_number_is_counted_at_its_full_size():
    giant = np.broadcast_to(np.float64(1), (10**6, 10**6))
    with pytest.raises(wire.WireError):
        wire.encode(giant, max_bytes=10**6)


def test_subclasses_lose_their_manners():
    class Sly(np.ndarray):
        def __array_finalize__(self, _):
            pass

        @property
        def nbytes(self):
            raise RuntimeError("looked at")

    assert type(through(np.zeros(3).view(Sly))) is np.ndarray


@pytest.mark.parametrize(
    "value",
    [np.array([object()]), np.array(["text"]), np.zeros(2, dtype=[("a", float)]), {1: 2}, 2**70, object(), {1, 2}, b"bytes"],
    ids=lambda value: type(value).__name__,
)
def test_other_kinds_stay_on_the_students_side(value):
    with pytest.raises(wire.WireError, match="cannot cross"):
        wire.encode(value)
    back = through(value, opaque=lambda value: {"opaque": type(value).__name__, "number": 7})
    assert isinstance(back, wire.Opaque) and back.number == 7


def test_endless_nesting_is_cut():
    loop = []
    loop.append(loop)
    with pytest.raises(wire.WireError):
        wire.encode(loop)
    with pytest.raises(wire.WireError):
        wire.encode([0] * (wire.MAX_ITEMS + 1))


def array_json(**changes):
    return {"array": {"dtype": "<f8", "shape": [2], "at": 0} | changes}


@pytest.mark.parametrize(
    "data",
    [
        array_json(shape=[3]),
        array_json(shape=[2**62, 2**62]),
        array_json(shape=[-1]),
        array_json(shape=[1.5]),
        array_json(shape="2"),
        array_json(at=-8),
        array_json(at=8),
        array_json(dtype="O"),
        array_json(dtype="|O"),
        array_json(dtype="<U4"),
        array_json(dtype="nonsense"),
        array_json(shape=[1] * 40),
        {"array": None},
        {"scalar": {"dtype": "<f8", "shape": [1], "at": 0}},
        {"pickle": "gASV"},
        {"rng": 3},
        {"dict": [["a"]]},
        {"dict": 3},
        {"list": {"a": 1}},
        {},
        [1, 2],
    ],
    ids=repr,
)
def test_what_encode_would_not_write_is_refused(data):
    with pytest.raises(wire.WireError):
        wire.decode(data, bytes(16))


def test_a_list_that_is_nested_too_deeply_is_refused():
    data = {"list": []}
    for _ in range(500):
        data = {"list": [data]}
    with pytest.raises(wire.WireError):
        wire.decode(data, b"")


def test_frames_are_bounded_before_they_are_read():
    with pytest.raises(wire.WireError, match="more than the limit"):
        wire.frame_size(wire.HEAD.pack(10, 2**60), max_json=100, max_bytes=100)
    with pytest.raises(wire.WireError):
        wire.parse_header(b"[" * 100_000)
    with pytest.raises(wire.WireError):
        wire.parse_header(b"[1]")


def test_nothing_waits_for_the_collector_of_garbage():
    gc.collect()
    gc.disable()
    try:
        through([np.zeros(1000), {"a": 1}])
        with pytest.raises(wire.WireError):
            wire.encode([object()])
        assert gc.collect() == 0
    finally:
        gc.enable()
