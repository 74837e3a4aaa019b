"""Calls the API with Cloudflare's own SDK."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

# Not an import statement: type checkers would see our package of the same name.
cloudflare = import_module("cloudflare")

_ACCOUNT_ID = "023e105f4ecef8ad9ca31a8372d0c353"


class Caller:
    def __init__(self, base_url: str) -> None:
        client = cloudflare.Cloudflare(api_token="a-token", base_url=base_url)
        self._namespaces = client.workers_for_platforms.dispatch.namespaces

    def create(self) -> str:
        """Make a namespace, and give its name."""
        created = self._namespaces.create(account_id=_ACCOUNT_ID, name="staging")
        name: str = created.namespace_name
        return name

    def list(self) -> int:
        """Fetch all namespaces, and give their number."""
        return len(self._namespaces.list(account_id=_ACCOUNT_ID).result)


class AsyncCaller:
    def __init__(self, base_url: str) -> None:
        self._client = cloudflare.AsyncCloudflare(
            api_token="a-token", base_url=base_url
        )

    async def create(self) -> str:
        namespaces = self._client.workers_for_platforms.dispatch.namespaces
        created = await namespaces.create(account_id=_ACCOUNT_ID, name="staging")
        name: str = created.namespace_name
        return name

    async def close(self) -> None:
        await self._client.close()


def decoder_of(body: bytes) -> Callable[[], int]:
    """What decodes the body of a list, and gives the number of namespaces.

    The SDK decodes nothing outside a call, so this is a call that stays in memory.
    """
    httpx = import_module("httpx")
    headers = {"Content-Type": "application/json"}

    def answer(request: object) -> object:
        return httpx.Response(200, headers=headers, content=body)

    http_client = httpx.Client(transport=httpx.MockTransport(answer))
    client = cloudflare.Cloudflare(api_token="a-token", http_client=http_client)
    namespaces = client.workers_for_platforms.dispatch.namespaces
    return lambda: len(namespaces.list(account_id=_ACCOUNT_ID).result)
