"""What is checked in below ``generated/`` is what would be generated now."""

from __future__ import annotations

from pathlib import Path

import oasmith

ROOT = Path(__file__).parents[1]


def test_the_client_for_cloudflare_is_current() -> None:
    result = oasmith.check(
        ROOT / "specs/cloudflare.yaml", ROOT / "generated/cloudflare"
    )
    # The lock names the description by the way that the configuration says it.
    paths = {*result.drift.missing, *result.drift.different, *result.drift.stale}
    assert paths <= {"oasmith.lock"}, result.drift.patch
    assert list(result.diagnostics) == []
