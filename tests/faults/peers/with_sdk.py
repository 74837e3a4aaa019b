"""Meets faults with Cloudflare's official SDK."""

from __future__ import annotations

from typing import Any

from cloudflare import Cloudflare, CloudflareError
from meeting import Call, meet_all


def make(fault: dict[str, Any]) -> Call:
    client = Cloudflare(
        api_token="t", base_url=fault["base_url"], timeout=fault["timeout"]
    )
    namespaces = client.workers_for_platforms.dispatch.namespaces

    def call() -> str:
        if fault["method"] == "POST":
            answer = namespaces.create(account_id="a", name="staging")
        else:
            answer = namespaces.get("staging", account_id="a")
        return str(answer and answer.namespace_name)

    return call


meet_all(make, (CloudflareError,))
