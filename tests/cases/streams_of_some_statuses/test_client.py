"""A status that is described by itself is not read as the range that it is in."""

from __future__ import annotations

from typing import Any

import pytest
from loopback import LoopbackServer


def test_what_is_no_item(client: Any, package: Any, server: LoopbackServer) -> None:
    server.answer_bytes(b"1\n2\n", "application/jsonl")
    assert list(client.readings.list_readings_stream()) == [1, 2]
    server.answer({"next": "a"}, status=206)
    with pytest.raises(package.StatusError) as caught:
        client.readings.list_readings_stream()
    assert (caught.value.status, caught.value.body.next) == (206, "a")
    server.answer({"next": "b"}, status=206)
    assert client.readings.list_readings().next == "b"
