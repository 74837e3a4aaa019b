"""A form that is optional is sent as a whole, or not at all."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from loopback import LoopbackServer


def test_nothing_given_is_no_body(client: Any, server: LoopbackServer) -> None:
    for call in (client.lists.add_list, client.lists.replace_list):
        server.answer_bytes(b"", None, 204)
        call()
        assert server.last.content == b""
        assert "content-type" not in server.last.headers


def test_all_that_is_needed_is_given(client: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    client.lists.replace_list(name="", tags=["a", "b"])
    assert server.last.content == b"name=&tags=a,b"
    server.answer_bytes(b"", None, 204)
    client.lists.add_list(display_name="é", kind="list")
    assert server.last.headers["content-type"].startswith("multipart/form-data; ")
    assert b'name="displayName"\r\n\r\n\xc3\xa9\r\n' in server.last.content


def test_a_part_of_it_is_refused(
    package: ModuleType, client: Any, server: LoopbackServer
) -> None:
    with pytest.raises(package.InvalidArgument, match="name must be given with"):
        client.lists.replace_list(tags=["a"])
    with pytest.raises(package.InvalidArgument, match="displayName must be given"):
        client.lists.add_list(thumbnail=b"PNG", kind="list")
    assert not server.received
