"""Which paths are safe to write in a folder, on every system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

WORK_NAME = ".oasmith"
"""A folder that is ours for the moment in which files are replaced one by one."""

_FORBIDDEN = frozenset('<>:"\\|?*\x7f' + "".join(map(chr, range(32))))
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)
"""Windows: "Naming Files, Paths, and Namespaces"."""

_MOST_BYTES = 255


class UnsafePath(ValueError):
    """A fault of ours: no description may lead to such a path."""


def check_paths(paths: Iterable[str]) -> None:
    """Make sure that paths stay in their folder, and are one file each.

    Raises:
        UnsafePath: One does not; nobody should have made it.
    """
    taken: dict[str, str] = {}
    for path in sorted(paths):
        if not is_safe(path):
            raise UnsafePath(f"{path!r} is not safe to write")
        if path.casefold() in taken:
            raise UnsafePath(f"{path!r} and {taken[path.casefold()]!r} are one file")
        taken[path.casefold()] = path
    for path in taken.values():
        for folder in folders_above(path):
            if folder.casefold() in taken:
                raise UnsafePath(f"{folder!r} is a file and a folder")


def is_safe(path: str) -> bool:
    """Whether a path, with slashes, leads to a file below the folder it starts from."""
    parts = path.split("/")
    return parts[0] != WORK_NAME and all(map(_is_safe_name, parts))


def folders_above(path: str) -> Iterator[str]:
    """The folders that a relative path leads through, the innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _is_safe_name(name: str) -> bool:
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return False
    return (
        0 < size <= _MOST_BYTES
        and name[-1] not in ". "
        and _FORBIDDEN.isdisjoint(name)
        and name.partition(".")[0].lower() not in _RESERVED
    )
