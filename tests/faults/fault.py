"""Faults as data: what the server does, and what a first-class client makes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ForEver = -1


@dataclass(frozen=True)
class Send:
    """Send bytes, several times if asked to, with pauses after each."""

    data: bytes
    times: int = 1
    pause: float = 0.0


@dataclass(frozen=True)
class Wait:
    seconds: float


@dataclass(frozen=True)
class Close:
    """Close the connection; no more is read or sent."""


@dataclass(frozen=True)
class Reset:
    """Close the connection so that the client gets an error (RST)."""


Act = Send | Wait | Close | Reset
Answer = tuple[Act, ...]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What a server does, and what must come of it.

    What comes of a call is told in words: the name in the answer, the items of a
    stream, the class of the error.
    """

    name: str

    answers: tuple[Answer, ...] = ()
    """To the requests in turn; the last one is repeated."""

    comes: str
    """What comes of it."""

    elsewhere: str | None = None
    """What comes of it with other libraries, where that differs; "|" for "or"."""

    requests: int | None = 1
    """How many requests arrive; None where that depends on chance."""

    elsewhere_requests: int | None = ForEver
    """The same with other libraries; ForEver where it does not differ."""

    seconds: float = 1.5
    """How long it may take at most."""

    mebibytes: float = 3.0
    """How much memory it may take at most."""

    timeout: float = 5.0

    method: Literal["GET", "POST"] = "GET"
    calls: int = 1
    upload: int = 0
    """How many bytes are sent."""

    redirects: int = 0
    items: Literal["", "events", "lines"] = ""
    """How a stream is read, if it is one."""

    place: Literal["", "refused", "nowhere", "https", "trusted"] = ""
    """Where it is called: where nobody listens, by an unknown name, over https."""

    at_accept: bool = False
    """Whether the server acts before it reads a request."""

    with_tls: bool = False
    """Whether the server speaks TLS."""

    reads_uploads: bool = True


NAME = "staging"


def answer_with(name: str = NAME) -> bytes:
    """The answer in JSON that is expected."""
    result = {
        "namespace_id": "5fd1cafff895419c8bcc647fc64ab8f0",
        "namespace_name": name,
        "script_count": 800,
        "created_by": "567888a7ddea4d3b8a1e8b5a4f3b2c1d",
        "created_on": "2022-11-15T18:25:44.442097Z",
        "modified_by": "567888a7ddea4d3b8a1e8b5a4f3b2c1d",
        "modified_on": "2022-11-15T18:25:44.442097Z",
    }
    answer = {"errors": [], "messages": [], "success": True, "result": result}
    return json.dumps(answer).encode()


GOOD = answer_with()


def head(
    status: int | str = 200, fields: Mapping[str, str] | None = None, *more: str
) -> bytes:
    """The head of a response; ``more`` are lines as they are."""
    lines = [f"{name}: {value}" for name, value in (fields or {}).items()]
    first = f"HTTP/1.1 {status} Told" if isinstance(status, int) else status
    return "\r\n".join([first, *lines, *more, "", ""]).encode("latin-1")


def whole(
    body: bytes = GOOD, status: int | str = 200, fields: Mapping[str, str] | None = None
) -> bytes:
    """A response with a length."""
    kind = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    return head(status, {**kind, **(fields or {})}) + body


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


CHUNKED = head(200, {"Transfer-Encoding": "chunked"})


def says(data: bytes) -> Answer:
    """Send and keep the connection."""
    return (Send(data),)


def ends(data: bytes) -> Answer:
    """Send and close the connection."""
    return (Send(data), Close())


FINE = says(whole())


@dataclass(frozen=True)
class Outcome:
    """What came of a fault."""

    comes: str
    seconds: float
    mebibytes: float
    requests: int
    told: tuple[str, ...] = field(default=())
    """The messages of the errors."""
