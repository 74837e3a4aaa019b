"""What a media type says of what is written in it."""

from __future__ import annotations


def is_json(content_type: str) -> bool:
    """Whether a media type is JSON (RFC 6839 section 3.1)."""
    essence = essence_of(content_type)
    return essence in ("application/json", "text/json") or essence.endswith("+json")


def essence_of(content_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()
