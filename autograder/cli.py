"""The command line: ``python -m autograder COMMAND``. Each command explains itself with ``--help``."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import sys
import traceback
from functools import partial
from pathlib import Path

from autograder import processes, worker
from autograder.assignment import ASSIGNMENTS
from autograder.errors import UserError
from autograder.limits import LIMITS

MOST_WORKERS = 1000

GRADE_EXAMPLES = """\
examples:
  python -m autograder grade bptt --submissions submitted --out graded
      grades submitted/<student>/bptt/bptt.ipynb; see graded/grades.csv and graded/feedback/<student>/bptt.html
  python -m autograder grade gates --submissions submitted --out graded --workers 2
      the same in two processes side by side, on a machine with more cores than that
  python -m autograder grade cell --submissions submitted --out graded --scheduler tcp://10.0.0.1:8786
      the same on a Dask cluster
  python -m autograder grade bptt --submissions submitted --out graded --regrade check_lstm_backward
      after that check was mended: it alone is run again, for everyone

What stands in --out is kept: a submission is graded again if its bytes have changed, or if --regrade names it. A run
that was stopped or killed goes on where it was by the same command. Grades and comments by hand always stay.
"""


REPORT_EXAMPLES = """\
examples:
  python -m autograder report bptt --out graded
      writes graded/report-bptt.html from what `grade` left in graded
"""

EXPORT_EXAMPLES = """\
examples:
  python -m autograder export canvas bptt --out graded --roster canvas.csv
      canvas.csv is what Canvas' gradebook gives by Export; import graded/canvas-bptt.csv there
  python -m autograder export moodle bptt --out graded --roster moodle.csv --by "ID number" --feedback
      moodle.csv is what Moodle's gradebook gives by Export, Plain text file; students' folders are named by ID number
  python -m autograder export nbgrader bptt --out graded
      the table that `nbgrader export` makes

Totals are the gradebook's: points by hand and extra credit are in, late penalties are taken off. Who is missing in the
roster, or has no grade, is named.
"""

RELEASE_EXAMPLES = """\
examples:
  python -m autograder release
  python -m autograder release gates bptt
"""

MISCONCEPTIONS_EXAMPLES = """\
examples:
  python -m autograder misconceptions
  python -m autograder misconceptions gates --seeds 5
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and shows examples as they are laid out."""

    def __init__(self, *words, **settings):
        super().__init__(*words, formatter_class=argparse.RawDescriptionHelpFormatter, **settings)

    def error(self, message):
        self.exit(2, f"autograder: {message} ({self.prog} --help says more)\n")


def assignment(name: str) -> str:
    if name not in ASSIGNMENTS:
        near = difflib.get_close_matches(name.lower().removesuffix(".ipynb"), ASSIGNMENTS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(ASSIGNMENTS)}"
        raise argparse.ArgumentTypeError(f"there is no assignment {name!r}: {hint}")
    return name


def parser() -> argparse.ArgumentParser:
    top = Parser(
        "python -m autograder",
        description="The course's autograder.",
        epilog="python -m autograder COMMAND --help shows examples of a command",
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    grade = commands.add_parser(
        "grade",
        help="grade a folder of submissions",
        description="Grade a folder of submissions: grades.csv, feedback pages and nbgrader's gradebook.",
        epilog=GRADE_EXAMPLES,
    )
    grade.add_argument("assignment", type=assignment, metavar="ASSIGNMENT", help=", ".join(ASSIGNMENTS))
    grade.add_argument("--submissions", required=True, type=folder, metavar="DIR", help="holds <student>/NAME/NAME.ipynb")
    grade.add_argument("--out", required=True, type=folder, metavar="DIR", help="where grades and feedback go")
    grade.add_argument(
        "--workers",
        type=workers,
        default=processes.cores(),
        metavar="N",
        help="processes on this machine, each with a sandbox (default here: %(default)s)",
    )
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
    book = "the published book, for the feedback's links to it (default: what _config.yml says)"
    grade.add_argument("--book-url", default="", metavar="URL", help=book)
    grade.add_argument(
        "--trust-submissions", action="store_true", help="grade without walls: only for code that you trust"
    )
    grade.set_defaults(run=run_grade)

    release = commands.add_parser(
        "release",
        help="make the students' notebooks from the masters in solutions/",
        description="Make book/exercises/NAME/NAME.ipynb from solutions/NAME.md with nbgrader's generate_assignment.",
        epilog=RELEASE_EXAMPLES,
    )
    release.add_argument("assignments", nargs="*", type=assignment, metavar="ASSIGNMENT", help="which (default: all)")
    release.set_defaults(run=run_release)

    report = commands.add_parser(
        "report",
        help="a class at a glance: spread, difficulty, misconceptions, what to look at",
        description="Write OUT/report-NAME.html from what `grade` left in OUT.",
        epilog=REPORT_EXAMPLES,
    )
    report.add_argument("assignment", type=assignment, metavar="ASSIGNMENT", help=", ".join(ASSIGNMENTS))
    report.add_argument("--out", required=True, type=folder, metavar="DIR", help="the folder that `grade` wrote to")
    report.set_defaults(run=run_report)

    export = commands.add_parser(
        "export",
        help="grades for Canvas, Moodle or nbgrader",
        description="Write OUT/SYSTEM-NAME.csv, which the other system imports, from the gradebook.",
        epilog=EXPORT_EXAMPLES,
    )
    systems = ("canvas", "moodle", "nbgrader")
    export.add_argument("system", choices=systems, metavar="SYSTEM", help=", ".join(systems))
    export.add_argument("assignment", type=assignment, metavar="ASSIGNMENT", help=", ".join(ASSIGNMENTS))
    export.add_argument("--out", required=True, type=folder, metavar="DIR", help="the folder that `grade` wrote to")
    export.add_argument("--db", metavar="URL", help="the gradebook (default: sqlite, OUT/gradebook.db)")
    export.add_argument("--roster", type=Path, metavar="FILE", help="a CSV from the other system, a row per student")
    export.add_argument("--by", metavar="COLUMN", help="the roster's column with the names of the students' folders")
    export.add_argument("--title", metavar="TEXT", help="what the assignment is called there (default: as here)")
    export.add_argument("--feedback", action="store_true", help="for Moodle: a column with the points of each function")
    export.add_argument("--to", type=Path, metavar="FILE", help="write to this file instead")
    export.set_defaults(run=run_export)

    measure = commands.add_parser(
        "misconceptions",
        help="measure the checks: is every known mistake caught, and called by its name?",
        description="Put each variant of the library in a student's place and print how often it lost points, per check.",
        epilog=MISCONCEPTIONS_EXAMPLES,
    )
    measure.add_argument("assignments", nargs="*", type=assignment, metavar="ASSIGNMENT", help="which (default: all)")
    measure.add_argument("--seeds", type=count, default=20, metavar="N", help="hidden inputs to try it on (default 20)")
    measure.set_defaults(run=run_misconceptions)
    return top


def count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a count: give 1 or more")
    return int(text)


def workers(text: str) -> int:
    number = count(text)
    if number > MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{text} sandboxes are too many: give at most {MOST_WORKERS}")
    return number


def folder(text: str) -> Path:
    if not text:  # to Path it would be the current folder
        raise argparse.ArgumentTypeError("no folder is named")
    return Path(text)


def run_grade(arguments):
    if arguments.out.resolve().is_relative_to(arguments.submissions.resolve()):
        raise UserError(
            f"--out {arguments.out} lies in the submissions, where it would be taken for a student: name another one."
        )
    with warming_up(arguments):
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


def warming_up(arguments):
    """Start the processes that grade; meanwhile this one loads what it writes with."""
    if arguments.scheduler:
        return contextlib.nullcontext()
    make_grader = partial(worker.grader, LIMITS, arguments.trust_submissions)
    return processes.starting_ahead(make_grader, min(arguments.workers, processes.cores()))


def run_report(arguments):
    from autograder import report

    print(f"Report: {report.write(arguments.out, arguments.assignment)}")


def run_export(arguments):
    from autograder import exports

    done = exports.write(
        arguments.system,
        arguments.assignment,
        arguments.out,
        db_url=arguments.db,
        roster_path=arguments.roster,
        by=arguments.by,
        title=arguments.title,
        feedback=arguments.feedback,
        to=arguments.to,
    )
    print(f"{done.count} students: {done.path}", *done.notes, sep="\n")


def run_release(arguments):
    from autograder.release import release

    for name in arguments.assignments or ASSIGNMENTS:
        print(f"released {name}: {release(name)}")


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
        print(f"autograder: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("autograder: stopped by you", file=sys.stderr)
        return 130
    except Exception as error:
        *_, last = traceback.extract_tb(error.__traceback__)
        print(
            f"autograder: a fault of the grader itself, at {last.filename}:{last.lineno}: {type(error).__name__}: "
            f"{' '.join(str(error).split())}",
            file=sys.stderr,
        )
        return 70  # as in sysexits.h
    return 0
