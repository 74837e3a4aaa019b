"""Keeps what a process prints, for another one that prints it when it is its turn."""

from __future__ import annotations

import io
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TextIO


@contextmanager
def recorded() -> Generator[Sequence[tuple[bool, str]]]:
    """Give a list of what is printed: whether it is to go to stderr, and the text."""
    said: list[tuple[bool, str]] = []
    out, err = (Recorder(each, said) for each in (sys.stdout, sys.stderr))
    with redirect_stdout(out), redirect_stderr(err):
        yield said


class Recorder(io.TextIOBase):
    """Looks like the stream whose place it takes, so that colors are as they were."""

    def __init__(self, stream: TextIO, said: list[tuple[bool, str]]) -> None:
        self._is_terminal = stream.isatty()
        self._is_error = stream is sys.stderr
        self._said = said

    def isatty(self) -> bool:
        return self._is_terminal

    def writable(self) -> bool:
        return True

    def write(self, text: object) -> int:
        # Click finds out by trying whether a stream takes bytes.
        if not isinstance(text, str):
            raise TypeError("this takes text")
        self._said.append((self._is_error, text))
        return len(text)
