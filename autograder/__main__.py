"""``python -m autograder``."""

import os
import sys

# One BLAS thread, before NumPy is loaded: two on small matrices can be ten times slower.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

from autograder.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
