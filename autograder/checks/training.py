"""The checks of ``training``."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np

from autograder import reference
from autograder.checks.cases import Case, compared
from autograder.checks.compare import ANYTHING, compare, what
from autograder.checks.gates import narrow, square, wider
from autograder.checks.lasting import lasting
from autograder.checks.trial import Call, Trial, same
from autograder.reference.training import adding_problem
from autograder.sandbox import Answer, Budget, Kept, Opaque, Rng, StudentStopped
from autograder.verdict import Part

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
    """Steps in a row, each with the student's own state; two networks in turn; gradients so small that eps counts."""
    other_settings = dict(lr=0.05, beta1=0.8, beta2=0.95, eps=1e-3)
    default, second = Walk(trial, "step"), Walk(trial, "a second network in turn, step", grow=1)
    other, tiny = Walk(trial, "other settings, step", other_settings), Walk(trial, "tiny gradients, step", scale=3e-8)
    for walk in (default, default, second, default, second, default, other, other, other, other, tiny, tiny):
        walk.step()
    default.step_again()
    for walk in (default, second, other, tiny):
        walk.end()
    draw = trial.draw
    params, zeros = {"w": draw.normal(draw.n)}, {"w": np.zeros(draw.n)}
    answer = trial.call("a gradient of zero", params, zeros, None)
    trial.compare("a gradient of zero", ("params", "state"), answer, (params, ANYTHING), weight=0.5)


class Walk:
    """The steps of one network: every step is given the right parameters and the student's own state."""

    def __init__(self, trial, case, settings=None, scale=1.0, grow=0):
        draw = trial.draw
        self.trial, self.case, self.settings, self.scale = trial, case, tuple((settings or {}).values()), scale
        n, m, B = draw.n + grow, draw.m + grow, draw.B + grow
        self.shapes = {"W_f": (n, n + m), "readout": (B,), "scale": (2, 2, 2), "W_y": (1, n)}
        self.params = {name: draw.normal(*shape) for name, shape in self.shapes.items()}
        self.state, self.answers, self.given, self.right = None, [], [], True

    def step(self):
        trial, number = self.trial, len(self.given) + 1
        case = f"{self.case} {number}"
        grads = {name: trial.draw.normal(*shape, scale=self.scale * number) for name, shape in self.shapes.items()}
        expected, self.state = reference.adam_step(self.params, grads, self.state, *self.settings)
        own = self.answers[-1] if self.answers else None
        state = Kept(own.number, 1) if own else None  # as it is on the student's side: it may be of any type
        answer = trial.call(case, self.params, grads, state, *self.settings)
        if answer and own:
            trial.check_arguments(case, (self.params, grads, own.value[1]), answer.arguments)
        self.right &= trial.compare(case, ("params", "state"), answer, (expected, ANYTHING), rtol=1e-9)
        self.given.append((self.params, grads))
        if answer is None or not (isinstance(answer.value, tuple | list) and len(answer.value) == 2):
            trial.stopped = trial.stopped or "failed"  # without a state there is no next step
            return
        self.answers.append(answer)
        self.params = expected

    def step_again(self):
        """The last step once more, from the state that it was given: that must still be what it was."""
        if self.trial.stopped:
            return
        *_, before, last = self.answers
        answer = self.trial.call(self.case, *self.given[-1], Kept(before.number, 1), *self.settings)
        if answer and isinstance(answer.value, tuple | list) and not same(last.value[0], answer.value[0]):
            text = "It changed its argument `state`. Work on a copy: the caller still needs it."
            self.trial.breach("purity", text, self.case)

    def end(self):
        """Keep the whole walk for diagnosis; the first step's result must still be what it was."""
        if len(self.answers) == len(self.given):
            taken = [answer.value[0] for answer in self.answers]
            self.trial.calls.append(Call(self.case, replay_steps(self.given, self.settings), taken, self.right))
            self.trial.check_earlier(self.case, self.answers[0])


def replay_steps(given, settings):
    """Another function on the same steps, each with the state that it returned before."""

    def run(function):
        state, taken = None, []
        for params, grads in copy.deepcopy(given):
            updated, state = function(params, grads, state, *settings)
            taken.append(updated)
        return taken

    return run


def train_adding(trial: Trial):
    """Learn on each of three seeds, and show that without learning nothing is known."""
    trial.wrong_at_most = 1.0  # each seed that is solved earns its third
    cases = {f"seed {number}": seed for number, seed in enumerate(SEEDS, 1)}
    untrained = None if solved_at_once(trial) else unlearned(trial)
    if untrained is None:
        trial.parts += [Part(case, "predictions", False) for case in cases]
        return
    for case, seed in cases.items():
        predict = trained(trial, case, Rng(seed))
        error = squared_error(trial, case, predict) if predict else None
        text = "" if error is None else (
            f"After training, the mean squared error on unseen sequences is {error:.3g}; it should be below {SOLVED}."
        )
        trial.part(case, "predictions", error is not None and error < SOLVED, text)
        if error is not None and case == "seed 1":
            untrained.ask_again(trial)


def solved_at_once(trial) -> bool:
    """Whether a single step of training is enough: then the answer was not learned."""
    try:
        answer = trial.student.call("train_adding", Rng(SEEDS[0]), T, 16, 1, budget=training_budget(trial))
    except StudentStopped:
        return False  # what counts is asked for below
    error = squared_error(trial, "a single step", answer.value) if is_function(answer.value) else None
    return error is not None and too_good(trial, 1, error, SOLVED)


def unlearned(trial) -> Prediction | None:
    """What is predicted with ``steps=0``, if that is as bad as it must be."""
    case = "no steps at all"
    predict = trained(trial, case, Rng(SEEDS[0]), T, 16, 0)
    error = squared_error(trial, case, predict) if predict else None
    if error is None or too_good(trial, 0, error, UNTRAINED):
        return None
    xs, _ = adding_problem(trial.draw.rng, T, 5)
    return Prediction(predict, xs, trial.call(case, xs, function=predict))


def too_good(trial, steps, error, least) -> bool:
    if error < least:
        text = f"With steps={steps} the mean squared error is already {error:.3g}: the answer is computed, not learned."
        trial.find("values", text + " What is graded here is a network that learns.", f"steps={steps}")
    return error < least


@dataclass(frozen=True)
class Prediction:
    """A student's ``predict``, asked about some sequences."""

    predict: Opaque
    xs: np.ndarray
    answer: Answer | None

    def ask_again(self, trial):
        """Later training must not change it."""
        again = trial.call("asked again", self.xs, function=self.predict)
        if self.answer and again and not same(self.answer.value, again.value):
            text = "Another training changed what an earlier `predict` answers: give each one parameters of its own."
            trial.breach("purity", text, "asked again")


def is_function(value) -> bool:
    return isinstance(value, Opaque) and value.callable


def training_budget(trial) -> Budget:
    return Budget(trial.student.limits.training_cpu_s, trial.student.limits.training_wall_s)


def trained(trial, case, *arguments) -> Opaque | None:
    """The student's ``predict``, learned within a budget of its own; None if there is none (with a finding)."""
    trial.budget = training_budget(trial)
    answer = trial.call(case, *arguments)
    if answer is None:
        trial.stopped = "" if trial.stopped == "timeout" else trial.stopped  # the other seeds have their own time
        return None
    if not is_function(answer.value):
        trial.find("returns", f"It should return a function, `predict(xs)`; it returned {what(answer.value)}.", case)
        return None
    return answer.value


def squared_error(trial, case, predict) -> float | None:
    """The mean squared error of a ``predict`` on unseen sequences; None if there is none (with a finding)."""
    errors = []
    for B in (300, 7, 1):
        xs, targets = adding_problem(trial.draw.rng, T, B)
        answer = trial.call(case, xs, function=predict)
        if answer is None:
            return None
        if not same(xs, answer.arguments[0]):
            text = "`predict` changed its argument `xs`. Work on a copy: the caller still needs it."
            trial.breach("purity", text, case)
        (leaf,) = compare("predict(xs)", answer.value, targets, rtol=1e300)  # its shape and dtype alone
        if not leaf.passed:
            trial.find(leaf.kind, leaf.text, case, leaf.output)
            return None
        with np.errstate(over="ignore"):
            errors.append((np.asarray(answer.value) - targets) ** 2)
    return float(np.mean(np.concatenate(errors)))


CHECKS = {
    "gradient_highway": lasting(
        compared(
            "gradient_highway",
            "factors",
            Case("some steps", forget_gates(None)),
            Case("a single step", forget_gates(1), weight=0.5),
            Case("two steps", forget_gates(2), weight=0.5),
            Case("a hundred steps", forget_gates(100, low=0.9), weight=0.5),
            Case("gates that are shut", gates_with_zeros),
            Case("one unit", narrow(forget_gates(None)), weight=0.25),
            Case("as many steps as units", square(forget_gates(None)), weight=0.25),
        ),
        "gradient_highway",
        "factors",
        wider(forget_gates(None)),
    ),
    "adam_step": adam_step,
    "train_adding": train_adding,
}
