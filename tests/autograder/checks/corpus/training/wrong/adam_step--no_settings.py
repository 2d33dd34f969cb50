right = adam_step
def adam_step(params, grads, state):
    return right(params, grads, state)
