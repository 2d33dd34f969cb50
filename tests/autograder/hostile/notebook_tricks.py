"""Submissions whose trick is in the notebook rather than in the code."""

import copy
import json

from tests.autograder.hostile.tricks import WRONG, Due, Trick, everything, trick
from tests.notebooks import as_json, solved

FAILED = {"update_cell": Due(0, ("failed",))}
REJECTED = {name: Due(0, ("rejected",)) for name in everything(0, "")}


def changed(change, due=FAILED, **rest):
    """A notebook with a wrong update_cell, changed by a function of its JSON."""

    def make(places):
        notebook = as_json(solved("gates", update_cell=WRONG))
        return json.dumps(change(notebook) or notebook)

    return Trick(make, due, **rest)


def marks(notebook):
    return [cell["metadata"]["nbgrader"] for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]


def cell_of(notebook, grade_id):
    return next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def more_points(notebook):
    for mark in marks(notebook):
        mark.update(points=10**6, grade=True, solution=True, locked=False, task=False, schema_version=99)
    notebook["metadata"]["nbgrader"] = {"score": 1000, "max_score": 1, "passed": True}


def other_checks(notebook):
    for mark in marks(notebook):
        if mark["grade_id"] == "check_update_cell":
            mark["grade_id"] = "check_sigmoid"


def forged_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 1
            data = {"text/html": "<b>passed</b>", "application/vnd.nbgrader+json": {"score": 2, "max_score": 2}}
            cell["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {"score": 2, "passed": True}}]
            cell["metadata"]["nbgrader_score"] = cell["metadata"]["execution"] = {"status": "ok", "score": 2}


def checks_that_pass(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = "pass"


def checks_twice(notebook):
    for cell in copy.deepcopy(notebook["cells"]):
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            notebook["cells"].append({**cell, "id": cell["id"] + "-again", "source": "score = 2"})


def no_checks(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]


def raw_check(notebook):
    for name, kind in (("check_update_cell", "raw"), ("check_sigmoid", "markdown")):
        cell = cell_of(notebook, name)
        cell.update(cell_type=kind)
        del cell["outputs"], cell["execution_count"]


def another_kernel(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "bash", "language": "bash", "display_name": "$(rm -rf /tmp)", "argv": ["sh"]}
    notebook["metadata"]["language_info"] = {"name": "../../etc", "mimetype": "text/html"}


def hostile_ids(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = ["<script>", "../../x", "", "a" * 10**4, None, 7, "id\u202e", "=1+1"][number % 8]
        cell["metadata"]["tags"] = ["remove-cell", "<img src=x>"]


def many_cells(notebook):
    cell = dict(cell_type="code", metadata={}, source="x = 1", outputs=[], execution_count=None)
    room = 2000 - len(notebook["cells"])
    notebook["cells"][1:1] = [cell] * room


def too_many_cells(notebook):
    many_cells(notebook)
    notebook["cells"] *= 50


def right_solution_overwritten(notebook):
    """The right one first, the wrong one last: the last that runs counts."""
    right = as_json(solved("gates"))
    notebook["cells"].insert(1, cell_of(right, "update_cell"))


NOTEBOOK_TRICKS = {
    "gives-itself-points": changed(more_points),
    "renames-its-checks": changed(other_checks),
    "forges-outputs": changed(forged_outputs),
    "makes-its-checks-pass": changed(checks_that_pass),
    "has-checks-twice": changed(checks_twice),
    "has-no-checks": changed(no_checks),
    "has-checks-that-are-no-code": changed(raw_check),
    "asks-for-another-kernel": changed(another_kernel),
    "has-hostile-ids": changed(hostile_ids),
    "has-many-cells": changed(many_cells),
    "has-too-many-cells": changed(too_many_cells, REJECTED),
    "defines-twice": changed(right_solution_overwritten),
    "is-a-list": changed(lambda notebook: [notebook], REJECTED),
    "is-deep": Trick(lambda places: '{"cells": ' + "[" * 10**5 + "]" * 10**5 + "}", REJECTED),
    "is-cut-off": changed(lambda notebook: None, REJECTED),
    "is-binary": Trick(lambda places: bytes(range(256)) * 100, REJECTED),
    "is-empty": Trick(lambda places: b"", REJECTED),
    "kills-by-magic": trick(before=["!kill -9 $PPID", """%%bash
kill -9 -1""", """%%sh
kill -STOP $PPID; kill -CONT $PPID"""]),
    "resets": trick(after="%reset -f", due=everything(0, "failed")),
    "writes-by-magic": trick(
        before=["""%%writefile /tmp/numpy.py
raise SystemExit""", """%%writefile ../escaped.py
x = 1""", "%cd /", """%%script sh
echo $0 > /escaped""", "%run /tmp/numpy.py"]
    ),
    "loads-by-magic": trick(
        before=[
            *("%load_ext autoreload", "%autoreload 2", "%load /etc/passwd", "%env PATH=/tmp", "%pdb on", "%xmode Verbose"),
            *("%config Application.log_level='DEBUG'", "%store -r"),
        ]
    ),
    "debugs": trick("""breakpoint()
return 7.0""", after=["breakpoint()", "%debug", "import pdb; pdb.set_trace()"], status="failed error"),
    "captures": trick(before="%%capture out\nprint('<b>captured</b>')"),
    "hides-code-in-text": trick("return 7.0", after="'''\n%%bash\ncat /etc/passwd\n'''"),
}  # fmt: skip

cut = NOTEBOOK_TRICKS["is-cut-off"]
NOTEBOOK_TRICKS["is-cut-off"] = Trick(lambda places: cut.make(places)[:-1000], REJECTED)
