"""Feedback pages: what a student reads about one submission."""

from autograder.feedback.render import page, published, write

__all__ = ["page", "published", "write"]
