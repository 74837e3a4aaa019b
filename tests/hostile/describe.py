"""Makes descriptions of `places.yaml`, with hostile texts where it has marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

_MARK = re.compile(r'§(\w+)(?:=("?)(.*?)\2)?§')
_FILE = Path(__file__).with_name("places.yaml")

Texts = Mapping[str, str]
"""What stands at each mark, by its name."""


@cache
def tame_texts() -> Texts:
    """What stands at the marks in the description that means no harm."""
    return {
        name: tame or name for name, _, tame in _MARK.findall(_FILE.read_text("utf-8"))
    }


def describe(texts: Texts) -> dict[str, Any]:
    """The description with texts at its marks."""
    filled: dict[str, Any] = _fill(_template(), texts)
    return filled


@cache
def _template() -> Any:
    # A mark says once what is tame there; the quotes are for YAML alone.
    text = _MARK.sub(lambda found: f"§{found[1]}§", _FILE.read_text("utf-8"))
    return yaml.load(text, yaml.CSafeLoader)


def _fill(value: Any, texts: Texts) -> Any:
    if isinstance(value, dict):
        return {
            put_in(key, texts): (
                _refer(item, texts) if key == "$ref" else _fill(item, texts)
            )
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_fill(item, texts) for item in value]
    return put_in(value, texts) if isinstance(value, str) else value


def put_in(text: str, texts: Texts) -> str:
    """A string with the texts put in place of its marks."""
    return _MARK.sub(lambda found: texts[found[1]], text)


def _refer(reference: str, texts: Texts) -> str:
    """A reference, in which a name is escaped (RFC 6901) and then quoted (RFC 3986)."""
    escaped = {
        name: quote(
            text.replace("~", "~0").replace("/", "~1"), safe="~", errors="surrogatepass"
        )
        for name, text in texts.items()
    }
    return put_in(reference, escaped)
