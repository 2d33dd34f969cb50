C = {}
def update_cell(c_prev, f, i, c_tilde):
    C[c_prev.shape] = f * C.get(c_prev.shape, c_prev) + i * c_tilde
    return C[c_prev.shape]
