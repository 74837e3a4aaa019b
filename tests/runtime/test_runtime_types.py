"""What generated code looks like satisfies both type checkers, at their strictest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import oasmith

HERE = Path(__file__).parent
ROOT = Path(oasmith.__file__).parent.parent


def test_mypy(tmp_path: Path) -> None:
    check(
        "mypy", "--strict", "--cache-dir", str(tmp_path), str(HERE / "sample_types.py")
    )


def test_pyright(tmp_path: Path) -> None:
    (tmp_path / "sample_types.py").symlink_to(HERE / "sample_types.py")
    settings = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT)]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    check("pyright", "-p", str(tmp_path))


def check(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
