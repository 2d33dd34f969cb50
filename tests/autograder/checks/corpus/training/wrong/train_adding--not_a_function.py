train_adding = train_adding(np.random.default_rng(0), 20, 16, 1)(np.zeros((20, 3, 2)))
