"""The templates: ours, and those of the user that take the place of some of them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from ..diagnostics import Diagnostics, File
from ..text import Spot, Text
from .states import hash_of, name_folder, names_in, state_of

_VERSION = re.compile(r"\{#-?\s*oasmith views (\S+?)\s*-?#\}")


@dataclass(frozen=True, slots=True)
class Templates:
    """What the packages of one client are made of."""

    ours: Mapping[str, str]
    """The text of each of our templates, by its name."""

    users: Mapping[str, Text]
    """The texts that take the place of ours, by the same names."""

    sources: Mapping[str, str]
    """The state of each file that was read, and of the user's folder, by path."""


def read_templates(folder: str | None, diagnostics: Diagnostics) -> Templates:
    """Read our templates, and those in a folder of the user.

    Raises:
        Stopped: The folder can't be read, or holds what would be used nowhere.
    """
    ours = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(find_templates().glob("*.jinja"))
    }
    if folder is None:
        return Templates(ours, {}, {})
    if not os.path.isdir(folder):
        diagnostics.fatal("no-templates", "there is no such folder", File(folder))
    # What is looked for is what would change it: another name there, or none any more.
    sources = {name_folder(folder): state_of(name_folder(folder))}
    users: dict[str, Text] = {}
    for name in names_in(folder):
        path = os.path.join(folder, name)
        if name not in ours:
            _refuse_unknown(path, name, ours, diagnostics)
        elif (content := _read(path, diagnostics)) is not None:
            sources[path] = hash_of(content)
            users[name] = _decode(path, content, diagnostics)
            _check_version(users[name], diagnostics)
    diagnostics.stop_on_errors()
    return Templates(ours, users, sources)


def find_templates() -> Path:
    """The folder of our templates: beside the package, or in its checkout."""
    package = Path(str(files("oasmith")))
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


def _refuse_unknown(
    path: str, name: str, known: Mapping[str, str], diagnostics: Diagnostics
) -> None:
    near = get_close_matches(name, known, n=1) or known
    help = "did you mean " + " or ".join(f'"{each}"' for each in near)
    message = f'oasmith has no template "{name}"'
    diagnostics.error("unknown-template", message, File(path), help=help)


def _read(path: str, diagnostics: Diagnostics) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        diagnostics.error("bad-template", f"this can't be read: {reason}", File(path))
        return None


def _decode(path: str, content: bytes, diagnostics: Diagnostics) -> Text:
    try:
        return Text(path, content, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        diagnostics.error("bad-template", "it is not UTF-8", File(path))
        return Text(path, content, "")


def _check_version(text: Text, diagnostics: Diagnostics) -> None:
    """Refuse a template that says that it is for other views than there are."""
    # Imported here, since most clients have no template of their own.
    from ..presenting.views import VERSION

    said = _VERSION.search(text.string)
    if said is not None and said[1] != str(VERSION):
        diagnostics.error(
            "other-views",
            f'this template is for version "{said[1]}" of the views',
            Spot(text, said.start(1)),
            help=f'these are version "{VERSION}"; see docs/templates.md',
        )
