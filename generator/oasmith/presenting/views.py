"""What templates see: finished strings, in the order in which they are written.

A template fills in attributes, and repeats or leaves out lines; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

VERSION = 1
"""Raised when a template that fits the views of before may not fit these."""


@dataclass(frozen=True, slots=True)
class AliasView:
    """A name for an enum or a union."""

    name: str
    statement: str
    """ 'Kind: TypeAlias = Literal["a", "b"]' """

    docstring: str
    decoder: DecoderView | None


@dataclass(frozen=True, slots=True)
class DecoderView:
    """The function that decodes what is no class."""

    name: str
    imports: tuple[str, ...]
    """What is imported when it first runs: importing it earlier would go in circles."""

    statement: str
    """ 'return tagged("kind", {...})', which runs once """


@dataclass(frozen=True, slots=True)
class FieldView:
    declaration: str
    """ "name: str | Unset = UNSET" """

    docstring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelView:
    """A module that defines a dataclass, with the enums of its fields."""

    header: str
    imports: tuple[str, ...]
    checking_imports: tuple[str, ...]
    enums: tuple[AliasView, ...]
    name: str
    docstring: str
    wire_names: tuple[str, ...]
    """The entries of a dict: '"from_": "from"'."""

    fields: tuple[FieldView, ...]
    extra: str
    """The declaration of ``extra``, where properties that are not named are typed."""

    read_imports: tuple[str, ...]
    reads: tuple[str, ...]
    """The statements that read the properties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasModuleView:
    """A module that defines a name for a type."""

    header: str
    imports: tuple[str, ...]
    checking_imports: tuple[str, ...]
    alias: AliasView


@dataclass(frozen=True, slots=True)
class HeadersView:
    """The class of an operation's typed headers."""

    name: str
    docstring: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagingView:
    """The functions that give what is on all pages of an operation."""

    types: str
    """What a page is, and each of its items: "PetList, Pet"."""

    items: str
    """ "lambda page: page.pets" """

    style: str
    """ 'CursorPages("cursor", "/next")' """

    definition: str
    async_definition: str
    docstring: str
    async_docstring: str
    call: str
    async_call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """A module that defines a client function and its asynchronous twin."""

    header: str
    imports: tuple[str, ...]
    enums: tuple[AliasView, ...]
    returns: str
    constant: tuple[str, ...]
    """The keyword arguments of the operation's constant."""

    definition: str
    """ "def get_pet(client: Sender, id: str) -> Pet:" """

    async_definition: str
    docstring: str
    async_docstring: str
    call: str
    """ "return client.send(_OPERATION, _request(id))" """

    async_call: str
    request_definition: str
    """ "def _request(id: str) -> Request:" """

    checks: tuple[str, ...]
    request: str
    """ "return _OPERATION.request(...)" """

    headers: tuple[HeadersView, ...]
    """The class of its typed headers, if there are any."""

    paging: PagingView | None


@dataclass(frozen=True, slots=True)
class MethodView:
    name: str
    async_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """The package of a group: the same functions as methods."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    checking_imports: tuple[str, ...]
    operations: tuple[str, ...]
    class_name: str
    async_class_name: str
    methods: tuple[MethodView, ...]
    pages: tuple[str, ...]
    """The entries of a dict: '"list_pets_all": "list_pets"'."""


@dataclass(frozen=True, slots=True)
class CredentialView:
    name: str
    annotation: str
    key: str
    """The scheme's name as a literal."""

    scheme: str
    """The expression that makes the scheme."""


@dataclass(frozen=True, slots=True)
class ServerVariableView:
    name: str
    declaration: str
    """ 'region: ServerRegion = "eu"' """

    entry: str
    """ '"region": servers.host("region", region, *get_args(ServerRegion))' """


@dataclass(frozen=True, slots=True)
class GroupPropertyView:
    name: str
    class_name: str
    imports: tuple[str, ...]
    docstring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """The module of the client, or of its asynchronous twin."""

    header: str
    imports: tuple[str, ...]
    checking_imports: tuple[str, ...]
    base_url: str
    """The URL of the server as a literal, with its variables in braces."""

    base_url_annotation: str
    default_base_url: str
    docstring: str
    async_docstring: str
    credentials: tuple[CredentialView, ...]
    server_types: tuple[str, ...]
    """The statements that name what a variable of the server's URL may be."""

    server_variables: tuple[ServerVariableView, ...]
    groups: tuple[GroupPropertyView, ...]


@dataclass(frozen=True, slots=True)
class ExportView:
    name: str
    module: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportsView:
    """A package whose names are imported when they are first used."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    lazy_import: str
    exports: tuple[ExportView, ...]
    """In the order of their names as ruff sorts ``__all__``."""


@dataclass(frozen=True, slots=True)
class PlainView:
    """A package that only holds others."""

    header: str
    docstring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestingView:
    """The module of the fake for users' tests."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    has_envelopes: bool


View = (
    ModelView
    | AliasModuleView
    | OperationView
    | GroupView
    | ClientView
    | ExportsView
    | PlainView
    | TestingView
)


@dataclass(frozen=True, slots=True)
class Page:
    """A file that is to come out of a template and a view."""

    path: str
    template: str
    present: Callable[[], View]
    """Makes the view, in the process that fills the template."""
