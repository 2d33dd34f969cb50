"""nbgrader's settings, for instructors who work with its own commands or its formgrader from this folder.

What they mean here is in autograder/nbgrader_ways.py. nbgrader would only log an error in this file, and go on without
it: hence it ends the command.
"""

from pathlib import Path

try:
    from autograder.nbgrader_ways import configure

    configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821 (nbgrader brings it)
except Exception as error:
    raise SystemExit(
        f"nbgrader_config.py: {type(error).__name__}: {error}. Nothing is graded without the course's own grader: "
        "run `make setup`, then .venv/bin/nbgrader."
    ) from error
