"""Presents operations as modules of client functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..building.api import (
    BytesContent,
    Content,
    JsonContent,
    Operation,
    Response,
    TextContent,
)
from ..layout.package import DeclaredModel, OperationModule, Package
from ..layout.symbols import runtime
from .code import Code, fill, join, symbols_of, use
from .docstrings import Section, make_docstring
from .expressions import annotate, decoder
from .imports import make_imports
from .literals import make_literal
from .phrases import as_sentence
from .present_arguments import Argument, present_arguments, present_sending
from .present_headers import present_headers
from .present_models import present_enums
from .views import OperationView, Page
from .wrap import WIDTH, wrap_line

_MARGIN = 4
_LONGEST_SUMMARY = 79


@dataclass(frozen=True, slots=True)
class _Answers:
    """The responses of an operation, as they are read."""

    returns: Code
    responses: Code
    errors: Code | None
    raised: str
    """What to say of the errors in the docstring."""


def present_operations(package: Package, header: str) -> Iterable[Page]:
    """Present the module of every operation."""
    beside: dict[str, list[DeclaredModel]] = {}
    for model in package.models.values():
        beside.setdefault(model.symbol.module, []).append(model)
    for group in package.groups:
        for module in group.operations:
            path = module.module.replace(".", "/") + ".py"
            enums = beside.get(module.module, [])
            view = _present_operation(package, module, enums, header)
            yield Page(path, "operation.py.jinja", view)


def _present_operation(
    package: Package,
    module: OperationModule,
    enums: Sequence[DeclaredModel],
    header: str,
) -> OperationView:
    operation = module.operation
    arguments = present_arguments(package, module)
    sending = present_sending(package, module)
    answers = _present_answers(package, operation)
    enum_views, enum_needs = present_enums(package, enums)
    headers = present_headers(package, module)
    constant = list(_present_constant(package, module, answers))
    signature = _signature(arguments)
    call = f"client.send(_OPERATION, _request({', '.join(_passed(arguments))}))"
    needs = {
        *symbols_of([answers.returns, *constant, *sending.checks, sending.call]),
        *symbols_of(argument.declaration for argument in arguments),
        *enum_needs,
        *headers.needs,
        *map(runtime, ("AsyncSender", "Operation", "Sender", "Request")),
    }
    return OperationView(
        header=header,
        imports=make_imports(needs, module.module),
        enums=enum_views,
        returns=answers.returns.text,
        constant=tuple(wrap_line(code.text, _MARGIN, ",") for code in constant),
        definition=_define(module.function, "Sender", signature, answers.returns),
        async_definition=_define(
            f"{module.function}_async", "AsyncSender", signature, answers.returns
        ),
        docstring=_present_docstring(operation, arguments, answers),
        async_docstring=make_docstring(
            f"{_summary(operation)}\n\n"
            f"Like {module.function}, but awaits the response.",
            _MARGIN,
        ),
        call=wrap_line(f"return {call}", _MARGIN),
        async_call=wrap_line(f"return await {call}", _MARGIN),
        request_definition=wrap_line(
            f"def _request({', '.join(signature)}) -> Request:", 0
        ),
        checks=tuple(wrap_line(code.text, _MARGIN) for code in sending.checks),
        request=wrap_line(f"return _OPERATION.request({sending.call.text})", _MARGIN),
        headers=headers.views,
    )


def _signature(arguments: Sequence[Argument]) -> list[str]:
    """The parameters; all but those of the path are passed by keyword."""
    positional = [each.declaration.text for each in arguments if each.positional]
    keywords = [each.declaration.text for each in arguments if not each.positional]
    return [*positional, *(["*"] if keywords else []), *keywords]


def _define(name: str, sender: str, signature: Sequence[str], returns: Code) -> str:
    """Write the first lines of a function.

    Keyword-only parameters have a line each, so that a new one is one more line.
    """
    parameters = [f"client: {sender}", *signature]
    line = f"def {name}({', '.join(parameters)}) -> {returns.text}:"
    if "*" not in signature and len(line) + len("async ") <= WIDTH:
        return line
    margin = " " * _MARGIN
    listed = [f"{margin}{wrap_line(each, _MARGIN, ',')},\n" for each in parameters]
    return f"def {name}(\n{''.join(listed)}) -> {returns.text}:"


def _passed(arguments: Sequence[Argument]) -> Iterator[str]:
    for each in arguments:
        yield each.name if each.positional else f"{each.name}={each.name}"


def _present_constant(
    package: Package, module: OperationModule, answers: _Answers
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
    """The media types that are answered, unless that is what the runtime assumes."""
    types = dict.fromkeys(
        content_type
        for each in operation.responses
        for content_type, _ in each.content
        if content_type.isascii() and content_type.isprintable()
    )
    return "" if set(types) <= {"application/json"} else ", ".join(types)


def _present_answers(package: Package, operation: Operation) -> _Answers:
    successes = [each for each in operation.responses if not each.is_error]
    failures = [
        each
        for each in operation.responses
        if each.is_error or each.status == "default"
    ]
    types = dict.fromkeys(
        code for each in successes for code in _types_of(package, each)
    )
    if not successes:
        nothing = use(runtime("read_nothing"))
        successes_code = fill('{{"2XX": {}}}', nothing)
    else:
        successes_code = _table(package, successes)
    told = [each for each in failures if each.content]
    return _Answers(
        returns=_union(list(types)) if types else Code("None"),
        responses=successes_code,
        errors=_table(package, told) if told else None,
        raised=_describe_errors(package, told),
    )


def _types_of(package: Package, response: Response) -> Iterator[Code]:
    if not response.content:
        yield Code("None")
    for _, content in response.content:
        yield _annotate_content(package, content)


def _union(types: Sequence[Code]) -> Code:
    """The types side by side, each once, null last."""
    parts: dict[str, Code] = {}
    for code in types:
        for text in [code.text] if "[" in code.text else code.text.split(" | "):
            parts.setdefault(text, Code(text, code.symbols))
    if "Any" in parts:
        return parts["Any"]
    nothing = parts.pop("None", None)
    return join(" | ", [*parts.values(), *([nothing] if nothing else [])])


def _annotate_content(package: Package, content: Content) -> Code:
    match content:
        case JsonContent(built):
            return annotate(package, built, is_open=True)
        case TextContent():
            return Code("str")
        case BytesContent():
            return Code("bytes")


def _table(package: Package, responses: Sequence[Response]) -> Code:
    entries = [
        fill("{}: {}", Code(make_literal(each.status)), _reader(package, each))
        for each in responses
    ]
    return fill("{{{}}}", join(", ", entries))


def _reader(package: Package, response: Response) -> Code:
    """How a response is read: by its media type, where there is a choice."""
    if not response.content:
        return use(runtime("read_nothing"))
    readers = [
        (content_type, _read_content(package, content))
        for content_type, content in response.content
    ]
    if len({code for _, code in readers}) == 1:
        return readers[0][1]
    entries = [
        fill("{}: {}", Code(make_literal(content_type)), code)
        for content_type, code in readers
    ]
    return fill("{}({{{}}})", use(runtime("by_media")), join(", ", entries))


def _read_content(package: Package, content: Content) -> Code:
    match content:
        case JsonContent(built):
            return fill("{}({})", use(runtime("read_json")), decoder(package, built))
        case TextContent():
            return use(runtime("read_text"))
        case BytesContent():
            return use(runtime("read_bytes"))


def _describe_errors(package: Package, failures: Sequence[Response]) -> str:
    by_type: dict[str, list[str]] = {}
    for each in failures:
        types = " or ".join(code.text for code in _types_of(package, each))
        status = "any other status" if each.status == "default" else each.status
        by_type.setdefault(types, []).append(status)
    told = ", ".join(
        f"on {' and '.join(statuses)} its body is {_with_article(types)}"
        for types, statuses in by_type.items()
    )
    return "The API answered with an error" + (f"; {told}." if told else ".")


def _with_article(name: str) -> str:
    if not name.isidentifier() or name in ("str", "bytes", "None", "Any"):
        return name
    return f"an {name}" if name[0] in "AEIOU" else f"a {name}"


def _present_docstring(
    operation: Operation, arguments: Sequence[Argument], answers: _Answers
) -> str:
    text = operation.doc.text.strip()
    is_short = len(text) <= _LONGEST_SUMMARY and "\n" not in text
    paragraphs = [
        "" if text and is_short else _as_title(operation),
        text,
        "Deprecated." if operation.doc.deprecated else "",
        _describe_request(operation),
    ]
    text = "\n\n".join(filter(None, paragraphs))
    described = tuple((each.name, each.text) for each in arguments if each.text)
    sections = [
        Section("Args", described),
        Section("Raises", (("StatusError", answers.raised),)),
    ]
    return make_docstring(text, _MARGIN, sections)


def _describe_request(operation: Operation) -> str:
    line = f"{operation.method} {operation.path}"
    if operation.variant is None:
        return line
    return f"{line} as {operation.variant.content_type}"


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
