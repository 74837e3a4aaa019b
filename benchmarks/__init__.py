"""Measures oasmith, and the client that it generates, beside what else there is."""
