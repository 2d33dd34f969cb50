"""Submissions that are odd, honest and right: all of them get full marks."""

from tests.autograder.hostile.tricks import Trick, filled, with_cells
from tests.notebooks import hand_in, solution, solved  # noqa: F401


def honest(before="", after="", assignment="gates", says=(), **solutions):
    make = lambda places: with_cells(solved(assignment, **solutions), filled(before, places), filled(after, places))  # noqa: E731
    return Trick(make, {}, assignment, says=says)


HONEST = {
    "uses-magics": honest(
        before=[
            *("%matplotlib inline", "%%time\nx = 1", "%timeit -n 1 -r 1 x + 1", "!echo hello", "%pwd", "%whos", "?print"),
            *("%precision 3", "%lsmagic", "files = !ls", "%%bash\necho bash", "%%html\n<b>x</b>"),
        ]
    ),
    "warns": honest(before="import warnings\nwarnings.warn('loud')\nimport numpy as np\nnp.array([1.0]) / 0"),
    "sets-numpy-to-raise": honest(before="import numpy as np\nnp.seterr(all='raise')"),
    "asks-who-it-is": honest(
        update_cell="import getpass\nname = getpass.getuser()\ndef update_cell(c_prev, f, i, c_tilde):\n    return f * c_prev + i * c_tilde"
    ),
    "makes-warnings-errors": honest(before="""import warnings
warnings.simplefilter('error')
warnings.filterwarnings('error')"""),
    "prints-a-lot": honest(
        before="for k in range(20_000): print(k, 'x' * 100)",
        sigmoid=solution("gates", "sigmoid").replace("return", "print(x); return"),
    ),
    "redefines-print": honest(before="def print(*args, **kwargs): pass\nlist = dict = str = type = None"),
    "prints-a-million-signs": honest(sigmoid=solution("gates", "sigmoid") + "\nprint('😀' * 10**6)"),
    "imports-what-it-wrote": honest(before=["""%%writefile mine.py
helper = 3""", "from mine import helper"], update_cell="""def update_cell(c_prev, f, i, c_tilde):
    return f * c_prev + i * c_tilde + 0 * helper"""),
    "wants-sharp-figures": honest(before="""%matplotlib inline
%config InlineBackend.figure_format = 'retina'
helper = 3""", update_cell="""def update_cell(c_prev, f, i, c_tilde):
    return f * c_prev + i * c_tilde + 0 * helper"""),
    "draws": honest(before="""import matplotlib.pyplot as plt
plt.style.use('ggplot')
plt.rcParams['figure.dpi'] = 300
fig, ax = plt.subplots(2, 2)
ax[0, 0].plot([1, 2]);
plt.show()""", update_cell="""
import matplotlib.pyplot as plt
def update_cell(c_prev, f, i, c_tilde):
    plt.plot(np.ravel(c_prev))
    plt.show()
    return f * c_prev + i * c_tilde
"""),
    "has-scratch-cells-that-fail": honest(
        before=[
            *("1 / 0", "undefined_name", "def broken(:", "import torch", "raise SystemExit", "open('/data/mine.csv')"),
            *("assert False", "%no_such_magic", "    indented = 1\n  wrong = 2"),
        ]
    ),
    "is-a-class": honest(update_cell="""class Updater:
    def __call__(self, c_prev, f, i, c_tilde):
        return f * c_prev + i * c_tilde
update_cell = Updater()"""),
    "uses-a-name-of-the-experiment-at-the-end": honest(
        update_cell="def update_cell(c_prev, f, i, c_tilde):\n    return f * c_prev + i * c_tilde * (steps == 30)"
    ),
    "is-a-lambda": honest(update_cell="update_cell = lambda c_prev, f, i, c_tilde: f * c_prev + i * c_tilde"),
    "is-decorated": honest(update_cell="""import functools
def logged(f):
    @functools.wraps(f)
    def inner(*a, **k):
        print('called', f.__name__)
        return f(*a, **k)
    return inner
@logged
def update_cell(c_prev, f, i, c_tilde):
    return f * c_prev + i * c_tilde"""),
    "is-partial": honest(update_cell="""from functools import partial
import operator
def general(op, c_prev, f, i, c_tilde):
    return op(f * c_prev, i * c_tilde)
update_cell = partial(general, operator.add)"""),
    "is-a-jitted-method": honest(update_cell="""class Cell:
    @staticmethod
    def update(c_prev, f, i, c_tilde):
        return f * c_prev + i * c_tilde
update_cell = Cell.update"""),
    "returns-lists": honest(update_cell="""def update_cell(c_prev, f, i, c_tilde):
    return (f * c_prev + i * c_tilde).tolist()"""),
    "returns-a-subclass": honest(update_cell="""class Mine(np.ndarray):
    pass
def update_cell(c_prev, f, i, c_tilde):
    return (f * c_prev + i * c_tilde).view(Mine)"""),
    "returns-odd-memory": honest(update_cell="""def update_cell(c_prev, f, i, c_tilde):
    return np.asfortranarray((f * c_prev + i * c_tilde)[..., ::-1])[..., ::-1].astype('>f8')"""),
    "stars-imports": honest(before="from math import *\nfrom numpy import *\nimport numpy as np"),
    "has-a-main": honest(after="""if __name__ == '__main__':
    ran = True
    print('main ran')
else:
    del update_cell""", says=("main ran",)),
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
    "awaits": honest(before="""import asyncio
await asyncio.sleep(0.01)
async def wait():
    await asyncio.sleep(0)
    return 3
three = await wait()""", update_cell="""
import asyncio
def update_cell(c_prev, f, i, c_tilde):
    async def product(a, b):
        await asyncio.sleep(0)
        return a * b
    async def both():
        return sum(await asyncio.gather(product(f, c_prev), product(i, c_tilde)))
    return asyncio.run(both())
"""),
    "uses-the-last-result": honest(before=["3 * 4", """twelve = _
assert twelve == 12, _""", "Out, In"], after="assert twelve == 12"),
    "displays": honest(before="""from IPython.display import HTML, Markdown, Latex, clear_output, display
display(HTML('<b>x</b>'), Markdown('**x**'))
Latex('$x$')
clear_output()
display({'a': 1})"""),
    "asks-for-input": honest(before="""try:
    name = input('name? ')
except Exception:
    name = 'nobody'""", after="""import getpass
getpass.getpass()"""),
    "cleans-up": honest(before="""x = 1
del x
%reset_selective -f x
import gc; gc.collect(); gc.disable()""", after="""for name in [n for n in dir() if n.startswith('_')]:
    pass"""),
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
    "keeps-files": honest(before="""import os, tempfile, json
os.makedirs('work', exist_ok=True)
json.dump({'a': 1}, open('work/a.json', 'w'))
assert json.load(open('work/a.json')) == {'a': 1}
tempfile.mkdtemp()
import numpy as np
np.save('work/x.npy', np.eye(3)); np.load('work/x.npy', mmap_mode='r')"""),
    "logs": honest(before="""import logging
logging.basicConfig(level=logging.DEBUG)
logger = logging.getLogger('mine')
logger.info('hello')""", update_cell="""
def update_cell(c_prev, f, i, c_tilde):
    logger.warning("called with %s", c_prev)
    return f * c_prev + i * c_tilde
"""),
    "handles-signals": honest(before="""import signal
signal.signal(signal.SIGINT, lambda *a: None)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.alarm(1)"""),
    "redirects-output": honest(before="""import sys, io
sys.stdout = io.StringIO()
print('into a buffer')
sys.stderr = open('errors.txt', 'w')"""),
    "changes-settings": honest(before="""import numpy as np, sys, os, locale, random, decimal
np.set_printoptions(precision=2)
sys.setrecursionlimit(5000)
os.environ['OMP_NUM_THREADS'] = '4'
random.seed(1); np.random.seed(1)
decimal.getcontext().prec = 5
os.chdir('/')"""),
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
    "ünïcode-ñames": honest(before="""σ = lambda x: x
π = 3.14
print('naïve ☕ 😀')""", update_cell="""def update_cell(c_prev, f, i, c̃):
    return f * c_prev + i * c̃""".replace("c̃", "ĉ")),
    "is-recursive": honest(sigmoid="""
def sigmoid(x):
    if isinstance(x, (list, tuple)) or np.ndim(x):
        return np.array([sigmoid(v) for v in x])
    return float(1 / (1 + np.exp(-x))) if x >= 0 else float(np.exp(x) / (1 + np.exp(x)))
"""),
}  # fmt: skip
