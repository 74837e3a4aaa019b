"""What oasmith tells its user: problems with a code, a place and a way out.

A mistake of the user becomes a Diagnostic, collected so that one run tells all of
them. A mistake of ours is an ordinary exception, and asks for a bug report.

A run that finds nothing to do pays for this module's imports, so it has named tuples
in place of dataclasses (whose import costs as much as starting Python).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, NoReturn, Protocol

Severity = Literal["error", "warning"]


class Location(NamedTuple):
    """A place in a text file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    listing: tuple[tuple[int, str], ...] = ()
    """The lines around the place, each with its number."""

    def locate(self) -> Location:
        """It is a place that has been found already."""
        return self


class Place(Protocol):
    """Something that knows where it stands, and finds out when it is asked."""

    def locate(self) -> Location: ...


class File(NamedTuple):
    """A whole file, or a folder, as a place."""

    name: str

    def locate(self) -> Location:
        return Location(self.name, 0, 0)


class Diagnostic(NamedTuple):
    code: str
    severity: Severity
    message: str
    """Lower case, quotes around what the user wrote, no full stop."""

    place: Place | None = None

    help: str | None = None


class Stopped(Exception):
    """The run can't go on; the diagnostics collected so far say why."""


class Diagnostics:
    """Collects what one run has to say."""

    def __init__(self) -> None:
        self._collected: dict[Diagnostic, None] = {}

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._collected)

    @property
    def has_errors(self) -> bool:
        return any(found.severity == "error" for found in self._collected)

    @property
    def error_codes(self) -> set[str]:
        return {found.code for found in self._collected if found.severity == "error"}

    def located(self) -> Diagnostics:
        """The same, with places that need no document, for another process."""
        found = Diagnostics()
        for each in self:
            place = each.place
            if place is not None and not isinstance(place, File):
                each = each._replace(place=place.locate())
            found.add(each)
        return found

    def add(self, diagnostic: Diagnostic) -> None:
        """Collect a diagnostic, once however often it is found."""
        self._collected.setdefault(diagnostic)

    def add_all(self, others: Iterable[Diagnostic]) -> None:
        for each in others:
            self.add(each)

    def error(
        self, code: str, message: str, place: Place | None, *, help: str | None = None
    ) -> None:
        self.add(Diagnostic(code, "error", message, place, help))

    def warning(
        self, code: str, message: str, place: Place | None, *, help: str | None = None
    ) -> None:
        self.add(Diagnostic(code, "warning", message, place, help))

    def fatal(
        self, code: str, message: str, place: Place | None, *, help: str | None = None
    ) -> NoReturn:
        """Collect an error and end the run."""
        self.error(code, message, place, help=help)
        raise Stopped

    def stop_on_errors(self) -> None:
        if self.has_errors:
            raise Stopped
