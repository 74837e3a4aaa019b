"""Breaks long lines the way black would, for the few forms that our code has.

Black is by far the slowest stage. It is spared the modules in which it would change
nothing; a line that is too long and of another form than these is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

WIDTH = 88

_STRING = re.compile(r""" "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' """, re.VERBOSE)
_UNION = re.compile(r"(\w+: (?:TypeAlias = )?)([^=]+?)( = [^=|]+?)?(,?)$")
"""A name with an annotation that may be a union, and maybe a default."""

_EXEMPT = re.compile(r'#|from \S+ import \($|\s+"[^"]*": "[^"]*",$')
"""Long lines that can't be broken."""

_TOKEN = re.compile(rf"{_STRING.pattern} | [][(){{}},|]", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class _Split:
    """A line around its last pair of brackets: ``head`` body ``tail``."""

    head: str
    body: str
    tail: str

    @property
    def is_literal(self) -> bool:
        """Whether the brackets are a dict, list or tuple, rather than a call's."""
        before = self.head[-2:-1] or " "
        return self.head.endswith("{") or not (before.isalnum() or before in "_])")

    @property
    def is_one_tuple(self) -> bool:
        """Whether it is a tuple, which the comma behind its only item makes it."""
        return self.head.endswith("(") and self.body.endswith(",") and self.is_literal


def wrap_line(line: str, indent: int, tail: str = "") -> str:
    """Break a statement, or an item of a bracket, if it is too long.

    Args:
        line: The text, without indentation.
        indent: The columns that it is indented by; later lines get them too.
        tail: What will stand behind it on its last line.
    """
    whole = "".join(_wrap(line + tail, indent))
    return whole[indent : len(whole) - len(tail)] if tail else whole[indent:]


def is_settled(text: str) -> bool:
    """Whether a module has no long line outside of its docstrings."""
    in_docstring = False
    for line in text.splitlines():
        quotes = line.count('"""')
        is_code = not in_docstring and not quotes
        if is_code and len(line) > WIDTH and not _EXEMPT.match(line):
            return False
        if quotes % 2:
            in_docstring = not in_docstring
    return True


def _wrap(line: str, indent: int) -> Iterator[str]:
    """The lines, indented and joined by newlines."""
    margin = " " * indent
    split = (
        None if _fits(line, indent) else _split_union(line, indent) or _split_last(line)
    )
    if split is None or not _fits(split.head, indent):
        yield margin + line
        return
    yield f"{margin}{split.head}\n"
    yield from _wrap_body(split, indent + 4)
    yield f"\n{margin}{split.tail}"


def _wrap_body(split: _Split, indent: int) -> Iterator[str]:
    items = _cut(split.body, ",")
    # Black gives the only parameter of a function a comma, but no only argument.
    if len(items) == 1 and not split.is_one_tuple and not split.tail.endswith(":"):
        yield from _wrap_item(split.body, indent)
        return
    if _fits(split.body, indent) and len(items) > 1 and not split.is_literal:
        yield from _wrap(split.body, indent)
        return
    for index, item in enumerate(items):
        yield "\n" if index else ""
        yield from _wrap_item(f"{item},", indent)


def _wrap_item(item: str, indent: int) -> Iterator[str]:
    """Wrap what stands in brackets, where a union may be broken at its bars."""
    parts = [item] if _fits(item, indent) or _UNION.match(item) else _cut(item, "|")
    if len(parts) == 1:
        yield from _wrap(item, indent)
        return
    for index, part in enumerate(parts):
        yield "\n" if index else ""
        yield from _wrap(f"| {part}" if index else part, indent)


def _split_union(line: str, indent: int) -> _Split | None:
    """Put parentheses around what is too much: the default, or else the union."""
    found = _UNION.match(line)
    if found is None or len(_cut(found[2], "|")) == 1:
        return None
    head = line.removesuffix("UNSET") + "("
    if line.endswith(" = UNSET") and _fits(head, indent):
        return _Split(head, "UNSET", ")")
    return _Split(f"{found[1]}(", found[2], f"){found[3] or ''}{found[4]}")


def _fits(line: str, indent: int) -> bool:
    return indent + len(line) <= WIDTH and not _has_magic_comma(line)


def _has_magic_comma(line: str) -> bool:
    """Whether a dict ends with a comma, which asks for one entry a line."""
    return ",}" in line and ",}" in _STRING.sub('""', line)


def _split_last(line: str) -> _Split | None:
    """Split at the last outermost pair of brackets, if that ends the line."""
    depth, start, end = 0, -1, -1
    for match in _TOKEN.finditer(line):
        if match[0] in "([{":
            if depth == 0:
                start = match.end()
            depth += 1
        elif match[0] in ")]}":
            depth -= 1
            end = match.start()
        elif match[0] == "|" and depth == 0:
            return None
    if start < 0 or line[end + 1 :] not in ("", ",", " -> Request:"):
        return None
    body = line[start:end]
    split = _Split(line[:start], body, line[end:])
    if split.is_one_tuple and len(_cut(body, ",")) == 1:
        return split
    return replace(split, body=body.removesuffix(",")) if body else None


def _cut(text: str, separator: str) -> list[str]:
    """The parts of a text between the separators that are in no brackets."""
    parts: list[str] = []
    depth = begin = 0
    for match in _TOKEN.finditer(text):
        if match[0] in "([{":
            depth += 1
        elif match[0] in ")]}":
            depth -= 1
        elif match[0] == separator and depth == 0:
            parts.append(text[begin : match.start()].strip())
            begin = match.end()
    rest = text[begin:].strip()
    return [*parts, rest] if rest else parts
