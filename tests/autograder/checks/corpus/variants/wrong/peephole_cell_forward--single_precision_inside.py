right = peephole_cell_forward
def peephole_cell_forward(x, h_prev, c_prev, params):
    f4 = lambda a: a.astype(np.float32)
    h, c, cache = right(f4(x), f4(h_prev), f4(c_prev), {k: f4(v) for k, v in params.items()})
    return h.astype(float), c.astype(float), {k: v.astype(float) for k, v in cache.items()}
