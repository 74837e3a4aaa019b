"""Checks that what a package is to offer of hand-written modules can be there."""

from __future__ import annotations

import os
from collections.abc import Collection

from .config import ClientConfig
from .diagnostics import Diagnostics
from .layout.package import Package
from .presence import places_of
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
    place = client.place_of("exports")
    own = own_exports(package)
    taken = {*own, *(group.name for group in package.groups)}
    for each in client.exports:
        if each.name in taken:
            message = f'the package has a "{each.name}" of its own'
            help = "call it something else, or import it from its module"
            diagnostics.error("bad-export", message, place, help=help)
        taken.add(each.name)
        generated = {os.path.join(client.output_path, path) for path in files}
        places = places_of(each, client)
        if not any(path in generated or os.path.isfile(path) for path in places):
            message = f'there is no module for "{each}"'
            help = f'write "{places[0]}"'
            diagnostics.error("bad-export", message, place, help=help)
