"""Calls every operation of a package, against a server that reads for itself."""
