"""The generator's source as data: its modules, and what each of them imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator" / "oasmith"


@dataclass(frozen=True)
class Module:
    name: str
    """Dotted, below the package: "load", "runtime.decode"; the package is ""."""

    path: Path

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"), self.path)

    @property
    def inner_imports(self) -> frozenset[str]:
        """The modules of the generator that it imports, wherever in its text."""
        return frozenset(
            found.removeprefix("oasmith").removeprefix(".")
            for found in _imports_of(self)
            if found.partition(".")[0] == "oasmith"
        )

    @property
    def outer_imports(self) -> frozenset[str]:
        """The other top-level packages that it imports, the standard library's too."""
        tops = frozenset(found.partition(".")[0] for found in _imports_of(self))
        return tops - {"oasmith", "__future__"}

    @property
    def third_parties(self) -> frozenset[str]:
        # _typeshed is known to type checkers alone.
        return self.outer_imports - sys.stdlib_module_names - {"_typeshed"}


@cache
def modules() -> tuple[Module, ...]:
    return tuple(Module(_name_of(path), path) for path in sorted(PACKAGE.rglob("*.py")))


def _name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports_of(module: Module) -> Iterator[str]:
    """The absolute names of the modules that the text imports."""
    names = {each.name for each in modules()}
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom(module=source, names=aliases, level=level):
                origin = ".".join(filter(None, (_above(module, level), source)))
                for alias in aliases:
                    inner = f"{origin}.{alias.name}".removeprefix("oasmith.")
                    yield f"{origin}.{alias.name}" if inner in names else origin
            case _:
                pass


def _above(module: Module, level: int) -> str:
    """The package that a relative import starts from; nothing for an absolute one."""
    if level == 0:
        return ""
    parts = ["oasmith", *filter(None, module.name.split("."))]
    if module.path.name == "__init__.py":
        parts.append("__init__")
    return ".".join(parts[:-level])
