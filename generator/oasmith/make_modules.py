"""Makes modules: presents, fills in, formats and checks them, share by share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .output.check_modules import BrokenPromise, check_modules
from .output.check_users_modules import check_users_module
from .output.format import FormatError, format_python
from .output.processes import map_shares
from .output.promise import Promise
from .output.render import Renderer, TemplateFault
from .output.templates import Templates
from .presenting.literals import literals_noted
from .presenting.views import Page

_LEAST = 100
"""Pages that are worth a process of their own."""


def make_modules(
    pages: Iterable[Page], templates: Templates, renderer: Renderer, promise: Promise
) -> Mapping[str, str]:
    """The text of each page's module, by its path.

    Raises:
        TemplateFault: A template of the user gives no module that can be written.
        FormatError: One of ours does.
        BrokenPromise: A module of ours holds what nobody promised.
    """
    planned = list(pages)

    def make_share(share: Sequence[Page]) -> dict[str, str]:
        return _make_share(share, templates, renderer, promise)

    made: dict[str, str] = {}
    for texts in map_shares(make_share, planned, _LEAST):
        made |= texts
    return {page.path: made[page.path] for page in planned}


def _make_share(
    share: Sequence[Page], templates: Templates, renderer: Renderer, promise: Promise
) -> dict[str, str]:
    # What a literal was made of while its module was presented may stand in it.
    with literals_noted() as values:
        rendered = {page.path: renderer.render(page) for page in share}
    promise = replace(promise, values=values)
    users = {
        page.path: page.template for page in share if page.template in templates.users
    }
    try:
        made = format_python(rendered, foreign=users)
    except FormatError as error:
        if error.path not in users:
            raise
        said = error.reason.partition("\n")[0].lower()
        reason = f'"{error.path}" that it gives is no Python: {said}'
        raise TemplateFault(users[error.path], 0, reason) from error
    check_modules({path: made[path] for path in made if path not in users}, promise)
    for path, name in users.items():
        _check_users(path, made[path], promise, name, renderer)
    return made


def _check_users(
    path: str, text: str, promise: Promise, name: str, renderer: Renderer
) -> None:
    try:
        check_users_module(path, text, promise, renderer.words_of(name))
    except BrokenPromise as broken:
        reason = f'line {broken.line} of "{path}" that it gives holds {broken.what}'
        help = "what is of the description must stand there as the view has it"
        raise TemplateFault(name, 0, reason, help) from broken
