product = None
def gradient_highway(fs):
    global product
    product = np.ones(fs.shape[1]) if product is None or product.shape != fs.shape[1:] else product
    rows = []
    for f in fs[::-1]:
        rows.append(product)
        product = product * f
    return np.array(rows[::-1])
