"""Simple classifiers, for a network to be compared with: none of them has a memory, or a seed."""

import numpy as np

from autograder.reference import adam_step
from experiments.training import cross_entropy


def logistic_regression(features, labels, k, decay, weights=None, steps=1000, lr=0.05):
    """A linear map and a softmax; what it has learned does not depend on where it starts, so it starts at zero.

    Parameters
    ----------
    features : ndarray of shape (N, d)
        Standardised.
    labels : ndarray of int of shape (N,)
    k : int
        Classes.
    decay : float
        The loss is the mean cross-entropy plus `decay` / 2 times the sum of the squared weights.
    weights : ndarray of shape (N,), optional
        How much each example counts; all the same if left out.

    Returns
    -------
    callable
        ``scores(features)`` → (N, k).
    """
    share = np.ones(len(labels)) if weights is None else weights
    share, targets = share / share.sum(), np.eye(k)[labels]
    params, adam = {"W": np.zeros((k, features.shape[1])), "b": np.zeros(k)}, None
    for _ in range(steps):
        _, dys = cross_entropy(features @ params["W"].T + params["b"], targets)
        dys = dys * share[:, None]
        grads = {"W": dys.T @ features + decay * params["W"], "b": dys.sum(axis=0)}
        params, adam = adam_step(params, grads, adam, lr=lr)
    return lambda features: features @ params["W"].T + params["b"]


def nearest(features, labels, k, neighbours):
    """The classes of the nearest examples by Euclidean distance; a nearer one decides between equals.

    Returns
    -------
    callable
        ``scores(features)`` → (N, k): how many neighbours are of each class.
    """

    def scores(others):
        distances = np.sum(others**2, axis=1)[:, None] - 2 * others @ features.T + np.sum(features**2, axis=1)
        order = np.argsort(distances, axis=1, kind="stable")[:, :neighbours]
        votes = np.eye(k)[labels[order]]  # (N, neighbours, k)
        return np.sum(votes * (1 + 1e-6 * np.arange(neighbours, 0, -1))[:, None], axis=1)

    return scores


def gaussians(frames, labels, k, shrink):
    """One Gaussian for each class's frames, with a full covariance; frames are taken as independent, in no order.

    Parameters
    ----------
    frames : list of ndarray of shape (T, m)
    labels : ndarray of int of shape (N,)
    k : int
    shrink : float
        Share of the covariance of all classes together in that of each one.

    Returns
    -------
    callable
        ``scores(frames)`` → (B, k): the logarithm of each class's density at each of B frames.
    """
    rows = [np.concatenate([frames[i] for i in np.flatnonzero(labels == c)]) for c in range(k)]
    means = [row.mean(axis=0) for row in rows]
    common = np.cov(np.concatenate([row - mean for row, mean in zip(rows, means)]).T)
    inverses = [np.linalg.inv((1 - shrink) * np.cov(row.T) + shrink * common) for row in rows]

    def scores(frames):
        densities = []
        for mean, inverse in zip(means, inverses):
            off = frames - mean
            densities.append(0.5 * np.linalg.slogdet(inverse)[1] - 0.5 * np.einsum("bi,ij,bj->b", off, inverse, off))
        return np.stack(densities, axis=-1)

    return scores
