"""Meets faults with the client in generated/. usage: with_oasmith.py FOLDER"""

from __future__ import annotations

import sys
from typing import Any

sys.path.insert(0, sys.argv[1])

from cloudflare import ApiError, Client, HttpTransport
from meeting import Call, meet_all


def make(fault: dict[str, Any]) -> Call:
    transport = HttpTransport(max_response_bytes=fault["limit"])
    client = Client(
        api_token="t",
        base_url=fault["base_url"],
        timeout=fault["timeout"],
        transport=transport,
    )
    namespaces = client.workers_for_platforms

    def call() -> str:
        if fault["method"] == "POST":
            answer = namespaces.create_dispatch_namespace("a", name="staging")
        else:
            answer = namespaces.get_dispatch_namespace("a", "staging")
        return str(answer.result.namespace_name)

    return call


meet_all(make, (ApiError,))
