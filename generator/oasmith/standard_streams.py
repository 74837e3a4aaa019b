"""Standard output and standard error, whatever these lead to.

Who reads may have gone, the disk may be full, a terminal may have few characters: none
of it ends a run half-way. What could not be told is told at the end.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO


class Output(io.TextIOBase):
    """Takes the place of a stream, and of what that can't take.

    Characters that its encoding lacks are written as Python would escape them. After an
    error nothing more goes there.
    """

    encoding = ""
    errors: str | None = "backslashreplace"

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=self.errors)
        self.encoding = self._stream.encoding
        self._name = name
        self.fault: str | None = None
        """Why somebody misses what was written, in words."""

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def writable(self) -> bool:
        return True

    def write(self, text: object, /) -> int:
        """Write a text, now.

        Raises:
            TypeError: It is none; so click finds out whether a stream takes bytes.
        """
        if not isinstance(text, str):
            raise TypeError("this takes text")
        try:
            self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError:
            # Who reads has seen enough.
            self._give_up()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self.fault = f"{self._name} can't be written to: {reason}"
            self._give_up()
        return len(text)

    def _give_up(self) -> None:
        """Lead to nowhere; what the stream still holds goes there, too."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


def take_streams() -> list[Output]:
    """Have all that is printed go by what never fails."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        # Or the first files that are opened would take their numbers.
        while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
            pass
        os.close(descriptor)
    outputs = [
        _take(sys.stdout, "standard output"),
        _take(sys.stderr, "standard error"),
    ]
    sys.stdout, sys.stderr = outputs
    return outputs


_STDERR = 2


def _take(stream: TextIO | None, name: str) -> Output:
    # There is none where it was closed by who started this.
    return Output(stream or open(os.devnull, "w", encoding="utf-8"), name)
