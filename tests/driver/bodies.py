"""Reads a request's body back: JSON, forms, parts, text and bytes."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

from oasmith.document import is_array, is_object

from .decoding import Unreadable, as_meant, unescape_form
from .described import Media

_MARKS = {
    "form": ",",
    "spaceDelimited": "%20",
    "pipeDelimited": "%7C",
    "tabDelimited": "%09",
}


def read_body(media: Media, content_type: str, content: bytes, meant: Any) -> Any:
    """The value of a body; bytes stay bytes, at any place.

    Raises:
        Unreadable: It is not of the media type that it is described to have.
    """
    essence = content_type.partition(";")[0].strip().lower()
    wanted = media.essence
    if "*" not in wanted and essence != wanted:
        raise Unreadable(f"the body is {essence!r}, and not {wanted!r}")
    if essence.endswith(("/json", "+json")):
        return json.loads(content)
    if media.item is not None and is_array(meant):
        return [json.loads(line) for line in content.splitlines()]
    if essence == "application/x-www-form-urlencoded" and is_object(meant):
        return _read_form(media, content.decode("ascii"), meant)
    if essence.startswith("multipart/") and is_object(meant):
        return _read_parts(media, content_type, content, meant)
    return content if isinstance(meant, bytes) else content.decode()


def _read_form(media: Media, text: str, meant: dict[str, Any]) -> dict[str, Any]:
    pairs = [
        (unescape_form(name), value)
        for name, _, value in (part.partition("=") for part in text.split("&") if part)
    ]
    made: dict[str, Any] = {}
    for name, wanted in meant.items():
        encoding = media.encoding.get(name, {})
        style = encoding.get("style", "form" if "explode" in encoding else "")
        explode = encoding.get("explode", style in ("form", ""))
        own = [value for key, value in pairs if key == name]
        taken = {name}
        if style == "form" and explode and is_object(wanted):
            taken = set(wanted)
            members = [(key, value) for key, value in pairs if key in taken]
            made[name] = {k: as_meant(unquote(v), wanted[k]) for k, v in members}
        elif style == "deepObject":
            members = [(k, v) for k, v in pairs if k.startswith(name + "[")]
            taken = {key for key, _ in members}
            plain = [(k.removeprefix(name)[1:-1], unquote(v)) for k, v in members]
            made[name] = {k: as_meant(v, wanted.get(k)) for k, v in plain}
        elif own:
            made[name] = _read_field(own, style, explode, wanted)
        pairs = [(key, value) for key, value in pairs if key not in taken]
    if pairs:
        raise Unreadable(f"nobody knows what the field {pairs[0][0]!r} is")
    return made


def _read_field(own: list[str], style: str, explode: bool, wanted: Any) -> Any:
    if is_array(wanted) and style and not explode:
        own = own[0].split(_MARKS[style])
    texts = [unescape_form(each) for each in own]
    if is_array(wanted):
        hints = [*wanted, *[None] * len(texts)]
        return [as_meant(text, hints[at]) for at, text in enumerate(texts)]
    if len(texts) > 1:
        raise Unreadable("a field arrived twice")
    return as_meant(texts[0], wanted)


def _read_parts(
    media: Media, content_type: str, content: bytes, meant: dict[str, Any]
) -> dict[str, Any]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = message_from_bytes(head + content, policy=policy.HTTP)
    assert isinstance(message, EmailMessage)
    made: dict[str, Any] = {}
    for part in message.iter_parts():
        assert isinstance(part, EmailMessage)
        name = part.get_param("name", header="content-disposition")
        if not isinstance(name, str) or name not in meant:
            raise Unreadable(f"nobody knows what the part {name!r} is")
        wanted = meant[name]
        mark = media.mark_of(name)
        if mark and not isinstance(wanted, bytes):
            made[name] = _read_joined(part, mark, wanted)
        elif is_array(wanted):
            items = made.setdefault(name, [])
            hint = wanted[len(items)] if len(items) < len(wanted) else None
            items.append(_read_part(media, part, name, hint))
        else:
            if name in made:
                raise Unreadable(f"the part {name!r} arrived twice")
            made[name] = _read_part(media, part, name, wanted)
    return made


def _read_joined(part: EmailMessage, mark: str, wanted: Any) -> Any:
    """The value of a part that is written by a style (3.2.0 section 4.15.1.2)."""
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    if part.get("content-type", "text/plain") != "text/plain":
        raise Unreadable("a part that has a style is text")
    if is_array(wanted):
        texts = payload.decode().split(mark)
        hints = [*wanted, *[None] * len(texts)]
        return [as_meant(text, hints[at]) for at, text in enumerate(texts)]
    if is_object(wanted):
        texts = payload.decode().split(mark)
        pairs = zip(texts[::2], texts[1::2], strict=True)
        return {key: as_meant(text, wanted.get(key)) for key, text in pairs}
    return as_meant(payload.decode(), wanted)


def _read_part(media: Media, part: EmailMessage, name: str, wanted: Any) -> Any:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    described = media.encoding.get(name, {}).get("contentType", "")
    kind = part.get_content_type() if "content-type" in part else "text/plain"
    if described and not _allows(described, kind):
        raise Unreadable(f"the part {name!r} is {kind!r}, and not {described!r}")
    if isinstance(wanted, bytes):
        if part.get_filename() is None:
            raise Unreadable(f"the part {name!r} is no file")
        return payload
    if kind.endswith("json"):
        return json.loads(payload)
    if is_object(wanted) and not described:
        raise Unreadable(f"the part {name!r} is {kind!r}, and no JSON")
    return as_meant(payload.decode(), wanted)


def _allows(described: str, kind: str) -> bool:
    ranges = [each.partition(";")[0].strip().lower() for each in described.split(",")]
    return any(
        each in ("*/*", kind) or (each.endswith("/*") and kind.startswith(each[:-1]))
        for each in ranges
    )
