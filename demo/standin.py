"""A stand-in for Cloudflare's API on this machine: dispatch namespaces, kept in memory.

It answers as the API is known to answer: the envelope, the failures of credentials and
their code 10000, the code 100119 for a namespace that isn't there. The other codes, and
a conflict for a name that is taken, are guesses.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import unquote
from uuid import uuid4

ACCOUNT_ID = "023e105f4ecef8ad9ca31a8372d0c353"
API_TOKEN = "a-token-that-may-do-all"
READ_ONLY_TOKEN = "a-token-that-may-only-read"
API_EMAIL = "user@example.com"
API_KEY = "the-global-key-of-that-user"

_BASE_PATH = "/client/v4"
_COLLECTION = f"{_BASE_PATH}/accounts/{ACCOUNT_ID}/workers/dispatch/namespaces"


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]
    """The names are in lower case."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Mapping[str, Any]


class StandIn(ThreadingHTTPServer):
    """Serves while it is used as a context manager.

    ``delay`` is how many seconds each answer takes; ``seen`` is what came in, in order.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.delay = 0.0
        self.seen: list[Request] = []
        self._namespaces: dict[str, Mapping[str, Any]] = {}
        self._lock = threading.Lock()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{_BASE_PATH}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless the client only hung up."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def answer(self, request: Request) -> Answer:
        """What the API says to a request."""
        time.sleep(self.delay)
        with self._lock:
            self.seen.append(request)
            return _refuse(request) or self._route(request)

    def _route(self, request: Request) -> Answer:
        match request.method, _segments(request.path):
            case "GET", []:
                return _success([*self._namespaces.values()])
            case "POST", []:
                return self._create(request.content)
            case "GET", [name]:
                found = self._namespaces.get(name)
                return _success(found) if found else _not_found(name)
            case "DELETE", [name]:
                gone = self._namespaces.pop(name, None)
                return _success(None) if gone else _not_found(name)
            case _:
                return _failure(404, 7003, "No route for the URI")

    def _create(self, content: bytes) -> Answer:
        identifier = str(uuid4())
        try:
            name = json.loads(content).get("name", identifier)
        except (ValueError, AttributeError):
            return _failure(400, 10001, "The body must be a JSON object")
        if not isinstance(name, str) or not name:
            return _failure(400, 10002, "The name must be a string that is not empty")
        if name in self._namespaces:
            return _failure(409, 100120, f"A namespace named {name} exists already")
        self._namespaces[name] = _new_namespace(identifier, name)
        return _success(self._namespaces[name])


def _segments(path: str) -> list[str] | None:
    """What follows the path of the collection, or None when it is another path."""
    if path != _COLLECTION and not path.startswith(_COLLECTION + "/"):
        return None
    return [unquote(part) for part in path[len(_COLLECTION) :].split("/")[1:]]


def _refuse(request: Request) -> Answer | None:
    """What the API answers to credentials that don't allow the request, else None."""
    match request.headers:
        case {"authorization": given}:
            known = given in (f"Bearer {API_TOKEN}", f"Bearer {READ_ONLY_TOKEN}")
            allowed = request.method == "GET" or given == f"Bearer {API_TOKEN}"
        case {"x-auth-email": email, "x-auth-key": key}:
            known = allowed = (email, key) == (API_EMAIL, API_KEY)
        case _:
            return _unauthorized(400, 9106, "Authentication failed")
    if not known:
        return _unauthorized(401, 10000, "Authentication error")
    return None if allowed else _unauthorized(403, 10000, "Authentication error")


def _new_namespace(identifier: str, name: str) -> Mapping[str, Any]:
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    user = "f174e90afafe4643bbbc4a0ed4fc8415"
    return {
        "created_by": user,
        "created_on": now,
        "modified_by": user,
        "modified_on": now,
        "namespace_id": identifier,
        "namespace_name": name,
        "script_count": 0,
        "trusted_workers": False,
        # Clients meet properties that they were not told of; here is one.
        "jurisdiction": "eu",
    }


def _success(result: object) -> Answer:
    nothing: list[object] = []
    envelope = {"success": True, "errors": nothing, "messages": nothing}
    return Answer(200, {"result": result, **envelope})


def _failure(status: int, code: int, message: str) -> Answer:
    envelope = _unauthorized(status, code, message).body
    return Answer(status, {"result": None, **envelope, "messages": []})


def _not_found(name: str) -> Answer:
    return _failure(404, 100119, f"There is no dispatch namespace named {name}")


def _unauthorized(status: int, code: int, message: str) -> Answer:
    """The envelope that the API gives here lacks the messages and the result."""
    errors = [{"code": code, "message": message}]
    return Answer(status, {"success": False, "errors": errors})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle_any(self) -> None:
        assert isinstance(self.server, StandIn)
        headers = {name.lower(): value for name, value in self.headers.items()}
        content = self.rfile.read(int(headers.get("content-length", 0)))
        request = Request(self.command, self.path, headers, content)
        answer = self.server.answer(request)
        body = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""
