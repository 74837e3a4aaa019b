"""Fills Jinja templates with views; the only module that knows of Jinja."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ..layout.package import OutputFile
from ..presenting.views import Page

if TYPE_CHECKING:
    from jinja2 import Environment


def render_pages(pages: Iterable[Page]) -> Iterator[OutputFile]:
    """Fill each page's template with its view."""
    environment = _environment()
    for page in pages:
        template = environment.get_template(page.template)
        yield OutputFile(page.path, template.render(view=page.view))


def read_templates() -> list[str]:
    """The text of each template."""
    paths = sorted(find_templates().glob("*.jinja"))
    return [path.read_text(encoding="utf-8") for path in paths]


def find_templates() -> Path:
    """The folder of the templates: beside the package, or in its checkout."""
    package = Path(str(files("oasmith")))
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


@cache
def _environment() -> Environment:
    # Its import takes longer than all that comes before it in a small run.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(find_templates()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
