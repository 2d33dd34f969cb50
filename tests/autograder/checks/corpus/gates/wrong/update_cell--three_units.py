def update_cell(c_prev, f, i, c_tilde):
    c = np.zeros_like(c_prev)
    for k in range(3):
        if k < c.shape[-1]:
            c[..., k] = f[..., k] * c_prev[..., k] + i[..., k] * c_tilde[..., k]
    return c
