right = lstm_backward
def lstm_backward(dhs, caches, params):
    for part in right(dhs, caches, params):
        print(part)
