def update_cell(c_prev, f, i, c_tilde):
    return f * c_prev, i * c_tilde
