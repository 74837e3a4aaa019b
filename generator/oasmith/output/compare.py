"""Compares a package on disk with the one that would be generated."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff

from ..diagnostics import Diagnostics, File
from ..text import Spot, Text
from .drift import Drift, DriftedFile, DriftKind, count_kinds
from .lock import Inputs, changed_inputs, read_lock
from .standing import Obstacle, Standing
from .states import hash_of

_EDITS = 'keep the edits in a file of your own; "oasmith generate" undoes them here'
_ENDINGS = (
    "its lines end as on Windows; "
    'let git keep them as they are, with "-text" in .gitattributes'
)


def compare_package(
    folder: str,
    inputs: Inputs,
    files: Mapping[str, bytes],
    diagnostics: Diagnostics,
) -> Drift:
    """Compare, without writing anything.

    What was edited by hand is told from what is outdated by the hashes in the lock.
    """
    shown = _shown(folder)
    lock = read_lock(folder, diagnostics)
    known: Mapping[str, str] = lock.files if lock else {}
    drifted: list[DriftedFile] = []
    patches: list[str] = []
    standing = Standing(folder)
    for path in sorted({*files, *known}):
        new = files.get(path)
        try:
            old = _read(standing, path)
        except Obstacle as obstacle:
            # What is no longer generated is left to whoever put a link there.
            if new is not None:
                drifted.append(DriftedFile(path, "blocked", 0))
                obstacle.tell(folder, diagnostics)
            continue
        if old != new:
            kind = _kind_of(old, new, known.get(path))
            drifted.append(DriftedFile(path, kind, _difference(old, new)))
            patches.append("".join(_diff(f"{shown}{path}", old, new)))
    changed: Iterable[str] = ()
    if lock is not None and drifted:
        changed = changed_inputs(folder, lock, inputs)
    return Drift(tuple(drifted), "".join(patches), tuple(changed))


def tell_drift(folder: str, drift: Drift, diagnostics: Diagnostics) -> None:
    """Tell which files were edited by hand, and how many others differ."""
    for each in drift.files:
        if each.kind == "edited":
            path = os.path.join(folder, each.path)
            content = _read(Standing(folder), each.path) or b""
            diagnostics.error(
                "edited-file",
                "this was edited by hand, or by another tool",
                _place(path, content, each.line),
                help=_ENDINGS if b"\r\n" in content else _EDITS,
            )
    if drift:
        number = len(drift.files)
        since = "; these have changed: " if drift.changed else ""
        diagnostics.error(
            "drift",
            f"{number:,} file{'' if number == 1 else 's'} not as generated: "
            f"{count_kinds(drift.files)}",
            File(folder),
            help=f'run "oasmith generate"{since}{", ".join(drift.changed)}',
        )


def _read(standing: Standing, path: str) -> bytes | None:
    try:
        return standing.read(path)
    except OSError:
        return None


def _kind_of(old: bytes | None, new: bytes | None, known: str | None) -> DriftKind:
    """Who made a file differ.

    Args:
        known: The hash that it was written with; empty or None if unknown.
    """
    if old is None:
        return "missing" if known is None else "removed"
    if known and hash_of(old) != known:
        return "edited"
    return "left-over" if new is None else "outdated"


def _difference(old: bytes | None, new: bytes | None) -> int:
    """The number of the first line that differs in a file that is there."""
    if old is None:
        return 0
    ours, theirs = _lines(old), _lines(new)
    pairs = zip(ours, theirs, strict=False)
    same = next(
        (index for index, (one, other) in enumerate(pairs) if one != other),
        min(len(ours), len(theirs)),
    )
    return max(1, min(same + 1, len(ours)))


def _diff(name: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    """As git writes it: so it can be applied from any folder above, within its tree."""
    yield f"diff --git a/{name} b/{name}\n"
    if old is None or new is None:
        yield f"{'new' if old is None else 'deleted'} file mode 100644\n"
    if not (old or new):
        # There are no lines by which it could be told.
        yield f"index {'0000000..e69de29' if old is None else 'e69de29..0000000'}\n"
    before = "/dev/null" if old is None else f"a/{name}"
    after = "/dev/null" if new is None else f"b/{name}"
    for line in unified_diff(_lines(old), _lines(new), before, after):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _shown(folder: str) -> str:
    """The folder as a patch names it, with a slash at its end.

    It is named from the root of the git work tree that it is in, or else from where its
    pyproject.toml stands, as a patch can't name what is not below where it is applied.
    Without either it is named from the working directory if it is below that.
    """
    place = os.path.realpath(folder)
    base = _find_above(place, ".git") or _find_above(place, "pyproject.toml")
    shown = os.path.relpath(place, base).replace(os.sep, "/")
    return "" if shown == "." or shown.startswith("../") else f"{shown}/"


def _find_above(folder: str, name: str) -> str | None:
    """The nearest folder, this one or one above, that has an entry of a name."""
    while not os.path.exists(os.path.join(folder, name)):
        below, folder = folder, os.path.dirname(folder)
        if folder == below:
            return None
    return folder


def _lines(content: bytes | None) -> list[str]:
    """The lines as a patch has them: each but the last ends with a line feed."""
    *lines, last = _decode(content or b"").split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _decode(content: bytes) -> str:
    return content.decode(errors="replace")


def _place(path: str, content: bytes, line: int) -> Spot:
    before = _lines(content)[: line - 1]
    return Spot(Text(path, content, _decode(content)), sum(map(len, before)))
