"""What files a document depends on, and which of them are to be kept."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ..document import Document
from .addresses import copy_path, is_remote


def source_files(document: Document, spec: str) -> Mapping[str, bytes | None]:
    """The content of each file that a document depends on, by its path.

    None stands for a file that is missing, which it may be where nobody needs it. Of
    what is on other hosts it is the copies that count.

    Args:
        spec: The path of the description, which copies stand beside.
    """
    others = {
        copy_path(spec, name) if is_remote(name) else name: content
        for name, content in document.files.items()
    }
    ours = {document.source.name: document.source.content, **document.overlays}
    return {**ours, **others}


def copies_to_keep(document: Document, spec: str) -> Mapping[str, bytes]:
    """The fetched files that there is no copy of yet, by the path it is to have."""
    return {
        path: content
        for name, content in document.files.items()
        if content is not None and is_remote(name)
        if not os.path.exists(path := copy_path(spec, name))
    }
