"""What generated modules import: of the runtime, and of the standard library."""

from __future__ import annotations

from .package import Symbol

_RUNTIME = {
    "_runtime.answers": "by_media read_bytes read_json read_nothing read_text",
    "_runtime.async_streams": "AsyncItemStream",
    "_runtime.checks": (
        "check_array check_choice check_choices check_number check_object check_str"
    ),
    "_runtime.content": (
        "binary_content form_content json_content lines_content multipart_content"
        " text_content"
    ),
    "_runtime.decode": (
        "decode_rest optional optional_bool optional_datetime optional_float"
        " optional_int optional_str required required_bool required_datetime"
        " required_float required_int required_str"
    ),
    "_runtime.headers": (
        "TypedHeader TypedHeaders header_entries header_items header_json"
        " header_members header_scalar header_timestamp"
    ),
    "_runtime.model": "Model",
    "_runtime.operation": "AsyncSender Operation Sender",
    "_runtime.request": "File Request",
    "_runtime.streams": (
        "ItemStream ServerSentEvent read_event_objects read_events read_lines"
        " read_no_items read_sequence read_text_events"
    ),
    "_runtime.structures": (
        "constant items_of list_of map_of nullable one_of tagged tuple_of"
    ),
    "_runtime.unset": "UNSET Unset",
    "_runtime.uploads": "FileSource",
    "_runtime.values": (
        "decode_any decode_array decode_bool decode_bytes decode_date decode_datetime"
        " decode_decimal decode_float decode_int decode_null decode_object decode_str"
        " decode_time decode_uuid"
    ),
}

_ON_DEMAND = {
    "_runtime.envelopes": "read_checked read_optional_result read_result",
    "_runtime.page_styles": (
        "CursorPages LinkedPages NumberedPages OffsetPages UrlPages"
    ),
    "_runtime.pages": "AsyncPaginator Pages Paginator",
}
"""What is imported only where a setting asks for it."""

_MODULES = {
    name: module
    for part in (_RUNTIME, _ON_DEMAND)
    for module, names in part.items()
    for name in names.split()
}

ON_DEMAND_NAMES = frozenset(
    name for names in _ON_DEMAND.values() for name in names.split()
)

RUNTIME_NAMES = (frozenset(_MODULES) - ON_DEMAND_NAMES) | {"styles"}
"""The names that generated modules of any package may import from the runtime."""

STYLES = Symbol("_runtime", "styles")
"""The module, since its functions are called as arguments often are: "label"."""

SERVERS = Symbol("_runtime", "servers")
"""The module, since its functions are called as variables often are: "host"."""


def runtime(name: str) -> Symbol:
    """A name of the runtime."""
    return Symbol(_MODULES[name], name)


def standard(module: str, name: str) -> Symbol:
    """A name of the standard library."""
    return Symbol(module, name, external=True)


DATETIME = Symbol("datetime", "dt", external=True)
"""The module, which is imported under a short name: fields are often called date."""

ANY = standard("typing", "Any")
ITERABLE = standard("collections.abc", "Iterable")
LITERAL = standard("typing", "Literal")
TYPE_ALIAS = standard("typing", "TypeAlias")
GET_ARGS = standard("typing", "get_args")
