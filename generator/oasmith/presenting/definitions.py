"""Writes the first lines of functions."""

from __future__ import annotations

from collections.abc import Sequence

from .code import Code
from .wrap import WIDTH, wrap_line

_MARGIN = 4


def define(name: str, sender: str, signature: Sequence[str], returns: Code) -> str:
    """Write the first lines of a function of a client.

    Keyword-only parameters have a line each, so that a new one is one more line.
    """
    parameters = [f"client: {sender}", *signature]
    line = f"def {name}({', '.join(parameters)}) -> {returns.text}:"
    if "*" not in signature and len(line) + len("async ") <= WIDTH:
        return line
    margin = " " * _MARGIN
    listed = [f"{margin}{wrap_line(each, _MARGIN, ',')},\n" for each in parameters]
    return f"def {name}(\n{''.join(listed)}) -> {returns.text}:"
