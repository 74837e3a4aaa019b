"""How much the contestants put on a disk, with all that they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path

from .contestants import Contestant
from .table import Table


def measure_sizes(contestants: Sequence[Contestant], site_packages: Path) -> Table:
    """Count files and bytes, without bytecode."""
    installed = {
        _normalize(each.name): each for each in distributions(path=[str(site_packages)])
    }
    rows: list[Sequence[str]] = []
    for each in contestants:
        files: list[Path] = []
        needed: list[str] = []
        if each.distribution:
            needed = list(_closure(each.distribution, installed))
            files = [file for name in needed for file in _files(installed[name])]
        elif each.package:
            files = [file for file in each.package.rglob("*") if file.is_file()]
        rows.append((each.name, str(len(needed)), *_count(files)))
    note = "What is installed, dependencies included, and bytecode left out."
    return Table("Size", note, ("", "distributions", "files", "MB"), rows)


def _closure(
    distribution: str, installed: dict[str, Distribution]
) -> dict[str, Distribution]:
    """A distribution and what it needs, extras left out.

    What is needed under a condition is counted where it is installed.
    """
    found: dict[str, Distribution] = {}
    left = [_normalize(distribution)]
    while left:
        name = left.pop()
        if name in installed and name not in found:
            found[name] = installed[name]
            left += _requirements(installed[name])
    return found


def _requirements(distribution: Distribution) -> Iterator[str]:
    for requirement in distribution.requires or ():
        name, _, condition = requirement.partition(";")
        if "extra" not in condition and (match := re.match(r"[\w.-]+", name)):
            yield _normalize(match[0])


def _files(distribution: Distribution) -> Iterator[Path]:
    for file in distribution.files or ():
        yield Path(str(distribution.locate_file(file)))


def _count(files: Iterable[Path]) -> tuple[str, str]:
    kept = [file for file in files if file.suffix != ".pyc" and file.is_file()]
    megabytes = sum(file.stat().st_size for file in kept) / 1e6
    return f"{len(kept):,}", f"{megabytes:.2f}"


def _normalize(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
