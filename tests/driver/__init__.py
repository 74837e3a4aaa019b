"""Calls every operation of a generated package against an independent server."""
