"""Writes the table of a client, as it stands in pyproject.toml."""

from __future__ import annotations

import json

from .config import ClientConfig, last_part


def pyproject_table(config: ClientConfig) -> str:
    """The table that asks for a client, as text for a pyproject.toml."""
    lines = [
        "[[tool.oasmith.client]]",
        f"spec = {_quote(config.spec)}",
        f"output = {_quote(config.output)}",
    ]
    if config.package != last_part(config.folder, config.output):
        lines.append(f"package = {_quote(config.package)}")
    if config.is_lenient:
        lines.append('validation = "lenient"')
    if config.examples:
        lines.append("examples = true")
    if config.runtime is not None:
        lines.append(f"runtime = {_quote(config.runtime)}")
    if config.templates is not None:
        lines.append(f"templates = {_quote(config.templates)}")
    for key, texts in (
        ("include", config.include),
        ("overlays", config.overlays),
        ("allow", config.allow),
        ("allow-remote", config.allow_remote),
        ("accept", config.accept),
        ("exports", tuple(map(str, config.exports))),
    ):
        if texts:
            lines.append(f"{key} = [")
            lines += [f"    {_quote(text)}," for text in texts]
            lines.append("]")
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    """A basic string of TOML: JSON's, but for DEL, which needs an escape here."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
