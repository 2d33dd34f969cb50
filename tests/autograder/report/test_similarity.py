"""What is alike: copies are found whatever they are called and however they are laid out, independent work is not."""

import io
import random
import token
import tokenize
from pathlib import Path

import pytest

from autograder.assignment import ASSIGNMENTS, load, master
from autograder.report import similarity
from autograder.report.similarity import LEAST, fingerprints, groups, pairs, shared_lines, tokens

CORPUS = Path(__file__).parents[1] / "checks" / "corpus"


def about(name):
    """What `pairs` has to know of an assignment."""
    books = load(name).notebook, master(name)
    return [[cell.source for cell in book.cells] for book in books], frozenset(
        check.function for check in load(name).checks
    )


def corpus(name):
    """Solutions that were written independently, one a style."""
    return {path.stem: path.read_text().split("# %%\n") for path in sorted((CORPUS / name / "right").glob("*.py"))}


def disguised(cells):
    """The same code with other names, other comments and other layout, its cells turned round."""
    keep = set(similarity._KEPT) | {"np", "numpy"} | {name for each in ASSIGNMENTS for name in about(each)[1]}
    source, found, before = "\n\n\n".join(reversed(cells)), [], ""
    for kind, text, *_ in tokenize.generate_tokens(io.StringIO(source).readline):
        if kind == token.NAME and text not in keep and before != ".":
            text = f"my_{text[::-1]}"
        found.append((kind, "# mine" if kind == token.COMMENT else text))
        before = text
    return [tokenize.untokenize(found).replace("\n", "\n\n")]


def own(cells, name):
    given, names = about(name)
    return fingerprints(cells, names).keys() - set().union(*(fingerprints(one, names) for one in given))


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_independent_solutions_are_not_named_and_a_disguised_copy_is(name):
    sources = corpus(name)
    assert pairs(sources, *about(name)) == []
    enough = [student for student, cells in sources.items() if len(own(cells, name)) > 1.1 * LEAST]
    assert len(enough) >= len(sources) / 3
    for student in enough[::3]:
        copy = disguised(sources[student])
        found = pairs(sources | {"copy": copy}, *about(name))
        assert [{pair.first, pair.second} for pair in found] == [{"copy", student}], student
        assert found[0].share > 0.8


def plain_cell(chance: random.Random):
    """A student's plain way to write the exercise `cell`: its choices are those that anybody might make."""
    one = chance.choice
    z = one(["np.concatenate([h_prev, x], axis=-1)", "np.concatenate((h_prev, x), axis=-1)", "np.hstack([h_prev, x])"])
    product = one(["z @ {W}.T + {b}", "np.dot(z, {W}.T) + {b}", "np.matmul(z, {W}.T) + {b}", "{b} + z @ {W}.T"])
    sigmoid = one(["1 / (1 + np.exp(-a))", "1.0 / (1.0 + np.exp(-a))", "0.5 * (1 + np.tanh(0.5 * a))"])
    lines = ["def sigmoid(a):", f"    return {sigmoid}", "def init_params(m, n, rng, forget_bias=1.0):"]
    k = one(["1 / np.sqrt(n)", "1.0 / n ** 0.5", "np.sqrt(1 / n)"])
    bias = one(
        ["params['b_f'] += forget_bias", "params['b_f'] = np.full(n, forget_bias)", "params['b_f'][:] = forget_bias"]
    )
    gates = one(["'fico'", "['f', 'i', 'c', 'o']", "('f', 'i', 'c', 'o')"])
    lines += [f"    k = {k}", "    params = {}", f"    for g in {gates}:"]
    lines += ["        params['W_' + g] = rng.uniform(-k, k, (n, n + m))", "        params['b_' + g] = np.zeros(n)"]
    lines += [f"    {bias}", "    return params", "def lstm_cell_forward(x, h_prev, c_prev, params):", f"    z = {z}"]
    for gate in one(["fico", "fioc"]):
        value = product.format(W=f"params['W_{gate}']", b=f"params['b_{gate}']")
        lines.append(f"    {'c_tilde' if gate == 'c' else gate} = {'np.tanh' if gate == 'c' else 'sigmoid'}({value})")
    lines += one(
        [
            ["    c = f * c_prev + i * c_tilde", "    h = o * np.tanh(c)"],
            ["    c = c_prev * f + c_tilde * i", "    h = np.tanh(c) * o"],
        ]
    )
    names = "x h_prev c_prev f i c_tilde o c".split()
    cache = one(
        [
            "{%s}" % ", ".join(f"'{name}': {name}" for name in names),
            f"dict({', '.join(f'{name}={name}' for name in names)})",
        ]
    )
    lines += [f"    cache = {cache}", "    return h, c, cache", "def lstm_forward(xs, h0, c0, params):"]
    lines += ["    hs, cs, caches = [], [], []", "    h, c = h0, c0"]
    lines += one([["    for x in xs:", "        h, c, cache = lstm_cell_forward(x, h, c, params)"],
                  ["    for t in range(len(xs)):", "        h, c, cache = lstm_cell_forward(xs[t], h, c, params)"]])  # fmt: skip
    lines += ["        hs.append(h)", "        cs.append(c)", "        caches.append(cache)"]
    return [
        "\n".join([*lines, f"    return {one(['np.array(hs), np.array(cs)', 'np.stack(hs), np.stack(cs)'])}, caches"])
    ]


@pytest.mark.parametrize("size", [5, 10, 30, 200])
def test_plain_answers_are_alike_by_nature_and_not_named(size):
    chance = random.Random(size)
    assert pairs({f"student {k}": plain_cell(chance) for k in range(size)}, *about("cell")) == []


def test_what_a_tenth_of_a_class_has_says_nothing():
    taught = corpus("cell")["fused_weights"]
    others = {f"student {k}": [f"# {k}"] for k in range(100)}
    ten = dict.fromkeys([f"student {k}" for k in range(10)], taught)
    eleven = dict.fromkeys([f"student {k}" for k in range(11)], taught)
    assert len(groups(pairs(others | ten, *about("cell")))) == 1
    assert pairs(others | eleven, *about("cell")) == []


def test_groups_hang_together():
    sources = corpus("bptt")
    copies = {f"copy {k}": disguised(sources["einsum"]) for k in range(3)} | {
        "other": disguised(sources["matrix_class"])
    }
    found = groups(pairs(sources | copies, *about("bptt")))
    assert sorted(found) == [["copy 0", "copy 1", "copy 2", "einsum"], ["matrix_class", "other"]]


def test_the_lines_that_are_shared_are_marked():
    given, names = about("bptt")
    cells = ["mine = [k ** 3 for k in range(7)]\n", *corpus("bptt")["einsum"]]
    shared = shared_lines(cells, disguised(corpus("bptt")["einsum"]), given, names)
    text = "\n".join(cells).split("\n")
    assert 0 not in shared and len(shared) > 0.8 * sum(bool(line.strip()) for line in text[2:])


@pytest.mark.parametrize(
    "cell",
    ["def f(:\n  (((", "'" * 3, "\x00", "%time x\n!ls\n?y", "\ud800", "x = (\n" * 50, "\t x\n  y", "0x", "é" * 10, "\n" * 300_000],
)
def test_broken_code_is_read_as_far_as_it_can_be(cell):
    assert [text for text, _ in tokens(["a = 1", cell])][:3] == ["a name", "=", "1"]
    assert pairs({"anna": [cell], "ben": [cell]}) == []
