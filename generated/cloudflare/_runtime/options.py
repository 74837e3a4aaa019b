# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""How calls are carried out: the settings of a client, which calls may have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from .errors import InvalidArgument
from .mismatch import OnMismatch
from .request import Request
from .response import Response

BeforeSend = Callable[[Request], Request | None]
"""Sees each request as it is sent, credentials included, and may give another one; also
what goes to another origin after a redirect."""

AfterResponse = Callable[[Request, Response], object]
"""Sees each response, with the request that it answers."""


_LONGEST = 1e9
"""Sockets can't wait for longer than about ten times this."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Options:
    """The settings of a client.

    Raises:
        InvalidArgument: One of them can't be.
    """

    timeout: float = 60.0
    """The seconds that a call may take in all, retries included."""

    retries: int = 2
    """How often a request is sent again where that is safe."""

    redirects: int = 0
    """How many redirects of a request that only reads are followed. What goes to
    another origin has no credentials."""

    idempotency_header: str | None = None
    """A header by which the API knows a request that it has had before. Calls that
    change something get a key in it, and are then sent again like all others."""

    before_send: BeforeSend | None = None

    after_response: AfterResponse | None = None

    on_mismatch: OnMismatch | None = None
    """Is told of what is not as the description promises; the value is kept as it is,
    in place of one of the type that is promised, and the call goes on."""

    def __post_init__(self) -> None:
        if not 0 < self.timeout <= _LONGEST:
            raise InvalidArgument("timeout", "must be more than 0 seconds, up to 1e9")
        if self.retries < 0:
            raise InvalidArgument("retries", "must not be negative")
        if self.redirects < 0:
            raise InvalidArgument("redirects", "must not be negative")


class OptionChanges(TypedDict, total=False):
    """Some of ``Options``, by name."""

    timeout: float
    retries: int
    redirects: int
    idempotency_header: str | None
    before_send: BeforeSend | None
    after_response: AfterResponse | None
    on_mismatch: OnMismatch | None
