"""What the chapters plot: small experiments on the reference, with seeds. ``python -m experiments`` remakes them.

Each experiment, ``__main__`` lists them, is a module with a plain function ``run(progress)``; its result is stored in
``book/data/NAME.json``. The same seeds give the same numbers; a machine that rounds differently in the last place can
give others, because training magnifies what is small.

They share ``tasks`` and ``training``; ``ablated``, ``reading``, ``forecasting``, ``simple`` and ``ngrams``, other
networks and models; ``parallel``, ``store`` and ``networks``, which make runs and keep what came of them. ``sources``
made the recordings and texts in ``book/data/sources``.
"""

import autograder  # noqa: F401 (BLAS is kept to one thread from there, before NumPy is loaded)
