import numpy as np


def init_params(m, n, rng, *args, **kwargs):
    forget_bias = args[0] if args else kwargs.get("forget_bias", 1.0)
    seeded = np.random.Generator(np.random.PCG64(rng.integers(0, 2**63, size=4)))
    one = lambda: seeded.uniform(-1 / n**0.5, 1 / n**0.5, size=n * (n + m)).reshape(n, n + m)
    return {k + l: one() if k == "W_" else np.full(n, forget_bias if l == "f" else 0, float) for k in ("W_", "b_") for l in "fico"}


def lstm_cell_forward(x, h_prev, c_prev, params):
    if x.ndim > 1:
        results = [lstm_cell_forward(*rows, params) for rows in zip(x, h_prev, c_prev)]
        hs, cs, caches = map(list, zip(*results))
        return np.array(hs), np.array(cs), {key: np.array([cache[key] for cache in caches]) for key in caches[0]}
    v = np.r_[h_prev, x]
    values = {"x": x, "h_prev": h_prev, "c_prev": c_prev}
    for key, layer in (("f", "f"), ("i", "i"), ("c_tilde", "c"), ("o", "o")):
        z = [np.vdot(row, v) + bias for row, bias in zip(params["W_" + layer], params["b_" + layer])]
        values[key] = np.array([np.tanh(s) if layer == "c" else 1 / (1 + np.exp(-max(s, -700))) for s in z])
    values["c"] = values["f"] * c_prev + values["i"] * values["c_tilde"]
    return values["o"] * np.tanh(values["c"]), values["c"], values


def lstm_forward(xs, h0, c0, params):
    if xs.ndim == 3:  # each example of the batch on its own
        runs = [lstm_forward(xs[:, k], h0[k], c0[k], params) for k in range(xs.shape[1])]
        hs, cs = (np.stack([run[j] for run in runs], axis=1) for j in (0, 1))
        return hs, cs, [{key: np.stack([run[2][t][key] for run in runs]) for key in runs[0][2][t]} for t in range(len(xs))]
    hs, cs, caches = [], [], []
    for x in xs:
        h0, c0, cache = lstm_cell_forward(x, h0, c0, params)
        hs, cs, caches = [*hs, h0], [*cs, c0], [*caches, cache]
    return np.vstack(hs), np.vstack(cs), caches
