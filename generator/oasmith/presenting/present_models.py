"""Presents declarations as modules of models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from ..building.api import (
    AliasDeclaration,
    AnyType,
    ConstantType,
    EnumType,
    ObjectDeclaration,
    Property,
)
from ..layout.package import DeclaredModel, Package, Symbol
from ..layout.symbols import ANY, TYPE_ALIAS, runtime, standard
from .code import Code, fill, symbols_of, use
from .docstrings import make_docstring
from .expressions import annotate, decoder, or_unset
from .imports import make_imports
from .literals import make_literal
from .phrases import describe_value
from .views import AliasModuleView, AliasView, DecoderView, FieldView, ModelView, Page
from .wrap import wrap_line

_MARGIN = 4


def present_models(package: Package, header: str) -> Iterable[Page]:
    """Present every module below ``models``."""
    homes: dict[str, list[DeclaredModel]] = {}
    for model in package.models.values():
        homes.setdefault(model.symbol.module, []).append(model)
    for module, models in homes.items():
        if not module.startswith("models."):
            continue
        path = module.replace(".", "/") + ".py"
        main = next((m for m in models if _is_object(m)), None)
        if main is None:
            present = partial(_present_alias_module, package, models[0], header)
            yield Page(path, "alias.py.jinja", present)
        else:
            enums = [model for model in models if model is not main]
            yield Page(
                path,
                "model.py.jinja",
                partial(_present_model, package, main, enums, header),
            )


def present_enums(
    package: Package, models: Iterable[DeclaredModel]
) -> tuple[tuple[AliasView, ...], frozenset[Symbol]]:
    """Present enums that stand beside what uses them, and what they need imported."""
    values = [(model, _enum_value(package, model)) for model in models]
    views = tuple(
        AliasView(model.symbol.name, _define(model, code.text), "", None)
        for model, code in values
    )
    needs = symbols_of(code for _, code in values)
    return views, needs | {TYPE_ALIAS} if views else needs


def _is_object(model: DeclaredModel) -> bool:
    return isinstance(model.declaration, ObjectDeclaration)


def _enum_value(package: Package, model: DeclaredModel) -> Code:
    assert isinstance(model.declaration, AliasDeclaration)
    return annotate(package, model.declaration.type, is_open=False)


def _define(model: DeclaredModel, value: str) -> str:
    return wrap_line(f"{model.symbol.name}: TypeAlias = {value}", 0)


@dataclass(frozen=True, slots=True)
class _Lines:
    """What stands in the body of a model."""

    fields: list[Code]
    extra: list[Code]
    """The declaration of ``extra``, or nothing."""

    reads: list[Code]
    wire_names: list[str]


def _present_model(
    package: Package, model: DeclaredModel, enums: Sequence[DeclaredModel], header: str
) -> ModelView:
    declaration = model.declaration
    assert isinstance(declaration, ObjectDeclaration)
    lines = _present_lines(package, declaration)
    enum_views, enum_needs = present_enums(package, enums)
    annotated, read = symbols_of([*lines.fields, *lines.extra]), symbols_of(lines.reads)
    circular = _circular(package, model)
    needs = (annotated | read | enum_needs | _needs_of(lines)) - circular
    if checking := annotated & circular:
        needs |= {standard("typing", "TYPE_CHECKING")}
    module = model.symbol.module
    return ModelView(
        header=header,
        imports=make_imports(needs, module, package.runtime),
        checking_imports=make_imports(checking, module, package.runtime, _MARGIN),
        enums=enum_views,
        name=model.symbol.name,
        docstring=_docstring_of(declaration),
        wire_names=tuple(lines.wire_names),
        fields=tuple(
            FieldView(
                wrap_line(code.text, _MARGIN),
                make_docstring(describe_value(item.doc), _MARGIN),
            )
            for code, item in zip(lines.fields, declaration.properties, strict=True)
        ),
        extra="".join(wrap_line(code.text, _MARGIN) for code in lines.extra),
        read_imports=make_imports(
            read & circular, module, package.runtime, 2 * _MARGIN
        ),
        reads=tuple(wrap_line(code.text, 2 * _MARGIN) for code in lines.reads),
    )


def _present_lines(package: Package, declaration: ObjectDeclaration) -> _Lines:
    names = package.fields[declaration.pointer]
    items = declaration.properties
    extra, read_extra = _present_extra(package, declaration)
    return _Lines(
        fields=[_declare(package, item, names[item.name]) for item in items],
        extra=extra,
        reads=[_read(package, item, names[item.name]) for item in items] + read_extra,
        wire_names=[
            f"{make_literal(python)}: {make_literal(wire)}"
            for wire, python in names.items()
            if wire != python
        ],
    )


def _needs_of(lines: _Lines) -> frozenset[Symbol]:
    """What the template itself mentions."""
    needs = {ANY, runtime("Model"), standard("dataclasses", "dataclass")}
    if lines.wire_names:
        needs.add(standard("typing", "ClassVar"))
        needs.add(standard("collections.abc", "Mapping"))
    return frozenset(needs)


def _docstring_of(declaration: ObjectDeclaration | AliasDeclaration) -> str:
    doc = declaration.doc
    text = doc.text or doc.title
    if doc.deprecated:
        text = f"{text}\n\nDeprecated." if text else "Deprecated."
    return make_docstring(text, _MARGIN)


def _declare(package: Package, item: Property, name: str) -> Code:
    annotation = annotate(package, item.type, is_open=True)
    if item.required and isinstance(item.type, ConstantType):
        default = Code(make_literal(item.type.value))
        return fill("{}: {} = {}", Code(name), annotation, default)
    if item.preset is not None:
        held = annotation if item.required else or_unset(annotation)
        return fill("{}: {} = {}", Code(name), held, Code(make_literal(item.preset)))
    if item.required:
        return fill("{}: {}", Code(name), annotation)
    unset = use(runtime("UNSET"))
    return fill("{}: {} = {}", Code(name), or_unset(annotation), unset)


def _read(package: Package, item: Property, name: str) -> Code:
    """Write the statement that reads a property, by a reader of its own if it can."""
    how = "required" if item.required else "optional"
    target, key = Code(f"self.{name}"), Code(make_literal(item.name))
    kind = _reader_of(package, item)
    if kind:
        reader = use(runtime(f"{how}_{kind}"))
        return fill("{} = {}(data, {})", target, reader, key)
    reader = use(runtime(how))
    return fill(
        "{} = {}(data, {}, {})", target, reader, key, decoder(package, item.type)
    )


def _reader_of(package: Package, item: Property) -> str:
    match decoder(package, item.type).text:
        case "decode_str":
            return "str"
        case "decode_int":
            return "int"
        case "decode_float":
            return "float"
        case "decode_bool":
            return "bool"
        case "decode_datetime":
            return "datetime"
        case _:
            return ""


def _present_extra(
    package: Package, declaration: ObjectDeclaration
) -> tuple[list[Code], list[Code]]:
    """Declare and read ``extra`` where the properties in it have a type."""
    if declaration.additional is None or isinstance(declaration.additional, AnyType):
        return [], []
    value = annotate(package, declaration.additional, is_open=True)
    # The factory runs when the module is imported, where some names are not known yet.
    field = use(standard("dataclasses", "field"))
    declared = fill(
        "extra: dict[str, {}] = {}(default_factory=dict[str, {}])",
        value,
        field,
        use(ANY),
    )
    decode_rest = use(runtime("decode_rest"))
    decode = decoder(package, declaration.additional)
    return [declared], [fill("{}(data, {})", decode_rest, decode)]


def _circular(package: Package, model: DeclaredModel) -> frozenset[Symbol]:
    """The symbols that can't be imported with this module."""
    found: set[Symbol] = set()
    for pointer in model.late:
        other = package.models[pointer]
        if other.symbol.module != model.symbol.module:
            found.add(other.symbol)
            if other.decoder is not None:
                found.add(other.decoder)
    return frozenset(found)


def _present_alias_module(
    package: Package, model: DeclaredModel, header: str
) -> AliasModuleView:
    declaration = model.declaration
    assert isinstance(declaration, AliasDeclaration)
    is_enum = isinstance(declaration.type, EnumType)
    value = annotate(package, declaration.type, is_open=not is_enum)
    read = decoder(package, declaration.type)
    circular = _circular(package, model)
    needs = {TYPE_ALIAS, *value.symbols} - circular
    checking = value.symbols & circular
    if model.decoder is not None:
        needs |= read.symbols - circular
        needs |= {
            standard("collections.abc", "Callable"),
            standard("functools", "cache"),
        }
    if checking:
        needs.add(standard("typing", "TYPE_CHECKING"))
    module = model.symbol.module
    decoding = None
    if model.decoder is not None:
        late = make_imports(read.symbols & circular, module, package.runtime, _MARGIN)
        statement = f"return {read.text}"
        decoding = DecoderView(model.decoder.name, late, wrap_line(statement, _MARGIN))
    return AliasModuleView(
        header=header,
        imports=make_imports(needs, module, package.runtime),
        checking_imports=make_imports(checking, module, package.runtime, _MARGIN),
        alias=AliasView(
            model.symbol.name,
            _define(model, make_literal(value.text) if model.is_text else value.text),
            make_docstring(declaration.doc.text or declaration.doc.title, 0),
            decoding,
        ),
    )
