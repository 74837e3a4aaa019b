"""What media types are: JSON, text, sequences of JSON texts, or neither."""

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


def is_lines(content_type: str) -> bool:
    """Whether it is JSON Lines, which goes by many names; few are registered."""
    essence = essence_of(content_type)
    kind, _, subtype = essence.partition("/")
    return kind in ("application", "text") and subtype.removeprefix("x-") in _LINES


_LINES = frozenset(
    {"jsonl", "ndjson", "jsonlines", "json-lines", "ldjson", "json-stream"}
)


def is_sequence(content_type: str) -> bool:
    """Whether it is a sequence of JSON texts (RFC 7464, RFC 8091)."""
    essence = essence_of(content_type)
    return essence == "application/json-seq" or essence.endswith("+json-seq")
