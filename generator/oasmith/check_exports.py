"""Checks that what a package is to offer of hand-written modules can be there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Set

from .config import ClientConfig
from .diagnostics import Diagnostics
from .layout.package import Package
from .presenting.present import own_exports

_OF_THE_ROOT = frozenset(["TYPE_CHECKING", "attach"])
"""What `__init__.py` has for itself."""


def check_exports(
    package: Package,
    files: Set[str],
    client: ClientConfig,
    diagnostics: Diagnostics,
) -> None:
    """Tell which exports have no module, or the name of something that is there.

    Args:
        files: The paths of what is generated, whose modules serve as well.
    """
    own = own_exports(package)
    taken = {*own, *_OF_THE_ROOT, *(group.name for group in package.groups)}
    modules = {path.partition("/")[0].removesuffix(".py") for path in files}
    for each in client.exports:
        if each.name in modules or _is_module(client.output_path, each.name):
            message = f'the package has a module "{each.name}", which takes its place'
            help = "call it something else, or import it from its module"
            diagnostics.error("bad-export", message, client.place, help=help)
            continue
        if each.name in taken or each.name.startswith("__"):
            message = f'the package has a "{each.name}" of its own'
            help = "call it something else, or import it from its module"
            diagnostics.error("bad-export", message, client.place, help=help)
        taken.add(each.name)
        paths = [*_paths_of(each.module)]
        if not (files & {*paths} or _is_module(client.output_path, each.module)):
            shown = os.path.join(client.output_path, paths[0])
            message = f'there is no module for "{each}"'
            help = f'write "{shown}"'
            diagnostics.error("bad-export", message, client.place, help=help)


def _is_module(folder: str, module: str) -> bool:
    return any(os.path.isfile(os.path.join(folder, path)) for path in _paths_of(module))


def _paths_of(module: str) -> Iterator[str]:
    folder = module.replace(".", "/")
    yield f"{folder}.py"
    yield f"{folder}/__init__.py"
