"""Writes a document's tree as text that is read back as the same tree."""

from __future__ import annotations

import json
import re
from typing import Any, TypeGuard

from ..document import Document

_PLAIN = re.compile(r"[A-Za-z/$](?:[A-Za-z0-9 $_./{}()+*=<>;,-]|:(?=[A-Za-z0-9/]))*")
"""Texts that need no quotes in block style, but for the words below."""

_WORDS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])
"""What is no string in YAML 1.1 or 1.2, in some case."""

_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""YAML 1.2.2 section 5.1, and what breaks lines in YAML 1.1 (section 4.2)."""

_LONGEST_KEY = 256
"""Characters; a longer key is written with "?" (a reader may stop at 1,024 of them)."""


def dump_document(document: Document, name: str) -> str:
    """JSON when the name of the file asks for it, else YAML."""
    if name.endswith(".json"):
        return _escape(json.dumps(document.root, ensure_ascii=False, indent=2)) + "\n"
    lines: list[str] = []
    _write_block(document.root, "", lines)
    return "\n".join(lines or ["{}"]) + "\n"


def _write_block(
    value: dict[str, Any] | list[Any], indent: str, lines: list[str]
) -> None:
    # One call a level: Python's stack has room for the 500 levels that are read.
    inner = indent + "  "
    if isinstance(value, dict):
        for key, item in value.items():
            head = indent + _write_key(key, indent)
            if _is_block(item):
                lines.append(head)
                _write_block(item, inner, lines)
            else:
                lines.append(f"{head} {_write_scalar(item, inner)}")
    else:
        for item in value:
            if _is_block(item):
                first = len(lines)
                _write_block(item, inner, lines)
                lines[first] = f"{indent}- {lines[first][len(inner):]}"
            else:
                lines.append(f"{indent}- {_write_scalar(item, inner)}")


def _is_block(value: object) -> TypeGuard[dict[str, Any] | list[Any]]:
    return isinstance(value, dict | list) and value not in ({}, [])


def _write_key(key: str, indent: str) -> str:
    text = key if _is_plain(key) else _quote(key)
    return f"{text}:" if len(text) <= _LONGEST_KEY else f"? {text}\n{indent}:"


def _write_scalar(value: object, indent: str) -> str:
    if isinstance(value, str):
        if _is_plain(value):
            return value
        return _write_literal(value, indent) if _is_literal(value) else _quote(value)
    if isinstance(value, float):
        # YAML 1.1 reads 1e+16 as a string, and 1.0e+16 as what it is.
        text = repr(value)
        return text if "." in text else text.replace("e", ".0e")
    return json.dumps(value)


def _is_plain(text: str) -> bool:
    plain = _PLAIN.fullmatch(text) is not None and text[-1] != " "
    return plain and text.lower() not in _WORDS


def _is_literal(text: str) -> bool:
    """Whether a text of several lines can stand as it is, below "|"."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and lines[0][:1].strip() != ""
        and all(line == "" or line.strip() for line in lines)
        and not _UNPRINTABLE.search(text)
    )


def _write_literal(text: str, indent: str) -> str:
    body = text.rstrip("\n")
    kept = len(text) - len(body)
    chomping = "-" if kept == 0 else "" if kept == 1 else "+"
    lines = (text[:-1] if kept else text).split("\n")
    return "\n".join([f"|{chomping}", *(line and indent + line for line in lines)])


def _quote(text: str) -> str:
    """A double-quoted scalar: JSON's, with more escapes (YAML 1.2.2 section 5.7)."""
    return _escape(json.dumps(text, ensure_ascii=False))


def _escape(text: str) -> str:
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
