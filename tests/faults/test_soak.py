"""A few seconds of many calls at once; python -m tests.faults --soak takes longer."""

from __future__ import annotations

import pytest

from .soak import TRANSPORTS, soak


@pytest.mark.parametrize("name", TRANSPORTS)
def test_nothing_is_lost_mixed_or_left(name: str) -> None:
    if name != "http":
        pytest.importorskip(name)
    done = soak(name, 2.0 if name == "http" else 1.5)
    assert done.problems == [], done
