"""The command line: ``python -m autograder COMMAND``. Each command explains itself with ``--help``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from autograder import processes
from autograder.assignment import ASSIGNMENTS
from autograder.errors import UserError

GRADE_EXAMPLES = """\
examples:
  python -m autograder grade bptt --submissions submitted --out graded
      grades submitted/<student>/bptt/bptt.ipynb; see graded/grades.csv and graded/feedback/<student>/bptt.html
  python -m autograder grade gates --submissions submitted --out graded --workers 2
      the same on two processes of this machine
  python -m autograder grade cell --submissions submitted --out graded --scheduler tcp://10.0.0.1:8786
      the same on a Dask cluster
  python -m autograder grade bptt --submissions submitted --out graded --regrade check_lstm_backward
      after that check was mended: it alone is run again, for everyone

What stands in --out is kept: a submission is graded again if its bytes have changed, or if --regrade names it. A run
that was stopped or killed goes on where it was by the same command. Grades and comments by hand always stay.
"""


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser("python -m autograder", description="The course's autograder.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    grade = commands.add_parser(
        "grade",
        help="grade a folder of submissions",
        description="Grade a folder of submissions: grades.csv, feedback pages and nbgrader's gradebook.",
        epilog=GRADE_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    grade.add_argument("assignment", choices=ASSIGNMENTS, metavar="ASSIGNMENT", help=", ".join(ASSIGNMENTS))
    grade.add_argument("--submissions", required=True, type=Path, metavar="DIR", help="holds <student>/NAME/NAME.ipynb")
    grade.add_argument("--out", required=True, type=Path, metavar="DIR", help="where grades and feedback go")
    grade.add_argument("--workers", type=count, default=1, metavar="N", help="processes on this machine (default 1)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="work on the Dask cluster at this address")
    grade.add_argument("--db", metavar="URL", help="the gradebook (default: sqlite, OUT/gradebook.db)")
    grade.add_argument("--seed", type=int, help="repeat a run's hidden inputs (default: drawn afresh)")
    grade.add_argument(
        "--regrade",
        nargs="+",
        default=(),
        metavar="WHAT",
        help="grade again: students by their names, checks such as check_sigmoid (these alone, for the students that are "
        "named or for everyone), all, or outdated (whatever another version of the checks, sandbox or limits graded)",
    )
    grade.add_argument("--book-url", default="", metavar="URL", help="the published book, for the feedback's links to it")
    grade.add_argument(
        "--trust-submissions", action="store_true", help="grade without walls: only for code that you trust"
    )
    grade.set_defaults(run=run_grade)

    release = commands.add_parser(
        "release",
        help="make the students' notebooks from the masters in solutions/",
        description="Make book/exercises/NAME/NAME.ipynb from solutions/NAME.md with nbgrader's generate_assignment.",
    )
    release.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")
    release.set_defaults(run=run_release)

    report = commands.add_parser(
        "report",
        help="a class at a glance: spread, difficulty, misconceptions, what to look at",
        description="Write OUT/report-NAME.html from what `grade` left in OUT.",
        epilog="example:\n  python -m autograder report bptt --out graded",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    report.add_argument("assignment", choices=ASSIGNMENTS, metavar="ASSIGNMENT", help=", ".join(ASSIGNMENTS))
    report.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder that `grade` wrote to")
    report.set_defaults(run=run_report)

    measure = commands.add_parser(
        "misconceptions",
        help="measure the checks: is every known mistake caught, and called by its name?",
        description="Put each variant of the library in a student's place and print, per check, how often it lost points.",
    )
    measure.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")
    measure.add_argument("--seeds", type=count, default=20, metavar="N", help="hidden inputs to try each on (default 20)")
    measure.set_defaults(run=run_misconceptions)
    return top


def count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a count: give 1 or more")
    return int(text)


def run_grade(arguments):
    if arguments.workers > 1 and not arguments.scheduler:
        processes.warm_up()
    from autograder.classroom import grade_class, summary

    graded = grade_class(
        arguments.assignment,
        arguments.submissions,
        arguments.out,
        workers=arguments.workers,
        scheduler=arguments.scheduler,
        db_url=arguments.db,
        trusted=arguments.trust_submissions,
        seed=arguments.seed,
        regrade=arguments.regrade,
        book_url=arguments.book_url,
    )
    print(summary(graded))
    print(f"Grades: {arguments.out / 'grades.csv'}   Feedback: {arguments.out / 'feedback'}")


def run_report(arguments):
    from autograder import report

    print(f"Report: {report.write(arguments.out, arguments.assignment)}")


def run_release(arguments):
    from autograder.release import main as release

    release(arguments.assignments or ASSIGNMENTS)


def run_misconceptions(arguments):
    from autograder.checks.misconceptions.table import lines, measured

    for line in lines(measured(arguments.assignments or ASSIGNMENTS, range(arguments.seeds))):
        print(line, flush=True)


def main(words=None) -> int:
    """Run a command; 0 if it did its work, 2 with one clear line if it could not."""
    arguments = parser().parse_args(words)
    try:
        arguments.run(arguments)
    except UserError as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("autograder: stopped by you", file=sys.stderr)
        return 130
    return 0
