"""Feedback pages: what a student reads about one submission."""

from autograder.feedback.render import page, write

__all__ = ["page", "write"]
