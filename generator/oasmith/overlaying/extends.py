"""Tells which description an overlay says that it is for ("extends")."""

from __future__ import annotations

import json
import os
from urllib.parse import unquote, urlsplit

from ..diagnostics import Diagnostics
from ..document import Document


def check_extends(
    document: Document, overlay: Document, diagnostics: Diagnostics
) -> None:
    """Warn of an overlay that is for another description, as far as that can be known.

    "extends" is a URI reference (Overlay 1.1.0, Overlay Object). A relative one means
    a file, from the overlay's folder; where none is there, it may be called so
    elsewhere, and must have the name of the description. What another host has is no
    contradiction: a copy of it is what is overlaid.
    """
    written = overlay.root.get("extends")
    place = overlay.node("/extends")
    if written is None:
        return
    if not isinstance(written, str):
        message = f'"extends" is {json.dumps(written)}, and must be a URI'
        diagnostics.error("bad-overlay", message, place)
    elif not _may_mean(written, overlay.source.name, document.source.name):
        diagnostics.warning(
            "other-description",
            f'this overlay is for "{written}", not for "{document.source.name}"',
            place,
            help='correct "extends", or leave the overlay out',
        )


def _may_mean(reference: str, overlay: str, spec: str) -> bool:
    try:
        scheme, host, path, _, _ = urlsplit(reference)
    except ValueError:
        return False
    if scheme not in ("", "file") or host or not path:
        return True
    named = os.path.join(os.path.dirname(overlay), unquote(path))
    if os.path.isfile(named):
        return os.path.samefile(named, spec)
    return os.path.basename(named) == os.path.basename(spec)
