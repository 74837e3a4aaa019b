# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Access tokens of OAuth 2 (RFC 6749), fetched when they are needed."""

from __future__ import annotations

import json
import threading
import time
from binascii import b2a_base64
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from .errors import (
    ConnectionFailed,
    DeadlineExceeded,
    InvalidArgument,
    TokenRefused,
    TransportError,
)
from .kinds import is_object
from .request import Request, check_request
from .response import Response
from .retry import RetryQuota, is_passing, pause_before_retry
from .transport import HttpTransport, Transport

_EARLY_SECONDS = 30.0
"""How long before it runs out a token is replaced; half of its life at most."""

_RETRIES = 2
"""How often a request for a token is sent again."""

_UNKNOWN = float("inf")

_LONGEST = 500
"""The characters of an explanation that are repeated."""

_FORM = "application/x-www-form-urlencoded"


class OAuth2:
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
        transport: What carries the requests, instead of HttpTransport.
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
        self._transport = HttpTransport() if transport is None else transport
        self._quota = RetryQuota()
        self._lock = threading.Lock()
        self._token = ""
        self._best_before = 0.0

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
        if not self._lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise DeadlineExceeded("another call's access token did not come in time")
        try:
            token = self._token  # Another thread may drop it meanwhile.
            if not token or time.monotonic() >= self._best_before:
                token = self._fetch(deadline)
            return token
        finally:
            self._lock.release()

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
        if token in (None, self._token):
            self._token = ""

    def _fetch(self, deadline: float) -> str:
        response, began = self._ask(min(deadline, time.monotonic() + self._timeout))
        answer = _read_object(response)
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if response.status != 200 or not isinstance(token, str) or not token:
            error, told = answer.get("error"), answer.get("error_description")
            refused = TokenRefused(response.status, self._tell(error), self._tell(told))
            # Who is not able to answer refuses nothing.
            if response.status >= 500 or is_passing(response):
                raise TransportError(str(refused))
            raise refused
        if str(answer.get("token_type", "bearer")).lower() != "bearer":
            # One of another type is not to be used (RFC 6749 section 7.1).
            raise TokenRefused(response.status, "", "its token is no Bearer token")
        self._token, self._best_before = token, began + _usable_seconds(lifetime)
        if isinstance(renewed := answer.get("refresh_token"), str):
            self._refresh_token = renewed
        return token

    def _ask(self, deadline: float) -> tuple[Response, float]:
        """Send the request, again where that is safe and there is time for it.

        Returns:
            The response, and when what it answers was sent.
        """
        request = self._request()
        check_request(request)
        # Whoever asks twice with a refresh token may find it used up.
        is_safe = self._refresh_token is None
        attempt = 0
        while True:
            began = time.monotonic()
            outcome = self._try(request, deadline)
            pause = pause_before_retry(request, outcome, attempt, has_key=is_safe)
            if (
                pause is None
                or attempt == _RETRIES
                or time.monotonic() + pause >= deadline
                or not self._quota.take()
            ):
                break
            time.sleep(pause)
            attempt += 1
        if isinstance(outcome, ConnectionFailed):
            raise outcome
        self._quota.note(outcome.status, attempt + 1)
        return outcome, began

    def _try(self, request: Request, deadline: float) -> Response | ConnectionFailed:
        try:
            response = self._transport.send(request, deadline)
            response.wait()
        except ConnectionFailed as failure:
            return failure
        return response

    def _tell(self, told: object) -> str:
        """Repeat what the server says, where it keeps to RFC 6749 section 5.2 and has
        no secret in it."""
        secrets = filter(None, [self._client_secret, self._refresh_token])
        if (
            not isinstance(told, str)
            or len(told) > _LONGEST
            or not (told.isascii() and told.isprintable())
            or any(hidden in told for it in secrets for hidden in (it, quote_plus(it)))
        ):
            return ""
        return told

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
            # Both are form-encoded before they are joined (RFC 6749 section 2.3.1).
            pair = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
            basic = b2a_base64(pair.encode(), newline=False).decode()
            headers["Authorization"] = f"Basic {basic}"
        return Request("POST", self._token_url, headers, urlencode(fields).encode())


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
