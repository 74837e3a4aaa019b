"""Runs the generator over a corpus of real descriptions: ``python -m tests.corpus``."""
