"""What is checked in below ``generated/`` is what would be generated now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_client_for_cloudflare_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "oasmith", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout == "generated/cloudflare: up to date\n"
