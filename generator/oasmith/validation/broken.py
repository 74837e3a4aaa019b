"""Tells of the references to elsewhere that can't be followed."""

from __future__ import annotations

from ..diagnostics import Diagnostic, Diagnostics
from ..document import Document, Pointer


def tell_broken(
    whole: Document, kept: Document | None, diagnostics: Diagnostics
) -> None:
    """Tell why references can't be followed: an error for what is needed of them.

    Args:
        whole: The description that has the references.
        kept: What is needed of it; what it does not hold is a warning.
    """
    needed: dict[Diagnostic, None] = {}
    others: dict[Diagnostic, None] = {}
    for pointer, reasons in whole.broken.items():
        holds = kept is not None and _holds(kept, pointer)
        (needed if holds else others).update(dict.fromkeys(reasons))
    for reason in needed:
        diagnostics.add(reason)
    for reason in others:
        if reason not in needed:
            diagnostics.add(reason._replace(severity="warning"))


def _holds(document: Document, pointer: Pointer) -> bool:
    try:
        document.find(pointer)
    except (LookupError, ValueError):
        return False
    return True
