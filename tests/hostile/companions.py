"""What goes with a description: overlays, and the revisions of git.

Each is set up in a sandbox that has a secret above the project, and a victim beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .payloads import MARK, PAYLOADS
from .places import Verdict
from .surroundings import SECRET, Prepare, Surroundings, write_spec


def companions() -> Iterator[Surroundings]:
    """All of them."""
    yield from _overlays()
    yield from _odd_overlays()
    yield from _revisions()


_CODE = PAYLOADS["code after a string"]
_OVERLAID = ("generate", "spec.json", "-o", "package", "--overlay", "overlay.json")


def _overlay(*actions: Any) -> bytes:
    info = {"title": "Hostile", "version": "1"}
    made = {"overlay": "1.1.0", "info": info, "actions": list(actions)}
    return json.dumps(made).encode()


def _overlays() -> Iterator[Surroundings]:
    def overlaid(content: bytes) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            (folder.parent / "secret.json").write_text(f'{{"{SECRET}": 1}}')
            write_spec(folder)
            (folder / "overlay.json").write_bytes(content)
            return _OVERLAID

        return prepare

    root = "$.components.schemas.Root"
    above = {"properties": {"b": {"$ref": "../secret.json"}}}
    far = {"properties": {"b": {"$ref": "http://127.0.0.1:9/a.json"}}}
    code = {
        "description": _CODE,
        "properties": {_CODE: {"enum": [_CODE], "title": _CODE}},
    }
    paint = "$['\x1b[2J\u202e']"
    deep = "$" + "[?@.a" * 2_000 + "]" * 2_000
    cases: tuple[tuple[str, Verdict, bytes], ...] = (
        ("code", "accept", _overlay({"target": root, "update": code})),
        ("a reference above", "reject", _overlay({"target": root, "update": above})),
        ("a reference away", "reject", _overlay({"target": root, "update": far})),
        ("all removed", "reject", _overlay({"target": "$.*", "remove": True})),
        ("the root removed", "reject", _overlay({"target": "$", "remove": True})),
        ("paint in a target", "reject", _overlay({"target": paint, "remove": True})),
        ("a deep target", "reject", _overlay({"target": deep, "remove": True})),
        ("a copy of all", "accept", _overlay({"target": root, "copy": "$"})),
        ("levels", "reject", b'{"overlay": ' + b"[" * 100_000),
        ("bytes", "reject", bytes(range(256))),
        ("a number", "reject", b"7"),
        ("great numbers", "reject", b'{"overlay": ' + b"9" * 10_000 + b"}"),
    )
    for what, verdict, content in cases:
        yield Surroundings(f"an overlay with {what}", verdict, overlaid(content))


def _odd_overlays() -> Iterator[Surroundings]:
    def pipe(folder: Path) -> Sequence[str]:
        write_spec(folder)
        os.mkfifo(folder / "overlay.json")
        return _OVERLAID

    def device(folder: Path) -> Sequence[str]:
        write_spec(folder)
        (folder / "overlay.json").symlink_to("/dev/zero")
        return _OVERLAID

    yield Surroundings("an overlay that is a pipe", "reject", pipe, "not-a-file")
    yield Surroundings("an overlay that is a device", "reject", device, "not-a-file")


def _revisions() -> Iterator[Surroundings]:
    def compared(*sides: str) -> Prepare:
        def prepare(folder: Path) -> Sequence[str]:
            write_spec(folder)
            (folder.parent / "secret.json").write_text(f'{{"{SECRET}": 1}}')
            for command in (
                ("init", "--quiet"),
                ("add", "spec.json"),
                ("-c", "user.name=a", "-c", "user.email=a", "commit", "-qm", "One"),
            ):
                subprocess.run(["git", *command], cwd=folder, check=True)
            return ("diff", *sides)

        return prepare

    yield Surroundings(
        "the revision HEAD",
        "accept",
        compared("git:HEAD", "spec.json"),
    )
    for revision in (
        f"--output={MARK}",
        f"--upload-pack=touch {MARK}",
        f"-c core.pager=touch {MARK}",
        f"$(touch {MARK})",
        f"HEAD; touch {MARK}",
        "HEAD:../secret.json",
        "HEAD^{/.*}..",
        ":/One",
        "@{-1}",
        "\x1b[2J",
        "a" * 10_000,
        "",
    ):
        shown = revision if len(revision) < 50 else f"{revision[:9]}..."
        prepare = compared(f"git:{revision}", "spec.json")
        yield Surroundings(f"the revision {shown!r}", "either", prepare)
    for path in ("../secret.json", "/etc/passwd", "-h", "spec.json\n", "\x1b[2J"):
        prepare = compared(f"git:HEAD:{path}", "spec.json")
        yield Surroundings(f"the revision of {path!r}", "reject", prepare)
