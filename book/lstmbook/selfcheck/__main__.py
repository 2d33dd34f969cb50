"""``python -m lstmbook.selfcheck NOTEBOOK``."""

import argparse
import sys
import warnings
from datetime import datetime
from pathlib import Path

from lstmbook.selfcheck.notebook import read
from lstmbook.selfcheck.problem import Problem

EXAMPLES = """\
examples:
  python -m lstmbook.selfcheck gates.ipynb
      runs the notebook, says which functions pass their tests, and writes gates-selfcheck.html beside it
  python -m lstmbook.selfcheck training.ipynb --seconds 120 --out check.html
"""


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        "python -m lstmbook.selfcheck",
        description="Run all tests of an exercise's notebook, and show them on a page like that of grading's feedback.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("notebook", type=Path, metavar="NOTEBOOK", help="such as gates.ipynb")
    result.add_argument("--out", type=Path, metavar="PAGE", help="the page (default: NOTEBOOK-selfcheck.html)")
    result.add_argument(
        "--seconds", type=positive, default=30, metavar="S", help="for each cell, which is then stopped (default: 30)"
    )
    return result


def positive(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds: give one above 0")
    return seconds


def check(path, out, seconds):
    """Run a notebook's tests, write the page and say what came of them.

    Raises
    ------
    Problem
        If the notebook cannot be read or run, or the page not be written.
    """
    exercise = read(path)
    if out.exists() and out.samefile(path):
        raise Problem(f"{out} is the notebook itself. Give --out another name, such as {path.stem}-selfcheck.html.")
    try:
        from lstmbook.selfcheck.kernel import kernel
        from lstmbook.selfcheck.report import cards, notes, number_passed, page
    except ImportError as missing:
        name = missing.name or missing
        raise Problem(f"{name} is missing. It comes with JupyterLab: pip install jupyterlab.") from missing
    print(f"Running {path.name} …", flush=True)
    runs = []
    with kernel(path.resolve().parent) as run:
        for cell in exercise.run:
            runs.append((cell, run(cell.name, cell.source, seconds)))
            if runs[-1][1].end in ("died", "stuck"):
                break
    shown = cards(exercise, runs, seconds)
    told = notes(exercise, runs, seconds)
    html = page(exercise, runs, shown, told, path.name, f"{datetime.now():%Y-%m-%d %H:%M}")
    try:
        out.write_text(html, encoding="utf-8")
    except OSError as error:
        raise Problem(f"{out} cannot be written: {error.strerror}.") from error
    for note in told:
        print(f"  {note}")
    for card in shown:
        print(f"  {card.function:24} {card.word.lower()}")
    print(f"{number_passed(shown)} of {len(shown)} functions pass their tests. Hidden tests decide the grade.")
    print(f"The page: {out}")


def main(words=None) -> int:
    """0 if the notebook was checked, however it went; 2 with one clear line if it could not be."""
    arguments = parser().parse_args(words)
    path = arguments.notebook
    try:
        with warnings.catch_warnings(action="ignore"):  # of the libraries, which the user cannot mend
            check(path, arguments.out or path.with_name(f"{path.stem}-selfcheck.html"), arguments.seconds)
    except Problem as problem:
        print(f"selfcheck: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("selfcheck: stopped by you", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
