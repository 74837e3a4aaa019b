"""Fills Jinja templates with views; the only module that knows of Jinja."""

from __future__ import annotations

from collections.abc import Iterator
from traceback import extract_tb
from typing import TYPE_CHECKING, NoReturn

from ..diagnostics import Diagnostics, Stopped
from ..text import Spot, Text
from .template_words import MARK, TemplateWords
from .templates import Templates

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.nodes import Node

    from ..presenting.views import Page

_OURS = "oasmith/"
"""What stands before the name of one of our templates, wherever a user has another."""


class TemplateFault(Exception):
    """A template of the user can't be used, or gives what can't be written.

    Args:
        name: The template.
        line: Where in it, or 0.
        reason: What is wrong.
        help: What can be done.
    """

    def __init__(self, name: str, line: int, reason: str, help: str = "") -> None:
        super().__init__(name, line, reason, help)
        self.name = name
        self.line = line
        self.reason = reason
        self.help = help


class Renderer:
    """Fills templates: the user's where there is one, and else ours.

    A user's template can name ours of the same name: ``{% include "oasmith/NAME" %}``.
    """

    def __init__(self, templates: Templates) -> None:
        # Its import takes longer than all that comes before it in a small run.
        from jinja2 import DictLoader, Environment, StrictUndefined

        self._users = templates.users
        self._words: dict[str, TemplateWords] = {}
        texts = {f"{_OURS}{name}": text for name, text in templates.ours.items()}
        texts |= templates.ours
        texts |= {name: text.string for name, text in templates.users.items()}
        self._environment: Environment = Environment(
            loader=DictLoader(texts),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )

    def render(self, page: Page) -> str:
        """Fill a page's template with its view.

        Raises:
            TemplateFault: The user's template asks for what is not there.
        """
        if page.template in self._users:
            return self._render_users(
                self._environment.get_template(page.template), page
            )
        return self._environment.get_template(page.template).render(view=page.present())

    def words_of(self, name: str) -> TemplateWords:
        """What a user's template has of its own."""
        if name not in self._words:
            tree = self._environment.parse(self._users[name].string)
            self._words[name] = TemplateWords("".join(_own_text(tree)))
        return self._words[name]

    def check(self, diagnostics: Diagnostics) -> None:
        """Tell what is no template at all.

        Raises:
            Stopped: There is such a one.
        """
        from jinja2 import TemplateSyntaxError

        are_sound = True
        for text in self._users.values():
            try:
                self._environment.compile(text.string)
            except TemplateSyntaxError as error:
                message = f"this is no template: {_lowered(error.message or '')}"
                diagnostics.error("bad-template", message, _spot(text, error.lineno))
                are_sound = False
        # What else is wrong is no reason to stop: the rest may be told yet.
        if not are_sound:
            raise Stopped

    def _render_users(self, template: Template, page: Page) -> str:
        view = page.present()
        try:
            return template.render(view=view)
        except Exception as error:  # What their expressions raise is anything at all.
            lines = [
                frame.lineno or 0
                for frame in extract_tb(error.__traceback__)
                if frame.name in ("top-level template code", "<template>")
                or frame.filename in (page.template, "<template>")
            ]
            line = lines[0] if lines else 0
            reason = f"it can't be filled in: {_lowered(str(error))}"
            help = f"its view is a {type(view).__name__}, see docs/templates.md"
            raise TemplateFault(page.template, line, reason, help) from error


def _own_text(node: Node) -> Iterator[str]:
    """The text of a template, and below it the strings in its expressions."""
    from jinja2.nodes import Const

    yield from _filled_text(node)
    for each in node.find_all(Const):
        yield f"\n{each.value}" if isinstance(each.value, str) else ""


def _filled_text(node: Node) -> Iterator[str]:
    from jinja2.nodes import Expr, Output, TemplateData

    match node:
        case TemplateData():
            yield node.data
        case Expr():
            yield MARK
        case Output():
            for written in node.nodes:
                yield from _filled_text(written)
        case _:
            for inner in node.iter_child_nodes():
                # What a statement asks for is not written.
                if not isinstance(inner, Expr):
                    yield from _filled_text(inner)
            yield MARK


def tell_fault(
    fault: TemplateFault, templates: Templates, diagnostics: Diagnostics
) -> NoReturn:
    """Make a diagnostic of a fault of a template.

    Raises:
        Stopped: Always.
    """
    text = templates.users[fault.name]
    place = _spot(text, fault.line)
    diagnostics.fatal("bad-template", fault.reason, place, help=fault.help or None)


def _spot(text: Text, line: int) -> Spot:
    starts = [0, *_line_starts(text.string)]
    return Spot(text, starts[min(max(line, 1), len(starts)) - 1])


def _line_starts(text: str) -> Iterator[int]:
    position = text.find("\n")
    while position >= 0 and position + 1 < len(text):
        yield position + 1
        position = text.find("\n", position + 1)


def _lowered(message: str) -> str:
    """A message of Jinja in the form that ours have."""
    text = " ".join(message.split()).removesuffix(".")
    return text[:1].lower() + text[1:]
