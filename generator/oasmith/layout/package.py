"""The package that comes out: which module holds what, under which name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..building.api import Api, Declaration, Operation
from ..config_table import ConfigPlace
from ..document import Pointer, join_pointer
from ..reading.spec import SecurityScheme, ServerVariable
from ..runtime_place import OWN_RUNTIME, RuntimePlace

Names = Mapping[str, Mapping[str, str]]
"""What things are called: by kind, from their key in the lock to Python name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What an earlier run left, and what somebody chose."""

    names: Names = field(default_factory=dict[str, Mapping[str, str]])
    """What that run called things."""

    others: Names = field(default_factory=dict[str, Mapping[str, str]])
    """What another run called them, of a branch that was merged."""

    shapes: Mapping[str, str] = field(default_factory=dict[str, str])
    """The shapes of named schemas then."""

    chosen: Names = field(default_factory=dict[str, Mapping[str, str]])
    """What things are to be called, whatever they were called before."""

    chosen_before: Names = field(default_factory=dict[str, Mapping[str, str]])
    """What somebody had chosen in that run."""

    place: ConfigPlace | None = None
    """The table that says so."""

    def place_of(self, key: str) -> ConfigPlace | None:
        return self.place and self.place.find_key(key)


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something that a module can import.

    ``module`` is a dotted path below the generated package, "_runtime" that of the
    runtime wherever it stands; with ``external`` it is one of the standard library's.
    """

    module: str
    name: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the package, by its path below the output folder."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class DeclaredModel:
    """A declaration with its name and the module where it stands."""

    declaration: Declaration
    symbol: Symbol
    decoder: Symbol | None
    """The function that decodes it, for what is no class."""

    late: frozenset[Pointer]
    """The declarations that it needs but can't import yet when its module is."""

    is_text: bool
    """Whether an alias is written as a string, which Python does not evaluate."""


@dataclass(frozen=True, slots=True)
class HeadersClass:
    """The class of an operation's typed headers."""

    symbol: Symbol
    fields: Mapping[str, str]
    """The attribute that each header is read by, by its name in lower case."""


@dataclass(frozen=True, slots=True)
class OperationModule:
    operation: Operation
    group: str
    function: str
    module: str
    arguments: Mapping[Pointer, str]
    """The Python name of each parameter and body property, by its key."""

    headers: HeadersClass | None = None

    pages_function: str | None = None
    """The function that gives the items of all pages."""


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one tag."""

    tag: str
    name: str
    class_name: str
    operations: tuple[OperationModule, ...]


@dataclass(frozen=True, slots=True)
class CredentialArgument:
    """A security scheme as a keyword of the client."""

    scheme: SecurityScheme
    name: str


@dataclass(frozen=True, slots=True)
class VariableArgument:
    """A variable of the server's URL as a keyword of the client."""

    variable: ServerVariable
    name: str
    choices: Symbol | None
    """The name of the type, where only some values are allowed."""


@dataclass(frozen=True, slots=True)
class Package:
    api: Api
    name: str
    source: str
    """The description as it is named in headers."""

    models: Mapping[Pointer, DeclaredModel]
    fields: Mapping[Pointer, Mapping[str, str]]
    """The field that each property has, by declaration."""

    groups: tuple[Group, ...]
    credentials: tuple[CredentialArgument, ...]
    server_variables: tuple[VariableArgument, ...]
    names: Names
    shapes: Mapping[str, str]
    """Digests of the shapes of named schemas, by their keys in the lock."""
    runtime: RuntimePlace = OWN_RUNTIME
    exports: tuple[Symbol, ...] = ()
    """What the package offers of modules that are written by hand."""


def argument_key(operation: Operation, place: str, name: str) -> Pointer:
    """The key of an argument among the names: of its operation, place and wire name."""
    return join_pointer(operation.pointer, place, name)
