"""Mistakes in ``variants``."""
