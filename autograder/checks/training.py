"""The checks of ``training``."""

import copy

import numpy as np

from autograder import reference
from autograder.checks.cases import Case, compared
from autograder.checks.compare import ANYTHING
from autograder.checks.trial import Call, Trial
from autograder.reference.training import adding_problem
from autograder.sandbox import Budget, Opaque, Rng

SEEDS = (1997, 2000, 2015)  # of train_adding, a third of the points each
SOLVED = 0.02  # mean squared error; always answering 1 scores 1/6
UNTRAINED = 0.1  # with no steps it may score no better: it is learning that is graded
T = 20


def forget_gates(T, low=0.0, high=1.0):
    return lambda draw: (draw.between(low, high, draw.T if T is None else T, draw.n),)


def gates_with_zeros(draw):
    fs = draw.between(0.2, 1, draw.T + 3, draw.n)
    fs[draw.rng.integers(1, draw.T + 3, size=draw.n), np.arange(draw.n)] = 0.0
    return (fs,)


def adam_step(trial: Trial):
    """Steps in a row, each with the student's own state; then other settings, and gradients so small that eps counts."""
    draw = trial.draw
    default, other = {}, dict(lr=0.05, beta1=0.8, beta2=0.95, eps=1e-3)
    several_steps(trial, "step", default, scale=1.0)
    several_steps(trial, "other settings, step", other, scale=1.0)
    several_steps(trial, "tiny gradients, step", default, scale=3e-8, steps=2)
    zeros = {"w": np.zeros(draw.n)}
    params = {"w": draw.normal(draw.n)}
    answer = trial.call("a gradient of zero", params, zeros, None)
    trial.compare("a gradient of zero", ("params", "state"), answer, (params, ANYTHING), weight=0.5)


def several_steps(trial, case, settings, scale, steps=4):
    draw = trial.draw
    shapes = {"W_f": (draw.n, draw.n + draw.m), "readout": (draw.B,), "scale": (2, 2, 2)}
    params = {name: draw.normal(*shape) for name, shape in shapes.items()}
    state = own_state = first = None
    given, taken, right = [], [], True  # for diagnosis: all steps in a row
    for step in range(1, steps + 1):
        grads = {name: draw.normal(*shape, scale=scale * step) for name, shape in shapes.items()}
        expected, state = reference.adam_step(params, grads, state, *settings.values())
        answer = trial.call(f"{case} {step}", params, grads, own_state, *settings.values())
        right &= trial.compare(f"{case} {step}", ("params", "state"), answer, (expected, ANYTHING), weight=1 / steps)
        if answer is None or not (isinstance(answer.value, tuple | list) and len(answer.value) == 2):
            trial.stopped = trial.stopped or "failed"  # without a state there is no next step
            return
        first = first or answer
        given.append((params, grads))
        taken.append(answer.value[0])
        own_state, params = answer.value[1], expected
    trial.calls.append(Call(case, replay_steps(given, settings), taken, right))
    trial.check_earlier(case, first)


def replay_steps(given, settings):
    """Another function on the same steps, each with the state that it returned before."""

    def run(function):
        state, taken = None, []
        for params, grads in copy.deepcopy(given):
            updated, state = function(params, grads, state, *settings.values())
            taken.append(updated)
        return taken

    return run


def train_adding(trial: Trial):
    """Learn on each of three seeds, and show that without steps nothing is known."""
    trial.wrong_at_most = 1.0  # each seed that is solved earns its third
    if not learns(trial):
        for seed in SEEDS:
            trial.part(f"seed {SEEDS.index(seed) + 1}", "predictions", False)
        return
    for number, seed in enumerate(SEEDS, 1):
        case = f"seed {number}"
        error = trained_error(trial, case, seed)
        text = "" if error is None else (
            f"After training, the mean squared error on unseen sequences is {error:.3g}; it should be below {SOLVED}."
        )
        trial.part(case, "predictions", error is not None and error < SOLVED, text)


def learns(trial) -> bool:
    """With ``steps=0`` the error must be that of an untrained network."""
    error = trained_error(trial, "no steps at all", SEEDS[0], 0)
    if error is not None and error < UNTRAINED:
        trial.find(
            "values",
            f"With steps=0 the mean squared error is already {error:.3g}: the answer is computed, not learned. "
            "What is graded here is a network that learns.",
            "no steps at all",
        )
    return error is not None and error >= UNTRAINED


def trained_error(trial, case, seed, *steps):
    """The mean squared error of the student's ``predict`` on unseen sequences; None if there is none (with a finding)."""
    limits = trial.student.limits
    trial.budget = Budget(limits.training_cpu_s, limits.training_wall_s)
    settings = (T, 16, *steps) if steps else ()
    answer = trial.call(case, Rng(seed), *settings)
    if answer is None:
        trial.stopped = "" if trial.stopped == "timeout" else trial.stopped  # the other seeds have their own time
        return None
    if not isinstance(answer.value, Opaque) or not answer.value.callable:
        trial.find("returns", "It should return a function, `predict(xs)`.", case)
        return None
    errors = []
    for B in (300, 7):
        xs, targets = adding_problem(trial.draw.rng, T, B)
        answer_of = trial.call(case, xs, function=answer.value)
        if answer_of is None:
            return None
        got = np.asarray(answer_of.value) if isinstance(answer_of.value, np.ndarray | list) else np.asarray(None)
        if got.shape != (B,) or got.dtype.kind != "f" or not np.all(np.isfinite(got)):
            trial.find("shape", f"`predict(xs)` should return finite numbers of shape (B,); it gave shape {got.shape}.", case)
            return None
        errors.append((got - targets) ** 2)
    return float(np.mean(np.concatenate(errors)))


CHECKS = {
    "gradient_highway": compared(
        "gradient_highway",
        "factors",
        Case("some steps", forget_gates(None)),
        Case("a single step", forget_gates(1), weight=0.5),
        Case("a hundred steps", forget_gates(100, low=0.9), weight=0.5),
        Case("gates that are shut", gates_with_zeros),
    ),
    "adam_step": adam_step,
    "train_adding": train_adding,
}
