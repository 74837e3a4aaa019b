"""Lays the package out: which module holds what, under which name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..building.api import (
    AliasDeclaration,
    Api,
    Body,
    Declaration,
    DeclaredType,
    EnumType,
    FormBody,
    JsonBody,
    ObjectDeclaration,
    Operation,
    Tagging,
    UnionType,
    Variant,
)
from ..building.type_walk import (
    envelopes_in,
    failures_in,
    types_in,
    types_of,
    types_received,
    types_sent,
)
from ..document import Pointer, ancestors, join_pointer, split_pointer
from .allocator import Allocator
from .imports_of_models import plan_imports
from .name_headers import kept_header_classes, name_headers
from .name_keywords import name_keywords
from .names import allocate, class_case, snake_case, split_words
from .package import (
    DeclaredModel,
    Group,
    OperationModule,
    Package,
    Symbol,
    argument_key,
)
from .place_words import (
    full_operation_words,
    media_words,
    operation_words,
    schema_words,
)
from .reserved import (
    CLIENT_ATTRIBUTES,
    FIELDS,
    FUNCTION_ARGUMENTS,
    FUNCTIONS,
    GROUP_CLASSES,
    MODEL_NAMES,
)
from .symbols import ON_DEMAND_NAMES
from .told_names import tell_outgrown, tell_renamed, tell_shapes

_UNTAGGED = "default"


def lay_out(api: Api, name: str, source: str, allocator: Allocator) -> Package:
    """Give everything its module and its name.

    Args:
        api: What is to be called.
        name: The name of the package.
        source: The description, as the headers of the files name it.
        allocator: Knows the names of an earlier run.
    """
    if _asks_for_more(api):
        allocator.reserve(ON_DEMAND_NAMES)
    groups = _lay_out_groups(api, allocator)
    credentials, server_variables = name_keywords(api, groups, allocator)
    models = _lay_out_models(api, groups, allocator)
    classes = {model.symbol.name for model in models.values()}
    package = Package(
        api=api,
        name=name,
        source=source,
        models=models,
        fields=_name_fields(api, allocator),
        groups=name_headers(groups, classes, allocator),
        credentials=credentials,
        server_variables=server_variables,
        names=allocator.names,
        shapes=tell_shapes(models, allocator, api.document),
    )
    allocator.tell_unused()
    tell_renamed(allocator, api.document)
    return package


def _asks_for_more(api: Api) -> bool:
    """Whether modules import what those of most packages do not."""
    return any(
        each.paging or any(envelopes_in(each)) or any(failures_in(each))
        for each in api.operations
    )


def _lay_out_groups(api: Api, allocator: Allocator) -> tuple[Group, ...]:
    by_tag: dict[str, list[Operation]] = {}
    for operation in api.operations:
        by_tag.setdefault(_tag_of(operation), []).append(operation)
    wanted = {tag: snake_case(split_words(tag), "group") for tag in by_tag}
    names = allocator.allocate("groups", wanted, CLIENT_ATTRIBUTES)
    return tuple(
        Group(
            tag=tag,
            name=names[tag],
            class_name=_class_of_group(names[tag]),
            operations=_lay_out_operations(api, names[tag], operations, allocator),
        )
        for tag, operations in by_tag.items()
    )


def _class_of_group(name: str) -> str:
    """A class for the group; one called "Async..." would be another group's twin."""
    wanted = class_case(split_words(name), "Group")
    taken = wanted in GROUP_CLASSES or wanted.startswith("Async")
    return f"{wanted}Group" if taken else wanted


def _tag_of(operation: Operation) -> str:
    return operation.tags[0] if operation.tags else _UNTAGGED


def _lay_out_operations(
    api: Api, group: str, operations: Sequence[Operation], allocator: Allocator
) -> tuple[OperationModule, ...]:
    # What the description names goes before what only a media type tells apart.
    ordered = sorted(operations, key=lambda each: each.variant is not None)
    wanted = {each.pointer: _function_name(each) for each in ordered}
    # What is made of an operation besides makes way for the operations themselves.
    wanted |= {
        _pages_key(each): f"{_function_name(each)}_all"
        for each in ordered
        if each.paging is not None
    }
    names = allocator.allocate("operations", wanted, FUNCTIONS)
    outgrown = allocator.outgrown("operations", wanted, FUNCTIONS)
    own = {each.pointer for each in operations if each.variant is None}
    told = {pointer: outgrown[pointer] for pointer in outgrown if pointer in own}
    tell_outgrown("function", told, allocator, api.document)
    return tuple(
        OperationModule(
            operation=each,
            group=group,
            function=names[each.pointer],
            module=f"api.{group}.{names[each.pointer]}",
            arguments=_name_arguments(api, each, allocator),
            pages_function=names.get(_pages_key(each)),
        )
        for each in operations
    )


def _pages_key(operation: Operation) -> Pointer:
    return join_pointer(operation.pointer, "pages")


def _function_name(operation: Operation) -> str:
    """A name for the function; one that ends like a twin's gets another end."""
    words = operation_words(
        operation.method, operation.path, operation.operation_id, operation.tags
    )
    if operation.variant is not None:
        words = [*words, *_variant_words(operation.variant)]
    name = snake_case(words, "operation")
    return f"{name}_operation" if name.endswith("_async") else name


def _variant_words(variant: Variant) -> list[str]:
    words = media_words(variant.content_type) if variant.content_type else []
    return [*words, "stream"] if variant.streams else words


def _name_arguments(
    api: Api, operation: Operation, allocator: Allocator
) -> dict[Pointer, str]:
    """Name the arguments: of two that are alike the later one tells its place.

    Parameters go before the body's properties, and the path's before others.
    """
    wanted: dict[Pointer, str] = {}
    for place, name in _arguments_of(operation):
        plain = snake_case(split_words(name), "value")
        if plain in wanted.values():
            plain = f"{plain.rstrip('_')}_{place}"
        wanted[argument_key(operation, place, name)] = plain
    names = allocator.allocate("arguments", wanted, FUNCTION_ARGUMENTS)
    outgrown = allocator.outgrown("arguments", wanted, FUNCTION_ARGUMENTS)
    in_path = {
        argument_key(operation, "path", each.name): each.pointer
        for each in operation.parameters
        if each.place == "path" and operation.variant is None
    }
    told = {in_path[key]: outgrown[key] for key in outgrown if key in in_path}
    tell_outgrown("argument", told, allocator, api.document)
    return names


def _arguments_of(operation: Operation) -> Iterator[tuple[str, str]]:
    places = ("path", "query", "querystring", "header", "cookie")
    for place in places:
        for parameter in operation.parameters:
            if parameter.place == place:
                yield place, parameter.name
    for name in _body_argument_names(operation.body):
        yield "body", name


def _body_argument_names(body: Body | None) -> Iterator[str]:
    match body:
        case None:
            return
        case JsonBody(fields=fields) | FormBody(fields=fields) if fields is not None:
            for item in fields:
                yield item.name
        case _:
            yield "body"


def _lay_out_models(
    api: Api, groups: Sequence[Group], allocator: Allocator
) -> dict[Pointer, DeclaredModel]:
    words = {
        each.pointer: full_operation_words(each.method, each.path, each.operation_id)
        for each in api.operations
    }
    wanted = {
        pointer: class_case(schema_words(api.document, words, pointer), "Model")
        for pointer in api.declarations
    }
    # What the description names keeps its name beside what is made of it.
    written_first = dict(sorted(wanted.items(), key=lambda it: _is_family(api, it[0])))
    reserved = MODEL_NAMES | kept_header_classes(groups, allocator)
    classes = allocator.allocate("models", written_first, reserved)
    modules = _name_modules(api, groups, classes)
    plans = plan_imports(api.declarations)
    return {
        pointer: DeclaredModel(
            declaration=declaration,
            symbol=Symbol(modules[pointer], classes[pointer]),
            decoder=_decoder_of(declaration, modules[pointer], classes[pointer]),
            late=plans[pointer].late,
            is_text=plans[pointer].is_text,
        )
        for pointer, declaration in api.declarations.items()
    }


def _name_modules(
    api: Api, groups: Sequence[Group], classes: Mapping[Pointer, str]
) -> dict[Pointer, str]:
    """Choose modules: one for each declaration, but inline enums join their owner."""
    functions = {
        each.operation.pointer: each.module
        for group in groups
        for each in group.operations
    }
    users = _find_users(api)
    owners = {pointer: _owner_of(api, pointer, functions, users) for pointer in classes}
    own = {
        pointer: snake_case(split_words(name), "model")
        for pointer, name in classes.items()
        if owners[pointer] is None
    }
    files = allocate(own, {})
    homes = functions | {pointer: f"models.{name}" for pointer, name in files.items()}
    return {pointer: homes[owner or pointer] for pointer, owner in owners.items()}


def _owner_of(
    api: Api,
    pointer: Pointer,
    functions: Mapping[Pointer, str],
    users: Mapping[Pointer, set[Pointer]],
) -> Pointer | None:
    """What an inline enum stands beside: the object or operation that alone uses it."""
    if not _is_enum(api.declarations[pointer]) or _is_component(pointer):
        return None
    for above in list(ancestors(pointer))[1:]:
        declared = isinstance(api.declarations.get(above), ObjectDeclaration)
        if declared or above in functions:
            return above if users.get(pointer) == {above} else None
    return None


def _find_users(api: Api) -> dict[Pointer, set[Pointer]]:
    """The declarations and operations that mention each declaration."""
    users: dict[Pointer, set[Pointer]] = {}
    mentions = [
        (pointer, types_of(found)) for pointer, found in api.declarations.items()
    ]
    mentions += [(each.pointer, types_sent(each)) for each in api.operations]
    mentions += [(each.pointer, types_received(each)) for each in api.operations]
    for user, types in mentions:
        for mentioned in types:
            for part in types_in(mentioned):
                if isinstance(part, DeclaredType):
                    users.setdefault(part.pointer, set()).add(user)
    return users


def _is_enum(declaration: Declaration) -> bool:
    return isinstance(declaration, AliasDeclaration) and isinstance(
        declaration.type, EnumType
    )


def _is_family(api: Api, pointer: Pointer) -> bool:
    """Whether it is the union of a schema and of those that extend it."""
    match api.declarations[pointer]:
        case AliasDeclaration(type=UnionType(tag=Tagging())):
            return split_pointer(pointer)[-1] == "discriminator"
        case _:
            return False


def _is_component(pointer: Pointer) -> bool:
    keys = split_pointer(pointer)
    return len(keys) == (2 if keys[0] == "definitions" else 3)


def _decoder_of(declaration: Declaration, module: str, name: str) -> Symbol | None:
    if isinstance(declaration, ObjectDeclaration) or _is_enum(declaration):
        return None
    return Symbol(
        module, f"decode_{snake_case(split_words(name), 'model').rstrip('_')}"
    )


def _name_fields(api: Api, allocator: Allocator) -> dict[Pointer, dict[str, str]]:
    fields: dict[Pointer, dict[str, str]] = {}
    for pointer, declaration in api.declarations.items():
        if not isinstance(declaration, ObjectDeclaration):
            continue
        keys = {
            join_pointer(pointer, "properties", item.name): item.name
            for item in declaration.properties
        }
        wanted = {
            key: snake_case(split_words(name), "value") for key, name in keys.items()
        }
        # What is called by its own name keeps it, wherever a twin stands.
        exact_first = dict(sorted(wanted.items(), key=lambda it: it[1] != keys[it[0]]))
        names = allocator.allocate("fields", exact_first, FIELDS)
        fields[pointer] = {name: names[key] for key, name in keys.items()}
    return fields
