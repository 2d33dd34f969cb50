"""The wire between the grader and a student's process: frames of plain JSON and raw array bytes.

Both sides use this module; it imports nothing of the project. A frame is two big-endian lengths (JSON: 4 bytes,
buffers: 8 bytes), the JSON text and the buffers of its arrays one after the other. Sizes are checked before anything is
allocated; what is not on the list of kinds below crosses as an opaque reference or is refused. Never pickle.

====================  =====================================================================
JSON                  value
====================  =====================================================================
null, true, 2, 0.5    the same in Python (integers of at most 64 bits), and strings of at most 200 characters
{"list": […]}         list; likewise {"tuple": […]}
{"dict": [[k, v]…]}   dict, of which the string keys cross
{"array": …}          numpy.ndarray: dtype, shape, and where its bytes begin; {"scalar": …} for a NumPy scalar
{"opaque": type, …}   anything else, by the name of its type and the number that the student's side keeps it under
{"rng": seed}         to the student alone: numpy.random.default_rng(seed)
{"callback": number}  to the student alone: a function that the grader computes
{"kept": number, …}   to the student alone: a value that stays there, or one item of it
====================  =====================================================================
"""

import json
import math
import struct
from collections.abc import Mapping

import numpy as np

HEAD = struct.Struct(">IQ")
DTYPES = {np.dtype(code).str for code in "?bhilqBHILQefdgFD"}
MAX_DEPTH = 12  # of nested lists and dicts
MAX_ITEMS = 200_000  # in one frame, all lists and dicts together
MAX_DIMENSIONS = 8
MAX_TEXT = 200  # characters of a string: in an array of strings NumPy makes each as long as the longest
MAX_SIGNS = 2_000_000  # brackets and commas in a frame's JSON: 8 MiB of "[],[],…" would be 200 MB of Python objects
TO_JSON = json.JSONEncoder(ensure_ascii=False)  # escaped, a million signs can be 12 MB


class WireError(Exception):
    """A frame that breaks the protocol."""


class Opaque:
    """A value that stays on the student's side: the name of its type, its number there, whether it can be called."""

    def __init__(self, type_name, number=None, is_callable=False):
        self.type_name, self.number, self.callable = type_name, number, is_callable


class Rng:
    """Asks the student's side for ``numpy.random.default_rng(seed)``."""

    def __init__(self, seed):
        self.seed = seed


class Kept:
    """One item of an earlier result, as it is on the student's side, whatever it is."""

    def __init__(self, number, item):
        self.number, self.item = number, item


class Callback:
    """Asks the student's side for a function that the grader computes: ``function(*values) -> float``."""

    def __init__(self, function):
        self.function = function


def encode(value, opaque=None, special=None, max_bytes=math.inf):
    """Turn a value into JSON data and a list of buffers.

    Parameters
    ----------
    opaque : callable, optional
        Gives the JSON of a value of no known kind; without it such a value raises ``WireError``.
    special : callable, optional
        Tried first: the JSON of a value that needs care on this side, or None.
    max_bytes : float
        Of all arrays together; a larger array crosses as opaque, without its values.
    """
    buffers, budget = [], {"items": MAX_ITEMS, "bytes": max_bytes, "at": 0}

    def array_json(array):
        native, size = array.dtype.newbyteorder("="), array.nbytes
        if native.str not in DTYPES or array.ndim > MAX_DIMENSIONS or size > budget["bytes"]:
            return None
        budget["bytes"] -= size
        at, budget["at"] = budget["at"], budget["at"] + size
        buffers.append(array.astype(native, copy=False).tobytes())
        return {"dtype": native.str, "shape": list(array.shape), "at": at}

    def walk(value, depth):
        budget["items"] -= 1
        if depth <= MAX_DEPTH and budget["items"] >= 0:
            found = special(value) if special else None
            if found is not None:
                return found
            if value is None or isinstance(value, bool):
                return value
            if isinstance(value, np.generic | np.ndarray):
                found = array_json(np.asarray(value))
                if found is not None:
                    return {"scalar" if isinstance(value, np.generic) else "array": found}
            elif isinstance(value, int):
                if -(2**63) <= value < 2**64:
                    return int(value)
            elif isinstance(value, float):
                return float(value)
            elif isinstance(value, str):
                if len(value) <= MAX_TEXT:
                    return str(value)
            elif isinstance(value, list | tuple) and len(value) <= budget["items"]:
                kind = "list" if isinstance(value, list) else "tuple"
                return {kind: [walk(item, depth + 1) for item in value]}
            elif isinstance(value, Mapping) and len(value) <= budget["items"]:
                items = ((key, item) for key, item in value.items() if isinstance(key, str) and len(key) <= MAX_TEXT)
                named = {str(key): item for key, item in items}
                if named or not value:  # other keys are extras, which are free
                    return {"dict": [[key, walk(item, depth + 1)] for key, item in named.items()]}
        if opaque is None:
            raise WireError(f"a value of type {type(value).__name__} cannot cross the wire")
        return opaque(value)

    try:
        return walk(value, 0), buffers
    finally:
        walk = None  # it refers to itself: the buffers would wait for a collection of garbage, megabytes at a time


def decode(data, buffer, special=None, type_name=str):
    """Turn JSON data and its buffer back into a value; ``WireError`` if they are not what ``encode`` writes.

    Arrays are fresh and writeable, and together no larger than the buffer. ``special(data)`` gives the value of the
    kinds that one side alone may send, ``type_name(text)`` what to call the type of an opaque value.
    """
    items, unclaimed = MAX_ITEMS, len(buffer)

    def array(payload):
        nonlocal unclaimed
        try:
            code, shape, at = payload["dtype"], tuple(payload["shape"]), payload["at"]
            sane = code in DTYPES and len(shape) <= MAX_DIMENSIONS
            if not sane or not all(type(size) is int and 0 <= size < 2**40 for size in (*shape, at)):
                raise WireError("a malformed array")
            count = math.prod(shape)
            unclaimed -= count * np.dtype(code).itemsize
            if unclaimed < 0:
                raise WireError("arrays that do not fit their bytes")
            return np.frombuffer(buffer, code, count, at).reshape(shape).copy()
        except (KeyError, TypeError, ValueError):
            raise WireError("a malformed array") from None

    def text(string):
        if not isinstance(string, str) or len(string) > MAX_TEXT:
            raise WireError("a malformed string")
        return plain(string)

    def walk(data, depth):
        nonlocal items
        items -= 1
        if items < 0 or depth > MAX_DEPTH + 1:
            raise WireError("too many values, or nested too deeply")
        if data is None or isinstance(data, bool | float):
            return data
        if isinstance(data, str):
            return text(data)
        if isinstance(data, int):
            if not -(2**63) <= data < 2**64:
                raise WireError("an integer of more than 64 bits")
            return data
        if isinstance(data, dict) and len(data) >= 1:
            kind, payload = next(iter(data.items()))
            if kind in ("list", "tuple") and isinstance(payload, list):
                values = [walk(item, depth + 1) for item in payload]
                return values if kind == "list" else tuple(values)
            if kind == "dict" and isinstance(payload, list):
                try:
                    return {text(key): walk(item, depth + 1) for key, item in payload}
                except (TypeError, ValueError):
                    raise WireError("a malformed dict") from None
            if kind == "array":
                return array(payload)
            if kind == "scalar":
                found = array(payload)
                if found.ndim:
                    raise WireError("a scalar with dimensions")
                return found[()]
            if kind == "opaque":
                number, is_callable = data.get("number"), data.get("callable") is True
                return Opaque(type_name(str(payload)[:80]), number if type(number) is int else None, is_callable)
            if special:
                return special(data)
        raise WireError("a value of no known kind")

    try:
        return walk(data, 0)
    finally:
        walk = None  # as in ``encode``


def plain(text):
    """The text without halves of surrogate pairs, which JSON can carry and no file can hold."""
    return text.encode("utf-8", "replace").decode()


def write_frame(connection, header, buffers=()):
    """Send one frame over a socket."""
    text = TO_JSON.encode(header).encode("utf-8", "surrogatepass")
    parts = [HEAD.pack(len(text), sum(map(len, buffers))), text, *buffers]
    connection.sendall(b"".join(parts))


def frame_size(head, max_json, max_bytes):
    """The two lengths that a frame begins with; ``WireError`` if they are beyond the limits."""
    json_size, buffer_size = HEAD.unpack(head)
    if json_size > max_json or buffer_size > max_bytes:
        raise WireError(f"a frame of {json_size + buffer_size} bytes, more than the limit")
    return json_size, buffer_size


def parse_header(text):
    """The JSON of a frame; ``WireError`` if it is not a JSON object."""
    if sum(map(text.count, (b"[", b"{", b","))) > MAX_SIGNS:
        raise WireError("too much JSON")
    try:
        header = json.loads(text.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from None
    if not isinstance(header, dict):
        raise WireError("a frame that is not an object")
    return header
