"""What may be asked of a client, besides its description and its folder.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict


class DiffOptions(TypedDict, total=False):
    """What ``diff`` takes, and ``generate`` and ``check`` too. All may be left out."""

    include: Iterable[str]
    """Patterns of the operations wanted, all of them by default: "GET /pets/**",
    "tag:Pets", "op:list-*"."""

    overlays: Iterable[str]
    """The paths of overlays, which change the description before anything else looks at
    it, in this order."""

    allow: Iterable[str]
    """Folders, besides the description's own, that its references may lead into."""

    allow_remote: Iterable[str]
    """Hosts that its references may lead to: "example.com". A copy of what is fetched
    is kept beside the description, and read from then on."""

    lenient: bool
    """Leave out what is at fault; the diagnostics say what, and so does
    ``made.left_out`` of what ``generate`` gives. By default every fault is an error."""

    accept: Iterable[str]
    """Codes of faults that are then warnings and no errors."""

    envelope: Mapping[str, object] | None
    """The names of the members that answers are wrapped in: "result", and if there are
    such, "success" and "errors"."""

    pagination: Sequence[Mapping[str, object]]
    """How the answers of operations go on, each as a table
    ``[[tool.oasmith.client.pagination]]`` of pyproject.toml has it."""

    names: Mapping[str, Mapping[str, str]] | None
    """What things are to be called, by kind and key as oasmith.lock has them:
    ``{"models": {"/components/schemas/Pet": "Animal"}}``."""


class Options(DiffOptions, total=False):
    """What ``generate`` and ``check`` take. All may be left out."""

    package: str | None
    """The name that the package is imported by; the folder's by default."""

    examples: bool
    """Put the description's examples into the package, for fakes in tests."""

    runtime: str | os.PathLike[str] | None
    """A folder for the runtime, which several packages may then share."""

    templates: str | os.PathLike[str] | None
    """A folder of templates that take the place of ours, one by one."""

    exports: Iterable[str]
    """What the package offers of hand-written modules: "extra:Helper"."""
