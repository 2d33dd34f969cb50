"""Errors that are told to the user in a sentence, never as a traceback."""


class UserError(Exception):
    """What came, what was expected and what to do, for the person who typed the command."""
