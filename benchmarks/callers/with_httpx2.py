"""Calls the API with httpx2, as one does by hand: JSON there, dicts back."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

# Not an import statement: type checkers do not have it.
httpx2 = import_module("httpx2")

_PATH = "/accounts/023e105f4ecef8ad9ca31a8372d0c353/workers/dispatch/namespaces"
_HEADERS = {"Authorization": "Bearer a-token"}


class Caller:
    def __init__(self, base_url: str) -> None:
        self._client = httpx2.Client(base_url=base_url, headers=_HEADERS)

    def create(self) -> str:
        """Make a namespace, and give its name."""
        response = self._client.post(_PATH, json={"name": "staging"})
        name: str = response.raise_for_status().json()["result"]["namespace_name"]
        return name

    def list(self) -> int:
        """Fetch all namespaces, and give their number."""
        return len(self._client.get(_PATH).raise_for_status().json()["result"])


class AsyncCaller:
    def __init__(self, base_url: str) -> None:
        self._client = httpx2.AsyncClient(base_url=base_url, headers=_HEADERS)

    async def create(self) -> str:
        response = await self._client.post(_PATH, json={"name": "staging"})
        name: str = response.raise_for_status().json()["result"]["namespace_name"]
        return name

    async def close(self) -> None:
        await self._client.aclose()


def decoder_of(body: bytes) -> Callable[[], int]:
    """What decodes the body of a list, and gives the number of namespaces."""
    return lambda: len(httpx2.Response(200, content=body).json()["result"])
