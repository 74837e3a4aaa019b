"""Calls the API with the client that oasmith generates."""

from __future__ import annotations

import json
from collections.abc import Callable

from cloudflare import Client

_ACCOUNT_ID = "023e105f4ecef8ad9ca31a8372d0c353"


class Caller:
    def __init__(self, base_url: str) -> None:
        client = Client(api_token="a-token", base_url=base_url)
        self._workers = client.workers_for_platforms

    def create(self) -> str:
        """Make a namespace, and give its name."""
        created = self._workers.create_dispatch_namespace(_ACCOUNT_ID, name="staging")
        return str(created and created.namespace_name)

    def list(self) -> int:
        """Fetch all namespaces, and give their number."""
        return len(self._workers.list_dispatch_namespaces(_ACCOUNT_ID) or ())


class AsyncCaller:
    def __init__(self, base_url: str) -> None:
        # Who awaits no call does not pay for asyncio.
        from cloudflare import AsyncClient

        self._client = AsyncClient(api_token="a-token", base_url=base_url)

    async def create(self) -> str:
        workers = self._client.workers_for_platforms
        created = await workers.create_dispatch_namespace(_ACCOUNT_ID, name="staging")
        return str(created and created.namespace_name)

    async def close(self) -> None:
        await self._client.close()


def decoder_of(body: bytes) -> Callable[[], int]:
    """What decodes the body of a list, and gives the number of namespaces."""
    from cloudflare.models import DispatchNamespaceListResponse

    decode = DispatchNamespaceListResponse.from_dict
    return lambda: len(decode(json.loads(body)).result or ())
