"""Errors of the grader: the user's, told in a sentence and never as a traceback, and the sandbox's."""


class UserError(Exception):
    """What came, what was expected and what to do, for the person who typed the command."""


class SandboxFault(Exception):
    """The sandbox itself failed: never the student's fault, never a grade."""
