"""Fetches releases by npm, and keeps the description of each in a folder."""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from .histories import History


class FetchFailed(Exception):
    """A release can't be had; the message says what npm says."""


def default_store() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "oasmith-history"


def locate_release(store: Path, history: History, version: str) -> Path:
    """The description of a release, whose package is fetched unless it is there.

    Raises:
        FetchFailed: The package, or the description in it, is not to be had.
    """
    folder = re.sub(r"[^\w.]+", "-", history.package).strip("-")
    kept = store / folder / f"{version}.{history.suffix}"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=store) as scratch:
            content = _take_out(_download(history, version, Path(scratch)), history)
            # Renamed when it is whole, so that what is there always is.
            whole = Path(scratch, kept.name)
            whole.write_bytes(content)
            whole.replace(kept)
    return kept


def _download(history: History, version: str, folder: Path) -> Path:
    release = f"{history.package}@{version}"
    try:
        ran = subprocess.run(
            ["npm", "pack", "--silent", release],
            cwd=folder,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        raise FetchFailed("there is no npm") from None
    files = list(folder.glob("*.tgz"))
    if ran.returncode or len(files) != 1:
        raise FetchFailed(f'"{release}" can\'t be had: {ran.stderr.strip()}')
    return files[0]


def _take_out(archive: Path, history: History) -> bytes:
    with tarfile.open(archive) as tar:
        for path in history.paths:
            try:
                member = tar.extractfile(f"package/{path}")
            except KeyError:
                continue
            if member is not None:
                return member.read()
    raise FetchFailed(f'"{archive.name}" has no {" or ".join(history.paths)}')
