"""From what came of a notebook's cells to the page that its student reads."""

import re
import textwrap
from pathlib import Path

from lstmbook.resultpage import Card, Said, environment, render

MAX_BYTES = 5 * 2**20  # of a page

_TEMPLATE = environment(Path(__file__).parent / "templates").get_template("selfcheck.html.j2")
_ARROW = re.compile(r"-+> *\d+ +(.*)")  # the line of a frame that raised, in IPython's tracebacks


def cards(exercise, runs, seconds) -> list[Card]:
    """What the tests say, function by function.

    Parameters
    ----------
    exercise : lstmbook.selfcheck.notebook.Exercise
    runs : list of (Cell, lstmbook.selfcheck.kernel.Ran)
        The cells that ran, in order.
    seconds : float
        The time that each cell had.
    """
    tested = {cell.task: ran for cell, ran in runs if cell.role == "test"}
    return [_card(exercise, task, tested.get(task), runs, seconds) for task in exercise.tasks]


def notes(exercise, runs, seconds) -> tuple[str, ...]:
    """What is to be said of the notebook as a whole: what it lacks, and which cells did not end by themselves."""
    said = list(exercise.notes)
    went = {
        "stopped": "The cell `{}` ran for longer than {:g} s and was stopped.",
        "stuck": "The cell `{}` could not be stopped after {:g} s, so what comes after it was not run.",
        "died": "Python itself ended while the cell `{}` ran, so what comes after it was not run.",
    }
    said += [
        went[ran.end].format(cell.name, seconds)
        for cell, ran in runs
        if ran.end and (ran.end, cell.role) != ("stopped", "test")  # its card says it
    ]
    return tuple(said)


def page(exercise, runs, shown, told, name, when) -> str:
    """One self-contained HTML page with these cards and notes; ``name`` is the notebook's, and ``when`` it ran."""
    passed = number_passed(shown)
    return render(
        _TEMPLATE,
        MAX_BYTES,
        shown,
        title=exercise.title,
        name=name,
        when=when,
        passed=passed,
        by_hand=exercise.by_hand,
        summary=_summary(passed, len(shown)),
        notes=told,
        cells=[ran for cell, ran in runs if cell.role != "test" and (ran.error or ran.stdout or ran.stderr)],
    )


def number_passed(shown) -> int:
    return sum(card.status == "passed" for card in shown)


def _summary(passed, total):
    if passed == total:
        return "Every test passes. Well done!"
    if passed:
        return "Well on the way." if passed >= total / 2 else "A good start."
    return "No test passes yet, and that is where everyone starts. Take one function at a time, from the top."


def _card(exercise, task, ran, runs, seconds):
    check = exercise.checks.get(task)
    status, word, findings, hints = _result(task, ran, runs, seconds)
    return Card(
        function=task,
        section=check.section if check else "",
        status=status,
        word=word,
        points=check.points if check else 0,
        hints=tuple(Said("Likely mistake", hint) for hint in hints),
        findings=findings,
    )


def _result(task, ran, runs, seconds):
    """Status, what it is called, findings, and likely mistakes."""
    if ran is None:
        return "rejected", "Not tested", (Said("Test", "Its test did not run."),), ()
    if ran.end == "died":
        return "error", "Ended Python", (Said("Process ended", "Python itself ended while its test ran."),), ()
    if ran.end:
        return "timeout", "Took too long", (Said("Time", f"It ran for longer than {seconds:g} s and was stopped."),), ()
    if not ran.kind:
        return "passed", "Test passes", (), ()
    if ran.kind == "AssertionError":
        finding, hints = _message(ran.message)
        return "failed", "Not right yet", (finding,), hints
    if ran.kind == "NotImplementedError":
        return "missing", "Not written yet", (), ()
    if ran.kind == "NameError" and f"'{task}'" in ran.message:
        return "missing", "Not defined", (Said("Definition", _undefined(task, runs)),), ()
    where = _line(ran.error)
    text = f"It raised {ran.kind}: {ran.message}" + (f" — in the line “{where}”." if where else "")
    return "error", "Stopped by an error", (Said("Error", text),), ()


def _message(text):
    """A test's own message: what it says, the numbers below that as they are, and the slips that it suggests."""
    said, *slips = re.split(r"\n +likely slips?: ", text)
    said, _, lines = said.partition("\n")
    hints = [" ".join(slip.split()) for slip in slips]
    return Said("Test", said or "It failed without a word.", textwrap.dedent(lines)), hints


def _undefined(task, runs):
    """Why a test did not find its function."""
    for cell, ran in runs:
        if cell.role == "solution" and cell.task == task and ran.kind:
            return f"`{task}` is not defined, because its cell stopped with {ran.kind}: {ran.message}"
    return f"`{task}` was not defined when its test ran. The cell that defines it belongs above its test."


def _line(traceback):
    """The last line of the notebook on the way to an error."""
    found, in_notebook = "", False
    for line in traceback.splitlines():
        if arrow := _ARROW.match(line):
            found = arrow[1] if in_notebook else found
        elif line[:1].strip():
            in_notebook = line.startswith("Cell In[")
    return found.strip()
