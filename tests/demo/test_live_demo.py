"""What ./scripts/demo --live does to an account, tried on the stand-in."""

from __future__ import annotations

from collections.abc import Iterator

import live
import pytest
from cloudflare import Client, StatusError
from standin import ACCOUNT_ID, API_TOKEN, READ_ONLY_TOKEN, StandIn


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn() as server:
        yield server


def test_the_namespace_is_gone_at_the_end(
    standin: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    with Client(api_token=API_TOKEN, base_url=standin.base_url) as client:
        live.run(client, ACCOUNT_ID)
        left = client.workers_for_platforms.list_dispatch_namespaces(ACCOUNT_ID)
    assert left == []
    methods = [request.method for request in standin.seen]
    assert methods == ["GET", "POST", "GET", "DELETE", "GET"]
    assert "DispatchNamespace 'oasmith-demo-" in capsys.readouterr().out


def test_it_is_deleted_even_when_creating_it_failed(
    standin: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        Client(api_token=READ_ONLY_TOKEN, base_url=standin.base_url) as client,
        pytest.raises(StatusError, match="403"),
    ):
        live.run(client, ACCOUNT_ID)
    assert [request.method for request in standin.seen] == ["GET", "POST", "DELETE"]
    assert "! StatusError 403" in capsys.readouterr().out
