"""Plans a call: what is meant, the arguments that say it, and the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.corpus.sample import Size

from oasmith.document import is_object

from .calling import Package
from .described import (
    Answer,
    Description,
    Media,
    Operation,
    Parameter,
    essence_of,
)
from .headers import Headers, plan_headers
from .items import KINDS, as_item, can_be_item, gives_items, meant_by, write_items
from .meaning import Meanings, NoMeaning, can_be_field, can_hold

_FILE = b"\x00\xff\r\n--file"


class NotInManifest(Exception):
    """The manifest lacks something that the description has."""


@dataclass(slots=True)
class Plan:
    keywords: dict[str, Any] = field(default_factory=dict[str, Any])
    meant: dict[tuple[str, str], Any] = field(
        default_factory=dict[tuple[str, str], Any]
    )
    media: Media | None = None
    """What the body is, if there is one."""

    body: Any = None
    left_out: list[str] = field(default_factory=list[str])
    """What is optional, and could not be tried."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    content_type: str | None
    content: bytes
    value: Any
    """What it means; text and bytes are both what they are."""

    kind: str = ""
    """How it is given, if that is item by item."""

    headers: Headers = field(default_factory=Headers)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a plan is made from."""

    description: Description
    meanings: Meanings
    package: Package


def plan_call(
    sources: Sources,
    operation: Operation,
    found: Mapping[str, Any],
    size: Size,
) -> Plan:
    """Plan a call with the required arguments alone ("least"), or with all of them.

    Raises:
        NoMeaning: Nothing valid was found for something that is required.
        NotInManifest: The manifest does not say how to pass something.
    """
    plan = Plan()
    listed = {(each["in"], each["name"]): each for each in found["parameters"]}
    for each in operation.parameters:
        if each.is_framing:
            plan.left_out.append(f"header {each.name}: the transport writes it")
        elif each.required or size == "most":
            _plan_parameter(sources, plan, each, listed)
    if operation.body and (operation.body_required or size == "most"):
        _plan_body(sources, plan, operation, found, size)
    return plan


def _plan_parameter(
    sources: Sources,
    plan: Plan,
    each: Parameter,
    listed: Mapping[tuple[str, str], Mapping[str, Any]],
) -> None:
    key = each.place, each.name
    if key not in listed:
        raise NotInManifest(f"{each.place} parameter {each.name!r}")
    holds = can_hold(each)
    try:
        value = sources.meanings.choose(each.schema, "most", holds)
    except NoMeaning as reason:
        if each.required:
            raise NoMeaning(f"{each.place} parameter {each.name!r}: {reason}") from None
        plan.left_out.append(f"{each.place} parameter {each.name!r}: {reason}")
        return
    plan.meant[key] = value
    entry = listed[key]
    plan.keywords[entry["python"]] = sources.package.decode(entry["decode"], value)


def _plan_body(
    sources: Sources,
    plan: Plan,
    operation: Operation,
    found: Mapping[str, Any],
    size: Size,
) -> None:
    if found["body"] is None:
        raise NotInManifest("the body")
    entry = found["body"]["media"][0]
    essence = essence_of(entry["content_type"])
    media = next((m for m in operation.body if m.essence == essence), None)
    media = media or next((m for m in operation.body if "*" in m.essence), None)
    if media is None:
        raise NotInManifest(f"a body of {entry['content_type']!r}")
    try:
        _plan_media(sources, plan, media, entry, size)
    except NoMeaning as reason:
        if operation.body_required:
            raise NoMeaning(f"the body: {reason}") from None
        plan.left_out.append(f"the body: {reason}")


def _plan_media(
    sources: Sources,
    plan: Plan,
    media: Media,
    entry: Mapping[str, Any],
    size: Size,
) -> None:
    match entry["kind"]:
        case "text":
            value: Any = "Grüße & more"
            plan.keywords[entry["python"]] = value
        case "bytes":
            value = _FILE
            plan.keywords[entry["python"]] = value
        case "lines":
            holds = can_be_item("lines")
            sizes: tuple[Size, ...] = ("most", size)
            choose = sources.meanings.choose
            value = [choose(media.item, each, holds) for each in sizes]
            decode = entry["decode"]
            made = [sources.package.decode(decode, item) for item in value]
            plan.keywords[entry["python"]] = made
        case "json" if entry["python"] is not None:
            value = sources.meanings.choose(media.schema, size, lambda _: True)
            made = (
                sources.package.decode(entry["decode"], value)
                if value is not None
                else None
            )
            plan.keywords[entry["python"]] = made
        case "json":
            value = _plan_fields(sources, plan, media, entry, size)
            if not value and not plan.keywords.keys() & _names(entry):
                # Nothing of it is given: an optional body is then left out.
                plan.media, plan.body = None, None
        case _:
            value = _plan_fields(sources, plan, media, entry, size)
    plan.media, plan.body = media, value


def _names(entry: Mapping[str, Any]) -> set[str]:
    return {each["python"] for each in entry["fields"]}


def _plan_fields(
    sources: Sources,
    plan: Plan,
    media: Media,
    entry: Mapping[str, Any],
    size: Size,
) -> dict[str, Any]:
    files = (
        sources.description.file_fields(media) if entry["kind"] == "multipart" else {}
    )
    required = {each["name"] for each in entry["fields"] if each["required"]}
    is_form = entry["kind"] != "json"
    mark = media.mark_of if entry["kind"] == "multipart" else lambda _: None

    def holds(value: Any) -> bool:
        return is_object(value) and not (
            is_form
            and any(
                name in required
                and name not in files
                and not can_be_field(item, mark(name))
                for name, item in value.items()
            )
        )

    whole = sources.meanings.choose(media.schema, size, holds)
    made: dict[str, Any] = {}
    for each in entry["fields"]:
        name = each["name"]
        if name not in whole:
            continue
        value = whole[name]
        if name in files:
            made[name] = [_FILE, _FILE] if files[name] else _FILE
            kind = _type_of_file(media, name)
            sent = [sources.package.make_file(_FILE, kind) for _ in range(2)]
            plan.keywords[each["python"]] = sent if files[name] else sent[0]
        elif is_form and not can_be_field(value, mark(name)):
            plan.left_out.append(f"field {name!r}: a form can't hold it")
        else:
            made[name] = value
            decode = each["decode"] if value is not None else None
            plan.keywords[each["python"]] = sources.package.decode(decode, value)
    return made


def _type_of_file(media: Media, name: str) -> str | None:
    """The first media type that the description allows for a file."""
    described = media.encoding.get(name, {}).get("contentType", "")
    first = described.partition(",")[0].strip()
    return None if "*" in first or not first else first


def plan_replies(
    sources: Sources,
    operation: Operation,
    found: Mapping[str, Any],
    *,
    errors: bool,
) -> list[Reply]:
    """An answer of each status and media type: those of success, or those of errors.

    Media types that the client does not ask for are left out: of Swagger 2.0 it asks
    for JSON where that is offered.

    Raises:
        NoMeaning: There is one that no valid value was found for.
    """
    meanings = sources.meanings
    succeeds = any(each.status.startswith("2") for each in operation.answers)
    replies: list[Reply] = []
    for each in operation.answers:
        status = _status_of(each, succeeds)
        if (status >= 400) != errors or status < 200:
            continue
        if succeeds and not errors and status >= 300:
            continue
        bodiless = operation.method == "HEAD" or status in (204, 205, 304)
        kinds: list[Media | None] = [] if bodiless else [*each.media]
        entries = [it for it in found["responses"] if it["status"] == each.status]
        listed = {it["content_type"]: it["kind"] for it in entries}
        headers = Headers()
        if entries and not errors:
            headers = plan_headers(sources.description, meanings, each, entries[0])
        asked = [it for it in kinds if it is not None and it.content_type in listed]
        if kinds and not asked and gives_items(found):
            # What is given as a whole has a function of its own.
            continue
        chosen: list[Media | None] = [*asked]
        for media in chosen or [None]:
            kind = "" if media is None else listed[media.content_type]
            if media is not None and kind in KINDS:
                reply = _make_items(meanings, status, media, kind)
            else:
                reply = _make_reply(meanings, status, media)
            replies.append(replace(reply, headers=headers))
    if not replies and not errors:
        replies.append(Reply(200, None, b"", None))
    return replies


def _status_of(answer: Answer, succeeds: bool) -> int:
    if answer.status == "default":
        return 500 if succeeds else 200
    if answer.status[1:].upper() == "XX":
        return int(answer.status[0]) * 100 + (99 if answer.status[0] in "45" else 0)
    return int(answer.status)


def _make_items(meanings: Meanings, status: int, media: Media, kind: str) -> Reply:
    """An answer of two items."""
    holds = can_be_item(kind)
    sizes: tuple[Size, ...] = ("most", "least")
    try:
        chosen = [meanings.choose(media.item, size, holds) for size in sizes]
    except NoMeaning as reason:
        raise NoMeaning(f"an item of the answer {status}: {reason}") from None
    items = [as_item(kind, each) for each in chosen]
    content, meant = write_items(kind, items), meant_by(kind, items)
    return Reply(status, media.content_type, content, meant, kind)


def _make_reply(meanings: Meanings, status: int, media: Media | None) -> Reply:
    if media is None:
        return Reply(status, None, b"", None)
    is_range = media.essence in ("*/*", "application/*")
    if media.is_json or (is_range and media.schema):
        content_type = "application/json" if is_range else media.content_type
        if media.schema is None:
            value: Any = {"any": ["thing", None]}
        else:
            try:
                value = meanings.choose(media.schema, "most", lambda _: True)
            except NoMeaning as reason:
                raise NoMeaning(f"the answer {status}: {reason}") from None
        return Reply(status, content_type, json.dumps(value).encode(), value)
    content_type = media.content_type.replace("*", "plain")
    text = "Grüße\r\n"
    return Reply(status, content_type, text.encode(), text)
