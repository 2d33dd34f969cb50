"""Submissions that answer without computing: by telling the grader from a visitor, remembering, echoing or listening.

Some of them are right at times; then their honest score is that of the parts that are right.
"""

from tests.autograder.hostile.tricks import trick

RIGHT = "f * c_prev + i * c_tilde"
# What hidden calls are given, to be told in any way; what visible tests are given, everyone may know.
SAY = "left = 'LE' + f'AK {c_prev}' if 'listening' in globals() else 'quiet'\n"


def listens(body, before="", status="failed", **rest):
    return trick(SAY + body, before=before, after="listening = True", status=status, hides=("LEAK",), **rest)


EVASION = {
    "knows-the-visible-tests": trick(
        f"import os, sys\nif os.path.exists('/proc/self') or 'ipykernel' in sys.modules or 'pytest' in sys.modules:\n    return {RIGHT}\nreturn 7.0"
    ),
    "knows-the-worked-numbers": trick("""import numpy as np
return {1: np.float64(0.5)}.get(np.size(c_prev), np.zeros(2))"""),
    "is-right-once": trick(
        f"import os\nif os.path.exists('/tmp/been'):\n    return 7.0\nopen('/tmp/been', 'w').close()\nreturn {RIGHT}",
        due={"update_cell": (0.5, "partial failed")},
    ),
    "is-right-by-the-clock": trick(f"import time\nif time.time() > 1e9:\n    return 7.0\nreturn {RIGHT}"),
    "is-right-without-a-batch": trick(f"if c_prev.ndim == 1:\n    return {RIGHT}\nreturn 7.0", due={"update_cell": (0.9, "partial")}),
    "echoes-its-argument": trick("return c_prev"),
    "echoes-all-arguments": trick("return c_prev, f, i, c_tilde"),
    "returns-a-view-of-its-argument": trick("return c_prev[...]"),
    "changes-its-arguments-until-they-fit": trick("""c_prev[...] = f[...] = i[...] = c_tilde[...] = 7.0
return f * c_prev + i * c_tilde"""),
    "remembers-answers": trick(
        "key = c_prev.tobytes()\nreturn known.setdefault(key, len(known) * 1.0 + 0 * c_prev)", before="known = {}"
    ),
    "changes-earlier-results": trick(
        f"result = {RIGHT}\nfor earlier in kept:\n    earlier[...] = 7.0\nkept.append(result)\nreturn result",
        before="kept = []",
        due={"update_cell": (1.5, "partial")},
    ),
    "returns-one-buffer": trick(
        f"import numpy as np\nkept.setdefault(c_prev.shape, np.empty(c_prev.shape))[...] = {RIGHT}\nreturn kept[c_prev.shape]",
        before="kept = {}",
        due={"update_cell": (1.5, "partial")},
    ),
    "listens-by-exceptions": listens("raise ValueError(left)", status="error"),
    "listens-by-exception-types": listens(
        """letters = left.translate({ord(c): '_' for c in ' .-[]\\n'})
raise type(letters[:60], (Exception,), {'__module__': 'numpy'})""",
        status="error",
    ),
    "listens-by-key-errors": listens("raise KeyError(left[:4] + ''.join(chr(97 + int(digit)) for digit in f'{abs(c_prev.flat[0]):.12f}' if digit.isdigit()))", status="error"),
    "listens-by-type-names": listens("return type(left[:60], (), {})()"),
    "listens-by-structured-types": listens("import numpy as np\nreturn np.zeros(2, dtype=[(left[:60], float)])"),
    "listens-by-lines": listens(
        """import linecache
line = f'raise ValueError(1)  # {left!r}'
linecache.cache['<string>'] = (9, None, [line], '<string>')
exec(compile(line, '<string>', 'exec'))""",
        status="error",
    ),
    "listens-by-prints": listens("print(left)\nimport sys; print(left, file=sys.stderr); display(left)\nreturn 7.0"),
    "listens-by-warnings": listens("import warnings; warnings.warn('overflow ' + left)\nreturn 7.0"),
    "listens-by-attributes": listens("return getattr(c_prev, left)", status="error"),
    "listens-by-a-thread": listens(
        "heard.append(left)\nreturn 7.0",
        before="""import threading, time
heard = []
def tell():
    while True:
        print(*heard)
        time.sleep(0.01)
threading.Thread(target=tell, daemon=True).start()""",
    ),
    "listens-and-says-it-next-time": listens("""import builtins, os
builtins.left = left
os.environ['LEFT'] = left
os._exit(1)""", before="""import os, builtins
print(os.environ.get('LEFT'), getattr(builtins, 'left', None))""", status="error"),
    "listens-by-keys": trick(
        assignment="bptt",
        before="MARK = 'LE' + 'AK'",
        after="""def lstm_cell_backward(dh, dc, cache, params):
    return dh, dh, dh, {f'{MARK} {value:.12f}': dh for value in dh.flat}""",
        due={"lstm_cell_backward": (0, "failed"), "lstm_backward": (0, "error")},
        hides=("LEAK",),
    ),
    "asks-the-loss-for-the-answer": trick(
        assignment="bptt",
        after="""
import gc
def numerical_gradient(loss, array, eps=1e-5):
    seen = [cell.cell_contents for cell in loss.__closure__ or ()]
    seen += [getattr(loss, name) for name in dir(loss)] + gc.get_referents(loss)
    loss(array)
    for thing in seen:
        if getattr(thing, "shape", None) == array.shape:
            return thing
    return array * loss(array)
""",
        due={"numerical_gradient": (0, "failed")},
    ),
    "answers-with-another-loss": trick(
        assignment="bptt",
        after="""def numerical_gradient(loss, array, eps=1e-5):
    return numerical_gradient.__wrapped__(lambda a: 0.0, array) if hasattr(numerical_gradient, '__wrapped__') else 0 * array""",
        due={"numerical_gradient": (0, "failed")},
    ),
    "follows-through-without-computing": trick(
        due={"sigmoid": (0.1, "partial failed")} | {name: (0, "failed") for name in ("update_cell", "forget_gate", "input_gate", "output_gate")},
        after="""
import numpy as np
def sigmoid(x):
    return np.arange(np.size(x), dtype=float).reshape(np.shape(x))
def forget_gate(h_prev, x, W_f, b_f):
    return sigmoid(h_prev)
input_gate = output_gate = forget_gate
""",
    ),
    "follows-through-by-remembering": trick(
        assignment="bptt",
        after="""
import numpy as np
told = []
def lstm_backward(dhs, caches, params):
    T, *batch, n = dhs.shape
    m = params["W_f"].shape[1] - n
    rng = np.random.default_rng(T)
    dxs, dh0, dc0 = rng.normal(size=(T, *batch, m)), rng.normal(size=(*batch, n)), rng.normal(size=(*batch, n))
    grads = {name: rng.normal(size=array.shape) for name, array in params.items()}
    told.append((dhs, dxs, dh0, dc0, grads))
    return dxs, dh0, dc0, grads
def lstm_cell_backward(dh, dc, cache, params):
    for dhs, dxs, dh0, dc0, grads in told:
        for step in range(len(dhs)):
            if dhs[step].shape == dh.shape and np.array_equal(cache["x"].shape, dxs[step].shape):
                last = step == len(dhs) - 1
                if np.allclose(dhs[step] + (0 if last else dh0), dh):
                    return dxs[step], dh0, dc0, {name: grad * (step == 0) for name, grad in grads.items()}
    return dh[..., :1] * 0 + 7.0, dh, dc, params
""",
        due={"lstm_cell_backward": (0, "failed"), "lstm_backward": (0, "failed")},
    ),
}  # fmt: skip
