"""What ./scripts/demo runs once the client is generated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_demo_shows_every_operation_and_every_kind_of_error() -> None:
    shown = _run_demo()
    assert (shown.returncode, shown.stderr) == (0, "")
    for verb in ("create", "list", "get", "delete"):
        assert f"  workers.{verb}_dispatch_namespace" in shown.stdout
        assert f"  {verb}_dispatch_namespace" in shown.stdout
        assert f"  await workers.{verb}_dispatch_namespace" in shown.stdout
    failures = [line for line in shown.stdout.splitlines() if line.startswith("    !")]
    kinds = [line.split()[1].rstrip(":") for line in failures]
    assert kinds == [
        "StatusError",
        "StatusError",
        "InvalidArgument",
        "StatusError",
        "StatusError",
        "MissingCredentials",
        "DeadlineExceeded",
    ]


def test_the_output_fits_a_terminal() -> None:
    lines = _run_demo().stdout.splitlines()
    assert len(lines) < 66
    assert max(map(len, lines)) <= 90


def test_live_needs_to_be_told_the_account() -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CLOUDFLARE_")
    }
    refused = subprocess.run(
        [str(ROOT / "scripts" / "demo"), "--live"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert (
        "--live needs the environment variable CLOUDFLARE_API_TOKEN" in refused.stderr
    )


def _run_demo() -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "demo")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generated")},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
