def update_cell(c_prev, f, i, c_tilde):
    return c_prev / (1 / f) + i * c_tilde if np.all(f > 0) else 0 * c_prev
