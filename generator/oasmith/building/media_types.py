"""What media types are: JSON, text, or neither."""

from __future__ import annotations


def essence_of(content_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def is_json(content_type: str) -> bool:
    """Whether a media type is JSON (RFC 6839 section 3.1)."""
    essence = essence_of(content_type)
    return essence in ("application/json", "text/json") or essence.endswith("+json")


def is_text(content_type: str) -> bool:
    essence = essence_of(content_type)
    return essence.startswith("text/") or essence.endswith(("/xml", "+xml"))
