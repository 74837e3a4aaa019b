"""Finds what decodes each schema in a generated package."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

from oasmith.document import Pointer
from oasmith.output.lock import LOCK_NAME

Decode = Callable[[Any], Any]


def modules_of(package: Path) -> list[str]:
    """The names of all modules of a package, itself included."""
    names = [
        ".".join([package.name, *path.relative_to(package).with_suffix("").parts])
        for path in sorted(package.rglob("*.py"))
    ]
    return [name.removesuffix(".__init__") for name in names]


def find_decoders(package: Path) -> Iterator[tuple[Pointer, Decode]]:
    """The schemas that have a name in the lock, each with what decodes it.

    Enums have nothing that does.
    """
    lock = json.loads((package / LOCK_NAME).read_text(encoding="utf-8"))
    names: dict[Pointer, str] = lock["names"].get("models", {})
    found = _decoders_by_name(package)
    for pointer, name in names.items():
        # A parent that stands for its heirs has its name where the discriminator is;
        # what comes from other files is not in the document that is sampled.
        if name in found and pointer.startswith("/"):
            yield pointer.removesuffix("/discriminator"), found[name]


def find_encoder(package: Path) -> Callable[[object], Any]:
    module = import_module(f"{package.name}._runtime.model")
    encode: Callable[[object], Any] = module.to_json
    return encode


def import_all(package: Path) -> dict[str, Exception]:
    """Import every module of a package; what can't be is given with its error."""
    failures: dict[str, Exception] = {}
    for name in modules_of(package):
        try:
            import_module(name)
        except Exception as error:  # Whatever it is, it is for the report.
            failures[name] = error
    return failures


def _decoders_by_name(package: Path) -> dict[str, Decode]:
    """Classes have from_dict; a function is annotated with the alias it returns."""
    import_all(package)
    found: dict[str, Decode] = {}
    for module in modules_of(package):
        if module.startswith(f"{package.name}._runtime") or module not in sys.modules:
            continue
        for name, value in vars(sys.modules[module]).items():
            decode: Decode | None = getattr(value, "from_dict", None)
            if isinstance(value, type) and decode is not None:
                found[value.__name__] = decode
            elif not isinstance(value, FunctionType) or value.__module__ != module:
                continue
            elif name.startswith("decode_"):
                found[value.__annotations__["return"]] = value
    return found
