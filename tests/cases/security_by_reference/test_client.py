"""A requirement names a scheme, or refers to it (OpenAPI 3.2)."""

from __future__ import annotations

from types import ModuleType

import pytest
from loopback import LoopbackServer


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("by_key", {"x-key": "k"}),
        ("by_both", {"x-key": "k", "x-old-key": "o"}),
        ("by_shared", {"x-shared-key": "s"}),
    ],
)
def test_the_credential_of_a_reference_is_sent(
    package: ModuleType, server: LoopbackServer, name: str, sent: dict[str, str]
) -> None:
    server.answer_bytes(b"", None, 204)
    keys = {"key": "k", "old_key": "o", "shared_key": "s"}
    with package.Client(**keys, base_url=server.url) as client:
        getattr(client.vault, name)()
    headers = server.last.headers
    told = {key: headers[key] for key in headers if key.startswith("x-")}
    assert told == sent


def test_nothing_is_sent_without_it(
    package: ModuleType, server: LoopbackServer
) -> None:
    with (
        package.Client(base_url=server.url) as client,
        pytest.raises(package.MissingCredentials),
    ):
        client.vault.by_key()
    assert server.received == []
