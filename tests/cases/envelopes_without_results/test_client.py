"""Answers that tell whether the operation failed, in a package without results."""

from __future__ import annotations

from typing import Any

import pytest
from loopback import LoopbackServer


def test_success_is_looked_at(
    client: Any, package: Any, server: LoopbackServer
) -> None:
    server.answer({"success": True})
    assert client.default.purge_cache().success is True
    server.answer({"success": False, "errors": ["it is busy"]})
    with pytest.raises(package.EnvelopeError, match="it is busy"):
        client.default.purge_cache()
