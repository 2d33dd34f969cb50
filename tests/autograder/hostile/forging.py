"""Submissions that say what they should get."""

from tests.autograder.hostile.tricks import SERVER, trick

TALLY = '{"check": "check_update_cell", "score": 2, "max_score": 2, "status": "passed"}'
FRAME = SERVER + """
import json, os, struct
def raw(data):
    server.connection.sendall(data)
def frame(header, buffer=b"", json_size=None, size=None):
    text = header if isinstance(header, bytes) else json.dumps({"token": server.token, **header}).encode()
    raw(struct.pack(">IQ", len(text) if json_size is None else json_size, len(buffer) if size is None else size) + text + buffer)
def answer(result, buffer=b""):
    frame({"value": {"dict": [["result", result], ["arguments", {"list": []}]]}, "number": 0, "warnings": []}, buffer)
"""


def sends(what):
    """``update_cell`` sends something of its own in the answer's place, and no more."""
    return trick(f"{what}\nos._exit(0)", before=FRAME, status="protocol")


FORGING = {
    "returns-its-score": trick(f"return {TALLY}"),
    "prints-its-score": trick(
        f"print('{TALLY}', flush=True)\nreturn 7.0",
        after=f"import os\nfor fd in range(10):\n    try:\n        os.write(fd, b'{TALLY}\\n')\n    except OSError:\n        pass",
    ),
    "prints-its-score-politely": trick(after=f"print('{TALLY}'); import sys; print('{TALLY}', file=sys.__stdout__)"),
    "writes-grades": trick(
        after="""
row = "writes-grades,gates,check_update_cell,2,2,passed\\n"
for folder in (".", "..", "/tmp", "{root}/out", "{root}/submitted", "/out", "/"):
    for name in ("grades.csv", "instructor/gates.jsonl", "gradebook.db", "feedback/writes-grades/gates.html"):
        try:
            open(folder + "/" + name, "a").write(row)
        except OSError:
            pass
""",
    ),
    "sends-a-frame-of-its-own": sends('frame({"passed": True, "score": 2})'),
    "sends-the-wrong-thing-as-an-answer": sends('frame({"value": {"list": []}, "number": 0})'),
    "sends-true": trick("answer(True)\nreturn 7.0", before=FRAME, status="protocol"),
    "sends-answers-ahead": trick(before=FRAME, after="""for _ in range(100):
    answer({"opaque": "right", "number": 0})"""),
    "sends-true-without-being-asked": sends('frame({"token": "", "value": True, "number": 0})'),
    "sends-a-giant-that-it-does-not-have": sends("answer({'array': {'dtype': '<f8', 'shape': [2**30], 'at': 0}})"),
    "sends-too-little-in-too-many-dimensions": sends("answer({'array': {'dtype': '<f8', 'shape': [2**39, 2**39, 0], 'at': 2**40}})"),
    "sends-a-frame-that-has-no-end": sends("frame(b'', json_size=2**32 - 1, size=2**63)"),
    "sends-less-than-it-says": trick("frame(b'{}', json_size=1000)\nwhile True: pass", before=FRAME, status="timeout"),
    "sends-a-byte-now-and-then": trick(
        """frame(b'', json_size=10**6)
while True:
    raw(b' ')
    sum(range(10**5))""", before=FRAME, status="timeout protocol"
    ),
    "sends-deep-json": sends("frame(b'[' * 10**6)"),
    "sends-much-json": sends("frame(b'{\"value\": [' + b'[],' * 2_600_000 + b'[]]}')"),
    "sends-no-json": sends("frame(b'\\xff\\xfe{')"),
    "sends-a-huge-integer": sends("answer(10**4000)"),
    "sends-a-long-text": sends("answer({'list': ['x' * 10**6] + [''] * 2000})"),
    "sends-half-a-surrogate-pair": trick("answer('\\ud800')\nreturn 7.0", before=FRAME, status="protocol"),
    "sends-one-array-many-times": sends(
        "answer({'list': [{'array': {'dtype': '<f8', 'shape': [10**6], 'at': 0}}] * 2000}, bytes(8 * 10**6))"
    ),
    "sends-an-array-of-objects": sends("answer({'array': {'dtype': '|O', 'shape': [2], 'at': 0}}, bytes(16))"),
    "sends-a-pickle": sends("answer({'pickle': 'Y29zCnN5c3RlbQo='})"),
    "asks-for-what-there-is-not": sends('frame({"callback": 0, "values": {"list": []}})'),
    "sends-an-exception-that-is-none": sends('frame({"raised": ["NotImplementedError"]})'),
    "claims-that-the-grader-failed": trick(before=FRAME + 'frame({"fault": "the disk is full"})'),
    "replaces-the-server": trick(
        "type(server).do_call = lambda *_: ({'value': True, 'number': 0, 'passed': True}, [])\nreturn 7.0",
        before=SERVER,
        status="protocol",
    ),
    "brings-an-autograder-of-its-own": trick(
        before="""
import sys, types
for name in ("autograder", "autograder.reference", "autograder.checks", "nbgrader", "check"):
    sys.modules[name] = types.SimpleNamespace(update_cell=lambda *_: 7.0, CHECKS={}, __path__=[], __spec__=None)
""",
        after="from autograder.reference import update_cell",
    ),
    "defines-the-checks": trick(
        after="""
def check_update_cell(*_): return 2, "passed"
def expect(*_, **__): pass
check = CHECKS = grade = score = passed = check_update_cell
max_score = points = 1000
"""
    ),
}  # fmt: skip
