"""Headers of answers: what is meant, how a server writes it, and what is read of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.corpus.same_json import first_difference, is_respelled, is_same

from oasmith.document import is_array, is_object

from .calling import Package
from .described import Answer, Description, Parameter
from .meaning import Meanings, NoMeaning, can_hold

_SERVERS_OWN = (
    *("content-encoding", "content-length", "content-type", "connection", "date"),
    *("keep-alive", "server", "trailer", "transfer-encoding", "upgrade"),
)
"""What the server of the tests writes itself, or the client acts upon."""


@dataclass(slots=True)
class Headers:
    """The headers of an answer."""

    texts: dict[str, str] = field(default_factory=dict[str, str])
    """By the names that the description has."""

    meant: dict[str, Any] = field(default_factory=dict[str, Any])
    """By the attributes that they are read by."""

    type: str = ""
    """The class that reads them, as "module:attribute"."""

    left_out: list[str] = field(default_factory=list[str])


def plan_headers(
    description: Description,
    meanings: Meanings,
    answer: Answer,
    described: Mapping[str, Any],
) -> Headers:
    """Mean something by each header that the package can read."""
    listed = {each["name"].lower(): each for each in described.get("headers", ())}
    made = Headers(type=described.get("headers_type", ""))
    for each in answer.headers:
        if each.name.lower() not in listed:
            made.left_out.append(f"header {each.name!r}: nothing reads it")
        elif each.name.lower() in _SERVERS_OWN:
            made.left_out.append(f"header {each.name!r}: the server writes it")
        else:
            entry = listed[each.name.lower()]
            try:
                value = meanings.choose(each.schema, "most", can_hold(each))
            except NoMeaning as reason:
                made.left_out.append(f"header {each.name!r}: {reason}")
            else:
                value = _described_part(description, each, value)
                text = made.texts[each.name] = _write(each, value)
                # What the style can't tell apart is given as it is, with a warning.
                made.meant[entry["python"]] = text if entry["type"] == "str" else value
    return made


def _described_part(description: Description, each: Parameter, value: Any) -> Any:
    """A value without what nothing is said of: a header does not tell "5" from 5."""
    schema = {} if each.schema is None else description.resolve(each.schema)[0]
    named = schema.get("properties", {}) if is_object(schema) else {}
    if not named or not is_object(value) or "additionalProperties" in schema:
        return value
    return {name: item for name, item in value.items() if name in named}


def judge_headers(package: Package, planned: Headers) -> str:
    """What is wrong with the headers of the last answer; nothing, one hopes."""
    if not planned.meant:
        return ""
    read = package.load(planned.type)(package.answered)
    for attribute, meant in planned.meant.items():
        try:
            given = package.encode(getattr(read, attribute))
        except Exception as error:  # Whatever it is, it is for the report.
            return f"header {attribute}: {type(error).__name__}: {error}"
        if not (is_same(meant, given) or is_respelled(meant, given)):
            return f"header {attribute}: {first_difference(meant, given)}"
    return ""


def _write(each: Parameter, value: Any) -> str:
    """Write a value in the style simple, which headers have (3.1.1, 4.8.21)."""
    if each.media is not None and each.media.is_json:
        return json.dumps(value)
    if is_array(value):
        return ",".join(map(_text, value))
    if is_object(value):
        mark = "=" if each.explode else ","
        return ",".join(f"{key}{mark}{_text(item)}" for key, item in value.items())
    return _text(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
