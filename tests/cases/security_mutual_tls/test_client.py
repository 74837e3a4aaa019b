"""A certificate is the transport's affair: no keyword, and nothing that is sent."""

from __future__ import annotations

import ssl
from pathlib import Path
from types import ModuleType

import pytest
from loopback import LoopbackServer

PEM = Path(__file__).parents[2] / "runtime" / "localhost.pem"
"""A key and its certificate, which only tests trust."""


@pytest.mark.parametrize(
    ("name", "token", "sent"),
    [
        ("by_certificate", None, None),
        ("by_certificate", "t", None),
        ("by_certificate_and_token", "t", "Bearer t"),
        ("by_certificate_or_token", None, None),
        ("by_certificate_or_token", "t", "Bearer t"),
    ],
)
def test_what_is_sent(
    package: ModuleType,
    server: LoopbackServer,
    name: str,
    token: str | None,
    sent: str | None,
) -> None:
    server.answer_bytes(b"", None, 204)
    with package.Client(token=token, base_url=server.url) as client:
        getattr(client.vault, name)()
    assert server.last.headers.get("authorization") == sent


def test_the_token_beside_it_is_missed(
    package: ModuleType, server: LoopbackServer
) -> None:
    client = package.Client(base_url=server.url)
    with pytest.raises(package.MissingCredentials, match="needs token"):
        client.vault.by_certificate_and_token()
    assert not server.received


def test_the_transport_shows_it(package: ModuleType) -> None:
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=PEM)
    served.load_cert_chain(PEM)
    served.verify_mode = ssl.CERT_REQUIRED
    context = ssl.create_default_context(cafile=PEM)
    context.load_cert_chain(PEM)
    with LoopbackServer(served) as bank:
        bank.answer_bytes(b"", None, 204)
        transport = package.HttpTransport(tls=context)
        with package.Client(base_url=bank.url, transport=transport) as client:
            client.vault.by_certificate()
        assert bank.last.line == "GET /certificate"


def test_the_server_refuses_who_shows_none(package: ModuleType) -> None:
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=PEM)
    served.load_cert_chain(PEM)
    served.verify_mode = ssl.CERT_REQUIRED
    context = ssl.create_default_context(cafile=PEM)
    with LoopbackServer(served) as bank:
        transport = package.HttpTransport(tls=context)
        client = package.Client(base_url=bank.url, transport=transport)
        with pytest.raises(package.TransportError):
            client.vault.by_certificate()
        assert not bank.received
