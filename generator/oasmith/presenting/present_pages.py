"""Presents the functions that give the items of all pages of an operation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..building.answer_shapes import Paging
from ..layout.package import OperationModule, Package, Symbol, argument_key
from ..layout.symbols import runtime
from .code import Code, fill, join, symbols_of, use
from .definitions import define
from .docstrings import make_docstring
from .expressions import annotate
from .literals import make_literal
from .present_answers import field_of
from .views import PagingView
from .wrap import wrap_line

_MARGIN = 4

_STYLES = {
    "page": "NumberedPages",
    "offset": "OffsetPages",
    "cursor": "CursorPages",
    "link": "LinkedPages",
    "next-url": "UrlPages",
}


@dataclass(frozen=True, slots=True)
class PagingCode:
    view: PagingView
    symbols: frozenset[Symbol]


def present_paging(
    package: Package,
    module: OperationModule,
    signature: Sequence[str],
    returns: Code,
    request: str,
) -> PagingCode | None:
    """Present the function and its twin, where the answers of an operation go on.

    Args:
        signature: The parameters of the function for one page, which they take too.
        returns: What a page is.
        request: The call that makes the request for the first page.
    """
    paging, name = module.operation.paging, module.pages_function
    if paging is None or name is None:
        return None
    item = annotate(package, paging.item, is_open=True)
    style = _present_style(paging)
    paginator, awaited = (
        fill("{}[{}, {}]", use(runtime(each)), item, returns)
        for each in ("Paginator", "AsyncPaginator")
    )
    given = f"(client, _OPERATION, {request}, _PAGES)"
    view = PagingView(
        types=f"{returns.text}, {item.text}",
        items=wrap_line(f"lambda page: {_take_items(package, paging)}", _MARGIN, ","),
        style=wrap_line(style.text, _MARGIN, ","),
        definition=define(name, "Sender", signature, paginator),
        async_definition=define(f"{name}_async", "AsyncSender", signature, awaited),
        docstring=make_docstring(_describe(module, paging), _MARGIN),
        async_docstring=make_docstring(
            f"Like {name}, but awaits each page: ``async for``.", _MARGIN
        ),
        call=wrap_line(f"return Paginator{given}", _MARGIN),
        async_call=wrap_line(f"return AsyncPaginator{given}", _MARGIN),
    )
    pages = use(runtime("Pages"))
    return PagingCode(view, symbols_of([paginator, awaited, style, pages]))


def _describe(module: OperationModule, paging: Paging) -> str:
    start = ""
    if paging.parameter is not None:
        key = argument_key(module.operation, "query", paging.parameter)
        start = f"; `{module.arguments[key]}` says where to begin"
    return (
        f"Like {module.function}, but gives the items of all pages.\n\n"
        f"Each page is fetched when its first item is needed{start}."
    )


def _take_items(package: Package, paging: Paging) -> str:
    """Write the way from a page to its items, past what may be absent or null."""
    taken = "page"
    asked = [] if paging.is_page_sure or not paging.path else [taken]
    for member in paging.path:
        taken = f"{taken}.{field_of(package, member)}"
        if not member.is_sure and member is not paging.path[-1]:
            asked.append(taken)
    return f"{taken} if {' and '.join(asked)} else None" if asked else taken


def _present_style(paging: Paging) -> Code:
    arguments = join(", ", map(Code, _style_arguments(paging)))
    return fill("{}({})", use(runtime(_STYLES[paging.style])), arguments)


def _style_arguments(paging: Paging) -> Iterator[str]:
    if paging.parameter is not None:
        yield make_literal(paging.parameter)
    if paging.next is not None:
        yield make_literal(paging.next)
    if paging.first != (1 if paging.style == "page" else 0):
        yield f"first={paging.first}"
    for keyword, pointer in (
        ("total", paging.total),
        ("total_pages", paging.total_pages),
        ("has_more", paging.has_more),
    ):
        if pointer is not None:
            yield f"{keyword}={make_literal(pointer)}"
