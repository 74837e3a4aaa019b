"""Checks that what a package is to offer of hand-written modules can be there."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from .config import ClientConfig
from .diagnostics import Diagnostics
from .layout.package import Package
from .presenting.present import own_exports


def check_exports(
    package: Package,
    files: Collection[str],
    client: ClientConfig,
    diagnostics: Diagnostics,
) -> None:
    """Tell which exports have no module, or the name of something that is there.

    Args:
        files: The paths of what is generated, whose modules serve as well.
    """
    own = own_exports(package)
    taken = {*own, *(group.name for group in package.groups)}
    for each in client.exports:
        if each.name in taken:
            message = f'the package has a "{each.name}" of its own'
            help = "call it something else, or import it from its module"
            diagnostics.error("bad-export", message, client.place, help=help)
        taken.add(each.name)
        paths = [*_paths_of(each.module)]
        if not any(
            path in files or os.path.isfile(os.path.join(client.output_path, path))
            for path in paths
        ):
            shown = os.path.join(client.output_path, paths[0])
            message = f'there is no module for "{each}"'
            help = f'write "{shown}"'
            diagnostics.error("bad-export", message, client.place, help=help)


def _paths_of(module: str) -> Iterator[str]:
    folder = module.replace(".", "/")
    yield f"{folder}.py"
    yield f"{folder}/__init__.py"
