"""Runs of the command line that are killed, or that go on at the same time."""
