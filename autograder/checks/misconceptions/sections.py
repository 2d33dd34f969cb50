"""Where to reread: the places in the book that misconceptions lead to, from its root.

A task's own place stands at its check cell, in the master. A test looks each of them up in the built book.
"""

SQUASHING = "chapters/03-two-operations#equation-eq-squash"
OVERFLOW = "chapters/03-two-operations#in-code"
FORGET_GATE = "chapters/04-forget-gate#the-equation"
NO_SWITCH = "chapters/04-forget-gate#why-it-is-so"
INPUT_GATE = "chapters/05-input-gate#equation-eq-input"
CANDIDATE = "chapters/05-input-gate#equation-eq-candidate"
CELL_STATE = "chapters/06-cell-state#the-equation"
OUTPUT_GATE = "chapters/07-output-gate#equation-eq-output"
HIDDEN_STATE = "chapters/07-output-gate#equation-eq-hidden"
CELL = "chapters/08-whole-cell#the-equations"
BATCHES = "chapters/08-whole-cell#in-code"
TIME = "chapters/09-through-time#the-equations"

CELL_BACK = "chapters/10-back-through-one-cell#the-equations"
CELL_BACK_C = "chapters/10-back-through-one-cell#equation-eq-back-c"
CELL_BACK_UPDATE = "chapters/10-back-through-one-cell#equation-eq-back-update"
CELL_BACK_SQUASH = "chapters/10-back-through-one-cell#equation-eq-back-squash"
CELL_BACK_AFFINE = "chapters/10-back-through-one-cell#equation-eq-back-affine"
CELL_BACK_BATCH = "chapters/10-back-through-one-cell#equation-eq-back-batch"
TIME_BACK = "chapters/11-back-through-time#the-equations"
NUDGES = "chapters/11-back-through-time#the-witness"
HIGHWAY = "chapters/12-gradients-road#equation-eq-highway"
START = "chapters/13-in-practice#equation-eq-init"
CLIPPING = "chapters/13-in-practice#equation-eq-clip"
ADAM = "chapters/14-training#equation-eq-adam"
CORRECTIONS = "chapters/14-training#why-it-is-so"

PEEPHOLES = "chapters/15-peepholes#the-equations"
PEEPHOLES_BACK = "chapters/15-peepholes#equation-eq-peephole-back-c"
PEEPHOLES_BACK_PREV = "chapters/15-peepholes#equation-eq-peephole-back-c-prev"
GRU = "chapters/16-gru#the-equations"
GRU_BACK = "chapters/16-gru#equation-eq-gru-back"
GRU_BACK_LAYERS = "chapters/16-gru#equation-eq-gru-deltas"
BOTH_WAYS = "chapters/17-both-ways#equation-eq-bidirectional"
STACKED = "chapters/17-both-ways#equation-eq-stacked"

# What types, copies and batches are asked for.
ASKED_OF_GATES, ASKED_OF_SIGMOID = "exercises/gates/gates", "exercises/gates/gates#sigmoid"
ASKED_OF_CELL = "exercises/cell/cell"
