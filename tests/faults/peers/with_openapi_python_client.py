"""Meets faults with what openapi-python-client makes of specs/cloudflare.yaml.

usage: with_openapi_python_client.py FOLDER
"""

from __future__ import annotations

import sys
from typing import Any

sys.path.insert(0, sys.argv[1])

import httpx
from cloudflare_opc import AuthenticatedClient
from cloudflare_opc.api.workers_for_platforms import (
    create_dispatch_namespace,
    get_dispatch_namespace,
)
from cloudflare_opc.errors import UnexpectedStatus
from cloudflare_opc.models import CreateDispatchNamespaceBody, Failure
from meeting import Call, meet_all


def make(fault: dict[str, Any]) -> Call:
    client = AuthenticatedClient(
        base_url=fault["base_url"],
        token="t",
        timeout=httpx.Timeout(fault["timeout"]),
        raise_on_unexpected_status=True,
    )

    def call() -> str:
        if fault["method"] == "POST":
            body = CreateDispatchNamespaceBody(name="staging")
            answer = create_dispatch_namespace.sync("a", client=client, body=body)
        else:
            answer = get_dispatch_namespace.sync("a", "staging", client=client)
        if isinstance(answer, Failure):
            return "error"
        return str(answer and answer.result and answer.result.namespace_name)

    return call


# It documents UnexpectedStatus and timeouts; who uses it will expect the other errors
# of httpx, too.
meet_all(make, (UnexpectedStatus, httpx.HTTPError))
