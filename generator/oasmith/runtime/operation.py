# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""An operation of the API as data, and what can carry it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Generic, ParamSpec, Protocol, TypeVar
from urllib.parse import quote

from .errors import ApiError, DecodeError, InvalidArgument, StatusError
from .request import Request
from .response import Response
from .styles import Styled, cookie, form, header, simple
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from .content import Content

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

Arguments = Mapping[str, object]
"""Values by the name of their parameter; what is Styled goes in as it is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Operation(Generic[R]):
    """What the API description says of an operation; ``R`` is what it returns."""

    name: str

    method: str

    path: str
    """The path template: "/pets/{id}"."""

    responses: Mapping[str, Callable[[Response], R]]
    """How to read what is returned, by status: "200", "2XX" or "default".

    "default" is for no status from 400 on: these are errors if not listed here.
    """

    errors: Mapping[str, Callable[[Response], object]] = field(
        default_factory=dict[str, Callable[[Response], object]]
    )
    """How to read the body of a StatusError, by status."""

    security: tuple[tuple[str, ...], ...] = ((),)
    """Alternatives, each the security schemes that it takes together."""

    streams: bool = False
    """Whether what it returns reads the body of the response as it arrives."""

    accept: str = ""
    """The media types of what it answers, where it is not JSON alone."""

    server: str | None = None
    """The base URL, where it is not the one that the other operations have."""

    def preparation(self, function: Callable[P, Request]) -> Callable[P, Request]:
        """Mark the function that makes the request of a call from its arguments.

        What it raises tells the operation.
        """

        def prepare(*args: P.args, **kwargs: P.kwargs) -> Request:
            try:
                return function(*args, **kwargs)
            except ApiError as error:
                error.during(self)
                raise
            except UnicodeEncodeError:
                problem = "has half a surrogate pair in it"
                half = InvalidArgument("an argument", problem)
                half.during(self)
                raise half from None

        return prepare

    def request(
        self,
        path: Arguments | None = None,
        *,
        query: Arguments | None = None,
        headers: Arguments | None = None,
        cookies: Arguments | None = None,
        body: Content | None = None,
    ) -> Request:
        """Make the request of one call, with all but the base URL and credentials.

        Raises:
            InvalidArgument: An argument can't be sent where it belongs.
        """
        try:
            url = _fill_path(self.path, path or {})
            if query and (pairs := _pairs(query, form)):
                url += ("&" if "?" in url else "?") + "&".join(pairs)
            fields = {"Accept": self.accept} if self.accept else {}
            if body is not None:
                fields["Content-Type"] = body.content_type
            if headers:
                fields |= _header_fields(headers)
            if cookies and (pairs := _pairs(cookies, cookie)):
                fields["Cookie"] = "; ".join(pairs)
            data = None if body is None else body.data
            return Request(self.method, url, fields, data)
        except ApiError as error:
            error.during(self)
            raise

    def read(self, response: Response) -> R:
        """Decode what the operation returns.

        Raises:
            StatusError: The answer is an error, or has a status of no description.
            DecodeError: The answer is not what the description promises.
        """
        read = self._reader(response.status)
        if read is None:
            error = StatusError(response, self._read_error(response))
            error.during(self)
            raise error
        response.operation = self
        try:
            return read(response)
        except DecodeError as problem:
            response.close()
            problem.response = response
            problem.during(self)
            raise

    def streams_at(self, status: int) -> bool:
        """Whether what it returns reads the body as it arrives, at such a status."""
        return self.streams and self._reader(status) is not None

    def _reader(self, status: int) -> Callable[[Response], R] | None:
        """How to read what is returned, or None where the answer is an error."""
        if (exact := self.responses.get(str(status))) or str(status) in self.errors:
            return exact
        found = self.responses.get(f"{status // 100}XX")
        return found or (self.responses.get("default") if status < 400 else None)

    def _read_error(self, response: Response) -> object:
        read = for_status(self.errors, response.status) or self.errors.get("default")
        if read:
            with suppress(DecodeError):
                return read(response)
        return None


class Sender(Protocol):
    """A client, or a group of operations of one."""

    def send(self, operation: Operation[R], request: Request) -> R: ...


class AsyncSender(Protocol):
    """An asynchronous client, or a group of operations of one."""

    async def send(self, operation: Operation[R], request: Request) -> R: ...


def _fill_path(template: str, arguments: Arguments) -> str:
    """Fill a template so that no argument adds, removes or climbs segments."""
    texts, names = _split_template(template)
    if not names:
        return texts[0]
    filled = [texts[0]]
    for name, text in zip(names, texts[1:], strict=True):
        value = arguments[name]
        part = value if isinstance(value, Styled) else simple(name, value)
        if part is UNSET or not part:
            raise InvalidArgument(name, "must not be empty, as it is part of a path")
        filled += [part, text]
    path = "".join(filled)
    if "/." in path and any(part in (".", "..") for part in path.split("/")):
        # Such segments are taken out of a path (RFC 3986 section 5.2.4).
        problem = 'must not make "." or ".." a segment of the path'
        raise InvalidArgument(" and ".join(names), problem)
    return path


@cache
def _split_template(template: str) -> tuple[list[str], list[str]]:
    """The texts around the parameters of a template, and their names."""
    # A fragment, which some descriptions tell paths apart by, is never sent.
    text, *parts = template.partition("#")[0].split("{")
    names: list[str] = []
    texts = [text]
    for part in parts:
        name, _, text = part.partition("}")
        names.append(name)
        texts.append(text)
    return [quote(text, safe="%/?&=:@!$'()*+,;~[]") for text in texts], names


def _pairs(
    arguments: Arguments, write: Callable[[str, object], Styled | Unset]
) -> list[str]:
    """The arguments as "name=value", those of an exploded one joined already."""
    styled: list[Styled | Unset] = [
        value if isinstance(value, Styled) else write(name, value)
        for name, value in arguments.items()
    ]
    return [text for text in styled if text is not UNSET]


def _header_fields(arguments: Arguments) -> dict[str, str]:
    styled: list[tuple[str, Styled | Unset]] = [
        (name, value if isinstance(value, Styled) else header(name, value))
        for name, value in arguments.items()
    ]
    return {name: text for name, text in styled if text is not UNSET}


def for_status(table: Mapping[str, T], status: int) -> T | None:
    """What a table has for a status, or for the range that it is in."""
    return table.get(str(status)) or table.get(f"{status // 100}XX")
