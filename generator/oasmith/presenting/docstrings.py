"""Makes docstrings of what a description says, laid out as black wants them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .literals import escape_text

_WIDTH = 88

_LIST_ITEM = re.compile(r"(\s*)([-*+]|\d+[.)])\s+")
_VERBATIM = re.compile(r"\s{4,}|```|~~~|\||#|<")
_QUOTED = re.compile(r"\s*>\s?")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z\"'`(\[])")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a docstring: "Args" or "Raises", with what it says of each name."""

    title: str
    entries: tuple[tuple[str, str], ...]


def make_docstring(text: str, indent: int, sections: Sequence[Section] = ()) -> str:
    """Write text as a docstring whose lines after the first are indented.

    The first sentence becomes the summary line where it fits on one.
    """
    lines = _lay_out(text, indent)
    for section in sections:
        if section.entries:
            lines += ["", *_lay_out_section(section, indent)]
    if not lines:
        return ""
    margin = " " * indent
    if len(lines) == 1 and len(lines[0]) + indent + 6 <= _WIDTH:
        return f'"""{_pad(_escape(lines[0]))}"""'
    first, *rest = [_escape(line) for line in _dedent(lines)]
    body = [f"{margin}{line}" if line else "" for line in rest]
    return "\n".join([f'"""{_pad_start(first)}', *body, f'{margin}"""'])


def wrap_paragraphs(text: str, width: int) -> list[str]:
    """Break text into lines; lists hang, code and tables stay as they are."""
    lines: list[str] = []
    for block in _blocks(text):
        if lines:
            lines.append("")
        lines.extend(_wrap_block(block, width))
    return lines


def _lay_out(text: str, indent: int) -> list[str]:
    lines = wrap_paragraphs(text, _WIDTH - indent)
    # The quotes take three columns of the first line, and of the last when alone.
    if not lines or (len(lines) == 1 and len(lines[0]) + 6 + indent <= _WIDTH):
        return lines
    first, _, _ = text.strip().partition("\n\n")
    joined = " ".join(first.split())
    end = _SENTENCE_END.search(joined)
    summary = joined[: end.end()] if end else joined
    rest = joined[len(summary) :].strip() + text.strip()[len(first) :]
    # The quotes take six columns of a line that is the only one.
    quotes = 3 if rest.strip() else 6
    if len(summary) + quotes + indent > _WIDTH or _VERBATIM.match(first):
        return _narrow_first(text, indent)
    below = wrap_paragraphs(rest, _WIDTH - indent)
    return [summary, "", *below] if below else [summary]


def _dedent(lines: list[str]) -> list[str]:
    """Take away what all lines but the first are indented by, as black does."""
    first, *rest = lines
    return [first, *textwrap.dedent("\n".join(rest)).split("\n")] if rest else lines


def _lay_out_section(section: Section, indent: int) -> list[str]:
    lines = [f"{section.title}:"]
    for name, text in section.entries:
        first, *rest = _wrap_entry(f"{name}: {text}", _WIDTH - indent)
        lines.append(f"    {first}")
        lines.extend(f"        {line}" if line else "" for line in rest)
    return lines


def _wrap_entry(text: str, width: int) -> list[str]:
    """Wrap paragraphs of which all lines but the first will be indented further."""
    first, gap, rest = text.partition("\n\n")
    hung = wrap_paragraphs(first, width - 8)
    if not any(_LIST_ITEM.match(x) or _VERBATIM.match(x) for x in first.split("\n")):
        hung = _fill_lines(first.split(), width - 4, "", "    ")
        hung = [line.removeprefix("    ") for line in hung]
    return hung + (["", *wrap_paragraphs(rest, width - 8)] if gap and rest else [])


def _narrow_first(text: str, indent: int) -> list[str]:
    """Wrap so that the first line has room for the quotes, and is not the only one."""
    for quotes in ("xxx", "xxxxxx"):
        lines = wrap_paragraphs(f"{quotes}{text.lstrip()}", _WIDTH - indent)
        if len(lines) > 1:
            break
    return [lines[0][len(quotes) :], *lines[1:]]


def _blocks(text: str) -> Iterator[list[str]]:
    """The paragraphs of a text; a fenced code block is one, blank lines and all."""
    block: list[str] = []
    fence = ""
    for line in text.expandtabs().splitlines():
        mark = line.strip()[:3]
        if fence:
            block.append(line)
            fence = "" if mark == fence else fence
        elif line.strip():
            block.append(line)
            fence = mark if mark in ("```", "~~~") else ""
        elif block:
            yield block
            block = []
    if block:
        yield block


def _wrap_block(block: list[str], width: int) -> list[str]:
    if any(line.strip()[:3] in ("```", "~~~") for line in block):
        return [line.rstrip() for line in block]
    lines: list[str] = []
    paragraph: list[str] = []
    for line in block:
        if any(form.match(line) for form in (_LIST_ITEM, _VERBATIM, _QUOTED)):
            lines.extend(_wrap_lines(paragraph, width))
            paragraph = []
        paragraph.append(line)
    return lines + _wrap_lines(paragraph, width)


def _wrap_lines(lines: list[str], width: int) -> list[str]:
    if not lines:
        return []
    item = _LIST_ITEM.match(lines[0])
    if item is None and _VERBATIM.match(lines[0]):
        return [line.rstrip() for line in lines]
    quoted = _QUOTED.match(lines[0])
    margin = item[1] if item else ""
    hanging = quoted[0] if quoted else " " * item.end() if item else ""
    return _fill_lines(" ".join(lines).split(), width, margin, hanging)


def _fill_lines(words: list[str], width: int, margin: str, hanging: str) -> list[str]:
    """Fill lines with words, as textwrap does, in a fifth of its time.

    Args:
        margin: What stands before the first line.
        hanging: What stands before each of the others.
    """
    filled: list[str] = []
    line = ""
    for word in words:
        if not line:
            line = margin + word
        elif len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            filled.append(line)
            line = hanging + word
    return [*filled, line] if line else filled


def _escape(line: str) -> str:
    """Escape as in any literal; quotes stay, unless three of them end the text."""
    return escape_text(line, "").replace('"""', '\\"\\"\\"')


def _pad(text: str) -> str:
    """Keep quotes within the text apart from those around it, as black does."""
    padded = _pad_start(text)
    return f"{padded} " if padded.endswith('"') else padded


def _pad_start(text: str) -> str:
    return f" {text}" if text.startswith('"') else text
