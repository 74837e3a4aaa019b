"""What may stand at each place, and where it is seen in what is generated.

Nearly everywhere any text may stand; here are the places where that is not so.
"""

from __future__ import annotations

import re
from typing import Literal

Verdict = Literal["accept", "reject", "either"]
"""Whether a package is made. "either" has no word on that, but is as safe."""

_COMPONENT_NAME = re.compile(r"[A-Za-z0-9._-]+")
"""OpenAPI 3.1.1, Components Object."""

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""RFC 9110, 5.6.2: the names of header fields."""

_COMPONENTS = frozenset({"oauth_name", "parameter_key", "schema_name", "scheme_name"})
"""The names of components that are used; others are not looked at."""

_FIELD_NAMES = frozenset({"header_name", "key_name"})

DOCUMENTED = frozenset(
    [
        *("title", "tag", "description", "path_parameter_description"),
        *("query_description", "header_description", "property_description"),
        *("schema_description", "field_description", "scheme_description"),
        *("token_url",),
    ]
)
"""What stands in a docstring, word by word."""

CONSTANT = frozenset(
    [
        *("query_name", "constant_name", "deep_name", "header_name", "cookie_name"),
        *("enum", "constant", "item_enum", "property", "property_enum"),
        *("property_constant", "form_field", "part_name", "field", "field_enum"),
        *("discriminator", "mapping_key", "key_name", "path_name"),
    ]
)
"""What stands in the code as a string that is equal to it."""


def verdict_of(place: str, text: str) -> Verdict:
    """Whether a package is to be made with a text at a place."""
    match place:
        case "status":
            return "reject"
        case "path_name" if re.search(r"[{}/?#]", text) or not text:
            return "either"
        case "segment" | "server_path" | "variable" if re.search(r"[{}?#]", text):
            return "either"
        case "pattern_key":
            return "either"
        case _ if place in _COMPONENTS and not _COMPONENT_NAME.fullmatch(text):
            return "reject"
        case _:
            return "accept"


def can_be_sent(place: str, text: str) -> bool:
    """Whether a request can hold it; if not, the call says so and sends nothing."""
    if place in _FIELD_NAMES:
        return _TOKEN.fullmatch(text) is not None
    if place == "segment":
        # Whoever resolves the address would be led elsewhere (RFC 3986, 5.2.4).
        return not {".", ".."} & {*text.split("/")}
    if place == "part_media":
        # Several are a choice, and what the value is then says which.
        return "," in text or (text.isascii() and text.isprintable())
    return True


def is_alone(place: str, text: str) -> bool:
    """Whether a text has a description of its own, as others would not be seen."""
    return verdict_of(place, text) != "accept" or not can_be_sent(place, text)
