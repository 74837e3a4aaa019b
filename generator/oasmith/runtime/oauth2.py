# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Access tokens of OAuth 2 (RFC 6749), fetched when they are needed."""

from __future__ import annotations

import json
import threading
import time
from binascii import b2a_base64
from collections.abc import Sequence
from copy import copy
from functools import cached_property, partial
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from .auth import Secret
from .call import Attempt, Steps, Wait, carry_out
from .errands import Errand, SteppedTokenSource
from .errors import (
    ApiError,
    Closed,
    ConnectionFailed,
    DeadlineExceeded,
    InvalidArgument,
    TokenRefused,
    TransportError,
)
from .kinds import is_object
from .request import Request, check_request
from .response import Response
from .retry import Retries, RetryQuota, insist, is_passing
from .transport import HttpTransport, Transport

_EARLY_SECONDS = 30.0
"""How long before it runs out a token is replaced; half of its life at most."""

_RETRIES = 2
"""How often a request for a token is sent again."""

_UNKNOWN = float("inf")

_LONGEST = 500
"""The characters of an explanation that are repeated."""

_FORM = "application/x-www-form-urlencoded"

_SPELLINGS = (str, quote, quote_plus, partial(quote, safe=""))
"""The ways in which a server may repeat what it was sent."""


class OAuth2(SteppedTokenSource):
    """A credential: gives an access token, and fetches another one in time.

    Give it to a client in place of a token. It may be shared by threads and by clients.
    With a refresh token that is what is sent for access tokens, otherwise the client's
    own credentials are (RFC 6749 sections 6 and 4.4).

    Args:
        token_url: The token endpoint of the authorization server.
        client_id: The name that the server knows this client by.
        client_secret: Its password; none for a public client.
        refresh_token: What the user's consent gave; a new one in an answer replaces it.
        scopes: What is asked for; the server's default where there are none.
        timeout: The seconds that fetching a token may take.
        transport: What carries the requests, instead of the client's transport.
    """

    def __init__(
        self,
        token_url: str,
        client_id: str,
        client_secret: str | None = None,
        *,
        refresh_token: str | None = None,
        scopes: Sequence[str] = (),
        timeout: float = 30.0,
        transport: Transport | None = None,
    ) -> None:
        self._token_url = _check_url(token_url)
        self._client_id = client_id
        self._client_secret = client_secret
        self._refresh_token = refresh_token
        self._scopes = tuple(scopes)
        self._timeout = timeout
        self._transport = transport
        self._quota = RetryQuota()
        self._lock = threading.Lock()
        self._token: _Token | None = None
        self._errand: Errand | None = None

    def __call__(self) -> str:
        """The access token.

        Raises:
            TokenRefused: The authorization server gave none.
            TransportError: It could not be reached, or is not able to answer.
        """
        return self.token_before(time.monotonic() + self._timeout)

    def token_before(self, deadline: float) -> str:
        """The access token, before ``time.monotonic()`` comes to the deadline.

        Raises:
            TokenRefused: The authorization server gave none.
            TransportError: It could not be reached, or is not able to answer in time.
        """
        return carry_out(self.token_steps(deadline), self._own_transport, deadline)

    def token_steps(self, deadline: float) -> Steps[str]:
        """Lead to the access token, which one call fetches for all that need it.

        Raises:
            TokenRefused: The authorization server gave none.
            TransportError: It could not be reached, or is not able to answer in time.
        """
        while True:
            errand, is_own = self._find(deadline, time.monotonic())
            if isinstance(errand, _Token):
                return errand.text
            yield Wait(errand, min(deadline, errand.until))
            if errand.is_over:
                self._drop(errand)
            match errand.outcome:
                case _Token(text):
                    return text
                case _Failure(error, is_final) if is_final or (
                    is_own and not _was_hurried(error, errand)
                ):
                    raise _copy(error)
                case Exception() as error:
                    raise error
                case _:
                    pass  # It was given up, or had less time than is left here.
            if time.monotonic() >= deadline or (is_own and not errand.is_over):
                raise DeadlineExceeded("the access token did not come in time")

    @cached_property
    def _own_transport(self) -> Transport:
        """What carries requests where there is no client, whose transport would."""
        return HttpTransport() if self._transport is None else self._transport

    @property
    def refresh_token(self) -> str | None:
        """The refresh token as it is now, to be kept for the next start."""
        return self._refresh_token

    def forget(self, token: str | None = None) -> None:
        """Drop the access token, so that the next call fetches another one.

        Clients do so when the API refuses a token with 401 before it runs out.

        Args:
            token: The one to drop, if it is still in use.
        """
        with self._lock:
            held = self._token
            if held is not None and token in (None, held.text):
                self._token = None

    def _find(self, deadline: float, now: float) -> tuple[_Token | Errand, bool]:
        """The token, or the errand that fetches it and whether that is a new one."""
        with self._lock:
            token, errand = self._token, self._errand
            if token is not None and now < token.best_before:
                return token, False
            # After its time it is lost: its event loop or process may be gone.
            if errand is not None and not errand.is_over and now < errand.until:
                return errand, False
            until = min(deadline, now + self._timeout)
            errand = Errand(lambda: self._fetch(until), until, self._transport)
            self._errand = errand
            return errand, True

    def _drop(self, errand: Errand) -> None:
        """Let go of an errand that is over, and of the frames that its error holds."""
        with self._lock:
            if self._errand is errand:
                self._errand = None

    def _fetch(self, until: float) -> Steps[_Token | _Failure]:
        # Whoever asks twice with a refresh token may find it used up.
        is_safe = self._refresh_token is None
        retries = Retries(_RETRIES, until, self._quota, has_key=is_safe)
        try:
            token = yield from self._ask(retries)
        except ApiError as error:
            is_own = isinstance(error, DeadlineExceeded | Closed)
            return _Failure(error, is_final=not (is_own or retries.lack_time))
        self._token = token
        return token

    def _ask(self, retries: Retries) -> Steps[_Token]:
        request = self._request()
        check_request(request)
        # A token lives from when it was asked for, as far as is known here.
        began = 0.0

        def attempt(request: Request) -> Attempt:
            nonlocal began
            began = time.monotonic()
            return _attempt(request)

        response = yield from insist(request, attempt, retries)
        answer = _read_object(response)
        text, lifetime = answer.get("access_token"), answer.get("expires_in")
        if response.status != 200 or not isinstance(text, str) or not text:
            error, told = answer.get("error"), answer.get("error_description")
            refused = TokenRefused(response.status, self._tell(error), self._tell(told))
            # Who is not able to answer refuses nothing.
            if response.status >= 500 or is_passing(response):
                raise TransportError(str(refused))
            raise refused
        if not (text.isascii() and text.isprintable()):
            raise TokenRefused(response.status, "", "no header can hold its token")
        if str(answer.get("token_type", "bearer")).lower() != "bearer":
            # One of another type is not to be used (RFC 6749 section 7.1).
            raise TokenRefused(response.status, "", "its token is no Bearer token")
        if isinstance(renewed := answer.get("refresh_token"), str):
            self._refresh_token = renewed
        return _Token(text, began + _usable_seconds(lifetime))

    def _tell(self, told: object) -> str:
        """Repeat what the server says, where it keeps to RFC 6749 section 5.2 and has
        no secret in it."""
        secrets = filter(None, [self._client_secret, self._refresh_token, self._basic])
        spelled = (spell(each) for each in secrets for spell in _SPELLINGS)
        if (
            not isinstance(told, str)
            or len(told) > _LONGEST
            or not (told.isascii() and told.isprintable())
            or any(hidden in told for hidden in spelled)
        ):
            return ""
        return told

    @property
    def _basic(self) -> str:
        """The client's name and password as HTTP basic has them (RFC 7617)."""
        if self._client_secret is None:
            return ""
        # Both are form-encoded before they are joined (RFC 6749 section 2.3.1).
        pair = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
        return b2a_base64(pair.encode(), newline=False).decode()

    def _request(self) -> Request:
        fields = {"grant_type": "client_credentials"}
        if self._refresh_token is not None:
            fields = {
                "grant_type": "refresh_token",
                "refresh_token": self._refresh_token,
            }
        if self._scopes:
            fields["scope"] = " ".join(self._scopes)
        headers = {"Accept": "application/json", "Content-Type": _FORM}
        if self._client_secret is None:
            fields["client_id"] = self._client_id
        else:
            headers["Authorization"] = Secret(f"Basic {self._basic}")
        return Request("POST", self._token_url, headers, urlencode(fields).encode())


class _Token(NamedTuple):
    text: str
    best_before: float


class _Failure(NamedTuple):
    error: ApiError

    is_final: bool
    """Whether others would fare alike, with time of their own and their own client."""


def _attempt(request: Request) -> Attempt:
    try:
        response = yield request
        assert response is not None, "a request is answered"
        yield response
    except ConnectionFailed as failure:
        return failure
    return response


def _was_hurried(error: ApiError, errand: Errand) -> bool:
    """Whether the time ran out of another call, that began an errand with less left."""
    return isinstance(error, DeadlineExceeded) and time.monotonic() < errand.until


def _copy(error: ApiError) -> ApiError:
    """An error of the same kind, which learns of an operation of its own."""
    again = copy(error)
    again.__cause__ = error.__cause__
    return again


def _check_url(url: str) -> str:
    """Refuse what no request can be sent to, or what RFC 6749 section 3.2 forbids."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole or {"#", "@"} & set(url.partition("?")[0]):
        problem = "must be an absolute http or https URL without user or fragment"
        raise InvalidArgument("token_url", problem)
    return url


def _read_object(response: Response) -> dict[str, Any]:
    """The answer's object; an empty one where it has none."""
    try:
        # An integer may be of any length, and a float is not.
        read: Any = json.loads(response.content, parse_int=float)
    except (ValueError, RecursionError):
        return {}
    return read if is_object(read) else {}


def _usable_seconds(lifetime: object) -> float:
    """How long a token is used of the seconds that it lives; for ever if unknown."""
    told = _read_seconds(lifetime)
    return max(told - _EARLY_SECONDS, told / 2)


def _read_seconds(told: object) -> float:
    """Read a number of seconds that a server sent; what is odd counts as not told."""
    if isinstance(told, str) and told.isascii() and told.isdecimal():
        told = float(told)
    return told if isinstance(told, float) and 0 <= told < _UNKNOWN else _UNKNOWN
