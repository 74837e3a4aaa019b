"""Items that arrive one after the other: what can be one, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from oasmith.document import is_object

KINDS = ("events", "text events", "event objects", "lines", "sequence")
"""What manifest.json calls the answers that are given item by item."""

_FIELDS = ("data", "event", "id", "retry")
_LINE_BREAKS = ("\r", "\n")


def gives_items(found: Mapping[str, Any]) -> bool:
    """Whether a function of the manifest gives its answers item by item."""
    return any(each["kind"] in KINDS for each in found["responses"])


def can_be_item(kind: str) -> Callable[[Any], bool]:
    """Whether a value can be an item: server-sent events are lines of text.

    Their data can't hold a carriage return, and without data there is no event (WHATWG
    HTML, section 9.2.6).
    """

    def holds(value: Any) -> bool:
        match kind:
            case "text events":
                return isinstance(value, str) and "\r" not in value
            case "event objects":
                return is_object(value) and _is_event(as_item(kind, value))
            case _:
                # Many APIs end a stream so, and the package takes it for the end.
                return value != "[DONE]"

    return holds


def as_item(kind: str, value: Any) -> Any:
    """A value without what an event has no field for."""
    if kind != "event objects":
        return value
    return {name: value[name] for name in _FIELDS if name in value}


def _is_event(fields: dict[str, Any]) -> bool:
    data, retry = fields.get("data"), fields.get("retry", 0)
    if not isinstance(data, str) or "\r" in data:
        return False
    plain = [fields.get("event", "message"), fields.get("id", "")]
    if not all(isinstance(each, str) for each in plain) or not plain[0]:
        return False
    if any(mark in each for each in plain for mark in (*_LINE_BREAKS, "\0")):
        return False
    return isinstance(retry, int) and 0 <= retry < 10**19


def write_items(kind: str, items: Sequence[Any]) -> bytes:
    """Write items as a server does that likes line breaks of all kinds."""
    match kind:
        case "lines":
            lines = [json.dumps(each, ensure_ascii=False) for each in items]
            return "\r\n\n".join(lines).encode()
        case "sequence":
            texts = [f"\x1e{json.dumps(each, indent=1)}\n" for each in items]
            return "".join(texts).encode()
        case "event objects":
            return _write_events(items)
        case "text events":
            return _write_events([{"data": each} for each in items], named=True)
        case _:
            data = [{"data": json.dumps(each, indent=1)} for each in items]
            return _write_events(data, named=True) + b"data: [DONE]\n\n"


def _write_events(events: Sequence[Mapping[str, Any]], named: bool = False) -> bytes:
    """Write events; if named, the first has a type and an id that lasts."""
    text = "\ufeff: a comment\r\n"
    for number, fields in enumerate(events):
        if named and number == 0:
            text += "event: note\r\nid:7\r\n"
        for name, value in fields.items():
            lines = value.split("\n") if name == "data" else [value]
            text += "".join(f"{name}: {line}\r" for line in lines)
        text += "\n"[number % 2 :] + "\r\n"
    return text.encode()


def meant_by(kind: str, items: Sequence[Any]) -> Any:
    """What is to be given, as JSON."""
    if kind not in ("events", "text events"):
        return [*items]
    return [
        {"data": each, "event": "message" if number else "note", "id": "7"}
        for number, each in enumerate(items)
    ]


def as_json(kind: str, given: Sequence[Any], encode: Callable[[object], Any]) -> Any:
    """What was given, as JSON."""
    if kind not in ("events", "text events"):
        return [encode(each) for each in given]
    return [
        {"data": encode(each.data), "event": each.event, "id": each.id}
        for each in given
    ]
