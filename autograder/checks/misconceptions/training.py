"""Mistakes in ``training``."""
