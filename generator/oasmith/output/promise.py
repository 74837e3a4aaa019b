"""What generated modules may hold: the names that were given, the values of literals.

Whatever else stands in a module is of the templates, the presenters or the runtime.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ..layout.package import OutputFile, Package
from ..runtime_place import OWN_RUNTIME, RuntimePlace

_WORD = re.compile(r"[A-Za-z_]\w*")
_DIRECTIVE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STRING = re.compile(r'""".*?"""|"[^"\n]*"', re.DOTALL)
_COMMENT = re.compile(r"#.*")
_CALLED = re.compile(r"\b([A-Za-z_]\w*)\(")
_DEFINED = re.compile(
    r"^(?:async def|def|class) (\w+)|^(\w+)(?:: .*)? = ", re.MULTILINE
)

_PRESENTED = frozenset(
    [
        "Any",
        "Callable",
        "ClassVar",
        "Decimal",
        "Iterable",
        "Literal",
        "Mapping",
        "TYPE_CHECKING",
        "TypeAlias",
        "UUID",
        "annotations",
        "cache",
        "collections",
        "abc",
        "dataclass",
        "dataclasses",
        "date",
        "datetime",
        "decimal",
        "dt",
        "field",
        "functools",
        "get_args",
        "time",
        "typing",
        "uuid",
        "bool",
        "bytes",
        "dict",
        "float",
        "int",
        "list",
        "object",
        "str",
        "tuple",
        "_OPERATION",
        "_request",
        "client",
        "data",
        "envelope",
        "extra",
        "page",
        "self",
    ]
)
"""What the presenters write that is of the standard library, or of no template."""

_PRESENTED_CALLS = frozenset(
    ["_request", "field", "from_dict", "get_args", "request", "send"]
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What the modules of one package may hold."""

    header: str
    """The first line of each: the only comment that tells of the description."""

    comments: frozenset[str]
    """The comments of templates."""

    names: frozenset[str]
    """What is named after something of the description."""

    values: Collection[object]
    """What was made a literal, as it was before."""

    own: frozenset[str]
    """The names that templates, presenters and the runtime have."""

    called: frozenset[str]
    """The names that may be called."""

    keywords: frozenset[str]
    """The names of arguments, besides those that are named after something."""

    runtime: RuntimePlace = OWN_RUNTIME
    """Where the runtime is imported from, which may be outside of the package."""


def make_promise(
    package: Package,
    header: str,
    templates: Iterable[str],
    runtime: Collection[OutputFile],
) -> Promise:
    """Gather what the modules of a package may hold, but for the values of literals.

    Args:
        header: The first line of each module.
        templates: The text of each template.
        runtime: The files of the runtime.
    """
    texts = [_STRING.sub("", _DIRECTIVE.sub("", text)) for text in templates]
    code = "\n".join(_COMMENT.sub("", text) for text in texts)
    defined = {name for file in runtime for name in _defined_in(file.text)}
    modules = {part for file in runtime for part in _parts_of(file.path)}
    modules |= {*package.runtime.module.split(".")}
    modules |= {each.name for each in package.exports}
    modules |= {part for each in package.exports for part in each.module.split(".")}
    classes = {each.class_name for each in package.groups}
    own = _PRESENTED | _PRESENTED_CALLS | {*_WORD.findall(code)} | defined | modules
    return Promise(
        header=header,
        comments=frozenset(found for text in texts for found in _COMMENT.findall(text)),
        names=frozenset(_names_of(package)),
        values=(),
        own=own,
        called=frozenset(
            {*_PRESENTED_CALLS, *_CALLED.findall(code), *defined, *classes}
            | {f"Async{name}" for name in classes}
        ),
        keywords=own.union(*(_WORD.findall(file.text) for file in runtime)),
        runtime=package.runtime,
    )


def _defined_in(text: str) -> Iterator[str]:
    """The public names of a module of the runtime."""
    for function, constant in _DEFINED.findall(text):
        name: str = function or constant
        if not name.startswith("_"):
            yield name


def _parts_of(path: str) -> list[str]:
    return path.removesuffix(".py").split("/")


def _names_of(package: Package) -> Iterator[str]:
    """Every name that was allocated, and the modules called after it."""
    for names in package.names.values():
        yield from names.values()
    for model in package.models.values():
        for symbol in filter(None, (model.symbol, model.decoder)):
            yield symbol.name
            yield from symbol.module.split(".")
    for fields in package.fields.values():
        yield from fields.values()
    for group in package.groups:
        yield from (group.name, group.class_name, f"Async{group.class_name}")
        for each in group.operations:
            yield from (each.function, f"{each.function}_async")
            if each.pages_function is not None:
                yield from (each.pages_function, f"{each.pages_function}_async")
            yield from each.module.split(".")
            yield from each.arguments.values()
            if each.headers is not None:
                yield each.headers.symbol.name
                yield from each.headers.fields.values()
    for credential in package.credentials:
        yield credential.name
    for variable in package.server_variables:
        yield variable.name
        if variable.choices is not None:
            yield variable.choices.name
