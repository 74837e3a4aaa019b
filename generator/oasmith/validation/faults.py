"""The harmless faults of real descriptions: how each is found, and what mends it.

A fault is harmless when its mending changes nothing that goes over the wire.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from ..document import Document, is_array, is_object, split_pointer
from ..grammar import Kind, Part, Version, holds_schema
from .edit import Append, Drop, Edit, Keep, Put, Rename
from .parameters import parameters_of, path_item_of, path_of, template_names
from .values import has_type, identity_of, show


class Scope(NamedTuple):
    """What a rule may look at besides the object in question."""

    document: Document
    version: Version


class Fault(NamedTuple):
    mending: Edit
    message: str
    member: str | None
    """The member that is at fault; None when one is missing."""


@dataclass(frozen=True, slots=True)
class ObjectRule:
    """Looks at a whole object, to see what is missing or how its members are called."""

    name: str
    kinds: tuple[Kind, ...]
    find: Callable[[Part, Scope], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class MemberRule:
    """Looks at one member of an object, where it has that."""

    name: str
    kinds: tuple[Kind, ...]
    members: tuple[str, ...]
    mend: Callable[[Part, str, Scope], tuple[Edit, str] | None]
    """Gives the edit and the message, or None when all is well."""


def _find_range_code_case(part: Part, scope: Scope) -> Iterator[Fault]:
    if scope.version == "2.0":
        return
    for code in part.value:
        if re.fullmatch("[1-5][xX]{2}", code) and code.upper() not in part.value:
            message = f'response code "{code}" is read as "{code.upper()}"'
            yield Fault(Rename(code, code.upper()), message, code)


def _find_null_member(part: Part, scope: Scope) -> Iterator[Fault]:
    if None not in part.value.values() or part.kind in _NAMED_BY_USER:
        return
    for member, value in part.value.items():
        means_something = (
            member in MAY_BE_NULL
            or member.startswith("x-")
            or holds_schema(part.kind, member)
        )
        if value is None and not means_something:
            yield Fault(Drop(member), f'"{member}" is null, and ignored', member)


def _find_missing_description(part: Part, scope: Scope) -> Iterator[Fault]:
    if scope.version != "3.2" and part.value.keys().isdisjoint(("description", "$ref")):
        message = "a response has no description; it is read as empty"
        yield Fault(Put("description", ""), message, None)


def _find_missing_responses(part: Part, scope: Scope) -> Iterator[Fault]:
    responses = part.value.get("responses")
    is_left_out = responses is None and scope.version in ("2.0", "3.0")
    if is_left_out or responses == {}:
        message = "an operation has no responses; nothing is read of any answer"
        member = None if is_left_out else "responses"
        yield Fault(Put("responses", {"default": {"description": ""}}), message, member)


def _find_missing_path_parameter(part: Part, scope: Scope) -> Iterator[Fault]:
    item = path_item_of(scope.document, part)
    if item is None or not (names := template_names(path_of(item))):
        return
    parameters = parameters_of(scope.document, part, item)
    if parameters is None or any(
        declared.place == "path" and declared.name not in names
        for declared in parameters
    ):
        # One of these may be what is meant, under another name: no guess is made.
        return
    declared_names = {declared.name for declared in parameters}
    for name in names:
        if name and name not in declared_names:
            message = f'path parameter "{name}" is not declared; it is read as a string'
            parameter = _string_parameter(name, scope.version)
            yield Fault(Append("parameters", parameter), message, None)


def _string_parameter(name: str, version: Version) -> dict[str, Any]:
    kind = {"type": "string"}
    schema = kind if version == "2.0" else {"schema": kind}
    return {"name": name, "in": "path", "required": True, **schema}


def _mend_number(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    value = part.value[member]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Put(member, str(value)), f'"{member}" is a number; it is read as a text'


def _mend_version(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    written = part.value[member]
    full = "2.0" if member == "swagger" else f"{scope.version}.0"
    if isinstance(written, str) and written not in ("2", "3.0", "3.1", "3.2"):
        return None
    return Put(member, full), f'"{member}" {show(written)} is read as "{full}"'


def _mend_repeats(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    values = part.value[member]
    if not is_array(values):
        return None
    first: dict[str, int] = {}
    for index, value in enumerate(values):
        # A tag's name is what tells one tag object from another.
        is_tag = member == "tags" and is_object(value)
        first.setdefault(identity_of(value.get("name") if is_tag else value), index)
    if len(first) == len(values):
        return None
    repeated = next(i for i, index in enumerate([*first.values(), -1]) if i != index)
    return (
        Keep(member, tuple(first.values())),
        f'"{member}" has {show(values[repeated])} more than once',
    )


def _mend_empty_list(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    may_be_empty = (
        member in ("enum", "required")
        and part.kind != "ServerVariable"
        and scope.version in ("3.1", "3.2")
    )
    if part.value[member] != [] or may_be_empty:
        return None
    return Drop(member), f'"{member}" is empty, and ignored'


def _mend_boolean_required(
    part: Part, member: str, scope: Scope
) -> tuple[Edit, str] | None:
    if not isinstance(part.value[member], bool):
        return None
    return Drop(member), '"required" lists properties here; a boolean is ignored'


def _mend_null_type(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    holder = split_pointer(part.pointer)[-2:-1]
    is_choice = holder in (["anyOf"], ["oneOf"]) and scope.version in ("3.1", "3.2")
    if part.value[member] is not None or not is_choice:
        return None
    return Put(member, "null"), 'the type null is read as "null", which is a text'


def _mend_boolean_bound(
    part: Part, member: str, scope: Scope
) -> tuple[Edit, str] | None:
    exclusive, other = part.value[member], member.replace("exclusiveM", "m")
    bound = part.value.get(other)
    if not isinstance(exclusive, bool) or scope.version not in ("3.1", "3.2"):
        return None
    if not exclusive or bound is None:
        return (
            Drop(member),
            f'"{member}" is a number here; {show(exclusive)} is ignored',
        )
    message = f'"{member}" is a number here; true is read as "{other}", {show(bound)}'
    return Put(member, bound), message


def _mend_default(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    if not _is_schema(part, scope) or has_type(part.value[member], part.value):
        return None
    message = f"default {show(part.value[member])} is not of its type, and ignored"
    return Drop(member), message


def _mend_default_enum(
    part: Part, member: str, scope: Scope
) -> tuple[Edit, str] | None:
    default, enum = part.value[member], part.value.get("enum")
    if not enum or not is_array(enum) or not _is_schema(part, scope):
        return None
    if default is None or not has_type(default, part.value):
        return None
    if identity_of(default) in map(identity_of, enum):
        return None
    return Drop(member), f"default {show(default)} is not in its enum, and ignored"


def _is_schema(part: Part, scope: Scope) -> bool:
    """Whether an object restricts a value; parameters and headers of 2.0 do."""
    may_be = part.kind in ("Schema", "Items") or scope.version == "2.0"
    return may_be and "$ref" not in part.value


def _mend_path_parameter(
    part: Part, member: str, scope: Scope
) -> tuple[Edit, str] | None:
    if part.value[member] != "path" or part.value.get("required") is True:
        return None
    return Put("required", True), "a path parameter is always required; it is read so"


def _mend_annotation(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    if scope.version in _ANNOTATED_IN.get((member, part.kind), ()):
        return None
    if "$ref" in part.value:
        return None
    return Drop(member), f'"{member}" has no place here, and is ignored'


def _mend_examples(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    is_list = is_array(part.value[member])
    if part.kind == "Schema":
        if is_list or scope.version not in ("3.1", "3.2"):
            return None
        return Drop(member), '"examples" of a schema is a list; others are ignored'
    if scope.version == "2.0" or is_object(part.value[member]):
        return None
    return Drop(member), '"examples" here is an object; others are ignored'


def _mend_example(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    if scope.version == "2.0" or not is_object(part.value.get("examples")):
        return None
    return Drop(member), '"example" is ignored where there is "examples"'


def _mend_pattern(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    pattern = part.value[member]
    if isinstance(pattern, str) and _compiles(pattern):
        return None
    return Drop(member), f"pattern {show(pattern)} is not understood, and not checked"


_SLASHED = re.compile(r"/(\^.*|.*(?<!\\)\$)/([a-z]*)", re.DOTALL)
"""A pattern as JavaScript writes it; with "^" behind a slash, it matches nothing."""


def _mend_slashes(part: Part, member: str, scope: Scope) -> tuple[Edit, str] | None:
    pattern = part.value[member]
    found = _SLASHED.fullmatch(pattern) if isinstance(pattern, str) else None
    if found is None or not _compiles(pattern):
        return None
    if set(found[2]) <= {"g", "u"} and _compiles(found[1]):
        return Put(member, found[1]), f"pattern {show(pattern)} is read without slashes"
    return (
        Drop(member),
        f"pattern {show(pattern)} is written for JavaScript, and ignored",
    )


def _compiles(pattern: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError):
            return False
    return True


_NAMED_BY_USER: tuple[Kind, ...] = ("Paths", "Responses", "Callback")

MAY_BE_NULL = {
    *("default", "example", "const", "value", "requestBody"),
    # These mean too much to be guessed.
    *("openapi", "swagger", "info", "paths", "security", "type", "in", "name", "$ref"),
}
"""The members whose null is no fault, or a fault that is not harmless."""

_SCHEMAS: tuple[Kind, ...] = ("Schema", "Items", "Parameter", "Header")

_ANNOTATED: Mapping[str, tuple[Kind, ...]] = {
    "externalDocs": ("OpenAPI", "Tag", "Operation", "Schema"),
    "description": (
        *("Info", "Tag", "Operation", "Parameter", "RequestBody", "Response"),
        *("Header", "Schema", "Example", "Link", "Server", "ServerVariable"),
        *("ExternalDocs", "SecurityScheme"),
    ),
    "summary": ("Operation", "Example"),
    "title": ("Info", "Schema"),
    "example": ("Schema", "MediaType"),
    "examples": ("MediaType", "Components"),
}
"""The members that only explain something, and what has them in every version."""

_ANNOTATED_IN: Mapping[tuple[str, Kind], tuple[Version, ...]] = {
    ("description", "PathItem"): ("3.0", "3.1", "3.2"),
    ("description", "MediaType"): ("3.2",),
    ("summary", "PathItem"): ("3.0", "3.1", "3.2"),
    ("summary", "Info"): ("3.1", "3.2"),
    ("summary", "Response"): ("3.2",),
    ("summary", "Tag"): ("3.2",),
    ("summary", "Schema"): ("3.1", "3.2"),
    ("example", "Parameter"): ("3.0", "3.1", "3.2"),
    ("example", "Header"): ("3.0", "3.1", "3.2"),
    ("examples", "Parameter"): ("3.0", "3.1", "3.2"),
    ("examples", "Header"): ("3.0", "3.1", "3.2"),
    ("examples", "Response"): ("2.0",),
    ("examples", "Schema"): ("3.1", "3.2"),
}
"""The versions in which others have them, too."""


def _strangers_to(annotation: str) -> tuple[Kind, ...]:
    """The kinds of object in which an annotation may be out of place."""
    # A discriminator takes any member; the others have names of the user's own.
    others = (*_NAMED_BY_USER, "Discriminator", *_ANNOTATED[annotation])
    return tuple(kind for kind in get_args(Kind) if kind not in others)


OBJECT_RULES = (
    ObjectRule("range-code-case", ("Responses",), _find_range_code_case),
    ObjectRule("null-member", get_args(Kind), _find_null_member),
    ObjectRule("missing-path-parameter", ("Operation",), _find_missing_path_parameter),
    ObjectRule("missing-responses", ("Operation",), _find_missing_responses),
    ObjectRule("missing-description", ("Response",), _find_missing_description),
)

MEMBER_RULES = (
    MemberRule("version-number", ("OpenAPI",), ("openapi", "swagger"), _mend_version),
    MemberRule("number-for-text", ("Info",), ("title", "version"), _mend_number),
    MemberRule("duplicate-required", ("Schema",), ("required",), _mend_repeats),
    MemberRule(
        "duplicate-enum-value", (*_SCHEMAS, "ServerVariable"), ("enum",), _mend_repeats
    ),
    MemberRule(
        "duplicate-tag",
        ("OpenAPI", "Operation"),
        ("tags", "schemes", "consumes", "produces"),
        _mend_repeats,
    ),
    MemberRule(
        "empty-list",
        (*_SCHEMAS, "ServerVariable"),
        ("allOf", "anyOf", "oneOf", "prefixItems", "enum", "required"),
        _mend_empty_list,
    ),
    MemberRule(
        "boolean-required", ("Schema", "Items"), ("required",), _mend_boolean_required
    ),
    MemberRule("null-type", ("Schema",), ("type",), _mend_null_type),
    MemberRule(
        "boolean-bound",
        ("Schema",),
        ("exclusiveMinimum", "exclusiveMaximum"),
        _mend_boolean_bound,
    ),
    MemberRule("default-outside-type", _SCHEMAS, ("default",), _mend_default),
    MemberRule("default-outside-enum", _SCHEMAS, ("default",), _mend_default_enum),
    MemberRule(
        "optional-path-parameter", ("Parameter",), ("in",), _mend_path_parameter
    ),
    *(
        MemberRule(
            "misplaced-annotation", _strangers_to(member), (member,), _mend_annotation
        )
        for member in _ANNOTATED
    ),
    MemberRule(
        "misshapen-examples",
        ("Schema", "Parameter", "Header", "MediaType"),
        ("examples",),
        _mend_examples,
    ),
    MemberRule(
        "example-and-examples",
        ("Parameter", "Header", "MediaType"),
        ("example",),
        _mend_example,
    ),
    MemberRule("slashed-pattern", _SCHEMAS, ("pattern",), _mend_slashes),
    MemberRule("unsupported-pattern", _SCHEMAS, ("pattern",), _mend_pattern),
)
