def update_cell(c_prev, f, i, c_tilde):
    c_prev, f, i, c_tilde = (np.float32(a) for a in (c_prev, f, i, c_tilde))
    return np.float64(f * c_prev + i * c_tilde)
