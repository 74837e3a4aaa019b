"""Who takes part: what calls Cloudflare's API, each in processes of its own."""

from __future__ import annotations

import compileall
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .table import OURS

CALLERS = Path(__file__).parent / "callers"


@dataclass(frozen=True, slots=True)
class Contestant:
    name: str
    caller: str
    """The module in `callers` that calls the API with it."""

    imports: str
    """The statement that imports it."""

    distribution: str | None = None
    """What has to be installed for it."""

    package: Path | None = None
    """The package that has to be on the path for it."""

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment that its processes need."""
        # Ours and the SDK are both called "cloudflare"; who has the path comes first.
        return {"PYTHONPATH": str(self.package.parent)} if self.package else {}


BARE = Contestant("bare script", "bare_script", "import http.client, json")
HTTPX2 = Contestant("httpx2", "with_httpx2", "import httpx2", "httpx2")
SDK = Contestant("official SDK", "with_sdk", "import cloudflare", "cloudflare")


def generated(package: Path, folder: Path) -> Contestant:
    """The client that oasmith made.

    Args:
        package: Where it is; nothing is written there.
        folder: Where it may be copied to, to be compiled as installing would do.
    """
    copied = folder / "generated" / package.name
    shutil.copytree(package, copied, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(copied, quiet=1)
    return Contestant(OURS, "with_generated", "import cloudflare", package=copied)
