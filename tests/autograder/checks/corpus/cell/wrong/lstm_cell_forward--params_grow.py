def lstm_cell_forward(x, h_prev, c_prev, params):
    result = _cell(x, h_prev, c_prev, params)
    params["z"] = result[0]
    return result
