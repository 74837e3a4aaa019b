"""Lets these tests import the checked-in client and the stand-in that it calls."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]

sys.path[:0] = [str(_ROOT / "generated"), str(_ROOT / "demo")]
