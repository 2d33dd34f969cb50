"""Mistakes in ``gates``: sigmoid, the four layers of the cell, and the two equations of its states."""

import numpy as np

from autograder import reference
from autograder.checks.misconceptions import misconception
from autograder.checks.misconceptions.sections import (
    ASKED_OF_GATES,
    ASKED_OF_SIGMOID,
    BATCHES,
    CANDIDATE,
    CELL_STATE,
    FORGET_GATE,
    HIDDEN_STATE,
    INPUT_GATE,
    NO_SWITCH,
    OUTPUT_GATE,
    OVERFLOW,
    SQUASHING,
)
from autograder.checks.misconceptions.signs import changes, fails_except_on, fails_on, overflows, overwrites_results
from autograder.reference import sigmoid
from autograder.reference.affine import affine

BATCH = ("one example",)  # hides what goes wrong with batches alone


def slips_of(function, section):
    """``slip(name, says, variant, …)``: a misconception about this function."""

    def slip(name, says, variant, section=section, hidden_when=(), signs=None):
        misconception(function, says, section, hidden_when, name, signs)(variant)

    return slip


def single(variant):
    """The same in single precision."""
    return lambda *arguments: np.float32(variant(*(np.asarray(argument, dtype=np.float32) for argument in arguments)))


def reusing_a_buffer(right):
    """The right values, but all results of one shape share one array."""
    buffers = {}

    def variant(*arguments):
        value = right(*arguments)
        result = buffers.setdefault(value.shape, np.empty(value.shape))
        result[...] = value
        return result

    return variant


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def quietly(line):
    """The same without NumPy's warnings."""

    def variant(*arguments):
        with np.errstate(all="ignore"):
            return line(*arguments)

    return variant


def common_slips(function, symbol):
    """What can go wrong in any of these functions: precision, and results that are shared between calls."""
    slip, right = slips_of(function, ASKED_OF_GATES), getattr(reference, function)
    slip(
        f"single precision in {function}",
        f"Your {symbol} is float32, with seven digits; the course computes in float64 throughout, so make no float32 "
        "arrays.",
        single(right),
    )
    slip(
        f"one buffer for all results of {function}",
        f"Every call writes its {symbol} into the same array, which the caller still has from the call before; make a "
        "new array at each call.",
        reusing_a_buffer(right),
        hidden_when=("one call",),
        signs=overwrites_results,
    )


# ---------------------------------------------------------------- sigmoid


def sigmoid_slips():
    slip = slips_of("sigmoid", SQUASHING)

    def array(function):
        """The function of x as a float array, without warnings."""
        return quietly(lambda x: function(np.asarray(x, dtype=float)))

    slip(
        "sign of the exponent",
        "The exponent is −x; with +x your curve falls where it should rise, so an open gate comes out shut.",
        lambda x: 1 - sigmoid(x),
        hidden_when=("x == 0",),
    )
    slip(
        "tanh for σ",
        "σ runs from 0 to 1 and is 0.5 at 0; your function is tanh, which runs from −1 to 1.",
        lambda x: np.tanh(np.asarray(x, dtype=float)),
    )
    slip(
        "tanh moved to 0 … 1, without halving x",
        "σ(x) is (1 + tanh(x/2)) / 2; yours takes tanh of x itself, so it is twice as steep.",
        lambda x: (1 + np.tanh(np.asarray(x, dtype=float))) / 2,
        hidden_when=("x == 0",),
    )
    slip(
        "tanh of x/2 for σ",
        "Your values are tanh(x/2), from −1 to 1; σ lies between 0 and 1, so this still has to be moved and halved.",
        lambda x: np.tanh(np.asarray(x, dtype=float) / 2),
    )
    slip(
        "derivative of σ",
        "You return σ'(x) = σ(x) (1 − σ(x)), the slope, which is needed on the way back; here σ(x) itself is asked "
        "for.",
        lambda x: sigmoid(x) * (1 - sigmoid(x)),
    )
    slip(
        "no 1 in the denominator",
        "The denominator is 1 + e⁻ˣ; without the 1, your values grow without bound instead of staying below 1.",
        array(lambda x: 1 / np.exp(-x)),
    )
    slip(
        "minus in the denominator",
        "The denominator is 1 + e⁻ˣ; yours is 1 − e⁻ˣ, which is 0 at x = 0.",
        array(lambda x: 1 / (1 - np.exp(-x))),
        hidden_when=("x == ∞",),
    )
    slip(
        "brackets around the denominator",
        "In 1 / 1 + e⁻ˣ the division comes first and leaves 1 + e⁻ˣ; the whole denominator needs brackets.",
        array(lambda x: 1 + np.exp(-x)),
        hidden_when=("x == ∞",),
    )
    slip(
        "only the exponential",
        "Your values are e⁻ˣ; σ is 1 divided by 1 + e⁻ˣ.",
        array(lambda x: np.exp(-x)),
    )
    slip(
        "softplus for σ",
        "Your values are log(1 + eˣ), which grows like x; σ is its slope, and stays between 0 and 1.",
        array(lambda x: np.logaddexp(0, x)),
    )
    slip(
        "log of σ",
        "Your values are log σ(x), which is never positive; leave the logarithm out.",
        array(lambda x: -np.logaddexp(0, -x)),
    )
    slip(
        "relu for σ",
        "Your function cuts off at 0 and keeps positive x as they are; σ squashes every x into the range from 0 to 1.",
        lambda x: np.maximum(0.0, x),
    )
    slip(
        "a step for σ",
        "Your function is a switch, 0 or 1; a gate can stand half open, and σ passes smoothly from 0 to 1.",
        lambda x: (np.asarray(x) > 0).astype(float),
        hidden_when=("x == ∞",),
    )
    slip(
        "a straight line, clipped (0.2 x + 0.5)",
        "Your function is the “hard” sigmoid, a straight line cut off at 0 and 1; the course's σ is the smooth curve.",
        lambda x: np.clip(0.2 * np.asarray(x, dtype=float) + 0.5, 0, 1),
        hidden_when=("x == 0", "x == ∞"),
    )
    slip(
        "a straight line, clipped (x / 6 + 0.5)",
        "Your function is a straight line cut off at 0 and 1, as in PyTorch's hardsigmoid; the course's σ is the "
        "smooth curve.",
        lambda x: np.clip(np.asarray(x, dtype=float) / 6 + 0.5, 0, 1),
        hidden_when=("x == 0", "x == ∞"),
    )
    slip(
        "softsign moved to 0 … 1",
        "Your curve is x / (1 + |x|), moved to run from 0 to 1; it has σ's ends, but between them σ is another curve.",
        lambda x: 0.5 + 0.5 * softsign(x),
        hidden_when=("x == 0",),
    )
    slip(
        "softmax over all numbers",
        "Your numbers share one sum of 1 (softmax); σ looks at each number alone, and knows nothing of its neighbours.",
        array(lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum()),
    )
    slip(
        "softmax along the last axis",
        "Each of your rows adds up to 1 (softmax); σ looks at each number alone, and knows nothing of its neighbours.",
        array(lambda x: softmax(np.atleast_1d(x)).reshape(x.shape)),
    )
    slip(
        "added up",
        "You return one number for the whole array; σ acts on each entry, so the result has the shape of x.",
        lambda x: np.sum(sigmoid(x)),
        hidden_when=("one number",),
    )
    slip(
        "averaged",
        "You return one number, the mean, for the whole array; σ acts on each entry, so the result has the shape of x.",
        lambda x: np.mean(sigmoid(x)),
        hidden_when=("one number",),
    )
    slip(
        "flattened",
        "Your result is one long row; it should have the shape of x.",
        lambda x: np.ravel(sigmoid(x)) if np.ndim(x) else sigmoid(x),
        hidden_when=("one axis",),
    )
    slip(
        "an axis for a single number",
        "For a single number you return an array with one axis; a number in gives a number out.",
        lambda x: np.atleast_1d(sigmoid(x)),
        hidden_when=("one axis",),
    )
    slip(
        "decimals of whole numbers cut off",
        "The result is written into an array of the type of x, so whole numbers in x give whole numbers, 0 or 1; "
        "start from a float array.",
        lambda x: sigmoid(x).astype(np.asarray(x).dtype),
        ASKED_OF_SIGMOID,
        hidden_when=("float arrays",),
    )
    slip(
        "rounded to two places",
        "Your values are rounded to two places, as one writes them by hand; return them in full.",
        lambda x: np.round(sigmoid(x), 2),
        hidden_when=("x == 0", "x == ∞"),
    )
    slip(
        "rounded to four places",
        "Your values are rounded to four places, as the course prints them; return them in full.",
        lambda x: np.round(sigmoid(x), 4),
        hidden_when=("x == 0", "x == ∞"),
    )
    slip(
        "2.718 for e",
        "Your base is 2.718, and e goes on after the third place; NumPy's exp has all its digits.",
        array(lambda x: 1 / (1 + 2.718 ** (-x))),
        hidden_when=("x == 0", "x == ∞"),
    )
    slip(
        "base 10 for e",
        "Your powers are those of 10; σ is made of powers of e, which NumPy's exp gives.",
        array(lambda x: 1 / (1 + 10.0 ** (-x))),
        hidden_when=("x == 0", "x == ∞"),
    )
    slip(
        "base 2 for e",
        "Your powers are those of 2; σ is made of powers of e, which NumPy's exp gives.",
        array(lambda x: 1 / (1 + 2.0 ** (-x))),
        hidden_when=("x == 0", "x == ∞"),
    )
    slip(
        "a small number added to the denominator",
        "Your denominator has a small number added (1e-8); 1 + e⁻ˣ is never 0, so nothing needs to be added.",
        array(lambda x: 1 / (1 + np.exp(-x) + 1e-8)),
    )
    for bound in (5, 6, 10, 15, 20):
        slip(
            f"x clipped to ±{bound}",
            f"You clip x to ±{bound} first, so σ never comes nearer to 0 or 1 than at {bound}; clip where exp would "
            "overflow, near 700, or choose a form whose exponent is never positive.",
            lambda x, bound=bound: sigmoid(np.clip(x, -bound, bound)),
            hidden_when=("moderate x",),
        )
    slip(
        "nan where e to the x overflows",
        "In eˣ / (eˣ + 1) both parts are infinite for large x, which gives nan; that form is for negative x, the "
        "other one, with e⁻ˣ, for positive x.",
        array(lambda x: np.exp(x) / (np.exp(x) + 1)),
        OVERFLOW,
        hidden_when=("moderate x",),
    )
    slip(
        "nan set to 0",
        "For large x you turn ∞/∞ into 0, but there σ is 1: the nan has to be avoided, by the form with e⁻ˣ, not "
        "repaired.",
        array(lambda x: np.nan_to_num(np.exp(x) / (np.exp(x) + 1))),
        OVERFLOW,
        hidden_when=("moderate x",),
    )
    slip(
        "one form for the whole array",
        "You choose between the two forms of σ once for the whole array; each entry needs the form that is safe for "
        "its own sign.",
        array(lambda x: 1 / (1 + np.exp(-x)) if np.all(x >= 0) else np.exp(x) / (1 + np.exp(x))),
        OVERFLOW,
        hidden_when=("moderate x",),
    )
    slip(
        "overflow at very negative x",
        "The values are right, but for very negative x the exponential of −x overflows and NumPy warns; for negative "
        "x take the form with eˣ.",
        lambda x: 1 / (1 + np.exp(-np.asarray(x, dtype=float))),
        OVERFLOW,
        hidden_when=("moderate x",),
        signs=overflows,
    )
    slip(
        "one number at a time",
        "Your function works for a single number, but fails on arrays and lists: math.exp and `if x >= 0` take one "
        "number only, NumPy's exp and where take arrays.",
        lambda x: float(sigmoid(x)) if np.ndim(x) == 0 else float(x),
        ASKED_OF_SIGMOID,
        hidden_when=("one number",),
        signs=fails_except_on("one number", "a whole number", "a very negative number", "a very large number"),
    )
    slip(
        "no lists",
        "Your function fails on a plain list: turn x into an array first.",
        lambda x: sigmoid(-(-x)),
        ASKED_OF_SIGMOID,
        hidden_when=("float arrays",),
        signs=fails_on("a list"),
    )
    slip(
        "x overwritten",
        "Your function writes its steps into x itself; the caller still needs x, so let each step make a new array.",
        sigmoid_in_place,
        ASKED_OF_SIGMOID,
        signs=changes("x"),
    )
    common_slips("sigmoid", "result")


def sigmoid_in_place(x):
    result = sigmoid(x)
    if isinstance(x, np.ndarray) and x.dtype == float:
        x[...] = np.exp(-np.abs(x))
    return result


def softsign(x):
    with np.errstate(invalid="ignore"):
        x = np.asarray(x, dtype=float)
        return np.where(np.isinf(x), np.sign(x), x / (1 + np.abs(x)))


# ---------------------------------------------------------------- the four layers


def layer_slips(function, title, letter, squash, section):
    """The mistakes that the three gates and the candidate share; ``squash`` is σ or tanh."""
    slip = slips_of(function, section)
    gate = squash is sigmoid
    right, other = ("σ", "tanh") if gate else ("tanh", "σ")
    reach = "0 and 1" if gate else "−1 and 1"

    def of_z(line):
        """A variant by what it makes of z = W·[h_prev, x] + b."""
        return lambda h_prev, x, W, b: line(affine(h_prev, x, W, b))

    slip(
        f"{other} in the {title}",
        f"The {title} is squashed by {right}, into the range between {reach}; yours uses {other}.",
        of_z(np.tanh if gate else sigmoid),
    )
    slip(
        f"no squashing in the {title}",
        f"Your values are W·[h_prev, x] + b itself; {right} has to squash it into the range between {reach}.",
        of_z(lambda z: z),
    )
    slip(
        f"squashed twice in the {title}",
        f"{right} is applied twice; once is right.",
        of_z(lambda z: squash(squash(z))),
    )
    slip(
        f"relu in the {title}",
        f"Your values cut off at 0 and grow without bound; the {title} is squashed by {right}, into the range between "
        f"{reach}.",
        of_z(lambda z: np.maximum(z, 0)),
    )
    slip(
        f"turned around in the {title}",
        f"You return 1 − {letter}: what you call open is shut. The usual cause is the sign of the exponent in σ."
        if gate
        else f"You return −{letter}: the sign of W·[h_prev, x] + b is turned around before tanh.",
        of_z(lambda z: squash(-z)),
        hidden_when=("W == 0 and b == 0",),
    )
    slip(
        f"x before h_prev in the {title}",
        "The columns of W act on [h_prev, x], in this order; yours joins [x, h_prev].",
        lambda h_prev, x, W, b: squash(np.concatenate([x, h_prev], axis=-1) @ W.T + b),
        hidden_when=("m == n and x == h_prev",),
    )
    slip(
        f"no bias in the {title}",
        f"The bias b_{letter[0]} is not added to W·[h_prev, x].",
        lambda h_prev, x, W, b: squash(affine(h_prev, x, W, 0)),
        hidden_when=("b == 0",),
    )
    slip(
        f"bias after the squashing in the {title}",
        f"The bias belongs inside: {right} squashes W·[h_prev, x] + b; yours adds b afterwards, which leaves the "
        f"range between {reach}.",
        lambda h_prev, x, W, b: squash(affine(h_prev, x, W, 0)) + b,
        hidden_when=("b == 0",),
    )
    slip(
        f"bias subtracted in the {title}",
        f"The bias b_{letter[0]} is added to W·[h_prev, x]; yours is subtracted.",
        lambda h_prev, x, W, b: squash(affine(h_prev, x, W, -b)),
        hidden_when=("b == 0",),
    )
    slip(
        f"bias multiplied in the {title}",
        f"The bias b_{letter[0]} is added to W·[h_prev, x]; yours is a factor.",
        lambda h_prev, x, W, b: squash(affine(h_prev, x, W, 0) * b),
    )
    slip(
        f"h_prev left out of the {title}",
        f"Your {title} looks at x alone; it should look at h_prev too, with the first n columns of W.",
        lambda h_prev, x, W, b: squash(affine(0 * h_prev, x, W, b)),
        hidden_when=("h_prev == 0",),
    )
    slip(
        f"x left out of the {title}",
        f"Your {title} looks at h_prev alone; it should look at x too, with the last m columns of W.",
        lambda h_prev, x, W, b: squash(affine(h_prev, 0 * x, W, b)),
        hidden_when=("x == 0",),
    )
    slip(
        f"h_prev subtracted in the {title}",
        "The share of h_prev has the wrong sign: both W·h_prev and W·x are added.",
        lambda h_prev, x, W, b: squash(affine(-h_prev, x, W, b)),
        hidden_when=("h_prev == 0",),
    )
    slip(
        f"each half squashed alone in the {title}",
        "The shares of h_prev and of x are squashed one by one and then added; add them first, then squash once.",
        lambda h_prev, x, W, b: squash(affine(h_prev, 0 * x, W, b)) + squash(affine(0 * h_prev, x, W, 0)),
    )
    slip(
        f"W reshaped in the {title}",
        "Your weights are brought into shape by reshape, which mixes rows and columns; the transpose W.T turns the "
        "table over.",
        lambda h_prev, x, W, b: squash(np.concatenate([h_prev, x], axis=-1) @ W.reshape(W.shape[::-1]) + b),
    )
    slip(
        f"batch on the last axis in the {title}",
        "For a batch your result is (n, B); examples stand in rows, (B, n). Is a transpose left over?",
        of_z(lambda z: squash(z).T),
        BATCHES,
        BATCH,
    )
    slip(
        f"batch averaged in the {title}",
        "For a batch you return one row, the mean over the examples; every example keeps a row of its own.",
        of_z(lambda z: squash(z).mean(axis=0) if z.ndim > 1 else squash(z)),
        BATCHES,
        BATCH,
    )
    slip(
        f"batch added up in the {title}",
        "For a batch you return one row, the sum over the examples; every example keeps a row of its own.",
        of_z(lambda z: squash(z).sum(axis=0) if z.ndim > 1 else squash(z)),
        BATCHES,
        BATCH,
    )
    slip(
        f"the first example for all in the {title}",
        "For a batch every row of your result is that of the first example; each row of h_prev and x is an example of "
        "its own.",
        of_z(lambda z: squash(z[:1] + 0 * z) if z.ndim > 1 else squash(z)),
        BATCHES,
        (*BATCH, "a batch of one"),
    )
    slip(
        f"units added up in the {title}",
        f"You return one number for each example; each of the n units has a {title} of its own.",
        of_z(lambda z: squash(z.sum(axis=-1))),
    )
    slip(
        f"an extra axis in the {title}",
        "One example comes back as a table with one row, (1, n); without a batch the result is (n,).",
        of_z(lambda z: np.atleast_2d(squash(z))),
        BATCHES,
        ("a batch",),
    )
    slip(
        f"a column in the {title}",
        "One example comes back as a column, (n, 1); the course's vectors have one axis, (n,).",
        of_z(lambda z: squash(z)[:, None] if z.ndim == 1 else squash(z)),
        BATCHES,
        ("a batch",),
    )
    slip(
        f"one example only in the {title}",
        "Your function works for one example, but fails on a batch: join h_prev and x along the last axis, and "
        "multiply rows from the left of the transposed weights.",
        lambda h_prev, x, W, b: squash(W @ np.concatenate([h_prev, x]) + b),
        BATCHES,
        BATCH,
        fails_except_on("one "),
    )
    slip(
        f"a batch only in the {title}",
        "Your function works for a batch, but fails on one example, whose arrays have a single axis: axis −1 is the "
        "last one in both.",
        lambda h_prev, x, W, b: squash(np.concatenate([h_prev, x], axis=1) @ W.T + b),
        BATCHES,
        ("a batch",),
        fails_on("one "),
    )
    slip(
        f"h_prev or x overwritten in the {title}",
        "Your function changes an argument that the caller still needs; let each step make a new array.",
        lambda h_prev, x, W, b: (squash(affine(h_prev, x, W, b)), h_prev.fill(0), x.fill(0))[0],
        ASKED_OF_GATES,
        signs=changes("h_prev", "x"),
    )
    slip(
        f"W or b overwritten in the {title}",
        "Your function changes the weights or the bias, which every later step uses too; let each step make a new "
        "array.",
        lambda h_prev, x, W, b: (squash(affine(h_prev, x, W, b)), b.fill(0))[0],
        ASKED_OF_GATES,
        signs=changes(f"W_{letter[0]}", f"b_{letter[0]}"),
    )
    if gate:
        slip(
            f"a switch for the {title}",
            f"Your {title} is 0 or 1; σ lets it stand at anything between.",
            of_z(lambda z: (z > 0).astype(float)),
            NO_SWITCH,
        )
        slip(
            f"softmax in the {title}",
            "Your units share one sum of 1 (softmax); each unit's gate opens and shuts on its own, by σ.",
            of_z(softmax),
        )
        slip(
            f"tanh moved to 0 … 1 in the {title}",
            "You take (1 + tanh z) / 2; σ(z) is (1 + tanh(z/2)) / 2, half as steep.",
            of_z(lambda z: (1 + np.tanh(z)) / 2),
            hidden_when=("W == 0 and b == 0",),
        )
        slip(
            f"derivative of σ in the {title}",
            f"You return {letter} (1 − {letter}), the slope of σ, which is needed on the way back; here the gate "
            "itself is asked for.",
            of_z(lambda z: squash(z) * (1 - squash(z))),
        )
    slip(
        f"nan at large values in the {title}",
        "For large W·[h_prev, x] + b your result is nan, ∞/∞: take a form whose exponentials cannot overflow.",
        of_z(quietly(lambda z: np.exp(z) / (1 + np.exp(z)) if gate else np.sinh(z) / np.cosh(z))),
        OVERFLOW,
        ("moderate pre-activations",),
    )
    if not gate:
        slip(
            f"nan at large positive values in the {title}",
            "For large W·[h_prev, x] + b, e²ᶻ is infinite and your tanh is ∞/∞, nan: NumPy's own tanh has no such "
            "trouble.",
            of_z(quietly(lambda z: (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1))),
            OVERFLOW,
            ("moderate pre-activations",),
        )
    common_slips(function, letter)


# ---------------------------------------------------------------- update_cell


def update_slips():
    slip = slips_of("update_cell", CELL_STATE)
    values = {
        "gates swapped": (
            "The gates are swapped: f decides what is kept of c_prev, i what is let in of the candidate.",
            lambda c, f, i, n: i * c + f * n,
            ("f == i",),
        ),
        "f left out": (
            "The forget gate is missing: c_prev stays whole, so nothing is ever forgotten.",
            lambda c, f, i, n: c + i * n,
            ("f == 1", "c_prev == 0"),
        ),
        "i left out": (
            "The input gate is missing: the candidate is added whole, whatever i says.",
            lambda c, f, i, n: f * c + n,
            ("i == 1", "c_tilde == 0"),
        ),
        "both gates left out": (
            "Neither gate is used: f says how much of c_prev is kept, i how much of the candidate is added.",
            lambda c, f, i, n: c + n,
            ("f == 1 and i == 1",),
        ),
        "only what is kept": (
            "Your c is f ⊙ c_prev alone; what the input gate lets in has to be added.",
            lambda c, f, i, n: f * c,
            ("i == 0", "c_tilde == 0"),
        ),
        "only what is added": (
            "Your c is i ⊙ c_tilde alone; what the forget gate keeps of c_prev has to be added.",
            lambda c, f, i, n: i * n,
            ("f == 0", "c_prev == 0"),
        ),
        "1 − f for f": (
            "f says how much to keep, not how much to forget: 1 keeps all. Yours multiplies c_prev by 1 − f.",
            lambda c, f, i, n: (1 - f) * c + i * n,
            ("f == 1/2", "c_prev == 0"),
        ),
        "1 − i for i": (
            "i says how much to let in: 1 lets in the whole candidate. Yours multiplies it by 1 − i.",
            lambda c, f, i, n: f * c + (1 - i) * n,
            ("i == 1/2", "c_tilde == 0"),
        ),
        "1 − f lets in the candidate": (
            "You let in the candidate by 1 − f, as in a GRU or in coupled gates; in the LSTM the input gate i decides.",
            lambda c, f, i, n: f * c + (1 - f) * n,
            ("f + i == 1", "c_tilde == 0"),
        ),
        "1 − i keeps the old state": (
            "You keep 1 − i of c_prev, as in coupled gates; in the LSTM the forget gate f decides.",
            lambda c, f, i, n: (1 - i) * c + i * n,
            ("f + i == 1", "c_prev == 0"),
        ),
        "coupled the wrong way round": (
            "You keep 1 − f of c_prev and let in f of the candidate: f says how much to keep, and i how much to let "
            "in.",
            lambda c, f, i, n: (1 - f) * c + f * n,
            (),
        ),
        "f for both": (
            "The forget gate multiplies both parts: the candidate is let in by i.",
            lambda c, f, i, n: f * c + f * n,
            ("f == i", "c_tilde == 0"),
        ),
        "i for both": (
            "The input gate multiplies both parts: how much of c_prev is kept is said by f.",
            lambda c, f, i, n: i * c + i * n,
            ("f == i", "c_prev == 0"),
        ),
        "states exchanged": (
            "f multiplies the candidate and i the old state: is the order of the arguments c_prev, f, i, c_tilde?",
            lambda c, f, i, n: f * i + c * n,
            (),
        ),
        "difference for the sum": (
            "What is let in is added to what is kept; yours subtracts it.",
            lambda c, f, i, n: f * c - i * n,
            ("i == 0", "c_tilde == 0"),
        ),
        "product for the sum": (
            "What is kept and what is let in are added; yours multiplies them.",
            lambda c, f, i, n: f * c * i * n,
            ("c_prev == 0 and c_tilde == 0",),
        ),
        "mean for the sum": (
            "What is kept and what is let in are added; yours takes their mean.",
            lambda c, f, i, n: (f * c + i * n) / 2,
            ("c_prev == 0 and c_tilde == 0",),
        ),
        "gates added": (
            "A gate multiplies what it lets through; yours is added to it.",
            lambda c, f, i, n: (f + c) + (i + n),
            (),
        ),
        "gates and states added, then multiplied": (
            "× and + have changed places: each gate multiplies its own state, then the two products are added.",
            lambda c, f, i, n: (f + c) * (i + n),
            (),
        ),
        "f around the whole sum": (
            "The forget gate multiplies the whole sum; it is for c_prev alone, what is new passes the input gate only.",
            lambda c, f, i, n: f * (c + i * n),
            ("f == 1", "c_tilde == 0"),
        ),
        "i around the whole sum": (
            "The input gate multiplies the whole sum; it is for the candidate alone, what is kept passes the forget "
            "gate only.",
            lambda c, f, i, n: i * (f * c + n),
            ("i == 1",),
        ),
        "the larger one": (
            "You take the larger of the two parts; the new state is their sum.",
            lambda c, f, i, n: np.maximum(f * c, i * n),
            ("c_prev == 0 and c_tilde == 0",),
        ),
        "tanh around the new state": (
            "The cell state is not squashed: that is how it can count, and carry gradients. tanh comes with the "
            "hidden state.",
            lambda c, f, i, n: np.tanh(f * c + i * n),
            ("c_prev == 0 and c_tilde == 0",),
        ),
        "σ around the new state": (
            "The cell state is not squashed by anything; yours passes through σ.",
            lambda c, f, i, n: sigmoid(f * c + i * n),
            (),
        ),
        "clipped to ±1": (
            "The cell state may grow beyond ±1; yours is clipped.",
            lambda c, f, i, n: np.clip(f * c + i * n, -1, 1),
            ("c_prev == 0",),
        ),
        "tanh around the old state": (
            "c_prev comes into the sum as it is; yours is squashed by tanh first.",
            lambda c, f, i, n: f * np.tanh(c) + i * n,
            ("c_prev == 0",),
        ),
        "candidate squashed again": (
            "The candidate c_tilde has been squashed already; yours passes through tanh once more.",
            lambda c, f, i, n: f * c + i * np.tanh(n),
            ("c_tilde == 0",),
        ),
        "σ around the candidate": (
            "The candidate c_tilde comes in as it is, with its sign; yours passes through σ.",
            lambda c, f, i, n: f * c + i * sigmoid(n),
            ("i == 0",),
        ),
        "size of the candidate": (
            "The candidate may be negative, so that a memory can go down; yours loses its sign.",
            lambda c, f, i, n: f * c + i * np.abs(n),
            ("c_tilde == 0",),
        ),
        "gates squashed again": (
            "The arguments f and i are gates already, between 0 and 1; yours pass through σ once more.",
            lambda c, f, i, n: sigmoid(f) * c + sigmoid(i) * n,
            ("c_prev == 0 and c_tilde == 0",),
        ),
        "gates taken for switches": (
            "You round the gates to 0 or 1; a gate can stand at anything between.",
            lambda c, f, i, n: np.round(f) * c + np.round(i) * n,
            ("f == 1 and i == 1",),
        ),
        "whole numbers": (
            "The decimals of your c are cut off; keep it as a float array.",
            lambda c, f, i, n: np.trunc(f * c + i * n),
            (),
        ),
        "dot product": (
            "⊙ multiplies unit by unit and gives n numbers; yours is the dot product, which adds them up.",
            lambda c, f, i, n: np.sum(f * c, axis=-1) + np.sum(i * n, axis=-1),
            (),
        ),
        "first unit's gate for all": (
            "The gate of the first unit is used for all of them; each unit has a gate of its own.",
            lambda c, f, i, n: f[..., :1] * c + i[..., :1] * n,
            (),
        ),
        "side by side": (
            "Your c has the two parts side by side, 2n numbers; they are added, unit by unit.",
            lambda c, f, i, n: np.concatenate([f * c, i * n], axis=-1),
            (),
        ),
        "batch averaged": (
            "For a batch you return one row, the mean over the examples; every example keeps a row of its own.",
            lambda c, f, i, n: np.mean(np.atleast_2d(f * c + i * n), axis=0),
            BATCH,
        ),
        "batch added up": (
            "For a batch you return one row, the sum over the examples; every example keeps a row of its own.",
            lambda c, f, i, n: np.sum(np.atleast_2d(f * c + i * n), axis=0),
            BATCH,
        ),
        "c_prev returned": (
            "You return c_prev as it came; the new state is computed from it.",
            lambda c, f, i, n: c + 0,
            (),
        ),
    }
    for name, (says, variant, hidden_when) in values.items():
        slip(f"{name} in update_cell", says, variant, hidden_when=hidden_when)
    slip(
        "c_prev overwritten in update_cell",
        "Your function writes the new state into c_prev, as *= and += do; the step before still needs it, so make a "
        "new array.",
        update_in_place,
        ASKED_OF_GATES,
        signs=changes("c_prev"),
    )
    slip(
        "a gate or the candidate overwritten in update_cell",
        "Your function writes a product into f, i or c_tilde, as *= does; the way back needs them, so make a new "
        "array.",
        lambda c, f, i, n: (f * c + i * n, np.multiply(f, c, out=f))[0],
        ASKED_OF_GATES,
        signs=changes("f", "i", "c_tilde"),
    )
    common_slips("update_cell", "c")


def update_in_place(c_prev, f, i, c_tilde):
    c_prev *= f
    c_prev += i * c_tilde
    return c_prev


# ---------------------------------------------------------------- hidden_state


def hidden_slips():
    slip = slips_of("hidden_state", HIDDEN_STATE)
    values = {
        "no tanh": (
            "The cell state is shown as it is; tanh has to squash it before the gate lets it through.",
            lambda o, c: o * c,
            ("c == 0", "o == 0"),
        ),
        "no gate": (
            "The output gate is missing: all of tanh(c) is shown, whatever o says.",
            lambda o, c: np.tanh(c),
            ("o == 1", "c == 0"),
        ),
        "σ for tanh": (
            "The cell state is squashed by tanh, which keeps its sign; yours passes through σ.",
            lambda o, c: o * sigmoid(c),
            ("o == 0",),
        ),
        "tanh around the product": (
            "tanh belongs to c alone; the gate multiplies afterwards. Yours takes tanh of the product o ⊙ c.",
            lambda o, c: np.tanh(o * c),
            ("o == 1", "o == 0", "c == 0"),
        ),
        "tanh of the gate": (
            "tanh belongs to the cell state c; yours squashes the gate o instead. Is the order of the arguments o, c?",
            lambda o, c: np.tanh(o) * c,
            ("o == 0", "c == 0"),
        ),
        "tanh of both": (
            "tanh belongs to the cell state alone; the gate o has been squashed already.",
            lambda o, c: np.tanh(o) * np.tanh(c),
            ("o == 0", "c == 0"),
        ),
        "gate squashed again": (
            "The gate o lies between 0 and 1 already; yours passes through σ once more.",
            lambda o, c: sigmoid(o) * np.tanh(c),
            ("c == 0",),
        ),
        "tanh twice": (
            "The cell state is squashed by tanh once; yours passes through it twice.",
            lambda o, c: o * np.tanh(np.tanh(c)),
            ("o == 0", "c == 0"),
        ),
        "tanh of half": (
            "You take tanh(c/2); it is tanh(c).",
            lambda o, c: o * np.tanh(c / 2),
            ("o == 0", "c == 0"),
        ),
        "1 − o for o": (
            "o says how much to show: 1 shows all. Yours multiplies by 1 − o.",
            lambda o, c: (1 - o) * np.tanh(c),
            ("o == 1/2", "c == 0"),
        ),
        "sum for the product": (
            "The gate multiplies tanh(c); yours is added to it.",
            lambda o, c: o + np.tanh(c),
            (),
        ),
        "clipped for squashed": (
            "You clip c to ±1; tanh bends smoothly, and is below 1 at c = 1.",
            lambda o, c: o * np.clip(c, -1, 1),
            ("o == 0", "c == 0"),
        ),
        "slope of tanh": (
            "You multiply by 1 − tanh²(c), the slope, which is needed on the way back; here tanh(c) itself is asked "
            "for.",
            lambda o, c: o * (1 - np.tanh(c) ** 2),
            ("o == 0",),
        ),
        "size of c": (
            "The hidden state has the sign of c; yours loses it.",
            lambda o, c: o * np.tanh(np.abs(c)),
            ("o == 0", "c == 0"),
        ),
        "gate taken for a switch": (
            "You round the gate to 0 or 1; a gate can stand at anything between.",
            lambda o, c: np.round(o) * np.tanh(c),
            ("o == 1", "o == 0", "c == 0"),
        ),
        "dot product": (
            "⊙ multiplies unit by unit and gives n numbers; yours is the dot product, which adds them up.",
            lambda o, c: np.sum(o * np.tanh(c), axis=-1),
            (),
        ),
        "first unit's gate for all": (
            "The gate of the first unit is used for all of them; each unit has a gate of its own.",
            lambda o, c: o[..., :1] * np.tanh(c),
            ("c == 0",),
        ),
        "batch averaged": (
            "For a batch you return one row, the mean over the examples; every example keeps a row of its own.",
            lambda o, c: np.mean(np.atleast_2d(o * np.tanh(c)), axis=0),
            BATCH,
        ),
        "batch added up": (
            "For a batch you return one row, the sum over the examples; every example keeps a row of its own.",
            lambda o, c: np.sum(np.atleast_2d(o * np.tanh(c)), axis=0),
            BATCH,
        ),
        "nan at large cell states": (
            "For large c your tanh is ∞/∞, nan: NumPy's own tanh has no such trouble.",
            quietly(lambda o, c: o * np.sinh(c) / np.cosh(c)),
            ("moderate c",),
        ),
        "c returned": (
            "You return the cell state itself; what the cell shows is squashed and gated.",
            lambda o, c: c + 0,
            ("c == 0",),
        ),
    }
    for name, (says, variant, hidden_when) in values.items():
        slip(f"{name} in hidden_state", says, variant, hidden_when=hidden_when)
    slip(
        "c overwritten in hidden_state",
        "Your function writes tanh(c) into c itself; the next step needs c as it was, so make a new array.",
        lambda o, c: o * np.tanh(c, out=c),
        ASKED_OF_GATES,
        signs=changes("c"),
    )
    slip(
        "o overwritten in hidden_state",
        "Your function writes its result into o, as *= does; the way back needs o, so make a new array.",
        lambda o, c: np.multiply(o, np.tanh(c), out=o),
        ASKED_OF_GATES,
        signs=changes("o"),
    )
    common_slips("hidden_state", "h")


sigmoid_slips()
layer_slips("forget_gate", "forget gate", "f", sigmoid, FORGET_GATE)
slips_of("forget_gate", FORGET_GATE)(
    "1 added in the forget gate",
    "You add 1 to W·[h_prev, x] + b; the gate's head start stands in b_f already, when the parameters are drawn.",
    lambda h_prev, x, W, b: sigmoid(affine(h_prev, x, W, b) + 1),
)
layer_slips("input_gate", "input gate", "i", sigmoid, INPUT_GATE)
layer_slips("candidate", "candidate", "c_tilde", np.tanh, CANDIDATE)
update_slips()
layer_slips("output_gate", "output gate", "o", sigmoid, OUTPUT_GATE)
hidden_slips()
