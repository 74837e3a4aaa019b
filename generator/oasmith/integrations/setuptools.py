"""A "build_py" for setuptools, which brings generated packages up to date first."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

from setuptools.command.build_py import build_py
from setuptools.errors import ExecError

from ..library import Failed
from .project import Built, build_clients


class BuildPy(build_py):
    """``cmdclass = { build_py = "oasmith.integrations.setuptools.BuildPy" }``.

    It runs for wheels, editable installs, and sdists, which get the descriptions.
    """

    def finalize_options(self) -> None:
        try:
            self._built = build_clients(os.curdir, _tell)
        except Failed as failed:
            raise ExecError(f"oasmith can't generate\n{failed}") from None
        super().finalize_options()
        for client in self._built:
            self._ship(client)

    def get_source_files(self) -> list[str]:
        """What an sdist has to hold."""
        untyped: Any = super()
        found: list[str] = untyped.get_source_files()
        ours = {path for client in self._built for path in _files_of(client)}
        return sorted({*found, *ours})

    def _ship(self, client: Built) -> None:
        """Have a package in the distribution if what is around it is there."""
        name = self._name_of(client.folder)
        packages = self.distribution.packages
        if name is None or packages is None:
            return
        # Setuptools looked for packages before these folders were there.
        folders = {os.path.dirname(path) for path in client.files}
        names = {".".join([name, *filter(None, each.split("/"))]) for each in folders}
        packages += sorted(names - {*packages})
        others = [path for path in client.files if not path.endswith(".py")]
        self.package_data[name] = [*self.package_data.get(name, []), *others]

    def _name_of(self, folder: str) -> str | None:
        """The dotted name of a folder, unless it is outside of all that is shipped."""
        roots = self.distribution.package_dir or {}
        for above, place in sorted(roots.items(), key=lambda item: -len(item[1])):
            inside = os.path.relpath(folder, place).replace(os.sep, "/")
            if not inside.startswith(".."):
                return ".".join(filter(None, [above, *inside.split("/")]))
        parts = folder.split("/")
        around = {".".join(parts[:count]) for count in range(1, len(parts))}
        is_inside = not around.isdisjoint(self.distribution.packages or ())
        return ".".join(parts) if is_inside else None


def _files_of(client: Built) -> Iterator[str]:
    yield from client.sources
    for path in client.files:
        yield f"{client.folder}/{path}"


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
