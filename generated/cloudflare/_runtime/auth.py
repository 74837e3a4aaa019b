# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Credentials: held where nothing shows them, and put where the API wants them."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, runtime_checkable
from urllib.parse import quote

from .errors import InvalidArgument, MissingCredentials
from .operation import Operation
from .request import Request
from .styles import with_pair

if TYPE_CHECKING:
    from .call import Steps

Credential = str | Callable[[], str]
"""A secret, or a function that is called for one before each call."""

BasicCredential = tuple[str, str] | Callable[[], tuple[str, str]]
"""A user name and a password, or a function that is called for both."""

_FUTILE_SECONDS = 60.0
"""How long an operation that refused a new token, too, has none replaced."""

_COOKIE_OCTETS = "!#$%&'()*+-./:<=>?@[]^_`{|}~"
"""RFC 6265 section 4.1.1: what a cookie's value may hold besides letters and digits."""


@runtime_checkable
class TokenSource(Protocol):
    """A credential that fetches tokens, and another one for one that is refused."""

    def __call__(self) -> str: ...

    def token_before(self, deadline: float) -> str:
        """Give a token before ``time.monotonic()`` comes to the deadline.

        Raises:
            ApiError: There is none in time.
        """
        ...

    def forget(self, token: str) -> None:
        """Drop a token that the API refused, unless there is another one already."""
        ...


class Scheme(NamedTuple):
    """Where the credential of a security scheme goes, and how it is written."""

    place: Literal["header", "query", "cookie"]
    name: str
    form: Literal["plain", "bearer", "basic"] = "plain"


def bearer() -> Scheme:
    """HTTP bearer (RFC 6750), and what OAuth 2 and OpenID Connect come down to."""
    return Scheme("header", "Authorization", "bearer")


def basic() -> Scheme:
    """HTTP basic (RFC 7617)."""
    return Scheme("header", "Authorization", "basic")


def api_key(place: Literal["header", "query", "cookie"], name: str) -> Scheme:
    return Scheme(place, name)


class Signed(NamedTuple):
    """A request with its credentials."""

    request: Request

    drops: tuple[Callable[[], None], ...] = ()
    """Each drops a token that is in it; functions, as they show none."""


_Sealed = tuple[str, Callable[[], None] | None]
"""What is sent, and what drops the token in it, where another one can be had."""


class Credentials:
    """What a client was given, by the name of the security scheme."""

    def __init__(
        self,
        schemes: Mapping[str, Scheme],
        given: Mapping[str, Credential | BasicCredential | None],
    ) -> None:
        self._schemes = schemes
        # A function shows nothing of what it holds, unlike a string or a partial.
        self._secrets = {
            name: _seal(name, schemes[name], credential)
            for name, credential in given.items()
            if credential is not None
        }
        self.has_functions = any(map(_may_block, given.values()))
        self._futile_until: dict[tuple[str, str], float] = {}

    def sign(
        self, request: Request, operation: Operation[Any], deadline: float
    ) -> Steps[Signed]:
        """Lead to the request with the credentials of the first alternative met.

        Raises:
            MissingCredentials: There is none.
        """
        names = self._choose(operation)
        if not names:
            return Signed(request)
        url, headers = request.url, dict(request.headers)
        drops: list[Callable[[], None]] = []
        for name in names:
            scheme = self._schemes[name]
            secret, drop = yield from self._secrets[name](deadline)
            if drop is not None:
                drops.append(drop)
            if scheme.place == "header":
                headers[scheme.name] = Secret(secret)
            elif scheme.place == "query":
                url = _with_key(url, scheme.name, secret)
            else:
                others = f"{headers['Cookie']}; " if "Cookie" in headers else ""
                value = quote(secret, safe=_COOKIE_OCTETS)
                headers["Cookie"] = Secret(f"{others}{scheme.name}={value}")
        signed = Request(
            request.method, url, headers, request.content, request.idle_timeout
        )
        return Signed(signed, tuple(drops))

    def replace_tokens(self, refused: Signed, operation: Operation[Any]) -> bool:
        """Drop the tokens that a request was refused with.

        Returns:
            Whether another one may be better: not where there is none to be had, or
            where the last one that was fetched for the operation was refused, too.
        """
        until = self._futile_until.get((operation.method, operation.path), 0.0)
        if not refused.drops or monotonic() < until:
            return False
        for drop in refused.drops:
            drop()
        return True

    def note_futility(self, operation: Operation[Any]) -> None:
        """Note that an operation refused a new token as it did the old one.

        It may always do so, which says nothing of the tokens that others refuse.
        """
        until = monotonic() + _FUTILE_SECONDS
        self._futile_until[operation.method, operation.path] = until

    def _choose(self, operation: Operation[Any]) -> tuple[str, ...]:
        # An alternative that needs nothing is the last resort, wherever it stands.
        for alternative in sorted(operation.security or ((),), key=_needs_nothing):
            if all(name in self._secrets for name in alternative):
                return alternative
        wanted = ", or ".join(" and ".join(names) for names in operation.security)
        raise MissingCredentials(f"needs {wanted}")


def _with_key(url: str, name: str, secret: str) -> str:
    """A URL with a key; one that the API repeated in it, as in a link, is replaced."""
    return with_pair(url, f"{quote(name, safe='')}={quote(secret, safe='')}")


def _needs_nothing(alternative: tuple[str, ...]) -> bool:
    return not alternative


class Secret(str):
    """Text that doesn't show when something that holds it is shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


def _may_block(credential: Credential | BasicCredential | None) -> bool:
    """Whether it is the caller's code, which may take its time."""
    return callable(credential) and _find_steps(credential) is None


def _find_steps(credential: object) -> Callable[[float], Steps[str]] | None:
    """What leads to a token step by step, if the credential can do that."""
    if not hasattr(credential, "token_before"):
        return None
    # Few clients have a credential that fetches tokens.
    from .errands import SteppedTokenSource

    if isinstance(credential, SteppedTokenSource):
        return credential.token_steps
    return None


def _seal(
    name: str, scheme: Scheme, credential: Credential | BasicCredential
) -> Callable[[float], Steps[_Sealed]]:
    """Make the function that leads to what is sent, if possible before a deadline."""
    if isinstance(credential, TokenSource):
        return _seal_source(name, scheme, credential)
    if not callable(credential):
        _write(name, scheme, credential)

    def secret(deadline: float) -> Steps[_Sealed]:
        yield from ()
        given = credential() if callable(credential) else credential
        return _write(name, scheme, given), None

    return secret


def _seal_source(
    name: str, scheme: Scheme, source: TokenSource
) -> Callable[[float], Steps[_Sealed]]:
    token_steps = _find_steps(source)

    def secret(deadline: float) -> Steps[_Sealed]:
        if token_steps is None:
            token = source.token_before(deadline)
        else:
            token = yield from token_steps(deadline)
        return _write(name, scheme, token), partial(source.forget, token)

    return secret


def _write(name: str, scheme: Scheme, given: str | tuple[str, str]) -> str:
    match given, scheme.form:
        case str(), "plain":
            return given
        case str(), "bearer":
            return f"Bearer {given}"
        case (str() as user, str() as password), "basic" if ":" not in user:
            pair = f"{user}:{password}".encode()
            return "Basic " + b2a_base64(pair, newline=False).decode()
        case _:
            raise InvalidArgument(name, f"must be {_WANTED[scheme.form]}")


_WANTED = {
    "plain": "a string, or a function that gives one",
    "bearer": "a string, or a function that gives one",
    "basic": "a user name without colon and a password, or a function that gives both",
}
