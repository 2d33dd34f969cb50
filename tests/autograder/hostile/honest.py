"""Submissions that are odd, honest and right: all of them get full marks."""

from tests.autograder.hostile.tricks import Trick, filled, with_cells
from tests.notebooks import hand_in, solution, solved  # noqa: F401


def honest(before="", after="", assignment="gates", says=(), **solutions):
    make = lambda places: with_cells(solved(assignment, **solutions), filled(before, places), filled(after, places))  # noqa: E731
    return Trick(make, {}, assignment, says=says)


HONEST = {
    "uses-magics": honest(
        before=["%matplotlib inline", "%%time\nx = 1", "%timeit -n 1 -r 1 x + 1", "!echo hello", "%pwd", "%whos", "?print", "%precision 3", "%lsmagic", "files = !ls", "%%bash\necho bash", "%%html\n<b>x</b>"]
    ),
    "warns": honest(before="import warnings\nwarnings.warn('loud')\nimport numpy as np\nnp.array([1.0]) / 0"),
    "sets-numpy-to-raise": honest(before="import numpy as np\nnp.seterr(all='raise')", sigmoid="""
def sigmoid(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(under="ignore"):
        e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))
"""),
    "makes-warnings-errors": honest(before="import warnings\nwarnings.simplefilter('error')\nwarnings.filterwarnings('error')"),
    "prints-a-lot": honest(before="for k in range(20_000): print(k, 'x' * 100)", sigmoid=solution("gates", "sigmoid").replace("return", "print(x); return")),
    "redefines-print": honest(before="def print(*args, **kwargs): pass\nlist = dict = str = type = None"),
    "prints-a-million-signs": honest(sigmoid=solution("gates", "sigmoid") + "\nprint('😀' * 10**6)"),
    "imports-what-it-wrote": honest(before=["%%writefile mine.py\nhelper = 3", "from mine import helper"], update_cell="def update_cell(c_prev, f, i, c_tilde):\n    return f * c_prev + i * c_tilde + 0 * helper"),
    "wants-sharp-figures": honest(before="%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\nhelper = 3", update_cell="def update_cell(c_prev, f, i, c_tilde):\n    return f * c_prev + i * c_tilde + 0 * helper"),
    "draws": honest(before="import matplotlib.pyplot as plt\nplt.style.use('ggplot')\nplt.rcParams['figure.dpi'] = 300\nfig, ax = plt.subplots(2, 2)\nax[0, 0].plot([1, 2]);\nplt.show()", update_cell="""
import matplotlib.pyplot as plt
def update_cell(c_prev, f, i, c_tilde):
    plt.plot(np.ravel(c_prev))
    plt.show()
    return f * c_prev + i * c_tilde
"""),
    "has-scratch-cells-that-fail": honest(before=["1 / 0", "undefined_name", "def broken(:", "import torch", "raise SystemExit", "open('/data/mine.csv')", "assert False", "%no_such_magic", "    indented = 1\n  wrong = 2"]),
    "is-a-class": honest(update_cell="class Updater:\n    def __call__(self, c_prev, f, i, c_tilde):\n        return f * c_prev + i * c_tilde\nupdate_cell = Updater()"),
    "is-a-lambda": honest(update_cell="update_cell = lambda c_prev, f, i, c_tilde: f * c_prev + i * c_tilde"),
    "is-decorated": honest(update_cell="import functools\ndef logged(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n        print('called', f.__name__)\n        return f(*a, **k)\n    return inner\n@logged\ndef update_cell(c_prev, f, i, c_tilde):\n    return f * c_prev + i * c_tilde"),
    "is-partial": honest(update_cell="from functools import partial\nimport operator\ndef general(op, c_prev, f, i, c_tilde):\n    return op(f * c_prev, i * c_tilde)\nupdate_cell = partial(general, operator.add)"),
    "is-a-jitted-method": honest(update_cell="class Cell:\n    @staticmethod\n    def update(c_prev, f, i, c_tilde):\n        return f * c_prev + i * c_tilde\nupdate_cell = Cell.update"),
    "returns-lists": honest(update_cell="def update_cell(c_prev, f, i, c_tilde):\n    return (f * c_prev + i * c_tilde).tolist()"),
    "returns-a-subclass": honest(update_cell="class Mine(np.ndarray):\n    pass\ndef update_cell(c_prev, f, i, c_tilde):\n    return (f * c_prev + i * c_tilde).view(Mine)"),
    "returns-odd-memory": honest(update_cell="def update_cell(c_prev, f, i, c_tilde):\n    return np.asfortranarray((f * c_prev + i * c_tilde)[..., ::-1])[..., ::-1].astype('>f8')"),
    "stars-imports": honest(before="from math import *\nfrom numpy import *\nimport numpy as np"),
    "has-a-main": honest(after="if __name__ == '__main__':\n    ran = True\n    print('main ran')\nelse:\n    del update_cell", says=("main ran",)),
    "uses-threads": honest(update_cell="""
from concurrent.futures import ThreadPoolExecutor
def update_cell(c_prev, f, i, c_tilde):
    with ThreadPoolExecutor(2) as pool:
        kept, new = pool.map(lambda pair: pair[0] * pair[1], [(f, c_prev), (i, c_tilde)])
    return kept + new
"""),
    "uses-processes": honest(update_cell="""
import multiprocessing
def product(pair):
    return pair[0] * pair[1]
def update_cell(c_prev, f, i, c_tilde):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        kept, new = pool.map(product, [(f, c_prev), (i, c_tilde)])
    return kept + new
"""),
    "awaits": honest(before="import asyncio\nawait asyncio.sleep(0.01)\nasync def wait():\n    await asyncio.sleep(0)\n    return 3\nthree = await wait()", update_cell="""
import asyncio
def update_cell(c_prev, f, i, c_tilde):
    async def product(a, b):
        await asyncio.sleep(0)
        return a * b
    async def both():
        return sum(await asyncio.gather(product(f, c_prev), product(i, c_tilde)))
    return asyncio.run(both())
"""),
    "uses-the-last-result": honest(before=["3 * 4", "twelve = _\nassert twelve == 12, _", "Out, In"], after="assert twelve == 12"),
    "displays": honest(before="from IPython.display import HTML, Markdown, Latex, clear_output, display\ndisplay(HTML('<b>x</b>'), Markdown('**x**'))\nLatex('$x$')\nclear_output()\ndisplay({'a': 1})"),
    "asks-for-input": honest(before="try:\n    name = input('name? ')\nexcept Exception:\n    name = 'nobody'", after="import getpass\ngetpass.getpass()"),
    "cleans-up": honest(before="x = 1\ndel x\n%reset_selective -f x\nimport gc; gc.collect(); gc.disable()", after="for name in [n for n in dir() if n.startswith('_')]:\n    pass"),
    "computes-for-a-while": honest(update_cell="""
def update_cell(c_prev, f, i, c_tilde):
    import time
    end = time.process_time() + 0.04
    while time.process_time() < end:
        pass
    return f * c_prev + i * c_tilde
"""),
    "loops-in-python": honest(update_cell="""
def update_cell(c_prev, f, i, c_tilde):
    flat = [a * b + c * d for a, b, c, d in zip(*(np.ravel(v).tolist() for v in (f, c_prev, i, c_tilde)))]
    return np.array(flat).reshape(np.shape(c_prev))
"""),
    "keeps-files": honest(before="import os, tempfile, json\nos.makedirs('work', exist_ok=True)\njson.dump({'a': 1}, open('work/a.json', 'w'))\nassert json.load(open('work/a.json')) == {'a': 1}\ntempfile.mkdtemp()\nimport numpy as np\nnp.save('work/x.npy', np.eye(3)); np.load('work/x.npy', mmap_mode='r')"),
    "logs": honest(before="import logging\nlogging.basicConfig(level=logging.DEBUG)\nlogger = logging.getLogger('mine')\nlogger.info('hello')", update_cell="""
def update_cell(c_prev, f, i, c_tilde):
    logger.warning("called with %s", c_prev)
    return f * c_prev + i * c_tilde
"""),
    "handles-signals": honest(before="import signal\nsignal.signal(signal.SIGINT, lambda *a: None)\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nsignal.alarm(1)"),
    "redirects-output": honest(before="import sys, io\nsys.stdout = io.StringIO()\nprint('into a buffer')\nsys.stderr = open('errors.txt', 'w')"),
    "changes-settings": honest(before="import numpy as np, sys, os, locale, random, decimal\nnp.set_printoptions(precision=2)\nsys.setrecursionlimit(5000)\nos.environ['OMP_NUM_THREADS'] = '4'\nrandom.seed(1); np.random.seed(1)\ndecimal.getcontext().prec = 5\nos.chdir('/')"),
    "types-and-dataclasses": honest(update_cell="""
from __future__ import annotations
from dataclasses import dataclass
@dataclass(slots=True, frozen=True)
class Step:
    f: np.ndarray
    i: np.ndarray
def update_cell(c_prev: np.ndarray, f: np.ndarray, i: np.ndarray, c_tilde: np.ndarray) -> np.ndarray:
    match Step(f, i):
        case Step(f=keep, i=add):
            return keep * c_prev + add * c_tilde
"""),
    "ünïcode-ñames": honest(before="σ = lambda x: x\nπ = 3.14\nprint('naïve ☕ 😀')", update_cell="def update_cell(c_prev, f, i, c̃):\n    return f * c_prev + i * c̃".replace("c̃", "ĉ")),
    "is-recursive": honest(sigmoid="""
def sigmoid(x):
    if isinstance(x, (list, tuple)) or np.ndim(x):
        return np.array([sigmoid(v) for v in x])
    return float(1 / (1 + np.exp(-x))) if x >= 0 else float(np.exp(x) / (1 + np.exp(x)))
"""),
}  # fmt: skip
