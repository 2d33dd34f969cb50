"""What the chapters plot: small experiments on the reference, with seeds. ``python -m experiments`` remakes them.

Each experiment, ``__main__`` lists them, is a module with a plain function ``run(progress)``; its result is stored in
``book/data/NAME.json``. The same seeds give the same numbers; a machine that rounds differently in the last place can
give others, because training magnifies what is small.

They share ``tasks`` and ``training``; ``ablated``, ``forecasting``, ``simple`` and ``ngrams``, what else is trained or
fitted; ``reading``, what is measured of a unit; ``parallel``, ``store`` and ``networks``, how runs are made and kept.
``sources`` made the recordings and texts in ``book/data/sources``.
"""

import autograder  # noqa: F401 (BLAS is kept to one thread from there, before NumPy is loaded)
