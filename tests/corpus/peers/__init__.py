"""Compares oasmith with other generators of Python clients on the same descriptions."""
