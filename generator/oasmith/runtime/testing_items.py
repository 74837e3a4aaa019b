# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Bodies as a server would write them: JSON, text, bytes and items, for fakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from .answers import charset_of
from .kinds import describe, is_object, is_sequence
from .model import dump_json, to_json
from .streams import ServerSentEvent
from .unset import UNSET


class Unfit(Exception):
    """A value can't be written in this form; the message says why."""


def write_body(kind: str, content_type: str, value: object) -> bytes:
    """Write a value so that it is read back.

    Args:
        kind: How it is read, as manifest.json has it.

    Raises:
        Unfit: It can't be written like this.
        InvalidArgument: JSON has nothing for it.
    """
    match kind, value:
        case "none", _ if value is None or value is UNSET:
            return b""
        case _ if value is UNSET:
            raise Unfit(f"a body is wanted, of {content_type}")
        case "json", _:
            return dump_json(value).encode()
        case "text", str():
            return _encode(value, charset_of(content_type))
        case "bytes", bytes():
            return value
        case ("none" | "text" | "bytes"), _:
            wanted = "no body" if kind == "none" else f"{kind} of {content_type}"
            raise Unfit(f"{wanted} is wanted, not {describe(value)}")
        case _ if is_sequence(value):
            return b"".join(_WRITERS[kind](value))
        case _:
            raise Unfit(f"a list of items is wanted, not {describe(value)}")


def _encode(text: str, charset: str) -> bytes:
    try:
        return text.encode(charset)
    except (LookupError, UnicodeEncodeError):
        raise Unfit(f'text in "{charset}" is wanted') from None


def _write_lines(items: Sequence[object]) -> Iterator[bytes]:
    for item in items:
        yield dump_json(item).encode() + b"\n"


def _write_sequence(items: Sequence[object]) -> Iterator[bytes]:
    for item in items:
        yield b"\x1e" + dump_json(item).encode() + b"\n"


def _write_events(items: Sequence[object]) -> Iterator[bytes]:
    """Write server-sent events of which the data is JSON, alone or in an event."""
    for event in _events(items):
        yield _write_event({**event, "data": dump_json(event["data"])})


def _write_text_events(items: Sequence[object]) -> Iterator[bytes]:
    for event in _events(items):
        yield _write_event(event)


def _write_event_objects(items: Sequence[object]) -> Iterator[bytes]:
    for item in items:
        fields = to_json(item)
        if not is_object(fields):
            raise Unfit(f"an event's fields are wanted, not {describe(item)}")
        yield _write_event(fields)


_WRITERS = {
    "events": _write_events,
    "text events": _write_text_events,
    "event objects": _write_event_objects,
    "lines": _write_lines,
    "sequence": _write_sequence,
}


def _events(items: Sequence[object]) -> Iterator[dict[str, Any]]:
    """The fields of each event; an id holds until there is another one."""
    last_id = ""
    for item in items:
        event = item if _is_event(item) else ServerSentEvent(item, id=last_id)
        fields: dict[str, Any] = {"data": event.data}
        if event.event != "message":
            fields["event"] = event.event
        if event.id != last_id:
            fields["id"] = last_id = event.id
        yield fields


def _is_event(item: object) -> TypeGuard[ServerSentEvent[Any]]:
    return isinstance(item, ServerSentEvent)


def _write_event(fields: Mapping[str, Any]) -> bytes:
    """Write an event of some fields (WHATWG HTML, section 9.2.5)."""
    data = fields.get("data")
    if not isinstance(data, str):
        raise Unfit(f"an event's data must be a string, not {describe(data)}")
    lines = [f"data: {line}" for line in data.split("\n")]
    lines += [f"{name}: {fields[name]}" for name in fields if name != "data"]
    if any("\r" in line or "\n" in line for line in lines):
        raise Unfit("a server-sent event can't hold this line break")
    return "\n".join([*lines, "", ""]).encode()
