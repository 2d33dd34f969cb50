"""Submissions whose results are not what they look like."""

from tests.autograder.hostile.tricks import trick

RIGHT = """
import numpy as np
class Right:
    dtype, ndim, size, nbytes, shape = np.dtype(float), 1, 1, 8, (1,)
    def __eq__(self, other): return True
    __ne__ = __lt__ = __gt__ = __le__ = __ge__ = lambda self, other: False
    __sub__ = __rsub__ = __abs__ = lambda self, *other: 0.0
    __hash__ = lambda self: 0
    __bool__ = __contains__ = lambda self, *_: True
"""


def returns(value, before="", status="failed"):
    return trick(f"return {value}", before=["import numpy as np", before], status=status)


LYING = {
    "equals-everything": returns("Right()", RIGHT),
    "array-that-equals-everything": trick(
        "return (0 * c_prev).view(Sly)",
        before=RIGHT + """
class Sly(np.ndarray):
    def __eq__(self, other): return np.ones(np.shape(other), bool)
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
    def tobytes(self): return super().tobytes() if False else b"\\0" * 8 * self.size
""",
    ),
    "array-of-objects-that-equal-everything": returns("np.full(c_prev.shape, Right(), dtype=object)", RIGHT),
    "array-with-a-lying-shape": trick(
        "return (0 * c_prev).view(Shaped)",
        before="""import numpy as np
class Shaped(np.ndarray):
    shape = nbytes = ndim = property(lambda self: 10**9)
    dtype = np.dtype('f4')""",
    ),
    "array-that-changes-when-looked-at": trick(
        "return Changing()",
        before="""
import numpy as np
class Changing(list):
    looks = 0
    def __iter__(self):
        Changing.looks += 1
        return iter([float(Changing.looks)] * 3)
    def __len__(self):
        return 3
""",
    ),
    "converts-itself": returns("Converts()", """class Converts:
    def __array__(self, *a, **k): return np.full(5, 7.0)
    __float__ = lambda self: 7.0"""),
    "float-that-lies": returns(
        "Lies(7)", """class Lies(float):
    def __float__(self): return float('nan')
    __eq__ = lambda self, other: True
    __hash__ = None"""
    ),
    "not-a-number": returns("np.full(c_prev.shape, np.frombuffer(b'answers!'[::-1].replace(b'!', b'\\x7f'), float)[0] * np.nan)"),
    "infinite": returns("np.full(c_prev.shape, np.inf)"),
    "largest": returns("np.full(c_prev.shape, np.finfo(float).max)"),
    "huge-integer": returns("10**4000"),
    "huge-integers": returns("[10**400] * 5"),
    "giant-of-one-number": returns("np.broadcast_to(7.0, (10**5, 10**5))"),
    "giant-of-nothing": returns("np.empty((0, 2**62, 1))", status="failed error"),
    "giant-list": returns("[7.0] * 10**6"),
    "long-texts": returns("['x' * 10**6] + [''] * 2000"),
    "generator": returns("(x for x in c_prev)"),
    "endless-generator": returns("__import__('itertools').repeat(7.0)"),
    "endless-list": trick(
        "return Endless()",
        before="""import itertools
class Endless(list):
    __len__ = lambda self: 3
    __iter__ = lambda self: itertools.repeat(7.0)""",
        status="failed timeout error memory",
    ),
    "endless-mapping": trick(
        "return Endless()",
        before="""
import collections.abc, itertools
class Endless(collections.abc.Mapping):
    __len__ = lambda self: 3
    __getitem__ = lambda self, key: 7.0
    __iter__ = lambda self: map(str, itertools.count())
""",
        status="failed timeout error memory",
    ),
    "list-in-itself": trick("found = []\nfound.append(found)\nreturn found"),
    "dict-in-itself": trick("found = {}\nfound['c'] = found\nreturn found"),
    "deep-list": trick("found = 7.0\nfor _ in range(10**4):\n    found = [found]\nreturn found"),
    "ragged-list": returns("[[7.0], [7.0, 7.0]]"),
    "list-of-everything": returns("[None, 'a', 7.0, [7.0], {'a': 1}, object(), b'bytes', {1}, ..., 1j]"),
    "dict-of-everything": returns("{'c': c_prev, 1: 2, None: 3, 'x' * 10**5: 4, '\\ud800': 5}"),
    "complex-numbers": returns("c_prev + 0j"),
    "single-precision": returns("(f * c_prev + i * c_tilde).astype('f4')"),
    "extended-precision": returns("(f * c_prev + i * c_tilde).astype(np.longdouble)"),
    "swapped-bytes": returns("(0 * c_prev + 7).astype('>f8')"),
    "structured": returns("np.zeros(c_prev.shape, dtype=[('c', float)])"),
    "dates": returns("c_prev.astype('M8[s]')"),
    "masked": returns("np.ma.masked_all(c_prev.shape)"),
    "strings": returns("np.full(c_prev.shape, '7.0')"),
    "bytes": returns("c_prev.tobytes()"),
    "memory-view": returns("memoryview(0 * c_prev)"),
    "a-type": returns("float"),
    "itself": returns("update_cell"),
    "nothing": returns("None"),
    "not-implemented": returns("NotImplemented"),
    "reads-raise": returns("Raises()", """class Raises(list):
    def __len__(self): raise SystemExit
    __class__ = property(__len__)""", "error failed"),
}  # fmt: skip
