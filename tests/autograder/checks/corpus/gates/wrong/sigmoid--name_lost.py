del sigmoid
