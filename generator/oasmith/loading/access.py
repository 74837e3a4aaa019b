"""Where references may lead besides the description's own folder."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Access:
    """What a run may read."""

    folders: Sequence[str] = ()
    """Folders that files may come from."""

    hosts: Collection[str] = ()
    """Hosts that files may be fetched from: "example.com", "127.0.0.1:8080"."""

    recorded: Mapping[str, str] = field(default_factory=dict[str, str])
    """The hash of each copy of a fetched file that an earlier run used, by its path."""

    is_offline: bool = False
    """Whether copies have to do, and nothing is fetched."""
