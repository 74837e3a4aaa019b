"""The generated client against Cloudflare itself, with a namespace of its own."""

from __future__ import annotations

from uuid import uuid4

from cloudflare import Client
from show import show, title


def run(client: Client, account_id: str) -> None:
    """Make a namespace, look at it, and delete it again.

    Raises:
        ApiError: A call failed, which was printed.
    """
    title("workers = client.workers_for_platforms, at Cloudflare's API")
    workers = client.workers_for_platforms
    name = f"oasmith-demo-{uuid4().hex[:12]}"
    show(workers.list_dispatch_namespaces, account_id)
    try:
        show(workers.create_dispatch_namespace, account_id, name=name)
        show(workers.get_dispatch_namespace, account_id, name)
    finally:
        # Also when creating failed: the API may have done it all the same.
        show(workers.delete_dispatch_namespace, account_id, name)
