"""Verdicts as a class gives them, for the tests of the feedback pages, and to look at: run this file with a folder."""

import sys

import nbformat
import numpy as np

from autograder.assignment import Assignment, CheckCell, load
from autograder.feedback import write
from autograder.feedback.picture import entries
from autograder.verdict import STATUSES, CellRun, CheckResult, Finding, Part, Verdict

GATES = load("gates")

_FUNCTIONS = ("lstm_cell_backward", "lstm_backward", "numerical_gradient", "clip_gradients")
BPTT = Assignment(
    name="bptt",
    title="Exercise 3: back through time",
    checks=tuple(CheckCell(f"check_{name}", name, 4.0, "chapters/10-back-through-one-cell") for name in _FUNCTIONS),
    notebook=nbformat.v4.new_notebook(),
)

# Nothing of it may reach a page as it stands.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=alert(1) {{ 7*7 }} {% raw %} ]]> --> "
    "</style>"
    "</pre></title>&lt;b&gt; "
    "\x00\x07\x1b[31mred\x1b[0m\x1b]0;title\x07 \u202eevil\u2066 \ud800 \udfff \x85 \u200f \ufeff"
    " javascript:alert(1) Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘! "
)


def parts(cases, outputs, wrong=()):
    return tuple(Part(case, output, (case, output) not in wrong) for case in cases for output in outputs)


def check(function, status, share, *findings, parts=()):
    (points,) = (cell.points for cell in GATES.checks + BPTT.checks if cell.function == function)
    return CheckResult(f"check_{function}", round(share * points, 2), points, status, findings, parts)


LAYER_CASES = ("one example", "a batch", "a batch of one", "extreme pre-activations")
SIGMOID_CASES = (
    "an array",
    "a table of two axes",
    "one number",
    "a whole number",
    "a list",
    "an array of whole numbers",
    "very large and infinite values",
)


def perfect(student="anna"):
    return Verdict(
        student,
        "gates",
        tuple(
            CheckResult(cell.grade_id, cell.points, cell.points, "passed", (), parts(LAYER_CASES, (cell.function[:1],)))
            for cell in GATES.checks
        ),
    )


def mixed(student="müller-2"):
    """A bit of everything that happens to a student who tries."""
    layer = parts(LAYER_CASES, ("f",))
    return Verdict(
        student,
        "gates",
        (
            check(
                "sigmoid",
                "partial",
                0.75,
                Finding(
                    "overflow",
                    "NumPy warned of an overflow: never take exp of a large positive number.",
                    "very large and infinite values",
                ),
                parts=parts(SIGMOID_CASES, ("σ(x)",)),
            ),
            check("forget_gate", "passed", 1.0, parts=layer),
            check(
                "input_gate",
                "partial",
                0.29,
                Finding(
                    "values",
                    "`i` is wrong at index [0, 0]: you returned 0.731059, which is off by 0.0214. 9 of its 15 "
                    "entries are "
                    "off. Its shape (5, 3) is right.",
                    "a batch",
                    "i",
                    entries=entries(np.arange(15).reshape(5, 3) % 3 < 2, np.geomspace(1e-5, 1, 15).reshape(5, 3)),
                ),
                Finding(
                    "diagnosis",
                    "Your result is what comes out when `x` stands before `h_prev`. In the course the hidden "
                    "state comes first: "
                    "`np.concatenate([h_prev, x], axis=-1)`.",
                    link="chapters/05-input-gate",
                ),
                parts=parts(LAYER_CASES, ("i",), {("a batch", "i"), ("one example", "i")}),
            ),
            check(
                "candidate",
                "failed",
                0,
                Finding(
                    "shape",
                    "`c_tilde` has shape (3, 1); it should be (3,). It is a column: the course's vectors have "
                    "one axis.",
                    "one example",
                    "c_tilde",
                ),
                Finding(
                    "dtype",
                    "`c_tilde` is float32; it should be float64. Something in your code makes float32 arrays.",
                    "a batch",
                    "c_tilde",
                ),
                parts=parts(LAYER_CASES, ("c̃",), {(case, "c̃") for case in LAYER_CASES}),
            ),
            check(
                "update_cell",
                "partial",
                0.75,
                Finding(
                    "purity",
                    "It changed its argument `c_prev`. Work on a copy: the caller still needs it.",
                    "one example",
                ),
                parts=parts(LAYER_CASES[:3], ("c",)),
            ),
            check(
                "output_gate",
                "error",
                0,
                Finding(
                    "raised",
                    "It raised ValueError: shapes (4,5) and (3,5) not aligned: 5 (dim 1) != 3 (dim 0) — in your line "
                    "“return sigmoid(np.dot(z, W_o) + b_o)”.",
                    "a batch",
                ),
                parts=parts(LAYER_CASES, ("o",), {(case, "o") for case in LAYER_CASES}),
            ),
            check(
                "hidden_state",
                "timeout",
                0,
                Finding(
                    "timeout",
                    "It ran for longer than 10 s of CPU time, the limit for a check, and was stopped.",
                    "one example",
                ),
            ),
        ),
        notes=(
            "The check cell `check_sigmoid` had been changed; the instructor's copy was used.",
            "There are two cells for `forget_gate`; the last one counts.",
        ),
        instructor_notes=("CANARY-INSTRUCTOR",),
        cells=(
            CellRun("given_numbers", stdout="NumPy 2.1\n"),
            CellRun(
                "scratch-3",
                error="Traceback (most recent call last):\n  Cell In[7], line 3\n    1 W = np.ones((3, 5))\n    "
                "2 x = np.ones(4)\n"
                "----> 3 W @ x\n\nValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, "
                "with gufunc signature "
                "(n?,k),(k,m?)->(n?,m?) (size 4 is different from 5)",
                stderr="RuntimeWarning: overflow encountered in exp\n",
            ),
        ),
        seed=1234567890123456789,
    )


def gradients(student="7"):
    """Many outputs, long names, a gradient that is off in some columns."""
    outputs = ("dx", "dh_prev", "dc_prev", *(f"grads['{kind}_{gate}']" for gate in "fico" for kind in "Wb"))
    cases = ("one example", "a batch", "a batch of one", "the last step: dc is zero", "no loss on h: dh is zero")
    cases += ("large upstream gradients", "saturated gates", "asked again")
    wrong = np.zeros((4, 9), dtype=bool)
    wrong[:, 4:] = True
    difference = np.where(wrong, np.linspace(0.01, 2, 36).reshape(4, 9), 0)
    difference[2, 6] = np.nan
    return Verdict(
        student,
        "bptt",
        (
            check(
                "lstm_cell_backward",
                "partial",
                0.41,
                Finding(
                    "values",
                    "`grads['W_f']` is wrong at index [0, 4]: you returned 0.0312, which is off by 0.01. 20 of "
                    "its 36 entries "
                    "are off. Its shape (4, 9) is right.",
                    "a batch",
                    "grads['W_f']",
                    entries=entries(wrong, difference),
                ),
                Finding(
                    "diagnosis",
                    "The gradient of a weight needs the value that the weight was multiplied with. For the "
                    "columns of `x` yours uses "
                    "`h_prev` again.",
                    link="chapters/10-back-through-one-cell#weights",
                ),
                parts=parts(cases, outputs, {(case, f"grads['W_{gate}']") for case in cases[1:] for gate in "fi"}),
            ),
            check(
                "lstm_backward",
                "partial",
                0.5,
                Finding(
                    "follow-through",
                    "Your `lstm_backward` calls your `lstm_cell_backward`, whose result was not right. Judged by "
                    "what that returns, this "
                    "function is right, and that is what it was marked on.",
                ),
                parts=parts(cases, ("dxs", "dh0", "dc0")),
            ),
            check("numerical_gradient", "passed", 1, parts=parts(("one axis", "two axes", "no axis"), ("gradient",))),
            check(
                "clip_gradients",
                "failed",
                0,
                Finding("undefined", "`clip_gradients` is not defined after your notebook has run."),
            ),
        ),
    )


def whole(status, student):
    notes = {
        "missing": ("Your folder has no notebook `gates.ipynb`. Hand it in under that name.",),
        "rejected": (
            "`gates.ipynb` is no notebook: it is not valid JSON. Open it in JupyterLab, save it, and hand in the "
            "saved file.",
        ),
    }[status]
    return Verdict(
        student,
        "gates",
        tuple(CheckResult(cell.grade_id, 0, cell.points, status) for cell in GATES.checks),
        notes=notes,
        instructor_notes=("CANARY-INSTRUCTOR",),
    )


def every_status(student="eva"):
    checks = zip(GATES.checks, STATUSES[: len(GATES.checks)], strict=True)
    return Verdict(
        student, "gates", tuple(CheckResult(cell.grade_id, 0.5, cell.points, status) for cell, status in checks)
    )


def hostile(student=HOSTILE):
    finding = Finding("values", HOSTILE, HOSTILE, HOSTILE, HOSTILE, ("0<&", "123"))
    return Verdict(
        student,
        "gates",
        tuple(
            CheckResult(
                cell.grade_id,
                0,
                cell.points,
                "failed",
                (finding, Finding("diagnosis", HOSTILE * 3)),
                (Part(HOSTILE, HOSTILE, False), Part("x", "y", True)),
            )
            for cell in GATES.checks
        ),
        notes=(HOSTILE,) * 3,
        instructor_notes=("CANARY-INSTRUCTOR",),
        cells=tuple(CellRun(HOSTILE, HOSTILE, HOSTILE, HOSTILE) for _ in range(3)),
        seed=987654321987654321,
    )


def enormous(student="x" * 100_000):
    long = "&\u202e<'\"" * 40_000
    return Verdict(
        student,
        "gates",
        tuple(
            CheckResult(
                cell.grade_id,
                0,
                cell.points,
                "error",
                (Finding("raised", long, long, "x"),) * 6,
                parts([f"case {i}" for i in range(300)], [long, "b"]),
            )
            for cell in GATES.checks
        ),
        notes=(long,) * 30,
        cells=tuple(CellRun(f"cell-{i}", long, "", long) for i in range(1000)),
    )


EXAMPLES = {
    "perfect": (perfect(), GATES),
    "mixed": (mixed(), GATES),
    "gradients": (gradients(), BPTT),
    "missing": (whole("missing", "max"), GATES),
    "rejected": (whole("rejected", "ruth"), GATES),
    "every_status": (every_status(), GATES),
    "hostile": (hostile(), GATES),
    "enormous": (enormous(), GATES),
}

if __name__ == "__main__":
    for name, (verdict, assignment) in EXAMPLES.items():
        print(name, write(sys.argv[1], verdict, assignment))
