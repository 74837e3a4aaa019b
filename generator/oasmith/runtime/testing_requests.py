# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Requests as a fake has recorded them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .auth import Secret
from .request import Request
from .testing_functions import Match

_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """A request that was sent to a fake; its repr shows no credentials."""

    function: str
    """The name of the function that sent it, without ``_async``."""

    method: str

    path: str
    """The path template: "/pets/{id}"."""

    path_parameters: Mapping[str, str]

    query: Mapping[str, Sequence[str]]
    """The values of each name, in their order."""

    headers: Mapping[str, str]
    """By name in lower case."""

    url: str = field(repr=False)

    content: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        """The body, which is JSON."""
        return json.loads(self.content)


def record(
    request: Request, match: Match, secret_keys: Collection[str]
) -> RecordedRequest:
    """Record a request, with all of its body.

    Args:
        secret_keys: The names, in lower case, of what holds credentials.
    """
    secret = _SECRET_HEADERS.union(secret_keys)
    query = parse_qs(urlsplit(request.url).query, keep_blank_values=True)
    headers = {name.lower(): value for name, value in request.headers.items()}
    content = request.content or b""
    return RecordedRequest(
        function=match.function.name,
        method=request.method,
        path=match.function.path,
        path_parameters=match.path_parameters,
        query={
            name: [_hide(name, value, secret) for value in values]
            for name, values in query.items()
        },
        headers={name: _hide(name, value, secret) for name, value in headers.items()},
        url=request.url,
        content=content if isinstance(content, bytes) else b"".join(content),
    )


def _hide(name: str, value: str, secret: Collection[str]) -> str:
    return Secret(value) if name.lower() in secret else value
