"""Makes the files of a package, and those of a runtime that several packages share."""

from __future__ import annotations

from collections.abc import Mapping

from . import __version__
from .diagnostics import Diagnostics
from .layout.package import Package
from .make_modules import make_modules
from .output.copy_runtime import copy_runtime
from .output.lock import LOCK_NAME, lock_shared, lock_text
from .output.promise import make_promise
from .output.render import Renderer, TemplateFault, tell_fault
from .output.templates import Templates
from .presenting.manifest import make_manifest
from .presenting.present import make_header, present_package


def make_files(
    package: Package, templates: Templates, diagnostics: Diagnostics
) -> dict[str, bytes]:
    """The files of a package, but for the lock.

    Raises:
        Stopped: A template of the user is at fault.
    """
    renderer = Renderer(templates)
    renderer.check(diagnostics)
    runtime = list(copy_runtime())
    header, ours = make_header(package), templates.ours.values()
    promise = make_promise(package, header, ours, runtime)
    try:
        texts = make_modules(present_package(package), templates, renderer, promise)
    except TemplateFault as fault:
        tell_fault(fault, templates, diagnostics)
    files = {path: text.encode() for path, text in texts.items()}
    files |= {"py.typed": b"", "manifest.json": make_manifest(package).encode()}
    if not package.runtime.levels:
        folder = package.runtime.module
        files |= {f"{folder}/{each.path}": each.text.encode() for each in runtime}
    return files


def shared_runtime() -> Mapping[str, bytes]:
    """The files of a runtime outside of packages, with a lock of its own."""
    files = {each.path: each.text.encode() for each in copy_runtime()}
    lock = lock_shared(__version__, files)
    return {**files, LOCK_NAME: lock_text(lock).encode()}
