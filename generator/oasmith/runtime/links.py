# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The Link header (RFC 8288)."""

from __future__ import annotations

import re

_TARGET = re.compile(r"[\s,]*<([^>]*)>")
_PARAMETER = re.compile(
    r"""\s*;\s*([^\s=;,"]*)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?"""
)


def find_next(header: str) -> str | None:
    """The target of the first link that has the relation "next", if there is one.

    A link of another context is about something else, and is passed over (section
    3.2). The header is read as far as it can be (appendix B.2).
    """
    place = 0
    while (link := _TARGET.match(header, place)) is not None:
        place = link.end()
        told: dict[str, str] = {}
        while (found := _PARAMETER.match(header, place)) is not None:
            place = found.end()
            value = re.sub(r"\\(.)", r"\1", found[2]) if found[2] else found[3] or ""
            # Of several of one name the first counts (section 3.4.1).
            told.setdefault(found[1].lower(), value)
        if "next" in told.get("rel", "").lower().split() and "anchor" not in told:
            return link[1]
        rest = header.find(",", place)
        if rest < 0:
            break
        place = rest
    return None
