"""Checks that what a package is to offer of hand-written modules can be there."""

from __future__ import annotations

from collections.abc import Set

from .config import ClientConfig
from .diagnostics import Diagnostics
from .layout.package import Package
from .presence import Presence, places_of
from .presenting.present import own_exports

_OF_THE_ROOT = frozenset(["TYPE_CHECKING", "attach"])
"""What `__init__.py` has for itself."""


def check_exports(
    package: Package,
    files: Set[str],
    client: ClientConfig,
    presence: Presence,
    diagnostics: Diagnostics,
) -> None:
    """Tell which exports have no module, or the name of something that is there.

    Args:
        files: The paths of what is generated, from the output folder.
        presence: What is there besides; generated modules serve as well.
    """
    place = client.place_of("exports")
    own = own_exports(package)
    taken = {*own, *_OF_THE_ROOT, *(group.name for group in package.groups)}
    modules = {path.partition("/")[0].removesuffix(".py") for path in files}
    for each in client.exports:
        if each.name in modules or presence.is_any_there(places_of(each.name, client)):
            message = f'the package has a module "{each.name}", which takes its place'
            help = "call it something else, or import it from its module"
            diagnostics.error("bad-export", message, place, help=help)
            continue
        if each.name in taken or each.name.startswith("__"):
            message = f'the package has a "{each.name}" of its own'
            help = "call it something else, or import it from its module"
            diagnostics.error("bad-export", message, place, help=help)
        taken.add(each.name)
        places = places_of(each.module, client)
        if not presence.is_any_there(places):
            message = f'there is no module for "{each}"'
            help = f'write "{places[0]}"'
            diagnostics.error("bad-export", message, place, help=help)
