"""The cache gives back what was put, and never stands in the way."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from oasmith.cache import Cache, cache_folder

MONTH = 31 * 24 * 3600


def test_what_was_put_is_given_back(cache_folder: Path) -> None:
    cache = Cache("black")
    assert cache.get("a") is None
    cache.put("a", b"one")
    cache.put("a", b"two")
    cache.put("\ud800", b"")
    assert Cache("black").get("a") == b"two"
    assert cache.get("\ud800") == b""
    assert Cache("validate").get("a") is None


def test_what_was_damaged_is_gone(cache_folder: Path) -> None:
    cache = Cache("black")
    cache.put("a", b"one")
    [file] = _files(cache_folder)
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.get("a") is None


def test_no_unfinished_file_is_left(cache_folder: Path) -> None:
    Cache("black").put("a", b"one")
    assert len(_files(cache_folder)) == 1


def test_what_is_old_is_removed_in_time(cache_folder: Path) -> None:
    cache = Cache("black")
    keys = [str(number) for number in range(40)]
    for key in keys:
        cache.put(key, b"old")
    then = time.time() - MONTH
    for file in _files(cache_folder):
        os.utime(file, (then, then))
    new_keys = [str(number) for number in range(1000, 2000)]
    for key in new_keys:
        cache.put(key, b"new")
    assert 0 < sum(cache.get(key) is None for key in keys) < 40
    assert all(cache.get(key) for key in new_keys)


def test_without_a_usable_folder_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("OASMITH_CACHE", str(file))
    cache = Cache("black")
    cache.put("a", b"one")
    assert cache.get("a") is None


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"OASMITH_CACHE": "/chosen", "XDG_CACHE_HOME": "/xdg"}, "/chosen"),
        ({"XDG_CACHE_HOME": "/xdg", "HOME": "/home/a"}, "/xdg/oasmith"),
        ({"HOME": "/home/a"}, "/home/a/.cache/oasmith"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="has another place for caches")
def test_where_the_cache_is(
    variables: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OASMITH_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(folder)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
