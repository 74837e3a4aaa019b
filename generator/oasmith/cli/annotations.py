"""Writes workflow commands, which GitHub shows beside the lines that they speak of.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os
from hashlib import sha256

from ..diagnostics import Diagnostic, Location, Severity
from ..escape import escape_unsafe


def annotate_diagnostic(diagnostic: Diagnostic) -> str:
    """A diagnostic as a workflow command, with what to do about it."""
    location = diagnostic.place.locate() if diagnostic.place else None
    lines = [diagnostic.message]
    if diagnostic.help is not None:
        lines.append(f"help: {diagnostic.help}")
    title = f"oasmith: {diagnostic.code}"
    return annotate(diagnostic.severity, title, lines, location)


def annotate(
    severity: Severity, title: str, lines: list[str], location: Location | None
) -> str:
    """A workflow command, as a line.

    Args:
        lines: What it says.
        location: What it speaks of; a file as a whole has no line.
    """
    properties: dict[str, str] = {}
    if location is not None:
        properties["file"] = _from_the_workspace(location.file)
        if location.line:
            properties["line"] = str(location.line)
            properties["col"] = str(location.column)
    properties["title"] = title
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = "\n".join(map(escape_unsafe, lines))
    return f"::{severity} {told}::{_data(message)}\n"


def group_output(title: str, text: str) -> str:
    """A text that can be folded, and in which nothing is a command.

    What stops the commands is ended by a word that depends on the text, so that the
    text can't hold it.
    """
    word = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    end = "" if text.endswith("\n") else "\n"
    return (
        f"::group::{_data(escape_unsafe(title))}\n::stop-commands::{word}\n"
        f"{text}{end}::{word}::\n::endgroup::\n"
    )


def _from_the_workspace(path: str) -> str:
    """The path as GitHub looks for it: from where the repository is checked out."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    shown = os.path.relpath(path, workspace) if workspace else path
    return shown.replace(os.sep, "/")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(escape_unsafe(text)).replace(":", "%3A").replace(",", "%2C")
