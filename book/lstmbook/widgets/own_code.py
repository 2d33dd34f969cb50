"""A reader's own cell behind a figure: it runs in the kernel, and the figure shows what came, mistakes too."""

import linecache
import math
import traceback
import warnings

import anywidget
import numpy as np
import traitlets

from lstmbook.widgets.bundle import read

CACHED = ("f", "i", "c_tilde", "o")  # what a figure shows of a step's cache


class OwnCodeFigure(anywidget.AnyWidget):
    """A figure of a cell that a reader's own function may compute; with one it has more script and style to show it.

    A subclass names its scripts in ``_parts``, and ``_recompute`` puts into ``own`` what `watch` says of the function.

    Parameters
    ----------
    forward : callable, optional
        ``lstm_cell_forward(x, h_prev, c_prev, params) → (h, c, cache)``.

    Raises
    ------
    TypeError
        If ``forward`` cannot be called.
    """

    own = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, forward=None, **kwargs):
        self._forward = forward
        if forward is not None:
            if not callable(forward):
                raise TypeError(
                    "forward must be a function, called as lstm_cell_forward(x, h_prev, c_prev, params); "
                    f"got {forward!r}"
                )
            self._esm = read(*[part.replace("own-absent.js", "own.js") for part in self._parts])
            self._css = "\n".join([self._css, read("own.css")])
        super().__init__(**kwargs)
        self._recompute()


def watch(forward, xs, h, c, params, words=None):
    """Let a reader's function read a sequence, and note all that a figure can show of it.

    Parameters
    ----------
    forward : callable
        ``(x, h_prev, c_prev, params) → (h, c, cache)``, as in exercise 2.
    xs : sequence of T vectors of m floats
    h, c : sequence of n floats
        The states before the first step.
    params : dict of array_like
        ``W_f b_f W_i b_i W_c b_c W_o b_o``.
    words : sequence of T str, optional
        What the steps are called in messages.

    Returns
    -------
    dict
        ``name`` of the function; ``steps``, one dict for each step that gave something, with ``c_prev f i c_tilde o c
        h`` as lists of n floats (None for what is not there or not a number); ``problem``, what went wrong first, in
        plain words, or an empty text.
    """
    name = getattr(forward, "__name__", type(forward).__name__)
    seen = {"name": name, "steps": [], "problem": ""}
    for t, x in enumerate(xs):
        where = f" at step {t + 1}, “{words[t]}”" if words else ""
        values, problem = _step(forward, x, h, c, params, where)
        if values:
            seen["steps"].append(values)
        seen["problem"] = seen["problem"] or problem
        if not values or any(state is None or None in state for state in (values["h"], values["c"])):
            break  # nothing to go on from
        h, c = values["h"], values["c"]
    return seen


def _step(forward, x, h_prev, c_prev, params, where):
    """One step: its values by name, or None if there are none, and what is wrong with it, or an empty text."""
    n = len(c_prev)
    given = {"x": x, "h_prev": h_prev, "c_prev": c_prev}
    given = {name: np.array(value, dtype=float) for name, value in given.items()}
    given["params"] = {name: np.array(value, dtype=float) for name, value in params.items()}
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            result = forward(*given.values())
    except (Exception, SystemExit) as error:
        return None, f"raised {type(error).__name__}{where}{_line_of(error, forward)}: {error}"
    if not isinstance(result, tuple | list) or len(result) != 3:
        came = f"{len(result)} results" if isinstance(result, tuple) else _kind(result)
        return None, f"returned {came}{where}; expected three results, return h, c, cache"
    h, c, cache = result
    problems, values = [], {}
    if not isinstance(cache, dict):
        problems.append(f"returned {_kind(cache)} as the cache{where}; expected a dict")
        cache = {}
    else:
        lacking = [name for name in ("x", "h_prev", "c_prev", *CACHED, "c") if name not in cache]
        if lacking:
            problems.append(f"left {', '.join(map(repr, lacking))} out of the cache{where}")
    for name, value in {"h": h, "c": c, **{name: cache[name] for name in CACHED if name in cache}}.items():
        values[name], problem = _units(name, value, n, where)
        problems.append(problem)
    values = {"c_prev": [float(value) for value in c_prev], **dict.fromkeys(CACHED), **values}
    changed = [name for name, value in {"x": x, "h_prev": h_prev, "c_prev": c_prev}.items()
               if not np.array_equal(given[name], np.asarray(value, dtype=float))]
    changed += [f"params[{name!r}]" for name, value in params.items()
                if not np.array_equal(given["params"].get(name), np.asarray(value, dtype=float))]
    if changed:
        problems.append(f"changed {', '.join(changed)}, which it was given{where}: make new arrays instead")
    problems += [f"made NumPy warn{where}: {warning.message}" for warning in warned]
    return values, next(filter(None, problems), "")


def _units(name, value, n, where):
    """A vector of n floats as a list, and what is wrong with it, or an empty text."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return None, f"returned {_kind(value)} for {name}{where}; expected {n} numbers"
    if array.shape != (n,):
        return None, f"returned {name} with the shape {array.shape}{where}; expected ({n},)"
    numbers = [float(number) for number in array]
    if not all(map(math.isfinite, numbers)):
        shown = ", ".join(f"{number:g}" for number in numbers)
        return [number if math.isfinite(number) else None for number in numbers], f"made {name} = [{shown}]{where}"
    return numbers, ""


def _kind(value):
    return "nothing (None)" if value is None else f"one {type(value).__name__}"


def _line_of(error, forward):
    """Where in the reader's code an error arose: the last line of the traceback from the file of their function."""
    file = getattr(getattr(forward, "__code__", None), "co_filename", None)
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    if not lines:
        return ""
    text = linecache.getline(lines[-1].filename, lines[-1].lineno).strip()
    return f", in its line “{text}”" if text else ""
