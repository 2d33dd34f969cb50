def update_cell(c_prev, f, i, c_tilde):
    c_prev *= f
    c_prev += i * c_tilde
    return c_prev
