"""Submissions that change the tools, so that wrong looks right."""

from tests.autograder.hostile.tricks import SERVER, everything, trick

DIES = "protocol error failed timeout"

TAMPERING = {
    "patches-numpy-testing": trick(
        after="""
import numpy as np
for name in dir(np.testing):
    if name.startswith("assert"):
        setattr(np.testing, name, lambda *a, **k: None)
"""
    ),
    "patches-numpy-comparisons": trick(
        after="import numpy as np\nnp.allclose = np.array_equal = np.isclose = np.any = np.all = lambda *a, **k: True"
    ),
    "patches-numpy-arrays": trick(
        after="import numpy as np\nnp.asarray = np.array = np.frombuffer = lambda *a, **k: 7.0",
        due=everything(0, DIES),
    ),
    "patches-numpy-functions": trick(
        "return f * c_prev + i * c_tilde",
        before="import numpy as np\nnp.exp = np.tanh = lambda x, **k: x",
        due={name: (1, "failed partial") for name in ("sigmoid", "forget_gate", "input_gate", "candidate", "output_gate", "hidden_state")},
    ),
    "patches-builtins": trick(after="import builtins\nbuiltins.all = builtins.any = builtins.abs = lambda *_: True"),
    "patches-isinstance": trick(after="import builtins\nbuiltins.isinstance = lambda *_: True"),
    "patches-print-and-open": trick(after="import builtins\nbuiltins.print = builtins.open = builtins.exit = None"),
    "patches-json": trick(after="import json\njson.dumps = lambda *_, **__: '{\"passed\": true}'"),
    "patches-json-loads": trick(after="""import json
json.loads = lambda *_, **__: {'op': 'defined'}""", due=everything(0, "error")),
    "patches-sockets": trick(
        after="import socket\nsocket.socket.recv = lambda *_: b''\nsocket.socket.sendall = lambda *_: None"
    ),
    "patches-the-wire": trick(
        after=SERVER + "wire.encode = lambda value, *_, **__: ({'dict': [['result', True], ['arguments', {'list': []}]]}, [])",
        due=everything(0, "protocol"),
    ),
    "empties-sys-modules": trick(after="""import sys
for name in list(sys.modules): del sys.modules[name]""", due=everything(2, DIES + " passed partial")),
    "shadows-modules": trick(
        after="""
import os, sys
os.makedirs("/tmp/shadow", exist_ok=True)
for name in ("numpy", "wire", "json", "struct", "child", "IPython", "sitecustomize", "usercustomize"):
    open(f"/tmp/shadow/{name}.py", "w").write("def __getattr__(name): return lambda *_, **__: 7.0")
    open(f"/tmp/{name}.py", "w").write("raise SystemExit")
sys.path[:0] = ["/tmp/shadow", "/tmp", ""]
"""
    ),
    "shadows-modules-from-its-folder": trick(
        beside={
            "numpy.py": "raise SystemExit",
            "autograder.py": "raise SystemExit",
            "sitecustomize.py": "raise SystemExit",
            "nbgrader_config.py": "c = get_config()\nc.NbGrader.db_url = 'sqlite:///stolen.db'",
            "conftest.py": "raise SystemExit",
            "gates.html": "<script>alert(1)</script>",
        }
    ),
    "fakes-numpy-in-sys-modules": trick(
        after="""import sys, types
fake = types.ModuleType('numpy')
fake.ndarray = fake.generic = type
sys.modules['numpy'] = fake"""
    ),
    "drops-asserts": trick(
        before="""
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Raise(self, node): return ast.Pass()
    def visit_Call(self, node): return ast.Constant(True) if "expect" in ast.dump(node.func) else node
get_ipython().ast_transformers.append(Drop())
get_ipython().input_transformers_cleanup.append(lambda lines: [line.replace("assert ", "_ = ") for line in lines])
"""
    ),
    "hooks-ipython": trick(
        after="""
shell = get_ipython()
def hook(*_):
    raise SystemExit
for event in ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell"):
    shell.events.register(event, hook)
shell.set_custom_exc((Exception,), lambda *_: None)
shell.run_cell = shell.user_ns.__getitem__ = None
"""
    ),
    "traces-every-call": trick(
        after="""
import sys
def trace(frame, event, value):
    frame.f_trace_opcodes = True
    for name in ("expected", "answer", "result"):
        if name in frame.f_locals:
            frame.f_locals[name] = True
    return trace
sys.settrace(trace); sys.setprofile(lambda frame, event, value: trace(frame, event, value) and None)
"""
    ),
    "looks-up-the-stack": trick(
        """
import sys
frame, found = sys._getframe(), []
while frame := frame.f_back:
    for name, value in {**frame.f_locals, **frame.f_globals}.items():
        if name != "arguments" and hasattr(value, "shape") and value.shape == c_prev.shape:
            found.append(value)
        if "expect" in name or "solution" in name or "reference" in name:
            found.append(value)
return found[-1] if found else 7.0
"""
    ),
    "searches-memory": trick(
        """
import gc
near = [thing for thing in gc.get_objects(generation=0) if type(thing) is type(c_prev) and thing.shape == c_prev.shape]
wanted = [thing for thing in gc.get_objects() if isinstance(thing, dict) and "expected" in thing]
others = [one for one in near if all(one is not given for given in (c_prev, f, i, c_tilde))]
return others[-1] if others else wanted[0]["expected"] if wanted else 7.0
""",
        status="failed error timeout",
    ),
    "pokes-into-memory": trick(
        after="""
import ctypes
seven = id(7.0)
ctypes.c_double.from_address(id(1e-7) + 16).value = 1e9
ctypes.pythonapi.Py_IncRef(ctypes.py_object(None))
ctypes.memset(id(257) + 24, 7, 4)
""",
    ),
    "changes-the-code-of-the-server": trick(
        after=SERVER + """
import types
def always(self, value):
    return {"dict": [["result", True], ["arguments", {"list": []}]]}, []
type(server).encode.__code__ = always.__code__
""",
        due=everything(0, "protocol"),
    ),
    "answers-with-other-arguments": trick(
        after="""
import child
def do_call(self, order, buffer):
    return {"value": {"dict": [["result", 7.0], ["arguments", 7]]}, "number": 0, "warnings": []}, []
child.Server.do_call = do_call
""",
        due=everything(0, "protocol"),
    ),
    "answers-with-nonsense-around-its-answers": trick(
        after="""
import child
def call(self, order, buffer, before=child.Server.do_call):
    answer, buffers = before(self, order, buffer)
    return answer | {"number": 10**18, "warnings": [[], {}, None, 7]}, buffers
def run(self, order, buffer, before=child.Server.do_run):
    before(self, order, buffer)
    return {"stdout": 7, "stderr": ["x"], "error": {}}, []
child.Server.do_call, child.Server.do_run = call, run
""",
        due=everything(1, "error protocol"),
    ),
    "hides-in-finalizers": trick(
        after="""
import atexit, weakref, sys
class Last:
    def __del__(self):
        import os
        os._exit(0)
last = [Last()]
atexit.register(lambda: print("passed"))
weakref.finalize(sys, print, "passed")
sys.excepthook = sys.unraisablehook = sys.displayhook = lambda *_: None
""",
    ),
    "sets-an-audit-hook": trick(
        after="""
import sys
def audit(event, arguments):
    if event.startswith(("object", "socket", "compile")):
        raise SystemExit
sys.addaudithook(audit)
""",
    ),
    "forbids-recursion": trick(after="""import sys
sys.setrecursionlimit(60)""", due=everything(2, DIES + " passed partial")),
    "turns-warnings-into-errors": trick(after="""import warnings, numpy
warnings.simplefilter('error')
warnings.warn = None"""),
}  # fmt: skip
