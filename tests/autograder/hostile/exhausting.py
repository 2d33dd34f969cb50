"""Submissions that use up what there is. Each stops by itself sooner or later, should nothing stop it."""

from tests.autograder.hostile.tricks import trick

MANY_KINDS = "timeout memory error failed"

EXHAUSTING = {
    "loops": trick("while True: pass", status="timeout"),
    "loops-and-catches-everything": trick("""while True:
    try:
        while True: pass
    except BaseException: pass""", status="timeout"),
    "loops-in-c": trick("return sum(range(10**12))", status="timeout"),
    "backtracks": trick("import re; return re.match('(a+)+$', 'a' * 60 + 'b')", status="timeout"),
    "loops-in-its-notebook": trick(after="while True: pass"),
    "loops-in-children": trick(
        """import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(4):
    if os.fork() == 0:
        while True: pass
time.sleep(60)""",
        status="timeout",
    ),
    "loops-in-threads": trick("""import threading
for _ in range(8): threading.Thread(target=lambda: [None for _ in iter(int, 1)]).start()""", status="timeout memory failed error"),
    "forks-and-forks": trick("""import os, time
end = time.time() + 20
while time.time() < end:
    try:
        os.fork()
    except OSError:
        pass""", status=MANY_KINDS),
    "forks-by-the-shell": trick(before="%%sh\nbomb() { bomb | bomb & }\nulimit -t 5; bomb"),
    "starts-threads": trick(
        """import threading, time
for _ in range(10**4):
    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()""", status="error"
    ),
    "eats-memory": trick("return [bytearray(10**9) for _ in range(100)]", status="memory"),
    "eats-memory-slowly": trick("""eaten = []
for _ in range(10**5):
    eaten.append(b'x' * 10**6)""", status="memory"),
    "eats-memory-with-numpy": trick("import numpy as np; return np.ones((10**6, 10**4))", status="memory"),
    "eats-memory-in-many-processes": trick(
        """import os, time
for _ in range(20):
    if os.fork() == 0:
        eaten = bytearray(b'x' * 10**8)
        time.sleep(20)
time.sleep(20)""",
        status="memory timeout",
    ),
    "eats-shared-memory": trick(
        """import mmap, os, tempfile
eaten = []
for folder in ('/dev/shm', '/tmp'):
    for _ in range(100):
        file = tempfile.TemporaryFile(dir=folder)
"""
        "        os.posix_fallocate(file.fileno(), 0, 10**8)\n        eaten.append(mmap.mmap(file.fileno(), 10**8))",
        status="error",
    ),
    "eats-sockets": trick(
        """import socket
pairs = []
while True:
    pairs.append(socket.socketpair())
    pairs[-1][0].setblocking(False)
    try:
"""
        "        while True: pairs[-1][0].send(bytes(10**5))\n    except BlockingIOError: pass",
        status="error",
    ),
    "fills-the-disk": trick(
        """for folder in ('/tmp', '/dev/shm'):
    try:
        with open(folder + '/full', 'wb') as file:
            while True: file.write(bytes(10**6))
"""
        "    except OSError: pass\nreturn 7.0",
    ),
    "fills-the-disk-with-names": trick(
        """import os
for k in range(10**6):
    try:
        os.symlink('x' * 4000, f'/tmp/{k}')
    except OSError:
        break
return 7.0""",
        status="failed timeout",
    ),
    "nests-folders": trick("""import os
for _ in range(10**5):
    os.mkdir('d' * 200)
    os.chdir('d' * 200)""", status="error timeout"),
    "opens-files": trick("kept = [open('/dev/null') for _ in range(10**6)]", status="error"),
    "prints-without-end": trick(before="""for _ in range(3000):
    print('x' * 10**5)""", after="""import os
for _ in range(100):
    os.write(1, bytes(10**6)); os.write(2, bytes(10**6))"""),
    "prints-in-the-call": trick("while True: print('x' * 10**6)", status="timeout"),
    "prints-in-every-cell": trick(before=["print('y' * 10**6); import sys; print('z' * 10**6, file=sys.stderr)"] * 50),
    "raises-at-length-in-every-cell": trick(before=["raise ValueError('w' * 10**6)"] * 50),
    "warns-without-end": trick("""import warnings
for k in range(10**5): warnings.warn(f'{k}' * 1000)
return 7.0""", status="failed timeout memory"),
    "shouts-by-the-shell": trick(before="!timeout 5 yes | head -c 100000000"),
    "computes-a-giant": trick("return 7.0 if 10 ** (10 ** 9) else 0", status="timeout memory"),
    "parses-a-giant": trick("return eval('(' * 10**5 + ')' * 10**5)", status="error memory"),
    "makes-pictures": trick(before="""import matplotlib.pyplot as plt
for _ in range(100):
    plt.figure(figsize=(1, 1))
plt.show()"""),
    "asks-without-end": trick(
        assignment="bptt",
        after="def numerical_gradient(loss, array, eps=1e-5):\n    while True:\n        loss(array)",
        due={"numerical_gradient": (0, "timeout")},
    ),
    "asks-with-giants": trick(
        assignment="bptt",
        after="""import numpy as np
def numerical_gradient(loss, array, eps=1e-5):
    while True:
        try:
            loss(np.zeros(10**6))
        except TypeError:
            pass""",
        due={"numerical_gradient": (0, "timeout")},
    ),
    "makes-up-many-keys": trick(
        assignment="bptt",
        before="x = '" + "z" * 900_000 + "'\nwords = 'aaaaa bbbbb ccccc ddddd '",  # each is looked for in all that text
        after="def lstm_cell_backward(dh, dc, cache, params):\n    return dh, dh, dh, {f'{words}{k:x}': 0 for k in range(100_000)}",
        due={"lstm_cell_backward": (0, "failed"), "lstm_backward": (0, "error")},
    ),
    "asks-nonsense": trick(
        assignment="bptt",
        after="""
import numpy as np
def numerical_gradient(loss, array, eps=1e-5):
    for nonsense in (None, "x", [10**400], [10**18] * 3, [None], {}, [{}], object(), [[1], [2, 3]], np.array(["x"]), array.astype("M8[s]"),
                     array * np.nan, array + 1e308, array * 1j, array.astype(bool), float, loss, [array, [array]], -array[..., None]):
        try:
            loss(nonsense)
        except TypeError:
            pass
    try:
        loss(), loss(array, array)
    except TypeError:
        return array + 7.0
""",
        due={"numerical_gradient": (0, "failed")},
    ),
}  # fmt: skip
