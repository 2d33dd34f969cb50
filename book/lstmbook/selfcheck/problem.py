"""What is told to the user in a sentence, never as a traceback."""


class Problem(Exception):
    """What came, what was expected and what to do."""
