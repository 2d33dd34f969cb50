"""Mistakes in ``bptt``."""

import numpy as np

from autograder.checks.misconceptions import misconception
from autograder.checks.misconceptions.lines import (
    BACK_SECTIONS,
    BATCH_OF_ONE,
    ONE_EXAMPLE,
    WEIGHT_LINES,
    outer,
    replacing,
    run,
    summed,
    weight_slips,
)
from autograder.checks.misconceptions.sections import CELL_BACK, CLIPPING, NUDGES, TIME_BACK
from autograder.checks.misconceptions.signs import changes, fails_except_on, fails_on, overwrites_results
from autograder.reference import clip_gradients, lstm_backward, lstm_cell_backward, sigmoid

NO_DC, NO_DH = "dc is zero", "dh is zero"
ONE_STEP = "T == 1"

GATES = {"f": "forget gate", "i": "input gate", "o": "output gate"}
LAYERS = {**GATES, "c": "candidate"}

# lstm_cell_backward

CELL_LINES = {
    "tanh_c": lambda v: np.tanh(v.c),
    "do": lambda v: v.dh * v.tanh_c,
    "dc": lambda v: v.dc_next + v.dh * v.o * (1 - v.tanh_c**2),
    "df": lambda v: v.dc * v.c_prev,
    "di": lambda v: v.dc * v.c_tilde,
    "dc_tilde": lambda v: v.dc * v.i,
    "dz_f": lambda v: v.df * v.f * (1 - v.f),
    "dz_i": lambda v: v.di * v.i * (1 - v.i),
    "dz_c": lambda v: v.dc_tilde * (1 - v.c_tilde**2),
    "dz_o": lambda v: v.do * v.o * (1 - v.o),
    "dc_prev": lambda v: v.dc * v.f,
    "dz": lambda v: {"f": v.dz_f, "i": v.dz_i, "c": v.dz_c, "o": v.dz_o},
    "dhx": lambda v: sum(v.dz[layer] @ v.params[f"W_{layer}"] for layer in v.dz),
    "n": lambda v: v.h_prev.shape[-1],
    "dh_prev": lambda v: v.dhx[..., : v.n],
    "dx": lambda v: v.dhx[..., v.n :],
    "reads": lambda v: dict.fromkeys(v.dz, v.h_prev),
    "dp": lambda v: {},
    **WEIGHT_LINES,
    "returned": lambda v: (v.dx, v.dh_prev, v.dc_prev, v.grads),
}


def cell(**lines):
    """``lstm_cell_backward`` with these lines replaced."""
    return lambda dh, dc, cache, params: run(CELL_LINES | lines, dh=dh, dc_next=dc, params=params, **cache).returned


slip = replacing("lstm_cell_backward", cell, CELL_BACK, **BACK_SECTIONS)

slip(
    "dc of the next step forgotten",
    "Your ∂L/∂c_t is made of dh alone. The next step reads c_t too, and what it says about it arrives as dc: both "
    "belong in.",
    hidden_when=(NO_DC,),
    dc=lambda v: v.dh * v.o * (1 - v.tanh_c**2),
)
slip(
    "the road from h to c forgotten",
    "Your ∂L/∂c_t is the dc that came from the next step. c_t also reaches the loss through h_t = o ⊙ tanh(c_t), and "
    "that "
    "share is missing.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next,
)
slip(
    "dc of the next step sent through h as well",
    "Your code adds dc to dh and sends both through h_t = o ⊙ tanh(c_t). dc is already a slope in c_t: it goes past "
    "h_t.",
    hidden_when=(NO_DC,),
    dc=lambda v: (v.dc_next + v.dh) * v.o * (1 - v.tanh_c**2),
)
slip(
    "dc of the next step sent through the tanh as well",
    "Your code multiplies dc by tanh' too. dc is already a slope in c_t; only dh passes the tanh on its way there.",
    hidden_when=(NO_DC,),
    dc=lambda v: (v.dc_next + v.dh * v.o) * (1 - v.tanh_c**2),
)
slip(
    "the two roads to c multiplied",
    "Your code multiplies the two shares of ∂L/∂c_t. Where a number reaches the loss on several roads, its slopes add "
    "up.",
    dc=lambda v: v.dc_next * v.dh * v.o * (1 - v.tanh_c**2),
)
slip(
    "the two roads to c subtracted",
    "Your code subtracts dc from the share that comes through h_t. Slopes that arrive on different roads are added.",
    hidden_when=(NO_DC,),
    dc=lambda v: v.dh * v.o * (1 - v.tanh_c**2) - v.dc_next,
)
slip(
    "dh handed to c unchanged",
    "Your code adds dh to dc as it is. Between h_t and c_t lie the output gate and the tanh, and each leaves its "
    "factor.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh,
)
slip(
    "tanh' left out on the road from h to c",
    "On the road from h_t to c_t your code has the output gate alone. h_t shows tanh(c_t), so tanh's slope is a factor "
    "too.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.o,
)
slip(
    "the output gate left out on the road from h to c",
    "On the road from h_t to c_t your code has tanh's slope alone. The output gate scales what h_t shows, and the "
    "slope too.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * (1 - v.tanh_c**2),
)
slip(
    "tanh in place of its slope",
    "On the road from h_t to c_t your code multiplies by tanh(c_t) itself. What is needed there is the slope of tanh.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.o * v.tanh_c,
)
slip(
    "tanh' without the square",
    "On the road from h_t to c_t your code has 1 − tanh(c_t). The slope of tanh has a square in it.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.o * (1 - v.tanh_c),
)
slip(
    "tanh' of c without the tanh",
    "On the road from h_t to c_t your code has 1 − c_t². The rule 1 − y² wants y = tanh(c_t); c_t has not been "
    "squashed yet.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.o * (1 - v.c**2),
)
slip(
    "tanh' of a tanh",
    "On the road from h_t to c_t the tanh is taken twice: your slope stands at tanh(c_t), and it should stand at c_t.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.o * (1 - np.tanh(v.tanh_c) ** 2),
)
slip(
    "tanh' at the old cell state",
    "On the road from h_t to c_t your slope of tanh stands at c_prev. h_t shows the new cell state, c_t.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.o * (1 - np.tanh(v.c_prev) ** 2),
)
slip(
    "tanh' at the candidate",
    "On the road from h_t to c_t your slope is 1 − c̃². That is the candidate's; here it is that of tanh(c_t).",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.o * (1 - v.c_tilde**2),
)
slip(
    "σ' in place of tanh' on the road from h to c",
    "On the road from h_t to c_t your code has o (1 − o), the slope of the output gate. c_t passes the tanh on this "
    "road.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.o * (1 - v.o),
)
slip(
    "the wrong gate on the road from h to c",
    "On the road from h_t to c_t your code multiplies by the forget gate. What h_t shows is scaled by the output gate.",
    hidden_when=(NO_DH,),
    dc=lambda v: v.dc_next + v.dh * v.f * (1 - v.tanh_c**2),
)
slip(
    "h in place of dh",
    "Your code takes o ⊙ tanh(c_t), which is h_t, where the slope dh belongs.",
    dc=lambda v: v.dc_next + v.o * v.tanh_c * v.o * (1 - v.tanh_c**2),
)

slip(
    "c in place of tanh(c) for the output gate",
    "Your gradient of the output gate multiplies dh by c_t. h_t = o ⊙ tanh(c_t): what stands beside o is tanh(c_t).",
    hidden_when=(NO_DH,),
    do=lambda v: v.dh * v.c,
)
slip(
    "tanh' for the output gate",
    "Your gradient of the output gate multiplies dh by the slope of tanh. In o ⊙ tanh(c_t) the slope in o is tanh(c_t) "
    "itself.",
    hidden_when=(NO_DH,),
    do=lambda v: v.dh * (1 - v.tanh_c**2),
)
slip(
    "the output gate's gradient from dc",
    "Your gradient of the output gate starts from ∂L/∂c_t. The output gate acts after the cell state: it is reached "
    "from dh.",
    do=lambda v: v.dh,
    dz_o=lambda v: v.dc * v.tanh_c * v.o * (1 - v.o),
)
slip(
    "the old cell state for the output gate",
    "Your gradient of the output gate multiplies dh by tanh(c_prev). The output gate shows the new cell state, c_t.",
    hidden_when=(NO_DH,),
    do=lambda v: v.dh * np.tanh(v.c_prev),
)
slip(
    "dh alone for the output gate",
    "Your gradient of the output gate is dh. In o ⊙ tanh(c_t), the slope in o is dh times the other factor.",
    hidden_when=(NO_DH,),
    do=lambda v: v.dh,
)

slip(
    "the new cell state for the forget gate",
    "Your gradient of the forget gate multiplies by c_t. The forget gate acts on the old cell state: c_t = f ⊙ c_prev "
    "+ i ⊙ c̃.",
    df=lambda v: v.dc * v.c,
)
slip(
    "h_prev for the forget gate",
    "Your gradient of the forget gate multiplies by h_prev. The forget gate acts on the cell state, c_prev.",
    df=lambda v: v.dc * v.h_prev,
)
slip(
    "dc alone for the forget gate",
    "Your gradient of the forget gate is ∂L/∂c_t as it is. In f ⊙ c_prev, the slope in f has the other factor in it.",
    df=lambda v: v.dc,
)
slip(
    "the forget gate itself for its gradient",
    "Your gradient of the forget gate multiplies by f. That is the factor towards c_prev; towards f it is c_prev.",
    df=lambda v: v.dc * v.f,
)
slip(
    "the factors of the write swapped",
    "In i ⊙ c̃ the gradient of each factor has the other one in it; in your code each is multiplied by itself.",
    di=lambda v: v.dc * v.i,
    dc_tilde=lambda v: v.dc * v.c_tilde,
)
slip(
    "the input gate itself for its gradient",
    "Your gradient of the input gate multiplies by i. In i ⊙ c̃, the slope in i is the candidate.",
    di=lambda v: v.dc * v.i,
)
slip(
    "the candidate itself for its gradient",
    "Your gradient of the candidate multiplies by c̃. In i ⊙ c̃, the slope in c̃ is the input gate.",
    dc_tilde=lambda v: v.dc * v.c_tilde,
)
slip(
    "the old cell state for the input gate",
    "Your gradient of the input gate multiplies by c_prev. The input gate scales the candidate; c_prev is the forget "
    "gate's.",
    di=lambda v: v.dc * v.c_prev,
)
slip(
    "the forget gate for the candidate",
    "Your gradient of the candidate multiplies by f. The candidate is scaled by the input gate.",
    dc_tilde=lambda v: v.dc * v.f,
)
slip(
    "dc alone for the candidate",
    "Your gradient of the candidate is ∂L/∂c_t as it is. The candidate is written through the input gate.",
    dc_tilde=lambda v: v.dc,
)
slip(
    "dc alone for the input gate",
    "Your gradient of the input gate is ∂L/∂c_t as it is. In i ⊙ c̃, the slope in i has the other factor in it.",
    di=lambda v: v.dc,
)
slip(
    "dh in place of dc inside the cell",
    "Your gradients of f, i and c̃ start from dh. They act on c_t, so they start from all of ∂L/∂c_t.",
    df=lambda v: v.dh * v.c_prev,
    di=lambda v: v.dh * v.c_tilde,
    dc_tilde=lambda v: v.dh * v.i,
)
slip(
    "only dc of the next step inside the cell",
    "Your gradients of f, i and c̃ start from the dc that came in. They start from all of ∂L/∂c_t, its share through "
    "h_t too.",
    hidden_when=(NO_DH,),
    df=lambda v: v.dc_next * v.c_prev,
    di=lambda v: v.dc_next * v.c_tilde,
    dc_tilde=lambda v: v.dc_next * v.i,
)
slip(
    "only the share through h inside the cell",
    "Your gradients of f, i and c̃ start from the share of ∂L/∂c_t that comes through h_t. The dc that came in belongs "
    "to it.",
    hidden_when=(NO_DC,),
    df=lambda v: (v.dc - v.dc_next) * v.c_prev,
    di=lambda v: (v.dc - v.dc_next) * v.c_tilde,
    dc_tilde=lambda v: (v.dc - v.dc_next) * v.i,
)

slip(
    "dc_prev without the forget gate",
    "Your dc_prev is ∂L/∂c_t as it is. On its way to c_t, c_prev passed the forget gate.",
    dc_prev=lambda v: v.dc,
)
slip(
    "dc_prev from the next step alone",
    "Your dc_prev is made of the dc that came in. It needs all of ∂L/∂c_t, the share that comes through h_t too.",
    hidden_when=(NO_DH,),
    dc_prev=lambda v: v.dc_next * v.f,
)
slip(
    "dc_prev from h alone",
    "Your dc_prev is made of the share of ∂L/∂c_t that comes through h_t. The dc that came in belongs to it.",
    hidden_when=(NO_DC,),
    dc_prev=lambda v: (v.dc - v.dc_next) * v.f,
)
slip(
    "the input gate in dc_prev",
    "Your dc_prev multiplies by the input gate. What stands beside c_prev in c_t = f ⊙ c_prev + i ⊙ c̃ is the forget "
    "gate.",
    dc_prev=lambda v: v.dc * v.i,
)
slip(
    "the output gate in dc_prev",
    "Your dc_prev multiplies by the output gate. What stands beside c_prev in c_t = f ⊙ c_prev + i ⊙ c̃ is the forget "
    "gate.",
    dc_prev=lambda v: v.dc * v.o,
)
slip(
    "σ' of the forget gate in dc_prev",
    "Your dc_prev multiplies by f (1 − f). The road from c_t to c_prev passes the gate's value, not its squashing "
    "function.",
    dc_prev=lambda v: v.dc * v.f * (1 - v.f),
)
slip(
    "the gates' roads added to dc_prev",
    "Your dc_prev has σ' of the forget gate added to it. Without peepholes the gates do not look at c_prev: one road "
    "is all.",
    dc_prev=lambda v: v.dc * v.f + v.dz_f,
)

for gate, called in GATES.items():
    slip(
        f"σ' left out at the {called}",
        f"Your dz_{gate} is the gradient of the {called} itself. Its pre-activation lies behind σ, whose slope is one "
        "more factor.",
        hidden_when=(NO_DH,) if gate == "o" else (),
        **{f"dz_{gate}": lambda v, gate=gate: getattr(v, f"d{gate}")},
    )
    slip(
        f"tanh' at the {called}",
        f"Your dz_{gate} takes the slope of a tanh. The {called} is squashed by σ, and its slope follows another rule.",
        hidden_when=(NO_DH,) if gate == "o" else (),
        **{f"dz_{gate}": lambda v, gate=gate: getattr(v, f"d{gate}") * (1 - getattr(v, gate) ** 2)},
    )
    slip(
        f"half of σ' at the {called}: {gate} alone",
        f"Your dz_{gate} multiplies by {gate} where the slope of σ belongs, which has two factors.",
        hidden_when=(NO_DH,) if gate == "o" else (),
        **{f"dz_{gate}": lambda v, gate=gate: getattr(v, f"d{gate}") * getattr(v, gate)},
    )
    slip(
        f"half of σ' at the {called}: 1 − {gate} alone",
        f"Your dz_{gate} multiplies by 1 − {gate} where the slope of σ belongs, which has two factors.",
        hidden_when=(NO_DH,) if gate == "o" else (),
        **{f"dz_{gate}": lambda v, gate=gate: getattr(v, f"d{gate}") * (1 - getattr(v, gate))},
    )


def at_all_gates(slope):
    """Lines that take another slope of σ at each of the three gates."""
    return {f"dz_{g}": lambda v, g=g: getattr(v, f"d{g}") * slope(getattr(v, g)) for g in GATES}


def slope_of_sigma(z):
    return sigmoid(z) * (1 - sigmoid(z))


slip(
    "σ' left out at all gates",
    "Your gradients of the gates go on to the weights as they are. The weights lie behind σ, whose slope is one more "
    "factor.",
    **at_all_gates(lambda gate: 1),
)
slip(
    "tanh' at all gates",
    "Your code takes the slope of a tanh at the gates. They are squashed by σ; tanh is the candidate's.",
    **at_all_gates(lambda gate: 1 - gate**2),
)
slip(
    "σ' without its second factor at all gates",
    "At each gate your code multiplies by the gate where the slope of σ belongs, which has two factors.",
    **at_all_gates(lambda gate: gate),
)
slip(
    "σ' without its first factor at all gates",
    "At each gate your code multiplies by 1 minus the gate where the slope of σ belongs, which has two factors.",
    **at_all_gates(lambda gate: 1 - gate),
)
slip(
    "σ' at a gate that is squashed already",
    "Your code takes the slope of σ at the gate's value, and so squashes twice. y (1 − y) is the slope already if y is "
    "the gate.",
    **at_all_gates(slope_of_sigma),
)
slip(
    "σ' and tanh' left out everywhere",
    "Your gradients go on to the weights without any squashing function's slope. Gates and candidate each have one.",
    **at_all_gates(lambda gate: 1),
    dz_c=lambda v: v.dc_tilde,
)
slip(
    "tanh' left out at the candidate",
    "Your dz_c is the gradient of the candidate itself. Its pre-activation lies behind tanh, whose slope is one more "
    "factor.",
    dz_c=lambda v: v.dc_tilde,
)
slip(
    "σ' at the candidate",
    "Your dz_c takes the slope of σ, y (1 − y). The candidate is squashed by tanh, and its slope follows another rule.",
    dz_c=lambda v: v.dc_tilde * v.c_tilde * (1 - v.c_tilde),
)
slip(
    "tanh' without the square at the candidate",
    "Your dz_c has the factor 1 − c̃. The slope of tanh has a square in it.",
    dz_c=lambda v: v.dc_tilde * (1 - v.c_tilde),
)
slip(
    "tanh' at a candidate that is squashed already",
    "Your dz_c takes tanh of c̃ once more. c̃ is tanh's value already, and its slope follows from it directly.",
    dz_c=lambda v: v.dc_tilde * (1 - np.tanh(v.c_tilde) ** 2),
)
slip(
    "tanh' of the cell state at the candidate",
    "Your dz_c takes the slope of tanh at c_t. The candidate has a tanh of its own, with the value c̃.",
    dz_c=lambda v: v.dc_tilde * (1 - v.tanh_c**2),
)

weight_slips(slip)
slip(
    "dx and dh_prev cut apart at the wrong place",
    "Your code takes the first m numbers for dx and the rest for dh_prev. In [h_prev, x] the hidden state comes first.",
    dx=lambda v: v.dhx[..., : v.x.shape[-1]],
    dh_prev=lambda v: v.dhx[..., v.x.shape[-1] :],
)
slip(
    "dx and dh_prev returned in the other order",
    "Your first two results are dh_prev and dx. dx comes first.",
    returned=lambda v: (v.dh_prev, v.dx, v.dc_prev, v.grads),
)
slip(
    "dh_prev and dc_prev returned in the other order",
    "Your second and third result are dc_prev and dh_prev. dh_prev comes first.",
    returned=lambda v: (v.dx, v.dc_prev, v.dh_prev, v.grads),
)
slip(
    "the biases' gradients before the squashing",
    "Your biases' gradients lack σ' and tanh'. A bias lies in the same pre-activation as the weights: it has the same "
    "dz.",
    db=lambda v: {f"b_{k}": summed(d) for k, d in {"f": v.df, "i": v.di, "c": v.dc_tilde, "o": v.do}.items()},
)
slip(
    "the squashing left out on the way to x and h_prev",
    "Your dx and dh_prev multiply the gradients of the gates by W. W lies before the squashing: use the dz, as for the "
    "weights.",
    dhx=lambda v: sum(
        d @ v.params[f"W_{k}"] for k, d in {"f": v.df, "i": v.di, "c": v.dc_tilde, "o": v.do}.items()
    ),
)
slip(
    "dx and dh_prev overwritten layer by layer",
    "Your dx and dh_prev come from the output gate alone, the last of the four. All four layers read x and h_prev: add "
    "them up.",
    dhx=lambda v: v.dz["o"] @ v.params["W_o"],
)
slip(
    "dx and dh_prev from the first layer alone",
    "Your dx and dh_prev come from the forget gate alone. All four layers read x and h_prev: add up what they say.",
    dhx=lambda v: v.dz["f"] @ v.params["W_f"],
)
slip(
    "dx and dh_prev averaged over the layers",
    "Your dx and dh_prev are means over the four layers. Slopes that arrive on different roads are added.",
    dhx=lambda v: sum(v.dz[layer] @ v.params[f"W_{layer}"] for layer in v.dz) / 4,
)
for layer, called in LAYERS.items():
    slip(
        f"the {called} forgotten in dx and dh_prev",
        f"Your dx and dh_prev lack what comes through the {called}. All four layers read x and h_prev.",
        hidden_when=(NO_DH,) if layer == "o" else (),
        dhx=lambda v, layer=layer: sum(v.dz[k] @ v.params[f"W_{k}"] for k in v.dz if k != layer),
    )
slip(
    "another layer's weights on the way to x and h_prev",
    "On the way to x and h_prev, your code swaps the weights of the input gate and the candidate.",
    dhx=lambda v: sum(v.dz[k] @ v.params[f"W_{other}"] for k, other in zip("fico", "fcio", strict=True)),
)
slip(
    "the gradients of the input gate and the candidate swapped",
    "The gradients of W_i, b_i and W_c, b_c are in each other's place. The order of the layers is f, i, c, o.",
    dW=lambda v: {f"W_{k}": outer(v.dz[other], v.hx[k]) for k, other in zip("fico", "fcio", strict=True)},
    db=lambda v: {f"b_{k}": summed(v.dz[other]) for k, other in zip("fico", "fcio", strict=True)},
)
slip(
    "the gradients of the forget and the input gate swapped",
    "The gradients of W_f, b_f and W_i, b_i are in each other's place. The order of the layers is f, i, c, o.",
    dW=lambda v: {f"W_{k}": outer(v.dz[other], v.hx[k]) for k, other in zip("fico", "ifco", strict=True)},
    db=lambda v: {f"b_{k}": summed(v.dz[other]) for k, other in zip("fico", "ifco", strict=True)},
)
slip(
    "the gradients of the candidate and the output gate swapped",
    "The gradients of W_c, b_c and W_o, b_o are in each other's place. The order of the layers is f, i, c, o.",
    dW=lambda v: {f"W_{k}": outer(v.dz[other], v.hx[k]) for k, other in zip("fico", "fioc", strict=True)},
    db=lambda v: {f"b_{k}": summed(v.dz[other]) for k, other in zip("fico", "fioc", strict=True)},
)
slip(
    "the outside gradient in dh_prev",
    "Your dh_prev has dh added to it. dh is about h_t; h_prev reaches the loss through the four layers alone.",
    hidden_when=(NO_DH,),
    dh_prev=lambda v: v.dhx[..., : v.n] + v.dh,
)
slip(
    "the new hidden state in the weights' gradients",
    "Your weights' gradients multiply by [h_t, x]. The four layers read the old hidden state, h_prev.",
    reads=lambda v: dict.fromkeys(v.dz, v.o * v.tanh_c),
)


@misconception(
    "lstm_cell_backward",
    "Your code adds to dc in place, and so changes the array of whoever called it. Make a new one.",
    CELL_BACK,
    hidden_when=(NO_DH,),
    signs=changes("dc"),
)
def dc_added_to_in_place(dh, dc, cache, params):
    results = lstm_cell_backward(dh, dc, cache, params)
    dc += dh * cache["o"] * (1 - np.tanh(cache["c"]) ** 2)
    return results


@misconception(
    "lstm_cell_backward",
    "Your code changes the cache that it was given. The caller may need it again: keep what you add in names of your "
    "own.",
    CELL_BACK,
    signs=changes("cache"),
)
def the_cache_changed(dh, dc, cache, params):
    cache["tanh_c"] = np.tanh(cache["c"])
    return lstm_cell_backward(dh, dc, cache, params)


@misconception(
    "lstm_cell_backward",
    "With a batch your code fails, with one example it is right. Features are on the last axis, whether or not a batch "
    "comes "
    "before it.",
    CELL_BACK,
    hidden_when=(ONE_EXAMPLE,),
    signs=fails_except_on("one example"),
)
def one_example_alone_in_the_cell(dh, dc, cache, params):
    (n,) = dh.shape
    return lstm_cell_backward(dh.reshape(n), dc, cache, params)


@misconception(
    "lstm_cell_backward",
    "With one example your code fails, with a batch it is right. A single example has one axis, its features.",
    CELL_BACK,
    hidden_when=("a batch", BATCH_OF_ONE),
    signs=fails_on("one example"),
)
def a_batch_alone_in_the_cell(dh, dc, cache, params):
    B, n = dh.shape
    return lstm_cell_backward(dh.reshape(B, n), dc, cache, params)


# lstm_backward


def through_time(
    given=lambda dhs, t, dh, dc: (dhs[t] + dh, dc),
    order=lambda T: reversed(range(T)),
    total=sum,
    start=lambda visited: visited[-1],
):
    """``lstm_backward`` with another way to say what a step is given, in which order steps are visited, what becomes of
    the steps' gradients, or which step's results are those of the start.
    """

    def variant(dhs, caches, params):
        visited, dxs, dh, dc = [], np.zeros(dhs.shape[:-1] + caches[0]["x"].shape[-1:]), 0 * dhs[0], 0 * dhs[0]
        for t in order(len(dhs)):
            visited.append(lstm_cell_backward(*given(dhs, t, dh, dc), caches[t], params))
            dxs[t], dh, dc, _ = visited[-1]
        _, dh0, dc0, _ = start(visited)
        return dxs, dh0, dc0, {name: total([grads[name] for *_, grads in visited]) for name in params}

    return variant


def ending(change):
    """``lstm_backward`` with its results changed: ``change(dxs, dh0, dc0, grads)``."""
    return lambda dhs, caches, params: change(*lstm_backward(dhs, caches, params))


def time_slip(name, says, variant, hidden_when=()):
    misconception("lstm_backward", says, TIME_BACK, hidden_when, name)(variant)


time_slip(
    "dh of the later step forgotten",
    "Each step in your code is given dhs[t] alone. h_t is also read by the next step, and the dh that it hands back "
    "belongs in.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t], dc)),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "dc of the later step forgotten",
    "No dc goes from a step to the step before it in your code. The cell state is the long road back: hand dc_prev on.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t] + dh, 0 * dc)),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "every step on its own",
    "Each step in your code is given dhs[t] alone, and nothing from the step after it. Hand dh_prev and dc_prev on.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t], 0 * dc)),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "the outside gradients of earlier steps forgotten",
    "Your code reads the last row of dhs alone. There may be a loss at every step: add each row at its own step.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t] if t == len(dhs) - 1 else dh, dc)),
    hidden_when=(ONE_STEP, "a loss on the last output alone"),
)
time_slip(
    "the outside gradient of the last step forgotten",
    "Your code leaves out the last row of dhs. The last hidden state can be asked about like every other.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t] + dh if t < len(dhs) - 1 else dh, dc)),
)
time_slip(
    "the outside gradient as dc too",
    "Your code adds dhs[t] to dc as well. It is a slope in h_t; its share for c_t is worked out inside the cell.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t] + dh, dhs[t] + dc)),
)
time_slip(
    "dc starting as the last outside gradient",
    "At the last step your code starts dc with the last row of dhs. Nothing comes from beyond the last step: dc starts "
    "at zero.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t] + dh, dhs[t] if t == len(dhs) - 1 else dc)),
)
time_slip(
    "the last outside gradient counted twice",
    "At the last step your code counts the last row of dhs twice. What is handed back from beyond the last step is "
    "zero.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t] * (2 if t == len(dhs) - 1 else 1) + dh, dc)),
)
time_slip(
    "the outside gradients one step off",
    "Your code gives step t the outside gradient of step t + 1. Row t of dhs is about h_t, the output of step t.",
    through_time(given=lambda dhs, t, dh, dc: ((dhs[t + 1] if t + 1 < len(dhs) else 0) + dh, dc)),
)
time_slip(
    "dh handed on as dc",
    "Your code hands dh_prev on as dc and dc_prev as dh. Each goes to its own state of the step before.",
    through_time(given=lambda dhs, t, dh, dc: (dhs[t] + dc, dh)),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "the caches read from the first to the last",
    "Your code goes through the steps from the first to the last. What a step is given comes from the step after it.",
    through_time(order=range, start=lambda visited: visited[0]),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "a walk forward in time",
    "Your code walks from the first step to the last, and returns what the last one hands on. Gradients walk the other "
    "way.",
    through_time(order=range),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "the first step left out",
    "Your walk back ends before it has reached the first step.",
    through_time(order=lambda T: range(T - 1, 0, -1) if T > 1 else [0]),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "the last step left out",
    "Your walk back begins one step too early: the last step of the sequence is never visited.",
    through_time(order=lambda T: range(T - 2, -1, -1) if T > 1 else [0]),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "the gradients overwritten at every step",
    "Your gradients are those of the first time step alone, the last one on the way back. The same weights serve at "
    "every "
    "step: add up.",
    through_time(total=lambda steps: steps[-1]),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "the gradients of the last step alone",
    "Your gradients are those of the last time step alone. The same weights serve at every step: add up.",
    through_time(total=lambda steps: steps[0]),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "the gradients averaged over time",
    "Your gradients are divided by the number of steps. The same weights serve at every step, and their shares are "
    "added.",
    through_time(total=lambda steps: sum(steps) / len(steps)),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "dh0 and dc0 of the last step",
    "Your dh0 and dc0 are what the last step handed on. They belong to the start of the sequence: what the first step "
    "hands on.",
    through_time(start=lambda visited: visited[0]),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "dxs in the order of the walk",
    "Your dxs begin with the last step, as the walk back does. Row t belongs to x_t: the first step comes first.",
    ending(lambda dxs, dh0, dc0, grads: (dxs[::-1], dh0, dc0, grads)),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "dhs and caches walked in opposite directions",
    "Your code pairs the first row of dhs with the last cache. Row t of dhs belongs with cache t.",
    lambda dhs, caches, params: lstm_backward(dhs[::-1], caches, params),
    hidden_when=(ONE_STEP,),
)
time_slip(
    "dxs summed over time",
    "Your dxs are summed over the steps. Every x_t is a number of its own: only the weights' gradients are sums over "
    "time.",
    ending(lambda dxs, dh0, dc0, grads: (dxs.sum(axis=0), dh0, dc0, grads)),
)
time_slip(
    "dh0 and dc0 swapped",
    "Your dh0 and dc0 are in each other's place: dh0 comes first.",
    ending(lambda dxs, dh0, dc0, grads: (dxs, dc0, dh0, grads)),
)
time_slip(
    "no gradient of the initial states",
    "Your dh0 and dc0 are zero. The initial states are given, and the loss depends on them: what the first step hands "
    "on.",
    ending(lambda dxs, dh0, dc0, grads: (dxs, 0 * dh0, 0 * dc0, grads)),
)
time_slip(
    "a batch of sequences averaged",
    "Your gradients of the parameters are divided by the number of sequences. With a batch they are sums over it.",
    lambda dhs, caches, params: ending(
        lambda dxs, dh0, dc0, grads: (dxs, dh0, dc0, scaled(grads, 1 / (dhs.shape[1] if dhs.ndim == 3 else 1)))
    )(dhs, caches, params),
    hidden_when=("one sequence", BATCH_OF_ONE),
)
time_slip(
    "time and batch exchanged in dxs",
    "Your dxs have the batch before the time. Time is the first axis, the batch the second.",
    ending(lambda dxs, dh0, dc0, grads: (dxs.swapaxes(0, 1) if dxs.ndim == 3 else dxs, dh0, dc0, grads)),
    hidden_when=("one sequence",),
)
time_slip(
    "gradients over time in single precision",
    "Your sums of gradients are float32. The course computes in float64: start the sums from float64 zeros.",
    ending(lambda dxs, dh0, dc0, grads: (dxs, dh0, dc0, {k: grad.astype(np.float32) for k, grad in grads.items()})),
)


@misconception(
    "lstm_backward",
    "What a step hands on is added to all that later steps handed on before. Each step is given what the step after it "
    "hands "
    "on, no more.",
    TIME_BACK,
    hidden_when=(ONE_STEP, "T == 2"),
)
def what_is_handed_on_piling_up(dhs, caches, params):
    dxs, total = [], {name: 0.0 for name in params}
    dh_next, dc_next = 0 * dhs[0], 0 * dhs[0]
    for dh, cache in zip(dhs[::-1], caches[::-1], strict=True):
        dx, dh_prev, dc_prev, grads = lstm_cell_backward(dh + dh_next, dc_next, cache, params)
        dh_next, dc_next = dh_next + dh_prev, dc_next + dc_prev
        dxs.append(dx)
        total = {name: total[name] + grads[name] for name in params}
    return np.stack(dxs[::-1]), dh_prev, dc_prev, total


@misconception(
    "lstm_backward",
    "Every row of your dxs is the same: one array was filled again and again, and the list holds it T times. Make a "
    "new one "
    "for each step.",
    TIME_BACK,
    hidden_when=(ONE_STEP,),
)
def one_array_for_all_steps(dhs, caches, params):
    dxs, *rest = lstm_backward(dhs, caches, params)
    return np.stack([dxs[0]] * len(dxs)), *rest


@misconception(
    "lstm_backward",
    "Your code adds to the rows of dhs in place, and so changes the array of whoever called it. Make a new one.",
    TIME_BACK,
    hidden_when=(ONE_STEP,),
    signs=changes("dhs"),
)
def dhs_added_to_in_place(dhs, caches, params):
    def given(dhs, t, dh, dc):
        dhs[t] += dh
        return dhs[t], dc

    return through_time(given)(dhs, caches, params)


@misconception(
    "lstm_backward",
    "Your code empties or turns around the list of caches that it was given. The caller may need it again: walk over "
    "it.",
    TIME_BACK,
    signs=changes("caches"),
)
def caches_taken_from_the_list(dhs, caches, params):
    results = lstm_backward(dhs, caches, params)
    caches.clear()
    return results


@misconception(
    "lstm_backward",
    "With a batch of sequences your code fails, with one sequence it is right. Features are on the last axis, and dx "
    "has the "
    "batch between time and features.",
    TIME_BACK,
    hidden_when=("one sequence",),
    signs=fails_except_on("one sequence"),
)
def one_sequence_alone_in_the_way_back(dhs, caches, params):
    T, n = dhs.shape
    return lstm_backward(dhs.reshape(T, n), caches, params)


@misconception(
    "lstm_backward",
    "With one sequence your code fails, with a batch it is right. One sequence has two axes, time and features.",
    TIME_BACK,
    hidden_when=("a batch",),
    signs=fails_on("one sequence"),
)
def a_batch_alone_in_the_way_back(dhs, caches, params):
    T, B, n = dhs.shape
    return lstm_backward(dhs.reshape(T, B, n), caches, params)


@misconception(
    "lstm_backward",
    "A second call changes what the first one returned, because both fill the same arrays. Make new ones in each call.",
    TIME_BACK,
    signs=overwrites_results,
)
def dxs_filled_into_one_array_for_all_calls(dhs, caches, params, shared={}):  # noqa: B006
    dxs, *rest = lstm_backward(dhs, caches, params)
    kept = shared.setdefault(dxs.shape, np.empty_like(dxs))
    kept[...] = dxs
    return kept, *rest


# numerical_gradient


def quotient(difference):
    """``numerical_gradient`` with another difference quotient: ``difference(at, value, eps)``.

    ``at(number)`` is the loss with that number in the place of ``value``.
    """

    def variant(loss, array, eps=1e-5):
        gradient = np.zeros_like(array)
        for index in np.ndindex(array.shape):

            def at(number, index=index):
                nudged = array.copy()
                nudged[index] = number
                return loss(nudged)

            gradient[index] = difference(at, array[index], eps)
        return gradient

    return variant


central = quotient(lambda at, a, eps: (at(a + eps) - at(a - eps)) / (2 * eps))


def nudge_slip(name, says, variant, hidden_when=()):
    misconception("numerical_gradient", says, NUDGES, hidden_when, name)(variant)


nudge_slip(
    "the upward nudge alone",
    "Your code compares the loss after an upward nudge with the loss before it. Nudge both ways: the error is far "
    "smaller.",
    quotient(lambda at, a, eps: (at(a + eps) - at(a)) / eps),
    hidden_when=("a linear loss",),
)
nudge_slip(
    "the downward nudge alone",
    "Your code compares the loss with the loss after a downward nudge. Nudge both ways: the error is far smaller.",
    quotient(lambda at, a, eps: (at(a) - at(a - eps)) / eps),
    hidden_when=("a linear loss",),
)
nudge_slip(
    "the upward nudge divided by two steps",
    "Your two losses are one eps apart: one is taken above, the other in the middle. Down from above to below means 2 "
    "eps.",
    quotient(lambda at, a, eps: (at(a + eps) - at(a)) / (2 * eps)),
)
nudge_slip(
    "divided by eps",
    "Your code divides by eps. The two nudges are 2 eps apart.",
    quotient(lambda at, a, eps: (at(a + eps) - at(a - eps)) / eps),
)
nudge_slip(
    "divided by two alone",
    "Your code divides the difference by 2. It is divided by the distance of the two nudges, and eps is part of that.",
    quotient(lambda at, a, eps: (at(a + eps) - at(a - eps)) / 2),
)
nudge_slip(
    "multiplied by eps",
    "Your code divides by 2 and multiplies by eps, as Python reads `/ 2 * eps` from left to right. Put brackets around "
    "2 * eps.",
    quotient(lambda at, a, eps: (at(a + eps) - at(a - eps)) / 2 * eps),
)
nudge_slip(
    "the difference not divided",
    "Your code returns the difference of the two losses. A slope is a difference divided by a distance.",
    quotient(lambda at, a, eps: at(a + eps) - at(a - eps)),
)
nudge_slip(
    "below minus above",
    "Your gradient has the wrong sign: the loss after the upward nudge comes first, and the one after the downward "
    "nudge is "
    "taken from it.",
    quotient(lambda at, a, eps: (at(a - eps) - at(a + eps)) / (2 * eps)),
)
nudge_slip(
    "the sign of the slope lost",
    "Your gradient is never negative. Where the loss falls as a number grows, its slope is negative.",
    quotient(lambda at, a, eps: abs(at(a + eps) - at(a - eps)) / (2 * eps)),
)
nudge_slip(
    "eps without a trace",
    "Your result shows no trace of eps. It is the size of the nudge, and a large one has to show: neither a nudge of "
    "your own "
    "choice nor a more exact formula is asked for.",
    lambda loss, array, eps=1e-5: central(loss, array),
    hidden_when=("eps by default", "a quadratic loss", "a linear loss"),
)
nudge_slip(
    "another eps by default",
    "Your eps is 1e-4 where none is given. The default is 1e-5.",
    lambda loss, array, eps=1e-4: central(loss, array, eps),
    hidden_when=("a quadratic loss", "eps is given"),
)
nudge_slip(
    "another eps by default, a smaller one",
    "Your eps is 1e-6 where none is given. The default is 1e-5.",
    lambda loss, array, eps=1e-6: central(loss, array, eps),
    hidden_when=("a quadratic loss", "eps is given"),
)
nudge_slip(
    "half of eps on each side",
    "Your code nudges by eps / 2 each way. The nudge itself is eps, so the two losses are 2 eps apart.",
    lambda loss, array, eps=1e-5: central(loss, array, eps / 2),
    hidden_when=("a quadratic loss", "a linear loss", "eps by default"),
)
nudge_slip(
    "two eps on each side",
    "Your code nudges by 2 eps each way. The nudge itself is eps, so the two losses are 2 eps apart.",
    lambda loss, array, eps=1e-5: central(loss, array, 2 * eps),
    hidden_when=("a quadratic loss", "a linear loss", "eps by default"),
)
nudge_slip(
    "two eps on each side, divided by two eps",
    "Your code nudges by 2 eps each way, but divides by 2 eps. Nudge by eps: then the two losses are 2 eps apart.",
    quotient(lambda at, a, eps: (at(a + 2 * eps) - at(a - 2 * eps)) / (2 * eps)),
)
nudge_slip(
    "the nudge in proportion to the number",
    "Your code nudges each number by eps times itself. The nudge is eps, for large and small numbers.",
    quotient(lambda at, a, eps: (at(a + eps * abs(a)) - at(a - eps * abs(a))) / (2 * eps * abs(a)) if a else 0.0),
    hidden_when=("a quadratic loss", "a linear loss", "eps by default"),
)
nudge_slip(
    "the second difference",
    "Your code adds the losses of both nudges and takes twice the middle away. That measures the curvature, not the "
    "slope.",
    quotient(lambda at, a, eps: (at(a + eps) - 2 * at(a) + at(a - eps)) / eps**2),
)
nudge_slip(
    "all numbers nudged at once",
    "Your code nudges the whole array at once, so every entry holds the sum of all slopes. Nudge one number at a time.",
    lambda loss, array, eps=1e-5: np.full_like(array, (loss(array + eps) - loss(array - eps)) / (2 * eps)),
    hidden_when=("one number",),
)
nudge_slip(
    "whole rows nudged at once",
    "Your code nudges all that lies under one index of the first axis. Every single number has its own slope.",
    lambda loss, array, eps=1e-5: rows_at_once(loss, array, eps),
    hidden_when=("a vector",),
)
nudge_slip(
    "a flat gradient",
    "Your gradient has one axis. It has the shape of the array: one slope at the place of each number.",
    lambda loss, array, eps=1e-5: central(loss, array, eps).ravel(),
    hidden_when=("a vector",),
)
nudge_slip(
    "a gradient in single precision",
    "Your gradient is float32. The course computes in float64.",
    lambda loss, array, eps=1e-5: central(loss, array, eps).astype(np.float32),
)
nudge_slip(
    "a gradient of whole numbers",
    "Your gradient is an array of whole numbers, which cuts off what stands behind the point. Start from float zeros.",
    lambda loss, array, eps=1e-5: central(loss, array, eps).astype(int),
)


def rows_at_once(loss, array, eps):
    gradient = np.zeros_like(array)
    for k in range(len(array) if array.ndim else 0):
        above, below = array.copy(), array.copy()
        above[k] += eps
        below[k] -= eps
        gradient[k] = (loss(above) - loss(below)) / (2 * eps)
    return gradient if array.ndim else central(loss, array, eps)


@misconception(
    "numerical_gradient",
    "Your code leaves each number nudged downwards when it goes on to the next. Put it back first: only one number may "
    "be off.",
    NUDGES,
    hidden_when=("one number", "a linear loss"),
)
def the_numbers_not_put_back(loss, array, eps=1e-5):
    nudged, gradient = array.copy(), np.zeros_like(array)
    for index in np.ndindex(array.shape):
        nudged[index] = array[index] + eps
        above = loss(nudged)
        nudged[index] = array[index] - eps
        gradient[index] = (above - loss(nudged)) / (2 * eps)
    return gradient


@misconception(
    "numerical_gradient",
    "After your code the array is not quite what it was: adding eps and taking it away again rounds. Keep the number, "
    "and put "
    "it back.",
    NUDGES,
    signs=changes("array"),
)
def the_array_left_rounded(loss, array, eps=1e-5):
    gradient = central(loss, array, eps)
    array += eps
    array -= 2 * eps
    array += eps
    array += 1e-16
    return gradient


# clip_gradients


def long(grads):
    """All gradients as one vector."""
    return np.concatenate([grad.ravel() for grad in grads.values()])


def scaled(grads, factor):
    return {name: grad * factor for name, grad in grads.items()}


def with_norm(norm_of):
    """``clip_gradients`` with another measure of length."""

    def variant(grads, max_norm):
        norm = float(norm_of(grads))
        return scaled(grads, max_norm / norm if norm > max_norm else 1.0), norm

    return variant


def by_factor(factor_of):
    """``clip_gradients`` with another factor: ``factor_of(norm, max_norm)``."""

    def variant(grads, max_norm):
        norm = np.linalg.norm(long(grads))
        return scaled(grads, factor_of(norm, max_norm)), norm

    return variant


def clip_slip(name, says, variant, hidden_when=()):
    misconception("clip_gradients", says, CLIPPING, hidden_when, name)(variant)


BELOW, ONE_ARRAY = "a norm below the limit", "one array"

clip_slip(
    "each array clipped on its own",
    "Your code clips each array by its own length. All of them together are one arrow: one length, one factor for all.",
    lambda grads, max_norm: (
        {name: clip_gradients({name: grad}, max_norm)[0][name] for name, grad in grads.items()},
        clip_gradients(grads, max_norm)[1],
    ),
    hidden_when=(BELOW, ONE_ARRAY),
)
clip_slip(
    "each number cut off",
    "Your code cuts off each number at ± max_norm, which turns the arrow. Clipping shortens it and keeps its "
    "direction.",
    lambda grads, max_norm: (
        {name: np.clip(grad, -max_norm, max_norm) for name, grad in grads.items()},
        clip_gradients(grads, max_norm)[1],
    ),
    hidden_when=(BELOW,),
)
clip_slip(
    "always scaled to the limit",
    "Your code brings every gradient to the length max_norm, short ones too. One that is short enough stays as it is.",
    by_factor(lambda norm, max_norm: max_norm / norm if norm else 1.0),
    hidden_when=("a norm above the limit",),
)
clip_slip(
    "always scaled, zero too",
    "Your code divides by the length whatever it is. A gradient of zero length becomes nan; a short one is to stay.",
    by_factor(lambda norm, max_norm: np.divide(max_norm, norm)),
    hidden_when=("a norm above the limit",),
)
clip_slip(
    "scaled when too short",
    "Your code scales the gradient when it is shorter than max_norm, and leaves long ones alone. It is the other way "
    "round.",
    by_factor(lambda norm, max_norm: max_norm / norm if 0 < norm < max_norm else 1.0),
)
clip_slip(
    "nothing clipped",
    "Your code returns the gradients as they came. Those that are longer than max_norm are to be shortened.",
    lambda grads, max_norm: (grads, clip_gradients(grads, max_norm)[1]),
    hidden_when=(BELOW,),
)
clip_slip(
    "the norm after clipping",
    "Your norm is that of the clipped gradient. Wanted is the length before clipping: it tells how long the gradient "
    "was.",
    lambda grads, max_norm: (clip_gradients(grads, max_norm)[0], min(clip_gradients(grads, max_norm)[1], max_norm)),
    hidden_when=(BELOW,),
)
clip_slip(
    "the root left out",
    "Your norm is the sum of the squares. The length of an arrow is the square root of that.",
    with_norm(lambda grads: np.sum(long(grads) ** 2)),
)
clip_slip(
    "the root left out of the returned norm",
    "Your gradients are clipped as they should be, but the norm that you return is the sum of the squares, without the "
    "root.",
    lambda grads, max_norm: (clip_gradients(grads, max_norm)[0], clip_gradients(grads, max_norm)[1] ** 2),
)
clip_slip(
    "the sum of the arrays' norms",
    "Your norm adds up the lengths of the arrays. All of them are one arrow: add up the squares, and take the root at "
    "the end.",
    with_norm(lambda grads: sum(np.linalg.norm(grad) for grad in grads.values())),
    hidden_when=(ONE_ARRAY,),
)
clip_slip(
    "the greatest of the arrays' norms",
    "Your norm is the length of the longest array. All of them are one arrow, with one length.",
    with_norm(lambda grads: max(np.linalg.norm(grad) for grad in grads.values())),
    hidden_when=(ONE_ARRAY,),
)
clip_slip(
    "the norm of the last array",
    "Your norm is that of the last array: it is overwritten in the loop. Add up the squares of all arrays.",
    with_norm(lambda grads: np.linalg.norm(list(grads.values())[-1])),
    hidden_when=(ONE_ARRAY,),
)
clip_slip(
    "the norm of the first array",
    "Your norm is that of the first array, as if the loop ended after it. Add up the squares of all arrays.",
    with_norm(lambda grads: np.linalg.norm(next(iter(grads.values())))),
    hidden_when=(ONE_ARRAY,),
)
clip_slip(
    "the root of a mean",
    "Your norm is the root of the mean of the squares. A length is the root of their sum.",
    with_norm(lambda grads: np.sqrt(np.mean(long(grads) ** 2))),
)
clip_slip(
    "the sum of the sizes",
    "Your norm adds up the sizes of all numbers. The length of an arrow is the root of the sum of squares.",
    with_norm(lambda grads: np.sum(np.abs(long(grads)))),
)
clip_slip(
    "the largest number",
    "Your norm is the largest number of all. The length of an arrow is the root of the sum of squares.",
    with_norm(lambda grads: np.max(np.abs(long(grads)))),
)
clip_slip(
    "the biases left out of the norm",
    "Your norm counts the weights alone, arrays with two axes. Every array in the dict counts, biases too.",
    with_norm(lambda grads: np.linalg.norm(long({name: grad for name, grad in grads.items() if grad.ndim > 1}))),
)
clip_slip(
    "the squared norm against the limit",
    "Your code compares the sum of squares with max_norm. What is compared with it is the length, after the root.",
    by_factor(lambda norm, max_norm: max_norm / norm if norm**2 > max_norm else 1.0),
    hidden_when=("a norm above the limit",),
)
clip_slip(
    "divided by the norm alone",
    "Your code divides by the norm, which gives length 1. The length that is left is max_norm.",
    by_factor(lambda norm, max_norm: 1 / norm if norm > max_norm else 1.0),
    hidden_when=(BELOW, "max_norm == 1"),
)
clip_slip(
    "multiplied by max_norm alone",
    "Your code multiplies by max_norm. The factor also has the norm in it: the length that is left is max_norm.",
    by_factor(lambda norm, max_norm: max_norm if norm > max_norm else 1.0),
    hidden_when=(BELOW,),
)
clip_slip(
    "the factor upside down",
    "Your code multiplies by norm / max_norm, which makes a long gradient longer. It is the other way round.",
    by_factor(lambda norm, max_norm: max(1.0, norm / max_norm)),
    hidden_when=(BELOW,),
)
clip_slip(
    "max_norm ignored",
    "Your code clips at length 1 whatever max_norm says.",
    lambda grads, max_norm: clip_gradients(grads, 1.0),
    hidden_when=("max_norm == 1",),
)
clip_slip(
    "norm and gradients in the other order",
    "Your results are the norm and the clipped gradients. The gradients come first.",
    lambda grads, max_norm: clip_gradients(grads, max_norm)[::-1],
)
clip_slip(
    "clipped gradients in single precision",
    "Your clipped gradients are float32. The course computes in float64.",
    lambda grads, max_norm: (
        {name: grad.astype(np.float32) for name, grad in clip_gradients(grads, max_norm)[0].items()},
        clip_gradients(grads, max_norm)[1],
    ),
)


@misconception(
    "clip_gradients",
    "Your code scales the arrays that it was given, in place. The caller may still need them: return new ones.",
    CLIPPING,
    hidden_when=(BELOW,),
    signs=changes("grads"),
)
def gradients_scaled_in_place(grads, max_norm):
    clipped, norm = clip_gradients(grads, max_norm)
    for name, grad in grads.items():
        grad[...] = clipped[name]
    return grads, norm
