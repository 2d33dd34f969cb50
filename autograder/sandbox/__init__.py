"""Where student code runs: the walls, the warm process inside them, and the grader's side of the wire.

``warm`` starts the process behind the walls that forks a child for each student, ``student`` speaks with one of them,
``walls`` builds what surrounds them, ``probe`` tries the walls, and ``inside`` is all of ours that exists on the
student's side; it imports nothing from the rest.
"""

from autograder.limits import LIMITS, Limits
from autograder.sandbox.inside.wire import Callback, Kept, Opaque, Rng
from autograder.sandbox.student import Answer, Budget, Student, StudentStopped
from autograder.sandbox.warm import Sandbox

__all__ = [
    "LIMITS",
    "Answer",
    "Budget",
    "Callback",
    "Kept",
    "Limits",
    "Opaque",
    "Rng",
    "Sandbox",
    "Student",
    "StudentStopped",
]
