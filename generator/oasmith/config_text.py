"""Writes the table of a client as text for a pyproject.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .answer_rules import KEYS, EnvelopeRule, PaginationRule
from .config import ClientConfig, last_part
from .config_table import quote_toml

_HEAD = "tool.oasmith.client"


def pyproject_table(config: ClientConfig) -> str:
    """The table that asks for a client, with the tables in it."""
    lines = [f"[[{_HEAD}]]", *_settings(config)]
    if config.envelope is not None:
        lines += ["", f"[{_HEAD}.envelope]", *_members(config.envelope)]
    for rule in config.pagination:
        lines += ["", f"[[{_HEAD}.pagination]]", *_rule(rule)]
    return "\n".join(lines) + "\n"


def _settings(config: ClientConfig) -> Iterator[str]:
    yield _text("spec", config.spec)
    yield _text("output", config.output)
    if config.package != last_part(config.folder, config.output):
        yield _text("package", config.package)
    if config.is_lenient:
        yield _text("validation", "lenient")
    if config.examples:
        yield "examples = true"
    for key, text in (("runtime", config.runtime), ("templates", config.templates)):
        if text is not None:
            yield _text(key, text)
    for key, texts in (
        ("include", config.include),
        ("overlays", config.overlays),
        ("allow", config.allow),
        ("allow-remote", config.allow_remote),
        ("accept", config.accept),
        ("exports", tuple(map(str, config.exports))),
    ):
        if texts:
            yield from _texts(key, texts)
    for kind, key, name in config.names:
        yield _text(f"names.{kind}.{quote_toml(key)}", name)


def _members(rule: EnvelopeRule) -> Iterator[str]:
    said = {"result": rule.result, "success": rule.success, "errors": rule.errors}
    for key, name in said.items():
        if name is not None:
            yield _text(key, name)


def _rule(rule: PaginationRule) -> Iterator[str]:
    yield from _texts("operations", rule.operations)
    yield _text("style", rule.style)
    said: Mapping[str, str | None] = rule._asdict()
    for key in KEYS[rule.style]:
        value = said[key.replace("-", "_")]
        if value is not None:
            yield _text(key, value)


def _text(key: str, text: str) -> str:
    return f"{key} = {quote_toml(text)}"


def _texts(key: str, texts: tuple[str, ...]) -> Iterator[str]:
    yield f"{key} = ["
    for text in texts:
        yield f"    {quote_toml(text)},"
    yield "]"
