"""Reads parameters back from a request by their style: the server's side.

This knows nothing of the runtime that wrote them. What a style leaves open (whether
"5" is a number) is told by the value that was meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, unquote_plus

from oasmith.document import is_array, is_object

from .described import Operation, Parameter

_DELIMITERS = {
    "form": ",",
    "simple": ",",
    "cookie": ",",
    "spaceDelimited": "%20",
    "pipeDelimited": "%7C",
    "tabDelimited": "%09",
}


class Unreadable(Exception):
    """A request does not say what its description asks for; the message says how."""


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of a request that hold parameters, as they arrived."""

    path: str
    query: str
    headers: dict[str, str]
    """Names are in lower case."""

    cookies: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    @classmethod
    def of(cls, target: str, headers: dict[str, str]) -> Target:
        path, _, query = target.partition("?")
        written = headers.get("cookie", "")
        pairs = [part.partition("=") for part in written.split("; ") if part]
        return cls(path, query, headers, [(name, value) for name, _, value in pairs])


def read_parameters(
    operation: Operation, target: Target, meant: dict[tuple[str, str], Any]
) -> dict[tuple[str, str], Any]:
    """The values of all parameters that arrived, by place and name.

    Raises:
        Unreadable: One is not written in its style, or nobody knows what it is.
    """
    found: dict[tuple[str, str], Any] = {}
    segments = _match_path(operation.path, target.path)
    query = [each.partition("=") for each in target.query.split("&") if each]
    pairs = {
        "query": [(unquote(name), value) for name, _, value in query],
        "cookie": [(unquote(name), value) for name, value in target.cookies],
    }
    for each in operation.parameters:
        key = each.place, each.name
        if each.is_framing:
            continue
        value = meant.get(key)
        match each.place:
            case "path":
                found[key] = _read_segment(each, segments[each.name], value)
            case "header":
                if (text := target.headers.get(each.name.lower())) is not None:
                    found[key] = _read_header(each, text, value)
            case "querystring":
                if target.query:
                    found[key] = _read_whole(each, target.query, value)
                    pairs["query"].clear()
            case place:
                taken = list(_take(each, pairs[place], value))
                if taken:
                    found[key] = _read_pairs(each, taken, value)
    if left := pairs["query"] + pairs["cookie"]:
        raise Unreadable(f"nobody knows what is {left[0][0]!r}")
    return found


def _match_path(template: str, path: str) -> dict[str, str]:
    """What stands in the place of each parameter of a template."""
    template = template.partition("#")[0].partition("?")[0]
    names: list[str] = re.findall(r"\{([^{}]*)\}", template)
    texts = re.split(r"\{[^{}]*\}", template)
    pattern = _fixed(texts[0])
    for number, text in enumerate(texts[1:]):
        pattern += f"(?P<p{number}>[^/]*?)" + _fixed(text)
    # What was put in must stay as it arrived.
    found = re.fullmatch(pattern, path)
    if found is None:
        raise Unreadable(f"the path {path!r} is not one of {template!r}")
    return {name: found[f"p{number}"] for number, name in enumerate(names)}


def _fixed(text: str) -> str:
    """A pattern of what is fixed in a path, which may be percent-encoded or not."""
    written = {re.escape(text), re.escape(quote(text, safe="/%:@!$&'()*+,;="))}
    return f"(?:{'|'.join(sorted(written))})"


def _read_segment(each: Parameter, text: str, meant: Any) -> Any:
    if each.media is not None:
        return _read_media(each, unquote(text), meant)
    match each.style:
        case "label":
            if not text.startswith("."):
                raise Unreadable(f"{text!r} is no label")
            mark = "." if each.explode else ","
            return _read_list(text[1:], mark, each.explode, meant)
        case "matrix":
            return _read_matrix(each, text, meant)
        case _:
            return _read_list(text, ",", each.explode, meant)


def _read_matrix(each: Parameter, text: str, meant: Any) -> Any:
    if not text.startswith(";"):
        raise Unreadable(f"{text!r} is no matrix")
    parts = [part.partition("=") for part in text[1:].split(";")]
    pairs = [(unquote(name), value) for name, _, value in parts]
    if not each.explode or not (is_object(meant) or is_array(meant)):
        [(name, value)] = pairs
        _expect_name(each, name)
        return _read_list(value, ",", False, meant)
    return _from_pairs(each, pairs, meant)


def _read_header(each: Parameter, text: str, meant: Any) -> Any:
    if each.media is not None:
        return _read_media(each, text, meant)
    return _read_list(text, ",", each.explode, meant, encoded=False)


def _read_whole(each: Parameter, query: str, meant: Any) -> Any:
    if each.media is not None and each.media.is_json:
        return json.loads(unquote(query))
    if each.media is not None and each.media.essence.endswith("form-urlencoded"):
        return _from_fields(parse_qsl(query, keep_blank_values=True), meant)
    return unquote(query)


def _from_fields(pairs: list[tuple[str, str]], meant: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in dict.fromkeys(name for name, _ in pairs):
        texts = [text for key, text in pairs if key == name]
        wanted = meant.get(name) if is_object(meant) else None
        if is_array(wanted):
            made[name] = [as_meant(t, w) for t, w in zip(texts, wanted, strict=False)]
        else:
            made[name] = as_meant(texts[0], wanted)
    return made


def _take(
    each: Parameter, pairs: list[tuple[str, str]], meant: Any
) -> Iterator[tuple[str, str]]:
    """Take a parameter's own pairs out of a list."""
    spread = each.explode and is_object(meant) and each.style in ("form", "cookie")
    for pair in list(pairs):
        name = pair[0]
        own = name == each.name
        if spread and each.media is None:
            own = name in meant
        if each.style == "deepObject":
            own = own or name.startswith(each.name + "[")
        if own:
            pairs.remove(pair)
            yield pair


def _read_pairs(each: Parameter, pairs: list[tuple[str, str]], meant: Any) -> Any:
    escaped = each.style != "cookie"
    if each.media is not None:
        return _read_media(each, unquote(pairs[0][1]), meant)
    if each.style == "deepObject" and (is_object(meant) or is_array(meant)):
        return _read_deep(each, pairs, meant)
    if each.explode and (is_object(meant) or is_array(meant)):
        return _from_pairs(each, pairs, meant, encoded=escaped)
    if len(pairs) > 1:
        raise Unreadable(f"{each.name!r} arrived {len(pairs)} times")
    mark = _DELIMITERS.get(each.style, ",")
    return _read_list(pairs[0][1], mark, False, meant, encoded=escaped)


def _read_deep(each: Parameter, pairs: Sequence[tuple[str, str]], meant: Any) -> Any:
    root: dict[str, Any] = {}
    for name, value in pairs:
        keys = name.removeprefix(each.name).removeprefix("[").removesuffix("]")
        *above, last = keys.split("][")
        here = root
        for key in above:
            here = here.setdefault(key, {})
        here[last] = unquote(value)
    return _deep_as_meant(root, meant)


def _deep_as_meant(found: Any, meant: Any) -> Any:
    if is_object(found):
        if is_array(meant):
            items = [found[str(index)] for index in range(len(found))]
            wanted = [*meant, *[None] * len(items)]
            return [_deep_as_meant(it, wanted[at]) for at, it in enumerate(items)]
        wanted_of = meant if is_object(meant) else {}
        return {k: _deep_as_meant(it, wanted_of.get(k)) for k, it in found.items()}
    return as_meant(found, meant)


def _from_pairs(
    each: Parameter,
    pairs: Sequence[tuple[str, str]],
    meant: Any,
    encoded: bool = True,
) -> Any:
    texts = [(name, unquote(value) if encoded else value) for name, value in pairs]
    if is_object(meant):
        return {name: as_meant(text, meant.get(name)) for name, text in texts}
    for name, _ in texts:
        _expect_name(each, name)
    return _items([text for _, text in texts], meant)


def _read_list(
    text: str, mark: str, explode: bool, meant: Any, *, encoded: bool = True
) -> Any:
    """Read a scalar, an array or an object whose parts a delimiter joins."""
    plain = unquote if encoded else str
    if not (is_object(meant) or is_array(meant)):
        return as_meant(plain(text), meant)
    parts = text.split(mark)
    if is_array(meant):
        return _items([plain(part) for part in parts], meant)
    if explode:
        pairs = [part.partition("=") for part in parts]
        members = [(plain(name), plain(value)) for name, _, value in pairs]
    else:
        if len(parts) % 2:
            raise Unreadable(f"{text!r} is no list of names and values")
        members = [
            (plain(name), plain(value))
            for name, value in zip(parts[::2], parts[1::2], strict=True)
        ]
    return {name: as_meant(value, meant.get(name)) for name, value in members}


def _items(texts: Sequence[str], meant: Any) -> list[Any]:
    wanted = [*meant, *[None] * len(texts)]
    return [as_meant(text, wanted[index]) for index, text in enumerate(texts)]


def as_meant(text: str, meant: Any) -> Any:
    """A text as a value of the kind that was meant, or as it is where it is none."""
    match meant:
        case bool():
            return {"true": True, "false": False}.get(text, text)
        case int() | float():
            return _as_number(text)
        case dict() | list():
            try:
                return json.loads(text)
            except ValueError:
                return text
        case None:
            return None if text == "" else text
        case _:
            return text


def _as_number(text: str) -> Any:
    # OpenAPI has no exponents outside JSON, and no server expects them.
    if not text.lstrip("-").replace(".", "", 1).isdecimal():
        return text
    return float(text) if "." in text else int(text)


def _expect_name(each: Parameter, name: str) -> None:
    if name != each.name:
        raise Unreadable(f"{name!r} stands for {each.name!r}")


def _read_media(each: Parameter, text: str, meant: Any) -> Any:
    assert each.media is not None
    return json.loads(text) if each.media.is_json else as_meant(text, meant)


def unescape_form(text: str) -> str:
    """A text of a form, where "+" is a space."""
    return unquote_plus(text)
