"""Where student code runs: the walls, the warm process inside them, and the grader's side of the wire.

``client`` speaks for the grader, ``walls`` builds what surrounds the student's side, ``limits`` has the limits, and
``inside`` is all of ours that exists on the student's side; it imports nothing from the rest.
"""

from autograder.limits import LIMITS, Limits
from autograder.sandbox.client import Answer, Budget, Sandbox, SandboxFault, Student, StudentStopped, starting_ahead
from autograder.sandbox.inside.wire import Callback, Kept, Opaque, Rng

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
    "SandboxFault",
    "Student",
    "StudentStopped",
    "starting_ahead",
]
