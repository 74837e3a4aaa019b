# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Which path template the URL of a request was made of, for fakes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, unquote, urlsplit

Rank = tuple[bool, int, int, tuple[tuple[bool, int], ...]]

_NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class PathMatch:
    """How a template may have become a URL."""

    values: Mapping[str, str]
    """What the parameters were, percent-decoded."""

    rank: Rank
    """Least for the likeliest."""


def may_match(path: str, url: str) -> bool:
    """Whether a template may have become a URL, whatever the base URL is."""
    return _compile(path, None).match(_target(url)) is not None


def match_path(path: str, base_url: str, url: str) -> PathMatch | None:
    """Match a URL with a template that may have become it.

    A request to the base URL is the likeliest; elsewhere, what goes before the path is
    taken to be as short as it can be. Then the most specific template counts.

    Args:
        base_url: May have variables in braces, or be "" where it is not known.
    """
    template = _compile(path, None)
    at_home = _compile(path, base_url).match(url) if base_url else None
    found = at_home or template.match(_target(url))
    if found is None:
        return None
    written = [found[f"p{number}"] for number in range(len(template.names))]
    slashes = "".join(written).count("/")
    before = 0 if at_home else len(found["base"])
    return PathMatch(
        dict(zip(template.names, map(unquote, written), strict=True)),
        (at_home is None, slashes, before, template.vagueness),
    )


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@dataclass(frozen=True, slots=True)
class _Template:
    patterns: tuple[re.Pattern[str], ...]
    names: tuple[str, ...]
    vagueness: tuple[tuple[bool, int], ...]
    """Less for what is more specific: by segments, from the first to the last."""

    def match(self, text: str) -> re.Match[str] | None:
        """Match a text; no value has a slash in it unless there is no other way."""
        found = (pattern.fullmatch(text) for pattern in self.patterns)
        return next(filter(None, found), None)


@cache
def _compile(path: str, base_url: str | None) -> _Template:
    # A fragment tells paths apart in descriptions, and is never sent.
    text = path.partition("#")[0]
    fixed, *others = (_fixed(each) for each in _NAME.sub("{", text).split("{"))
    before = "[^?]*?"
    if base_url is not None:
        parts = _NAME.sub("{", base_url.rstrip("/?#")).split("{")
        before = "[^?]*?".join(map(re.escape, parts))
    after = f"(?:{'&' if '?' in text else '[?]'}.*)?"
    patterns: list[re.Pattern[str]] = []
    for value in ("[^/?]+?", "[^?]+?"):
        filled = (f"(?P<p{n}>{value}){each}" for n, each in enumerate(others))
        pattern = f"(?P<base>{before}){fixed}{''.join(filled)}{after}"
        patterns.append(re.compile(pattern))
    segments = _NAME.sub("{", text).split("/")
    vagueness = tuple(("{" in each, -len(each)) for each in segments)
    return _Template(tuple(patterns), tuple(_NAME.findall(text)), vagueness)


def _fixed(text: str) -> str:
    return re.escape(quote(text, safe="%/?&=:@!$'()*+,;~[]"))
