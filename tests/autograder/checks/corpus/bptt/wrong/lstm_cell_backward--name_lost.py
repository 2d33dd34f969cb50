del lstm_cell_backward
_own = lstm_backward
