# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""How parameters are written: the styles of OpenAPI 3.0.4, 3.1.2 and 3.2.

Values are percent-encoded one by one and then joined (RFC 6570 section 3.2.1, with
the expansions 3.2.2 to 3.2.8). By the table "Style Examples":

- null is written like the empty string where it stands by itself ("color="), and left
  out of arrays and objects (RFC 6570 section 2.3);
- an empty array or object is left out (RFC 6570 section 2.3), but by label and matrix
  it is written like null, since a path can't go without it: "." and ";color";
- arrays and objects hold scalars only; all else is not defined, and refused.

``simple``, ``label`` and ``matrix`` are for paths, ``form``, ``delimited`` and
``deep_object`` for queries and form bodies, ``joined`` for parts of these,
``form_string`` and ``whole_string`` for whole queries, ``header`` for headers,
``cookie`` for cookies. What they give is put where it belongs as it is; UNSET stays
UNSET.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote

from .errors import InvalidArgument
from .kinds import describe, is_array, is_object
from .model import dump_json, to_json
from .unset import UNSET, Unset

_RESERVED = "/?:@!$&'()*+,;="
"""RFC 3986 section 2.2, without what a query can't hold (section 3.4): # [ ]."""


_RESERVED_IN_COOKIES = _RESERVED.replace(";", "")

_RESERVED_IN_PATHS = "!$&'()*+,;=:@"
"""What a segment can hold (RFC 3986 section 3.3)."""


class Styled(str):
    """Text that needs no more encoding."""

    __slots__ = ()


def simple(
    name: str,
    value: object,
    *,
    explode: bool = False,
    delimiter: str = ",",
    allow_reserved: bool = False,
) -> Styled | Unset:
    """Write a part of a path: "blue", "blue,black", "R,100,G,200" or "R=100,G=200".

    Swagger 2.0 has other delimiters, those of ``delimited``: "blue%7Cblack".
    """
    separator = delimiter if delimiter == "," else quote(delimiter)
    safe = _safe_in_path(allow_reserved)
    return _show_dots(_expand(name, value, separator, explode, safe))


def label(
    name: str, value: object, *, explode: bool = False, allow_reserved: bool = False
) -> Styled | Unset:
    """Write a part of a path: ".blue", ".R,100,G,200" or ".R=100.G=200"."""
    if value is UNSET:
        return UNSET
    safe = _safe_in_path(allow_reserved)
    text = _expand(name, value, "." if explode else ",", explode, safe)
    return _show_dots(Styled("." if text is UNSET else "." + text))


def matrix(
    name: str, value: object, *, explode: bool = False, allow_reserved: bool = False
) -> Styled | Unset:
    """Write a part of a path: ";color=blue", ";color=R,100,G,200" or ";R=100;G=200"."""
    if value is UNSET:
        return UNSET
    safe = _safe_in_path(allow_reserved)
    pairs = _named(name, value, ";" if explode else ",", explode, safe)
    pairs = pairs or [(percent_encode(name), "")]
    return Styled("".join(f";{k}={v}" if v else f";{k}" for k, v in pairs))


def form(name: str, value: object, *, allow_reserved: bool = False) -> Styled | Unset:
    """Write a query: "color=blue", "color=blue&color=black" or "R=100&G=200"."""
    return _query(_named(name, value, "&", True, _safe(allow_reserved)))


def delimited(
    name: str, value: object, delimiter: str, *, allow_reserved: bool = False
) -> Styled | Unset:
    """Write a query whose values stand together: "color=blue,black".

    The delimiter is "," for the style form, " " for spaceDelimited, "|" for
    pipeDelimited, and a tab for tsv of Swagger 2.0.
    """
    encoded = quote(delimiter, safe=",")
    return _query(_named(name, value, encoded, False, _safe(allow_reserved)))


def deep_object(
    name: str, value: object, *, allow_reserved: bool = False
) -> Styled | Unset:
    """Write a query: "color%5BR%5D=100&color%5BG%5D=200".

    OpenAPI leaves undefined what is no object, or holds more than scalars. That is
    written as most servers read it: "created=5", "to%5B0%5D=a", "a%5Bb%5D%5Bc%5D=1".
    """
    plain = _plain(value)
    if plain is UNSET:
        return UNSET
    return _query(_deep_pairs(name, percent_encode(name), plain, _safe(allow_reserved)))


def header(
    name: str, value: object, *, explode: bool = False, delimiter: str = ","
) -> Styled | Unset:
    """Write a header like ``simple``, but without percent-encoding.

    That was never meant for headers (OpenAPI 3.1.2, appendix D).
    """
    return _expand(name, value, delimiter, explode, safe=None)


def joined(name: str, value: object, delimiter: str) -> Styled | Unset:
    """Write a part of a form whose values stand together: "blue,black".

    It is not percent-encoded (OpenAPI 3.2.0 section 4.15.1.2).
    """
    return _expand(name, value, delimiter, explode=False, safe=None)


def cookie(
    name: str,
    value: object,
    *,
    explode: bool = True,
    escape: bool = True,
    allow_reserved: bool = False,
) -> Styled | Unset:
    """Write cookies: "color=blue", "color=blue; color=black" or "R=100; G=200".

    Args:
        escape: Whether to percent-encode, as the style form does; the style cookie of
            OpenAPI 3.2 takes what is escaped already.

    Raises:
        InvalidArgument: The style escapes nothing, and the value would end the cookie.
    """
    safe = _RESERVED_IN_COOKIES + "%" if allow_reserved else ""
    pairs = _named(name, value, ",", explode, safe if escape else None)
    if pairs and not escape and not all(_is_cookie(text) for _, text in pairs):
        raise InvalidArgument(name, "must be escaped, as it is part of a cookie")
    return _query(pairs, "; ")


def form_string(name: str, value: object) -> Styled | Unset:
    """Write an object as a whole query, as HTML forms do: "a=1+2&b=true".

    An array's items are fields of the same name, and what is deeper is JSON text.
    """
    plain = _plain(value)
    if plain is UNSET:
        return UNSET
    if not is_object(plain):
        raise InvalidArgument(name, f"must be an object, not {describe(plain)}")
    pairs = [
        (_plus_encode(key), _plus_encode(_form_text(name, item)))
        for key, value in plain.items()
        for item in (value if is_array(value) else [value])
    ]
    return _query(pairs)


def whole_string(name: str, value: object) -> Styled | Unset:
    """Write text as a whole query, percent-encoded."""
    if value is UNSET:
        return UNSET
    return Styled(percent_encode(scalar_text(name, value)))


def json_text(value: object) -> str | Unset:
    """Write a parameter that the description gives a JSON ``content``."""
    return UNSET if value is UNSET else dump_json(value)


def scalar_text(name: str, value: object) -> str:
    """Write a string, number, boolean or null, or what JSON has as a string.

    Raises:
        InvalidArgument: It is none of these.
    """
    match value if isinstance(value, str) else to_json(value):
        case str() as text:
            return text
        case None:
            return ""
        case bool() as truth:
            return "true" if truth else "false"
        case int() as number:
            return str(number)
        case float() as number:
            return _float_text(name, number)
        case other:
            raise InvalidArgument(name, f"must not hold {describe(other)} here")


def percent_encode(text: str, safe: str | None = "") -> str:
    """Percent-encode as RFC 3986 says, all but ``safe`` and the unreserved.

    ``safe`` that has "%" in it keeps what is percent-encoded already; None encodes
    nothing.
    """
    if safe is None:
        return text
    try:
        encoded = quote(text, safe=safe)
    except UnicodeEncodeError:
        raise InvalidArgument("a value", "has half a surrogate pair in it") from None
    if "%" in safe and "%" in encoded:
        import re

        return re.sub("%(?![0-9A-Fa-f]{2})", "%25", encoded)
    return encoded


def _plus_encode(text: str) -> str:
    return percent_encode(text, " ").replace(" ", "+")


def _form_text(name: str, plain: object) -> str:
    deep = is_object(plain) or is_array(plain)
    return dump_json(plain) if deep else scalar_text(name, plain)


def _is_cookie(text: str) -> bool:
    """Whether it changes nothing around it (RFC 6265 section 4.2.1)."""
    return text.isascii() and text.isprintable() and ";" not in text


def _safe(allow_reserved: bool) -> str:
    return _RESERVED + "%" if allow_reserved else ""


def _safe_in_path(allow_reserved: bool) -> str:
    return _RESERVED_IN_PATHS + "%" if allow_reserved else ""


def _show_dots(text: Styled | Unset) -> Styled | Unset:
    """Write "%2E" as the dot that it is (RFC 3986 section 6.2.2.2).

    A segment of dots is refused, and must be seen.
    """
    if text is UNSET or "%2" not in text:
        return text
    return Styled(text.replace("%2E", ".").replace("%2e", "."))


def _expand(
    name: str, value: object, separator: str, explode: bool, safe: str | None = ""
) -> Styled | Unset:
    plain = _plain(value)
    if plain is UNSET:
        return UNSET
    if is_object(plain):
        joint = "=" if explode else ","
        items = [f"{k}{joint}{v}" for k, v in _members(name, plain, safe)]
    elif is_array(plain):
        items = _items(name, plain, safe)
    else:
        return Styled(percent_encode(scalar_text(name, plain), safe))
    return Styled(separator.join(items)) if items else UNSET


def _named(
    name: str, value: object, separator: str, explode: bool, safe: str | None
) -> list[tuple[str, str]] | Unset:
    """The pairs of name and value that a style writes, all of them encoded."""
    plain = _plain(value)
    if plain is UNSET:
        return UNSET
    key = percent_encode(name, None if safe is None else "")
    if is_object(plain):
        pairs = _members(name, plain, safe)
        if explode:
            return pairs
        items = [text for pair in pairs for text in pair]
    elif is_array(plain):
        items = _items(name, plain, safe)
        if explode:
            return [(key, item) for item in items]
    else:
        return [(key, percent_encode(scalar_text(name, plain), safe))]
    return [(key, separator.join(items))] if items else []


def _plain(value: object) -> object:
    scalar = value is UNSET or value is None or isinstance(value, str | int | float)
    return value if scalar else to_json(value)


def _members(
    name: str, plain: dict[str, object], safe: str | None
) -> list[tuple[str, str]]:
    safe_in_keys = None if safe is None else ""
    return [
        (
            percent_encode(key, safe_in_keys),
            percent_encode(scalar_text(name, item), safe),
        )
        for key, item in plain.items()
        if item is not None
    ]


def _items(name: str, plain: list[object], safe: str | None) -> list[str]:
    return [
        percent_encode(scalar_text(name, item), safe)
        for item in plain
        if item is not None
    ]


def _deep_pairs(name: str, key: str, plain: object, safe: str) -> list[tuple[str, str]]:
    members: Iterable[tuple[object, object]]
    if is_object(plain):
        members = plain.items()
    elif is_array(plain):
        members = enumerate(plain)
    else:
        return [(key, percent_encode(scalar_text(name, plain), safe))]
    return [
        pair
        for member, item in members
        if item is not None
        for pair in _deep_pairs(
            name, f"{key}%5B{percent_encode(str(member))}%5D", item, safe
        )
    ]


def with_pair(url: str, pair: str) -> str:
    """A URL with a pair "name=value" in its query, in place of those of that name."""
    path, _, query = url.partition("?")
    name = _name_of(pair)
    kept = [each for each in _pairs_in(query) if _name_of(each) != name]
    return f"{path}?{'&'.join([*kept, pair])}"


def find_in_query(url: str, name: str) -> str | None:
    """The first value that the query of a URL has by a name."""
    for pair in _pairs_in(url.partition("?")[2]):
        if _name_of(pair) == name:
            return unquote(pair.partition("=")[2])
    return None


def _pairs_in(query: str) -> list[str]:
    return query.split("&") if query else []


def _name_of(pair: str) -> str:
    return unquote(pair.partition("=")[0])


def _query(
    pairs: list[tuple[str, str]] | Unset, separator: str = "&"
) -> Styled | Unset:
    if not pairs:
        return UNSET
    return Styled(separator.join(f"{key}={value}" for key, value in pairs))


def _float_text(name: str, number: float) -> str:
    text = repr(number)
    if "n" in text:
        raise InvalidArgument(name, "must be a finite number")
    if "e" not in text:
        return text
    from decimal import Decimal

    return format(Decimal(text), "f")
