"""The instructor's side: the reference, the checks, the sandbox and all that grading needs."""

import os
import sys

# One BLAS thread, before NumPy is loaded: two on small matrices can be ten times slower.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

# jsonschema, under nbformat, would load a grammar of addresses that nothing here needs: a second in every process.
sys.modules.setdefault("rfc3987_syntax", None)
