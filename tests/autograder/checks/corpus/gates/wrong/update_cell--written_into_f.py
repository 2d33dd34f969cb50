def update_cell(c_prev, f, i, c_tilde):
    f *= c_prev
    return f + i * c_tilde
