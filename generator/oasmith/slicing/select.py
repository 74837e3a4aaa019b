"""Which operations a description has, and which of them are asked for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from ..diagnostics import Diagnostics, Place
from ..document import (
    Document,
    Pointer,
    is_array,
    is_object,
    join_pointer,
    objects_in,
)
from ..path_items import METHODS, UNSELECTED, methods_of, operations_in, path_item_parts

_STARS = re.compile(r"\*+")

_FORMS = 'say "POST /path/**", "/path/*", "tag:NAME" or "op:ID"; "*" is a wildcard'

_KINDS = {"tag": "tag", "op": "op", "operation": "op", "operationid": "op", "id": "op"}
"""The kinds of patterns, also by names that somebody might take for theirs."""


@dataclass(frozen=True, slots=True)
class OperationSummary:
    """What is seen of an operation from outside."""

    method: str
    path: str
    operation_id: str | None
    tags: tuple[str, ...]
    summary: str
    deprecated: bool
    pointer: Pointer
    """Where it stands: in a path item that was referred to, not at the path."""


@dataclass(frozen=True, slots=True)
class PathPattern:
    method: str | None
    """None for any."""

    text: str
    """As the user wrote it, without the method."""

    path: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TagPattern:
    tag: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class IdPattern:
    operation_id: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    text: str
    """As the user wrote it."""

    means: PathPattern | TagPattern | IdPattern


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; with no pattern at all, everything is."""

    patterns: tuple[Pattern, ...]
    place: Place | None = None


def parse_selection(
    patterns: Sequence[str], diagnostics: Diagnostics, place: Place | None
) -> Selection:
    """Read include patterns: "METHOD /path", "/path", "tag:NAME", "op:ID".

    In a path "*" stands for a part of one segment and "/**" for any further segments,
    none included; in a tag or an operationId "*" stands for any text. Everything else
    stands for itself, braces too.
    """
    parsed: list[Pattern] = []
    for text in patterns:
        if means := _parse_pattern(text):
            parsed.append(Pattern(text, means))
        else:
            message = f'"{text}" selects nothing that is known'
            diagnostics.error("bad-include", message, place, help=_guess_form(text))
    return Selection(tuple(parsed), place)


def selects(selection: Selection, summary: OperationSummary) -> bool:
    return not selection.patterns or any(
        _matches(pattern, summary) for pattern in selection.patterns
    )


def names_one(selection: Selection, summary: OperationSummary) -> bool:
    """Whether a pattern names an operation by itself, and none besides."""
    return any(
        "*" not in pattern.text
        and not isinstance(pattern.means, TagPattern)
        and _matches(pattern, summary)
        for pattern in selection.patterns
    )


def select_operations(
    operations: Iterable[OperationSummary],
    selection: Selection,
    diagnostics: Diagnostics,
    unread: Collection[str] = (),
) -> tuple[OperationSummary, ...]:
    """The operations asked for; a pattern that matches none of them is an error.

    Args:
        unread: Paths whose operations are not known.
    """
    known = tuple(operations)
    for pattern in selection.patterns:
        is_met = any(_matches(pattern, summary) for summary in known)
        if not is_met and not any(_may_match(pattern, path) for path in unread):
            diagnostics.error(
                "no-such-operation",
                f'"{pattern.text}" matches no operation',
                selection.place,
                help=_nearest(pattern, known),
            )
    return tuple(summary for summary in known if selects(selection, summary))


def list_operations(document: Document) -> tuple[OperationSummary, ...]:
    """Every operation of a description, in its order (OpenAPI 2.0 to 3.2)."""
    methods = methods_of(document)
    return tuple(
        _summarise(path, method, operation, pointer)
        for path, item in objects_in(document.root.get("paths"))
        if not path.startswith("x-")
        for place, part in path_item_parts(document, item, join_pointer("/paths", path))
        for method, operation, pointer in operations_in(part, place, methods)
        if UNSELECTED not in operation
    )


def unread_paths(document: Document) -> tuple[str, ...]:
    """The paths that hold something else than operations where these belong.

    It may be what a reference was to lead to, so that they are not known.
    """
    paths = document.root.get("paths")
    methods = methods_of(document)
    return tuple(
        path
        for path, item in (paths.items() if is_object(paths) else ())
        if not path.startswith("x-") and _is_unread(document, path, item, methods)
    )


def _is_unread(
    document: Document, path: str, item: object, methods: Container[str]
) -> bool:
    if not is_object(item):
        return True
    parts = list(path_item_parts(document, item, join_pointer("/paths", path)))
    return "$ref" in parts[-1][1] or any(
        key in methods and not is_object(value)
        for _, part in parts
        for key, value in part.items()
    )


def may_select(selection: Selection, path: str) -> bool:
    """Whether operations of a path are asked for by it, or all are."""
    patterns = selection.patterns
    return not patterns or any(_may_match(pattern, path) for pattern in patterns)


def _parse_pattern(text: str) -> PathPattern | TagPattern | IdPattern | None:
    kind, _, name = text.partition(":")
    if kind == "tag" and name:
        return TagPattern(_compile_glob(name))
    if kind == "op" and name:
        return IdPattern(_compile_glob(name))
    first, _, rest = text.partition(" ")
    method, path = (None, text) if text.startswith("/") else (first, rest.strip())
    if not path.startswith("/"):
        return None
    return PathPattern(
        None if method in (None, "*") else method.upper(), path, _compile_path(path)
    )


def _compile_glob(glob: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, _STARS.split(glob))), re.DOTALL)


def _compile_path(glob: str) -> re.Pattern[str]:
    segments = glob.split("/")[1:]
    return re.compile("".join(map(_compile_segment, segments)), re.DOTALL)


def _compile_segment(segment: str) -> str:
    if segment == "**":
        return "(?:/.*)?"
    return "/" + "[^/]*".join(map(re.escape, _STARS.split(segment)))


def _matches(pattern: Pattern, summary: OperationSummary) -> bool:
    match pattern.means:
        case PathPattern(method=method, path=path):
            return _fits(method, path, summary)
        case TagPattern(tag):
            return any(tag.fullmatch(name) for name in summary.tags)
        case IdPattern(operation_id):
            name = summary.operation_id
            return name is not None and operation_id.fullmatch(name) is not None
        case _:
            assert_never(pattern.means)


def _fits(method: str | None, path: re.Pattern[str], summary: OperationSummary) -> bool:
    fits = method is None or method == summary.method.upper()
    return fits and path.fullmatch(summary.path) is not None


def _may_match(pattern: Pattern, path: str) -> bool:
    means = pattern.means
    return isinstance(means, PathPattern) and means.path.fullmatch(path) is not None


def _guess_form(text: str) -> str:
    """What somebody may have meant who wrote what is no pattern."""
    kind, _, name = text.partition(":")
    first, _, rest = text.partition(" ")
    if name and (near := difflib.get_close_matches(kind.lower(), _KINDS, n=1)):
        return _offer([f"{_KINDS[near[0]]}:{name.strip()}"])
    if rest and first.lower() in METHODS:
        return _offer([f"{first.upper()} /{rest.strip()}"])
    if not kind or not kind.strip("/*") or kind in _KINDS:
        return _FORMS
    path = [] if " " in text else [f"/{text}"]
    return _offer([*path, f"tag:{text}", f"op:{text}"])


def _nearest(pattern: Pattern, operations: Sequence[OperationSummary]) -> str:
    """What a pattern that matches nothing was perhaps to be."""
    candidates = dict.fromkeys(
        candidate for summary in operations for candidate in _names(pattern, summary)
    )
    wanted = pattern.text.replace("/**", "").replace("*", "")
    near = _nearest_paths(pattern.means, operations) or difflib.get_close_matches(
        wanted, candidates, n=3, cutoff=0.5
    )
    return _offer(near) if near else '"oasmith operations" lists what there is'


def _offer(candidates: Iterable[str]) -> str:
    return "did you mean " + " or ".join(f'"{each}"' for each in candidates)


def _nearest_paths(
    means: PathPattern | TagPattern | IdPattern, operations: Sequence[OperationSummary]
) -> list[str]:
    """Patterns of paths that differ from one in one respect, and match something."""
    if not isinstance(means, PathPattern):
        return []
    there = dict.fromkeys(
        each.method for each in operations if means.path.fullmatch(each.path)
    )
    if there:
        return [f"{method} {means.text}" for method in there]
    segments = dict.fromkeys(
        part for each in operations for part in each.path.split("/")
    )
    written = means.text.split("/")
    found = [f"/**{means.text}"]
    for index, segment in enumerate(written):
        if "*" not in segment and segment not in segments:
            for near in difflib.get_close_matches(segment, segments):
                found.append("/".join([*written[:index], near, *written[index + 1 :]]))
    patterns = {text: _compile_path(text) for text in found}
    head = f"{means.method} " if means.method else ""
    return [
        f"{head}{text}"
        for text, path in patterns.items()
        if any(_fits(means.method, path, each) for each in operations)
    ]


def _names(pattern: Pattern, summary: OperationSummary) -> list[str]:
    """The texts that select an operation in the same way as a pattern does."""
    match pattern.means:
        case PathPattern(method=None):
            return [summary.path]
        case PathPattern():
            return [f"{summary.method} {summary.path}"]
        case TagPattern():
            return [f"tag:{tag}" for tag in summary.tags]
        case IdPattern():
            return [f"op:{summary.operation_id}"] if summary.operation_id else []
        case _:
            assert_never(pattern.means)


def _summarise(
    path: str, method: str, operation: dict[str, Any], pointer: Pointer
) -> OperationSummary:
    operation_id, tags = operation.get("operationId"), operation.get("tags")
    return OperationSummary(
        method=method,
        path=path,
        operation_id=operation_id if isinstance(operation_id, str) else None,
        tags=(
            tuple(tag for tag in tags if isinstance(tag, str)) if is_array(tags) else ()
        ),
        summary=str(operation.get("summary", "")),
        deprecated=operation.get("deprecated") is True,
        pointer=pointer,
    )
