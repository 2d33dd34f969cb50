"""Characters of a book, one after the other: LSTMs, RNNs, and tables of what follows what."""

import numpy as np

from autograder.reference import adam_step, clip_gradients
from experiments import ngrams
from experiments.parallel import each
from experiments.training import FUSED, RNN, answers, cross_entropy, init, loss_and_gradients, zero_states
from lstmbook.alice import alphabet, parts, quoted

NETWORKS = {"LSTM": FUSED, "RNN": RNN}
KEPT = {"network": "LSTM", "units": 96, "slow": 48, "lr": 0.02, "epochs": 40, "dropout": 0.3}  # stored as `characters`
BESIDE = KEPT | {"slow": 0}
SMALL = {  # about as many parameters each; for each the best learning rate of three
    "LSTM": {"network": "LSTM", "units": 32, "slow": 0, "lr": 0.04, "epochs": 15},
    "RNN": {"network": "RNN", "units": 70, "slow": 0, "lr": 0.02, "epochs": 15},
}
STREAMS, SEGMENT, LONGEST, MAX_NORM = 16, 64, 100, 1.0
STAGES, SHOWN = (0, 1, 3, 10), 240  # rounds after which the kept network writes, and how much
ORDERS = range(8)
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)  # of the network, in a mixture with a table
CONTEXTS, PLACES = (1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192), 1000


def one_hot(text):
    """The symbols of a text as rows of the identity."""
    symbols = alphabet()
    return np.eye(len(symbols))[[symbols.index(symbol) for symbol in text]]


def start(network, units, slow, rng):
    """First parameters; the first `slow` units of an LSTM start so that they remember for up to `LONGEST` symbols.

    References
    ----------
    Tallec and Ollivier (2018): b_f = log U(1, T − 1), b_i = −b_f.
    """
    size = len(alphabet())
    params = init(network, size, units, size, rng)
    if slow:
        params["b_f"][:slow] = np.log(rng.uniform(1, LONGEST - 1, size=slow))
        params["b_i"][:slow] = -params["b_f"][:slow]
    return params


def with_dropout(network, share, rng):
    """The same network in training: what the readout gets to see of h is silenced at random, and the rest scaled up.

    References
    ----------
    Zaremba, Sutskever and Vinyals (2014): nothing on the way from step to step is touched.
    """

    def forward(xs, states, params):
        hs, states, caches = network.forward(xs, states, params)
        seen = (rng.random(hs.shape) >= share) / (1 - share)
        return hs * seen, states, (seen, caches)

    def backward(dhs, tape, params):
        seen, caches = tape
        return network.backward(dhs * seen, caches, params)

    return network._replace(forward=forward, backward=backward)


def streams(text):
    """A text cut into streams that lie side by side: segments of xs and of targets, each of shape (T, B, m)."""
    length = (len(text) - 1) // STREAMS
    codes = one_hot(text)
    xs, targets = (
        codes[first : first + STREAMS * length].reshape(STREAMS, length, -1).swapaxes(0, 1) for first in (0, 1)
    )
    return [(xs[t : t + SEGMENT], targets[t : t + SEGMENT]) for t in range(0, length, SEGMENT)]


def learn(seed, network, units, slow, lr, epochs, book, dropout=0.0, stages=()):
    """One run: bits per symbol after each round through the text, and the parameters that did best on the validation part.

    Every stream is read from beginning to end in segments; states are kept from segment to segment, gradients are not.
    The learning rate falls evenly from `lr` to zero.
    """
    rng, net, (training, validation, test) = np.random.default_rng(seed), NETWORKS[network], book
    params, adam = start(net, units, slow, rng), None
    learner, segments = with_dropout(net, dropout, rng), streams(training)
    samples = {"0": sample(params, np.random.default_rng(0), SHOWN)} if 0 in stages else {}
    learned, validated, best = [], [], params
    for epoch in range(1, epochs + 1):
        states, losses = zero_states(net, params, STREAMS), []
        for k, (xs, targets) in enumerate(segments):
            asked = np.ones(xs.shape[:2])
            loss, grads, states = loss_and_gradients(xs, targets, asked, states, params, learner, cross_entropy)
            grads, _ = clip_gradients(grads, MAX_NORM)
            done = (epoch - 1 + k / len(segments)) / epochs
            params, adam = adam_step(params, grads, adam, lr=lr * (1 - done))
            losses.append(loss / np.log(2))
        learned.append(np.mean(losses))
        validated.append(np.mean(cost(validation, log2_p(validation, params, net))))
        if validated[-1] == min(validated):
            best = params
        if epoch in stages:
            samples[str(epoch)] = sample(params, np.random.default_rng(0), SHOWN)
    log2_ps = log2_p(test, best, net)
    return {
        "seed": seed,
        "network": network,
        "size": units,
        "slow": slow,
        "numbers": sum(value.size for value in params.values()),
        "training": learned,
        "validation": validated,
        "test": np.mean(cost(test, log2_ps)),
        "marks": marks(test, log2_ps),
        "samples": samples,
        "params": best,
    }


def table(order, book):
    """The same of tables of counts, with contexts of up to `order` symbols."""
    training, validation, test = book
    follows = ngrams.tables(training, order)
    log2_ps = ngrams.log2_p(test, follows, alphabet())
    return {
        "seed": None,
        "network": "table",
        "size": order,
        "slow": 0,
        "numbers": sum(len(counts) for counts in follows[order].values()),
        "training": [],
        "validation": [np.mean(cost(validation, ngrams.log2_p(validation, follows, alphabet())))],
        "test": np.mean(cost(test, log2_ps)),
        "marks": marks(test, log2_ps),
        "samples": {},
    }


def log2_p(text, params, network):
    """What a network says after each symbol of a text but its last, read from zero states: log₂ p, (T − 1, k)."""
    xs = one_hot(text[:-1])[:, None]  # (T − 1, 1, m)
    ys = answers(xs, zero_states(network, params, 1), params, network)[0][:, 0]
    return (ys - np.log(np.sum(np.exp(ys), axis=-1, keepdims=True))) / np.log(2)


def cost(text, log2_ps):
    """Bits for each symbol of a text but its first: −log₂ of the probability that it was given, (T − 1,)."""
    return -log2_ps[one_hot(text[1:]) == 1]


def marks(text, log2_ps):
    """The mean probability of a quotation mark after , . ! and ?, where a quotation is open and where none is."""
    p = np.exp2(log2_ps[:, alphabet().index('"')])
    stop, is_open = np.array([symbol in ",.!?" for symbol in text[:-1]]), np.array(quoted(text)[:-1])
    return {"open": np.mean(p[stop & is_open]), "none": np.mean(p[stop & ~is_open])}


def sample(params, rng, length, temperature=1.0):
    """What an LSTM writes after a line break, symbol by symbol: each is drawn, and is what it reads next."""
    symbols, states, text = alphabet(), zero_states(FUSED, params, 1), "\n"
    while len(text) <= length:
        ys, _, states, _ = answers(one_hot(text[-1])[:, None], states, params, FUSED)
        p = np.exp((ys[0, 0] - ys.max()) / temperature)
        text += symbols[rng.choice(len(symbols), p=p / p.sum())]
    return text[1:]


def bits_by_context(text, params, contexts, places):
    """Bits per symbol, at some places of a text, of an LSTM that starts from zeros so many symbols before each."""
    ends = np.linspace(max(contexts), len(text) - 1, places).astype(int)
    codes = one_hot(text)
    found = []
    for length in contexts:
        xs = np.stack([codes[ends - back] for back in range(length, 0, -1)])  # (length, places, m)
        ys, *_ = answers(xs, zero_states(FUSED, params, places), params, FUSED)
        found.append(np.mean(cross_entropy(ys[-1], codes[ends])[0]) / np.log(2))
    return found


def measure(params, order, book, contexts, places=PLACES):
    """How well the kept network does, alone and mixed with a table, and how far back it has to see for that."""
    training, validation, test = book
    follows = ngrams.tables(training, order)
    alone, mixed = {}, {}
    for name, part in (("validation", validation), ("test", test)):
        ours = cost(part, log2_p(part, params, FUSED))
        counted = cost(part, ngrams.log2_p(part, follows, alphabet()))
        alone[name] = np.mean(ours)
        mixed[name] = {share: np.mean(-np.log2(share * 2**-ours + (1 - share) * 2**-counted)) for share in SHARES}
    share = min(SHARES, key=mixed["validation"].get)
    return alone | {
        "with_table": {"order": order, "share": share, "test": mixed["test"][share]},
        "marks": marks(test, log2_p(test, params, FUSED)),
        "contexts": contexts,
        "by_context": bits_by_context(test, params, contexts, places),
    }


def run(
    progress,
    seeds=range(5),
    orders=ORDERS,
    small=SMALL,
    kept=KEPT,
    beside=BESIDE,
    stages=STAGES,
    contexts=CONTEXTS,
    book=None,
):
    """Every table; small networks with every seed; the network that is kept, and one beside it."""
    book = book or parts()
    settings = [kept | {"seed": 0, "stages": (*stages, kept["epochs"]), "book": book}, beside | {"seed": 0, "book": book}]
    settings += [{"seed": seed, "book": book} | small[name] for name in small for seed in seeds]
    tables = [table(order, book) for order in orders]
    runs = each(learn, settings, progress)
    params = [run.pop("params") for run in runs][0]
    order = min(tables, key=lambda run: run["validation"])["size"]
    fixed = {"streams": STREAMS, "segment": SEGMENT, "longest": LONGEST, "max_norm": MAX_NORM}
    characters = {
        "params": params,
        "alphabet": alphabet(),
        "settings": {"seed": 0} | kept | fixed,
        "measure": lambda params: measure(params, order, book, contexts),
    }
    return {
        "settings": fixed | {"kept": kept, "beside": beside, "small": small},
        "runs": tables + runs,
        "networks": {"characters": characters},
    }
