"""Presents operations as modules of client functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from ..building.api import Operation
from ..layout.package import DeclaredModel, OperationModule, Package
from ..layout.symbols import runtime
from .code import Code, fill, symbols_of
from .definitions import define
from .docstrings import Section, make_docstring
from .imports import make_imports
from .literals import make_literal
from .phrases import as_sentence
from .present_answers import Answers, present_answers, streams_items
from .present_arguments import Argument, present_arguments, present_sending
from .present_headers import present_headers
from .present_models import present_enums
from .present_pages import present_paging
from .views import OperationView, Page
from .wrap import wrap_line

_MARGIN = 4
_LONGEST_SUMMARY = 79


def present_operations(package: Package, header: str) -> Iterable[Page]:
    """Present the module of every operation."""
    beside: dict[str, list[DeclaredModel]] = {}
    for model in package.models.values():
        beside.setdefault(model.symbol.module, []).append(model)
    for group in package.groups:
        for module in group.operations:
            path = module.module.replace(".", "/") + ".py"
            enums = beside.get(module.module, [])
            present = partial(_present_operation, package, module, enums, header)
            yield Page(path, "operation.py.jinja", present)


def _present_operation(
    package: Package,
    module: OperationModule,
    enums: Sequence[DeclaredModel],
    header: str,
) -> OperationView:
    operation = module.operation
    arguments = present_arguments(package, module)
    sending = present_sending(package, module)
    answers = present_answers(package, operation)
    enum_views, enum_needs = present_enums(package, enums)
    headers = present_headers(package, module)
    constant = list(_present_constant(package, module, answers))
    signature = _signature(arguments)
    request = f"_request({', '.join(_passed(arguments))})"
    call = f"client.send(_OPERATION, {request})"
    paging = present_paging(package, module, signature, answers.returns, request)
    needs = {
        *symbols_of(
            [
                answers.returns,
                answers.async_returns,
                *constant,
                *sending.checks,
                sending.call,
            ]
        ),
        *symbols_of(argument.declaration for argument in arguments),
        *enum_needs,
        *headers.needs,
        *(paging.symbols if paging else ()),
        *map(runtime, ("AsyncSender", "Operation", "Sender", "Request")),
    }
    return OperationView(
        header=header,
        imports=make_imports(needs, module.module, package.runtime),
        enums=enum_views,
        returns=answers.returns.text,
        constant=tuple(wrap_line(code.text, _MARGIN, ",") for code in constant),
        definition=define(module.function, "Sender", signature, answers.returns),
        async_definition=define(
            f"{module.function}_async", "AsyncSender", signature, answers.async_returns
        ),
        docstring=_present_docstring(operation, arguments, answers),
        async_docstring=make_docstring(
            f"{_summary(operation)}\n\n"
            f"Like {module.function}, but awaits {_awaited(operation)}.",
            _MARGIN,
        ),
        call=wrap_line(f"return {call}", _MARGIN),
        async_call=wrap_line(f"return {_await(operation, call)}", _MARGIN),
        request_definition=wrap_line(
            f"def _request({', '.join(signature)}) -> Request:", 0
        ),
        checks=tuple(wrap_line(code.text, _MARGIN) for code in sending.checks),
        request=wrap_line(f"return _OPERATION.request({sending.call.text})", _MARGIN),
        headers=headers.views,
        paging=paging.view if paging else None,
    )


def _signature(arguments: Sequence[Argument]) -> list[str]:
    """The parameters; all but those of the path are passed by keyword."""
    positional = [each.declaration.text for each in arguments if each.positional]
    keywords = [each.declaration.text for each in arguments if not each.positional]
    return [*positional, *(["*"] if keywords else []), *keywords]


def _await(operation: Operation, call: str) -> str:
    return (
        f"AsyncItemStream(await {call})"
        if streams_items(operation)
        else f"await {call}"
    )


def _passed(arguments: Sequence[Argument]) -> Iterator[str]:
    for each in arguments:
        yield each.name if each.positional else f"{each.name}={each.name}"


def _present_constant(
    package: Package, module: OperationModule, answers: Answers
) -> Iterator[Code]:
    operation = module.operation
    yield Code(f"name={make_literal(module.function)}")
    yield Code(f"method={make_literal(operation.method)}")
    yield Code(f"path={make_literal(operation.path)}")
    yield fill("responses={}", answers.responses)
    if answers.errors is not None:
        yield fill("errors={}", answers.errors)
    if accept := _describe_accept(operation):
        yield Code(f"accept={make_literal(accept)}")
    if streams_items(operation):
        yield Code("streams=True")
    security = _present_security(package, operation)
    if security != ((),):
        yield Code(f"security={make_literal(security)}")
    if operation.server is not None:
        yield Code(f"server={make_literal(operation.server)}")


def _present_security(
    package: Package, operation: Operation
) -> tuple[tuple[str, ...], ...]:
    """The alternatives, by the keywords that the client takes.

    What is no keyword, such as a client certificate, is the transport's affair.
    """
    keywords = {each.scheme.name: each.name for each in package.credentials}
    return tuple(
        dict.fromkeys(
            tuple(keywords[name] for name in names if name in keywords)
            for names in operation.security
        )
    )


def _describe_accept(operation: Operation) -> str:
    """The media types that are answered, unless that is what the runtime assumes.

    A server that chooses by them shall not choose an error's for what is none.
    """
    weights: dict[str, str] = {}
    for each in operation.responses:
        for content_type, _ in each.content:
            if content_type.isascii() and content_type.isprintable():
                weights.setdefault(content_type, ";q=0.5" if each.is_error else "")
    if set(weights) <= {"application/json"}:
        return ""
    return ", ".join(f"{name}{weight}" for name, weight in weights.items())


def _present_docstring(
    operation: Operation, arguments: Sequence[Argument], answers: Answers
) -> str:
    text = operation.doc.text.strip()
    is_short = len(text) <= _LONGEST_SUMMARY and "\n" not in text
    paragraphs = [
        "" if text and is_short else _as_title(operation),
        text,
        "Deprecated." if operation.doc.deprecated else "",
        _describe_download(operation),
        _describe_request(operation),
    ]
    text = "\n\n".join(filter(None, paragraphs))
    described = tuple((each.name, each.text) for each in arguments if each.text)
    sections = [
        Section("Args", described),
        Section("Raises", answers.raised),
    ]
    return make_docstring(text, _MARGIN, sections)


def _describe_request(operation: Operation) -> str:
    line = f"{operation.method} {operation.path}"
    if operation.variant is not None and operation.variant.content_type is not None:
        line = f"{line} as {operation.variant.content_type}"
    return f"{line}, item by item" if streams_items(operation) else line


def _describe_download(operation: Operation) -> str:
    if not any(each.is_download for each in operation.responses):
        return ""
    return (
        "Gives what the redirect leads to, where the client follows redirects, or else"
        " None."
    )


def _awaited(operation: Operation) -> str:
    items = " and each item" if streams_items(operation) else ""
    return f"the response{items}"


def _as_title(operation: Operation) -> str:
    return as_sentence(operation.summary.strip().partition("\n")[0])


def _summary(operation: Operation) -> str:
    """The first line of the docstring."""
    first = operation.doc.text.strip()
    if not first or "\n" in first or len(first) > _LONGEST_SUMMARY:
        first = operation.summary.strip().partition("\n")[0] or first
    if not first or "\n" in first or len(first) > _LONGEST_SUMMARY:
        return f"{operation.method} {operation.path}"
    return as_sentence(first)
