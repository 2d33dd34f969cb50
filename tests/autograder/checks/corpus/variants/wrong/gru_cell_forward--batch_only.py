right = gru_cell_forward
def gru_cell_forward(x, h_prev, params):
    return right(x, np.array([row.tolist() for row in h_prev]).reshape(len(x), -1), params) if x.ndim == 2 else (h_prev[:, None] @ x, {})
