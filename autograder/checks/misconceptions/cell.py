"""Mistakes in ``cell``."""
