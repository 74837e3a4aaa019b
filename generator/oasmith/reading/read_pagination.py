"""Reads what descriptions say of how answers go on, each in an extension.

``x-pagination`` has the keys of the table in pyproject.toml. ``x-ms-pageable`` is that
of AutoRest, and ``x-speakeasy-pagination`` that of Speakeasy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..answer_rules import BadRule, PaginationRule, make_rule
from ..diagnostics import Diagnostics, Place
from ..document import Pointer, is_array, is_object, join_pointer

_PATH = re.compile(r"\$((?:\.[^.\[\]*?()]+|\['[^']*'\]|\[-1\])*)")
_STEP = re.compile(r"\.([^.\[]+)|\['([^']*)'\]|\[(-1)\]")


def read_pagination(
    raw: Mapping[str, Any], place_of: Callable[[str], Place], diagnostics: Diagnostics
) -> PaginationRule | None:
    """Read the first of the extensions that an operation has.

    Args:
        raw: The operation.
        place_of: Where a member of it stands.
    """
    for key, read in _READERS.items():
        if key not in raw:
            continue
        place = place_of(key)
        try:
            if not is_object(raw[key]):
                raise BadRule(key, "it is no object")
            rule = read(raw[key])
        except BadRule as bad:
            diagnostics.warning(
                "unsupported-pagination",
                f'"{key}" is not read: {bad.problem}',
                place,
                help="say it by [[tool.oasmith.client.pagination]]",
            )
            return None
        return rule and rule._replace(place=place)
    return None


def _read_own(raw: Mapping[str, Any]) -> PaginationRule | None:
    said = {key: value for key, value in raw.items() if key != "style"}
    return make_rule(raw.get("style"), said)


def _read_autorest(raw: Mapping[str, Any]) -> PaginationRule | None:
    """Read the names of two members; without a next link all is on one page.

    The operation that is named besides is mostly one that AutoRest shall make up.
    """
    link, items = raw.get("nextLinkName"), raw.get("itemName", "value")
    if link is None:
        return None
    if not isinstance(link, str) or not isinstance(items, str):
        raise BadRule("nextLinkName", "a name in it is no text")
    said = {"next": join_pointer("", link), "items": join_pointer("", items)}
    other = raw.get("operationName")
    rule = make_rule("next-url", said)
    return rule._replace(next_operation=other if isinstance(other, str) else None)


def _read_speakeasy(raw: Mapping[str, Any]) -> PaginationRule | None:
    outputs = raw.get("outputs")
    paths = {
        name: _pointer_of(path)
        for name, path in (outputs if is_object(outputs) else {}).items()
        if name in ("results", "numPages", "nextCursor", "nextUrl")
    }
    inputs = dict(_speakeasy_inputs(raw))
    items = {"items": paths["results"]} if "results" in paths else {}
    match raw.get("type"):
        case "offsetLimit" if "page" in inputs:
            pages = {"total-pages": paths["numPages"]} if "numPages" in paths else {}
            return make_rule("page", {"parameter": inputs["page"], **items, **pages})
        case "offsetLimit" if "offset" in inputs:
            return make_rule("offset", {"parameter": inputs["offset"], **items})
        case "cursor" if "cursor" in inputs and "nextCursor" in paths:
            told = {"parameter": inputs["cursor"], "next": paths["nextCursor"]}
            return make_rule("cursor", {**told, **items})
        case "url" if "nextUrl" in paths:
            return make_rule("next-url", {"next": paths["nextUrl"], **items})
        case kind:
            raise BadRule("type", f'it lacks something that "{kind}" needs')


def _speakeasy_inputs(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parameters by what they are for: "page", "offset", "cursor"."""
    found: list[tuple[str, str]] = []
    inputs = raw.get("inputs")
    for each in inputs if is_array(inputs) else []:
        if not is_object(each) or each.get("type") == "limit":
            continue
        if each.get("in") != "parameters":
            raise BadRule("inputs", f'"{each.get("name")}" is no parameter')
        found.append((str(each.get("type")), str(each.get("name"))))
    return found


def _pointer_of(path: object) -> Pointer:
    """The pointer that a simple JSONPath stands for: "$.data.next", "$.data[-1].id"."""
    whole = _PATH.fullmatch(path) if isinstance(path, str) else None
    if whole is None:
        raise BadRule("outputs", f'"{path}" is more than names and last items')
    return join_pointer("", *map("".join, _STEP.findall(whole[1])))


_READERS: Mapping[str, Callable[[Mapping[str, Any]], PaginationRule | None]] = {
    "x-pagination": _read_own,
    "x-speakeasy-pagination": _read_speakeasy,
    "x-ms-pageable": _read_autorest,
}
