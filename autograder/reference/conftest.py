"""What every doctest of the reference may use: NumPy and the documents' worked numbers."""

import numpy
import pytest

from lstmbook import numbers


@pytest.fixture(autouse=True)
def names(doctest_namespace):
    doctest_namespace.update(np=numpy, numbers=numbers)
