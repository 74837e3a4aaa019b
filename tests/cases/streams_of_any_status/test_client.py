"""What is described for any status speaks of successes and of errors."""

from __future__ import annotations

from typing import Any

import pytest
from loopback import LoopbackServer


def test_what_is_said_of_any_status(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer_bytes(b"1\n", "application/x-ndjson")
    assert list(client.readings.watch_anything_stream()) == [1]
    server.answer({"code": 7}, status=400)
    with pytest.raises(package.StatusError) as caught:
        client.readings.watch_anything_stream()
    assert caught.value.body.code == 7
    server.answer({"code": 8})
    assert client.readings.watch_anything().code == 8
