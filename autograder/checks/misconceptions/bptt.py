"""Mistakes in ``bptt``."""
