"""A download that the API redirects to another host, which gets no credentials."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from loopback import LoopbackServer


@pytest.fixture
def elsewhere() -> Any:
    with LoopbackServer() as running:
        yield running


def make_client(package: Any, server: LoopbackServer, **options: Any) -> Any:
    client = package.Client(base_url=server.url, token="t0ken", retries=0)
    return client.with_options(**options)


def redirect(server: LoopbackServer, elsewhere: LoopbackServer) -> None:
    headers = {"Location": f"{elsewhere.url}/it.zip?signed=1"}
    server.answer_bytes(b"", None, 302, headers)
    elsewhere.answer_bytes(b"PK", "application/zip")


def test_the_content_where_redirects_are_followed(
    package: Any, server: LoopbackServer, elsewhere: LoopbackServer
) -> None:
    redirect(server, elsewhere)
    client = make_client(package, server, redirects=1)
    assert client.archives.download_archive(7) == b"PK"
    assert server.last.headers["authorization"] == "Bearer t0ken"
    assert elsewhere.last.line == "GET /it.zip?signed=1"
    assert "authorization" not in elsewhere.last.headers
    redirect(server, elsewhere)
    assert client.archives.download_latest() == b"PK"
    assert "authorization" not in elsewhere.last.headers


def test_the_content_is_awaited(
    package: Any, server: LoopbackServer, elsewhere: LoopbackServer
) -> None:
    async def main() -> object:
        client = package.AsyncClient(base_url=server.url, token="t0ken", retries=0)
        async with client.with_options(redirects=1) as following:
            return await following.archives.download_archive(7)

    redirect(server, elsewhere)
    assert asyncio.run(main()) == b"PK"
    assert "authorization" not in elsewhere.last.headers


def test_nothing_where_they_are_not(
    package: Any, server: LoopbackServer, elsewhere: LoopbackServer
) -> None:
    redirect(server, elsewhere)
    client = make_client(package, server)
    assert client.archives.download_archive(7) is None
    assert elsewhere.received == []


def test_an_error_elsewhere_is_one(
    package: Any, server: LoopbackServer, elsewhere: LoopbackServer
) -> None:
    server.answer_bytes(b"", None, 302, {"Location": f"{elsewhere.url}/it.zip"})
    elsewhere.answer_bytes(b"<Expired/>", "application/xml", 403)
    client = make_client(package, server, redirects=1)
    with pytest.raises(package.StatusError) as caught:
        client.archives.download_archive(7)
    assert (caught.value.status, caught.value.content) == (403, b"<Expired/>")
