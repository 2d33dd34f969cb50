"""nbgrader's settings, for instructors who work with its own commands or its formgrader from this folder."""

import os
import sys
from pathlib import Path

from autograder.release import CODE_STUB

c = get_config()  # noqa: F821 (nbgrader brings it)

# This folder is the course's: nbgrader keeps source, release, submitted, autograded, feedback and gradebook.db in it.
c.CourseDirectory.root = str(Path(__file__).resolve().parent)

c.ClearSolutions.code_stub = {"python": CODE_STUB}

# nbgrader runs `alembic` by its bare name to make a gradebook; it lies beside the Python that runs.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
