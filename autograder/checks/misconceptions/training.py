"""Mistakes in ``training``; not of ``train_adding``, which takes seconds for each."""

import numpy as np

from autograder.checks.misconceptions import misconception
from autograder.checks.misconceptions.lines import replacing, run
from autograder.checks.misconceptions.sections import ADAM, CORRECTIONS, HIGHWAY
from autograder.checks.misconceptions.signs import changes, overwrites_results
from autograder.reference import adam_step, gradient_highway

ONE_STEP = "T == 1"

# gradient_highway


def product_from_the_end(fs):
    """Row k is the product of ``fs[k:]``."""
    return np.cumprod(fs[::-1], axis=0)[::-1]


def road_slip(name, says, variant, hidden_when=()):
    misconception("gradient_highway", says, HIGHWAY, hidden_when, name)(variant)


road_slip(
    "the gate of the step itself counted",
    "Your row k has the gate of step k in it. From c_k to c_T the gradient passes the gates of the later steps alone.",
    product_from_the_end,
    hidden_when=("all gates open",),
)
road_slip(
    "the next gate left out",
    "Your row k leaves out the gate of step k + 1. That is the first one between c_k and c_T.",
    lambda fs: np.concatenate([gradient_highway(fs)[1:], np.ones_like(fs[:1])]),
    hidden_when=(ONE_STEP, "all gates open"),
)
road_slip(
    "the gates before the step",
    "Your row k multiplies the gates before step k. The gradient comes from the end: the gates after step k count.",
    lambda fs: np.concatenate([np.ones_like(fs[:1]), np.cumprod(fs, axis=0)[:-1]]),
    hidden_when=(ONE_STEP, "all gates open"),
)
road_slip(
    "the gates up to the step",
    "Your row k multiplies the gates from the first step up to step k. The gates after step k are what lies between "
    "c_k and c_T.",
    lambda fs: np.cumprod(fs, axis=0),
    hidden_when=("all gates open",),
)
road_slip(
    "rows from the last to the first",
    "Your rows are in the order of the walk back. Row k belongs to step k, and the row of ones is the last.",
    lambda fs: gradient_highway(fs)[::-1],
    hidden_when=(ONE_STEP, "all gates open"),
)
road_slip(
    "gates added up",
    "Your code adds the gates. Each step multiplies the gradient by its gate, so along the way the gates multiply.",
    lambda fs: np.concatenate([np.cumsum(fs[:0:-1], axis=0)[::-1], np.ones_like(fs[:1])]),
    hidden_when=(ONE_STEP, "T == 2"),
)
road_slip(
    "the mean of the gates",
    "Your code takes the mean of the later gates. Each step multiplies the gradient by its gate: it is a product.",
    lambda fs: np.stack([fs[k + 1 :].mean(axis=0) if k + 1 < len(fs) else np.ones_like(fs[0]) for k in range(len(fs))]),
    hidden_when=(ONE_STEP, "T == 2", "all gates open"),
)
road_slip(
    "the next gate alone",
    "Your row k is the gate of step k + 1 alone. On the way from c_k to c_T all later gates are passed.",
    lambda fs: np.concatenate([fs[1:], np.ones_like(fs[:1])]),
    hidden_when=(ONE_STEP, "T == 2", "all gates open"),
)
road_slip(
    "a last row of zeros",
    "Your last row is zero. Between c_T and itself lies no gate: the slope is one.",
    lambda fs: np.concatenate([gradient_highway(fs)[:-1], np.zeros_like(fs[:1])]),
)
road_slip(
    "the last gate as the last row",
    "Your last row is the last gate. Between c_T and itself lies no gate: the slope is one.",
    lambda fs: np.concatenate([gradient_highway(fs)[:-1], fs[-1:]]),
    hidden_when=("all gates open",),
)
road_slip(
    "the product of all gates in every row",
    "Every row of yours is the product of all gates. Row k has the gates after step k alone.",
    lambda fs: np.broadcast_to(np.prod(fs, axis=0), fs.shape).copy(),
    hidden_when=("all gates open",),
)
road_slip(
    "one gate to a power",
    "Your row k raises one gate to the power of the steps that are left. The gates differ from step to step: multiply "
    "them.",
    lambda fs: fs ** (len(fs) - 1 - np.arange(len(fs)))[:, None],
    hidden_when=(ONE_STEP, "gates that are the same at every step", "all gates open"),
)
road_slip(
    "the shares that are forgotten",
    "Your code multiplies 1 − f. What a step lets through of the gradient is f itself.",
    lambda fs: gradient_highway(1 - fs),
    hidden_when=(ONE_STEP,),
)
road_slip(
    "σ' of the gates",
    "Your code multiplies f (1 − f), the slopes of the gates. The factor along the cell state is the gate's value.",
    lambda fs: gradient_highway(fs * (1 - fs)),
    hidden_when=(ONE_STEP,),
)
road_slip(
    "the product over the units",
    "Your products run along the units. Time is the first axis; each unit has a road of its own.",
    lambda fs: gradient_highway(fs.T).T,
    hidden_when=("one unit and one step", "all gates open"),
)
road_slip(
    "one road for all units",
    "Your result is the same for all units. Each unit has its own gate at each step, and so a road of its own.",
    lambda fs: np.broadcast_to(gradient_highway(fs.mean(axis=1, keepdims=True)), fs.shape).copy(),
    hidden_when=(ONE_STEP, "one unit", "all gates open"),
)
road_slip(
    "the units' products multiplied too",
    "Your result has the product over all units. Each unit has its own gate at each step, and so a road of its own.",
    lambda fs: np.broadcast_to(gradient_highway(fs).prod(axis=1, keepdims=True), fs.shape).copy(),
    hidden_when=(ONE_STEP, "one unit", "all gates open"),
)
road_slip(
    "the last row missing",
    "Your result has one row too few: the last step has a row as well, for the way from c_T to itself.",
    lambda fs: gradient_highway(fs)[:-1],
)
road_slip(
    "a row too many",
    "Your result has one row too many: there is one row for each step, and the first belongs to c_1.",
    lambda fs: np.concatenate([product_from_the_end(fs), np.ones_like(fs[:1])]),
)
road_slip(
    "logarithms left standing",
    "Your code adds logarithms and leaves it at that. Take exp of the sums to be back at products.",
    lambda fs: np.concatenate([np.cumsum(np.log(fs[:0:-1]), axis=0)[::-1], np.zeros_like(fs[:1])]),
)
road_slip(
    "the whole product divided by its beginning",
    "Your code divides the product of all gates by that of the first ones. If a gate is shut, that is 0 / 0: nan. "
    "Multiply the "
    "later gates only.",
    lambda fs: np.prod(fs, axis=0) / np.cumprod(fs, axis=0),
    hidden_when=("no gate is shut", ONE_STEP),
)
road_slip(
    "the road in single precision",
    "Your result is float32. The course computes in float64.",
    lambda fs: gradient_highway(fs).astype(np.float32),
)
road_slip(
    "the road in whole numbers",
    "Your result is an array of whole numbers, which cuts off what stands behind the point. Start from float ones.",
    lambda fs: gradient_highway(fs).astype(int),
)


@misconception(
    "gradient_highway",
    "Your code writes its products into the gates that it was given. The caller may still need them: make a new array.",
    HIGHWAY,
    signs=changes("fs"),
)
def the_gates_overwritten(fs):
    fs[...] = gradient_highway(fs)
    return fs.copy()


@misconception(
    "gradient_highway",
    "A second call changes what the first one returned, because both fill the same array. Make a new one in each call.",
    HIGHWAY,
    signs=overwrites_results,
)
def one_array_for_all_roads(fs, shared={}):  # noqa: B006
    kept = shared.setdefault(fs.shape, np.empty_like(fs))
    kept[...] = gradient_highway(fs)
    return kept


# adam_step

ADAM_LINES = {
    "m": lambda v: v.beta1 * v.m_before + (1 - v.beta1) * v.g,
    "v": lambda v: v.beta2 * v.v_before + (1 - v.beta2) * v.g**2,
    "m_hat": lambda v: v.m / (1 - v.beta1**v.t),
    "v_hat": lambda v: v.v / (1 - v.beta2**v.t),
    "p": lambda v: v.p_before - v.lr * v.m_hat / (np.sqrt(v.v_hat) + v.eps),
    "kept": lambda v: (v.m, v.v),
}


def adam(first=1, every=1, **lines):
    """``adam_step`` with these lines replaced; `first` is the first step's number, and `every` what each adds to it."""

    def variant(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
        t, averages = state or (first - every, {name: (0 * p, 0 * p) for name, p in params.items()})
        t, updated, kept = t + every, {}, {}
        for name, p in params.items():
            before = dict(zip(("m_before", "v_before"), averages[name], strict=True))
            settings = dict(lr=lr, beta1=beta1, beta2=beta2, eps=eps, t=t)
            v = run(ADAM_LINES | lines, p_before=p, g=grads[name], **before, **settings)
            updated[name], kept[name] = v.p, v.kept
        return updated, (t, kept)

    return variant


slip = replacing("adam_step", adam, ADAM, m_hat=CORRECTIONS, v_hat=CORRECTIONS)


def always(**settings):
    """``adam_step`` that takes these settings whatever it is given."""

    def variant(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
        return adam_step(params, grads, state, **(dict(lr=lr, beta1=beta1, beta2=beta2, eps=eps) | settings))

    return variant


def adam_slip(name, says, variant, hidden_when=()):
    misconception("adam_step", says, ADAM, hidden_when, name)(variant)


DEFAULTS = "settings by default"
FIRST = "the first step"

slip(
    "no correction of the averages",
    "Your averages are used as they are. They began at zero, and so are too small in the first steps: correct both by "
    "1 − βᵗ.",
    m_hat=lambda v: v.m,
    v_hat=lambda v: v.v,
)
slip(
    "no correction of the gradient's average",
    "Your average of the gradient is used as it is, and that of the square corrected. Both began at zero: correct "
    "both.",
    m_hat=lambda v: v.m,
)
slip(
    "no correction of the square's average",
    "Your average of the squared gradient is used as it is, and that of the gradient corrected. Both began at zero: "
    "correct both.",
    v_hat=lambda v: v.v,
)
adam_slip(
    "steps counted from zero",
    "Your first step has the number 0, so 1 − β⁰ is zero and the step becomes nan or infinite. The first step is "
    "number 1.",
    adam(first=0),
)
adam_slip(
    "steps counted from two",
    "Your first step has the number 2: the count goes up once too often before it is used. The first step is number 1.",
    adam(first=2),
)
adam_slip(
    "steps that are not counted",
    "Your t is 1 at every step. It grows by one with each step, and the correction fades away.",
    adam(every=0),
    hidden_when=(FIRST,),
)
slip(
    "t multiplied in place of a power",
    "Your correction has β · t in it. It is β to the power of t.",
    hidden_when=(FIRST,),
    m_hat=lambda v: v.m / (1 - v.beta1 * v.t),
    v_hat=lambda v: v.v / (1 - v.beta2 * v.t),
)
slip(
    "the power outside the bracket",
    "Your correction is (1 − β)ᵗ. The power belongs to β alone: 1 − βᵗ.",
    hidden_when=(FIRST,),
    m_hat=lambda v: v.m / (1 - v.beta1) ** v.t,
    v_hat=lambda v: v.v / (1 - v.beta2) ** v.t,
)
slip(
    "multiplied by the correction",
    "Your averages are multiplied by 1 − βᵗ, which makes them smaller still. Divide by it.",
    m_hat=lambda v: v.m * (1 - v.beta1**v.t),
    v_hat=lambda v: v.v * (1 - v.beta2**v.t),
)
slip(
    "both averages corrected by β₁",
    "Your correction of the square's average uses β₁. That average is made with β₂.",
    hidden_when=("β₁ == β₂",),
    v_hat=lambda v: v.v / (1 - v.beta1**v.t),
)
slip(
    "both averages made with β₁",
    "Your average of the squared gradient is made with β₁. It has a rate of its own, β₂.",
    hidden_when=("β₁ == β₂", FIRST),
    v=lambda v: v.beta1 * v.v_before + (1 - v.beta1) * v.g**2,
    v_hat=lambda v: v.v / (1 - v.beta1**v.t),
)
adam_slip(
    "β₁ and β₂ exchanged",
    "Your β₁ and β₂ are in each other's place: β₁ belongs to the gradient's average, β₂ to that of its square.",
    lambda params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8: adam_step(
        params, grads, state, lr, beta2, beta1, eps
    ),
    hidden_when=("β₁ == β₂", FIRST),
)
slip(
    "β on the new gradient",
    "Your averages weigh the new gradient by β and the old average by 1 − β. It is the other way round: the past "
    "weighs more.",
    m=lambda v: (1 - v.beta1) * v.m_before + v.beta1 * v.g,
    v=lambda v: (1 - v.beta2) * v.v_before + v.beta2 * v.g**2,
)
slip(
    "the new gradient not weighed",
    "Your averages add the whole new gradient. It counts by 1 − β, so that old and new together weigh one.",
    m=lambda v: v.beta1 * v.m_before + v.g,
    v=lambda v: v.beta2 * v.v_before + v.g**2,
)
slip(
    "the new gradient not weighed in its average",
    "Your average of the gradient adds the whole new gradient. It counts by 1 − β₁, so that old and new together weigh "
    "one.",
    m=lambda v: v.beta1 * v.m_before + v.g,
)
slip(
    "the new gradient not weighed in the square's average",
    "Your average of the square adds the whole new square. It counts by 1 − β₂, so that old and new together weigh "
    "one.",
    v=lambda v: v.beta2 * v.v_before + v.g**2,
)
slip(
    "eps inside the root",
    "Your eps is added before the root is taken. It is added to the root.",
    p=lambda v: v.p_before - v.lr * v.m_hat / np.sqrt(v.v_hat + v.eps),
)
slip(
    "eps added before the correction",
    "Your eps is added to the root of the average that is not corrected yet. Correct first, then take the root, then "
    "add eps.",
    p=lambda v: v.p_before - v.lr * v.m_hat * np.sqrt(1 - v.beta2**v.t) / (np.sqrt(v.v) + v.eps),
)
slip(
    "eps forgotten",
    "Your code does not add eps to the root. Where the gradient has been zero, that is 0 / 0: nan.",
    p=lambda v: v.p_before - v.lr * v.m_hat / np.sqrt(v.v_hat),
)
slip(
    "eps as a least value",
    "Your code takes the greater of root and eps. eps is added to the root.",
    p=lambda v: v.p_before - v.lr * v.m_hat / np.maximum(np.sqrt(v.v_hat), v.eps),
)
slip(
    "eps added to the whole quotient",
    "Your eps is added to the quotient. It belongs to the root below the line: brackets around √v̂ + eps.",
    p=lambda v: v.p_before - v.lr * (v.m_hat / np.sqrt(v.v_hat) + v.eps),
)
slip(
    "the root left out",
    "Your code divides by v̂ itself. Divide by its root: it is an average of squares.",
    p=lambda v: v.p_before - v.lr * v.m_hat / (v.v_hat + v.eps),
)
slip(
    "the second average without the square",
    "Your second average is one of the gradient itself. It is the average of its square.",
    v=lambda v: v.beta2 * v.v_before + (1 - v.beta2) * v.g,
)
slip(
    "the size in place of the square",
    "Your second average is one of the gradient's size. It is the average of its square.",
    v=lambda v: v.beta2 * v.v_before + (1 - v.beta2) * np.abs(v.g),
)
slip(
    "the square of the average",
    "Your second average is made of the first one's square. Square the gradient, then average: big swings count by "
    "their size.",
    v=lambda v: v.beta2 * v.v_before + (1 - v.beta2) * v.m**2,
)
slip(
    "the weight squared with the gradient",
    "Your code squares (1 − β₂) together with the gradient. Only the gradient is squared.",
    v=lambda v: v.beta2 * v.v_before + ((1 - v.beta2) * v.g) ** 2,
)
slip(
    "uphill",
    "Your code adds the step. The gradient points uphill, and the loss is to fall: subtract.",
    p=lambda v: v.p_before + v.lr * v.m_hat / (np.sqrt(v.v_hat) + v.eps),
)
slip(
    "the gradient in place of its average",
    "Your step has the newest gradient above the line. Adam steps along the average m̂.",
    hidden_when=(FIRST,),
    p=lambda v: v.p_before - v.lr * v.g / (np.sqrt(v.v_hat) + v.eps),
)
slip(
    "plain gradient descent",
    "Your step is lr times the gradient. Adam steps along the average, divided by the root of the squares' average.",
    p=lambda v: v.p_before - v.lr * v.g,
)
slip(
    "momentum alone",
    "Your step is lr times the average m̂. Adam divides it by the root of the squares' average.",
    p=lambda v: v.p_before - v.lr * v.m_hat,
)
slip(
    "the sign of the average",
    "Your step has the same length everywhere, lr. It is so at the first step alone; later m̂ and √v̂ differ.",
    p=lambda v: v.p_before - v.lr * np.sign(v.m_hat),
)
slip(
    "the step not scaled by lr",
    "Your step does not have lr in it, so it is as if lr were 1.",
    hidden_when=("lr == 1",),
    p=lambda v: v.p_before - v.m_hat / (np.sqrt(v.v_hat) + v.eps),
)
slip(
    "lr that falls with the steps",
    "Your step is divided by the root of t as well. With lr as it is given, Adam's step has no such factor.",
    hidden_when=(FIRST,),
    p=lambda v: v.p_before - v.lr / np.sqrt(v.t) * v.m_hat / (np.sqrt(v.v_hat) + v.eps),
)
slip(
    "the corrected averages kept",
    "Your state keeps the corrected averages, and the next step corrects them again. Keep m and v as they are.",
    hidden_when=(FIRST,),
    kept=lambda v: (v.m_hat, v.v_hat),
)
slip(
    "the corrected average of the gradient kept",
    "Your state keeps the corrected m̂, and the next step corrects it again. Keep m as it is.",
    hidden_when=(FIRST,),
    kept=lambda v: (v.m_hat, v.v),
)
slip(
    "the corrected average of the square kept",
    "Your state keeps the corrected v̂, and the next step corrects it again. Keep v as it is.",
    hidden_when=(FIRST,),
    kept=lambda v: (v.m, v.v_hat),
)
slip(
    "one average for both",
    "Your second average starts from the first one's values, as if both were kept in one place. Give each a dict of "
    "its own.",
    hidden_when=(FIRST,),
    kept=lambda v: (v.v, v.v),
)
slip(
    "the averages of the step before",
    "Your step uses the averages of the step before. First take the new gradient into both, then step.",
    p=lambda v: v.p_before - v.lr * v.m_before / (np.sqrt(v.v_before) + v.eps),
)
slip(
    "averages that start at the first gradient",
    "Your averages start at the first gradient and its square, and are corrected as if they had started at zero.",
    m=lambda v: v.g if v.t == 1 else ADAM_LINES["m"](v),
    v=lambda v: v.g**2 if v.t == 1 else ADAM_LINES["v"](v),
)
slip(
    "the greatest average of the squares",
    "Your code divides by the greatest average that there has been. That is AMSGrad; Adam takes the newest.",
    hidden_when=(FIRST,),
    v=lambda v: np.maximum(v.v_before, ADAM_LINES["v"](v)),
)
slip(
    "the sum of all squares",
    "Your code adds up all squares. That is Adagrad; Adam's average forgets the old ones.",
    hidden_when=(FIRST,),
    v=lambda v: v.v_before + v.g**2,
    v_hat=lambda v: v.v,
)
slip(
    "a look ahead",
    "Your step mixes the newest gradient into m̂ once more. That is NAdam; Adam steps along m̂.",
    p=lambda v: v.p_before
    - v.lr * (v.beta1 * v.m_hat + (1 - v.beta1) * v.g / (1 - v.beta1**v.t)) / (np.sqrt(v.v_hat) + v.eps),
)
slip(
    "one length for a whole array",
    "Your second average is one number for an array. Every single number in it has its own.",
    v=lambda v: v.beta2 * v.v_before + (1 - v.beta2) * np.mean(v.g**2),
)
slip(
    "parameters that shrink",
    "Your step also takes a share of the parameter away. Weight decay is something else, and not asked for.",
    p=lambda v: ADAM_LINES["p"](v) - v.lr * 0.01 * v.p_before,
)
adam_slip(
    "lr as it is by default",
    "Your lr is 0.001 whatever is given. It is an argument.",
    always(lr=1e-3),
    hidden_when=(DEFAULTS,),
)
adam_slip(
    "β₁ and β₂ as they are by default",
    "Your β₁ and β₂ are 0.9 and 0.999 whatever is given. They are arguments.",
    always(beta1=0.9, beta2=0.999),
    hidden_when=(DEFAULTS,),
)
adam_slip(
    "eps as it is by default",
    "Your eps is 1e-8 whatever is given. It is an argument.",
    always(eps=1e-8),
    hidden_when=(DEFAULTS,),
)
adam_slip(
    "another lr by default",
    "Your lr is 0.01 where none is given. The default is 0.001.",
    lambda params, grads, state, lr=1e-2, beta1=0.9, beta2=0.999, eps=1e-8: adam_step(
        params, grads, state, lr, beta1, beta2, eps
    ),
    hidden_when=("settings that are given",),
)
adam_slip(
    "another β₂ by default",
    "Your β₂ is 0.99 where none is given. The default is 0.999.",
    lambda params, grads, state, lr=1e-3, beta1=0.9, beta2=0.99, eps=1e-8: adam_step(
        params, grads, state, lr, beta1, beta2, eps
    ),
    hidden_when=("settings that are given", FIRST),
)
adam_slip(
    "another eps by default",
    "Your eps is 1e-7 where none is given. The default is 1e-8.",
    lambda params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-7: adam_step(
        params, grads, state, lr, beta1, beta2, eps
    ),
    hidden_when=("settings that are given",),
)
adam_slip(
    "the state forgotten",
    "Your state begins anew at every step. What a step returns is what the next one is given: count and averages go "
    "on.",
    lambda params, grads, state, *settings, **named: adam_step(params, grads, None, *settings, **named),
    hidden_when=(FIRST,),
)
adam_slip(
    "parameters in single precision",
    "Your parameters come back as float32. The course computes in float64.",
    lambda params, grads, state, *settings, **named: in_single_precision(
        *adam_step(params, grads, state, *settings, **named)
    ),
)
adam_slip(
    "the first parameter alone",
    "Your code updates the first array and leaves the others as they were, as if it returned inside the loop.",
    lambda params, grads, state, *settings, **named: first_alone(
        params, *adam_step(params, grads, state, *settings, **named)
    ),
    hidden_when=("one array",),
)
adam_slip(
    "the weights alone",
    "Your code updates arrays with two axes and leaves the others as they were. Every array of params is learned, "
    "under any key.",
    lambda params, grads, state, *settings, **named: weights_alone(
        params, *adam_step(params, grads, state, *settings, **named)
    ),
)


def in_single_precision(updated, state):
    return {name: p.astype(np.float32) for name, p in updated.items()}, state


def first_alone(params, updated, state):
    first = next(iter(params))
    return params | {first: updated[first]}, state


def weights_alone(params, updated, state):
    return {name: updated[name] if p.ndim == 2 else p for name, p in params.items()}, state


@misconception(
    "adam_step",
    "Your t goes up once for each array, not once for each step. Count before the loop over the arrays.",
    ADAM,
    hidden_when=("one array",),
)
def steps_counted_for_each_array(params, grads, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t, averages = state or (0, {name: (0 * p, 0 * p) for name, p in params.items()})
    updated, kept = {}, {}
    for name, p in params.items():
        t += 1
        one = adam_step({name: p}, {name: grads[name]}, state_of(t - 1, name, averages[name]), lr, beta1, beta2, eps)
        updated[name], kept[name] = one[0][name], (one[1]["m"][name], one[1]["v"][name])
    return updated, (t, kept)


def state_of(t, name, averages):
    m, v = averages
    return {"t": t, "m": {name: m}, "v": {name: v}}


@misconception(
    "adam_step",
    "Your code changes the parameters that it was given, in place. The caller may still need them: return new arrays.",
    ADAM,
    signs=changes("params"),
)
def parameters_updated_in_place(params, grads, state, *settings, **named):
    updated, state = adam_step(params, grads, state, *settings, **named)
    for name, p in params.items():
        p[...] = updated[name]
    return params, state


@misconception(
    "adam_step",
    "Your code changes the state that it was given, in place. The caller may still need it: return a new one.",
    ADAM,
    hidden_when=(FIRST,),
    signs=changes("state"),
)
def the_state_updated_in_place(params, grads, state, *settings, **named):
    updated, new = adam_step(params, grads, state, *settings, **named)
    if state is not None:
        state.update(new)
        return updated, state
    return updated, new


@misconception(
    "adam_step",
    "Your code squares or scales the gradients that it was given, in place. The caller may still need them: make new "
    "arrays.",
    ADAM,
    signs=changes("grads"),
)
def gradients_changed_in_place(params, grads, state, *settings, **named):
    results = adam_step(params, grads, state, *settings, **named)
    for grad in grads.values():
        grad *= grad
    return results


def wrong_in_turn_alone(trial):
    """Whether a network by itself is trained as it should be, and two in turn are not."""
    wrong = {part.case for part in trial.parts if not part.passed} - {"step 3", "step 4"}
    return bool(wrong) and all("in turn" in case for case in wrong)


@misconception(
    "adam_step",
    "Your averages live outside the function, so two networks that learn in turn disturb each other. Keep everything "
    "in state.",
    ADAM,
    hidden_when=("one network at a time",),
    signs=wrong_in_turn_alone,
)
def averages_outside_the_state(params, grads, state, *settings, kept={}, **named):  # noqa: B006
    if state is None:
        kept.clear()
    known = kept.get("state")
    fits = known is not None and all(known["m"][name].shape == p.shape for name, p in params.items())
    updated, kept["state"] = adam_step(params, grads, known if fits else None, *settings, **named)
    return updated, {}
