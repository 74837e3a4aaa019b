"""Counts what each operation of a selection costs: models, and lines of Python.

The lines are those that the templates give. Black, which takes longer than all of the
rest, breaks a few of them afterwards: with it GitHub's 1,223 operations and what they
reach have 0.1 % more lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .building.api import DeclaredType, Operation, Type
from .building.type_walk import types_in, types_of, types_received, types_sent
from .config import ClientConfig
from .diagnostics import Diagnostics
from .document import Document, Pointer
from .layout.package import Kept, Package
from .output.render import Renderer
from .output.templates import read_templates
from .pipeline import design_package
from .presenting.literals import literals_noted
from .presenting.present import present_package
from .slicing.select import OperationSummary


class Cost(NamedTuple):
    lines: int
    models: int


class OperationCost(NamedTuple):
    whole: Cost
    """With all that it reaches."""

    alone: Cost
    """Without what others reach, too: what leaving the operation out would save."""


@dataclass(frozen=True, slots=True)
class Costs:
    operations: tuple[OperationCost, ...]
    """In the order of the operations that were asked about."""

    total: Cost
    """Of all together; what every package has is not counted."""


def count_costs(
    operations: Sequence[OperationSummary],
    document: Document,
    client: ClientConfig,
    diagnostics: Diagnostics,
) -> Costs:
    """Count what the operations of a client cost.

    The package is laid out and rendered, but neither validated nor formatted.

    Raises:
        Stopped: Something is at fault in what is selected.
    """
    told = Diagnostics()
    try:
        package = design_package(
            client, lambda _: document, Kept(), told, is_valid=True
        )
    finally:
        for each in told:
            # Of what can be generated a run that generates it tells the warnings.
            if each.severity == "error":
                diagnostics.add(each)
    return _Counter(package).count(operations)


class _Counter:
    """Follows the types of operations, and adds up what they need."""

    def __init__(self, package: Package) -> None:
        declarations = package.api.declarations
        self._lines = _count_lines(package)
        self._modules = {
            pointer: model.symbol.module for pointer, model in package.models.items()
        }
        self._needs = {
            pointer: set(_declared_in(types_of(declaration)))
            for pointer, declaration in declarations.items()
        }
        self._functions: dict[tuple[str, str], list[tuple[str, Operation]]] = {}
        for group in package.groups:
            for each in group.operations:
                # An operation has a function for each way in which it is called.
                key = each.operation.method.upper(), each.operation.path
                called = each.module, each.operation
                self._functions.setdefault(key, []).append(called)

    def count(self, operations: Sequence[OperationSummary]) -> Costs:
        whole: list[Cost] = []
        users: dict[str, int | None] = {}
        for number, operation in enumerate(operations):
            needed = self._find_needed(operation)
            whole.append(self._add_up(needed))
            for each in needed:
                # What a second one needs is nobody's own.
                users[each] = None if each in users else number
        own: list[list[str]] = [[] for _ in operations]
        for each, user in users.items():
            if user is not None:
                own[user].append(each)
        alone = map(self._add_up, own)
        return Costs(
            tuple(OperationCost(*pair) for pair in zip(whole, alone, strict=True)),
            self._add_up(users),
        )

    def _find_needed(self, operation: OperationSummary) -> set[str]:
        """The pointers of models, and the modules, that an operation needs."""
        # A lenient run leaves some out, and they cost nothing.
        key = operation.method.upper(), operation.path
        called = self._functions.get(key, [])
        models = self._reach(each for _, each in called)
        homes = {self._modules[pointer] for pointer in models}
        return models | homes | {module for module, _ in called}

    def _add_up(self, needed: Iterable[str]) -> Cost:
        lines = models = 0
        for each in needed:
            # Pointers begin with "/", and modules do not.
            models += each in self._modules
            lines += self._lines.get(each, 0)
        return Cost(lines, models)

    def _reach(self, operations: Iterable[Operation]) -> set[Pointer]:
        """The declarations that operations need, directly or through others."""
        reached: set[Pointer] = set()
        waiting = [
            pointer
            for each in operations
            for types in (types_sent(each), types_received(each))
            for pointer in _declared_in(types)
        ]
        while waiting:
            pointer = waiting.pop()
            if pointer not in reached:
                reached.add(pointer)
                waiting.extend(self._needs[pointer] - reached)
        return reached


def _declared_in(types: Iterable[Type]) -> Iterator[Pointer]:
    for mentioned in types:
        for part in types_in(mentioned):
            if isinstance(part, DeclaredType):
                yield part.pointer


def _count_lines(package: Package) -> dict[str, int]:
    """How many lines each module has, by its dotted name; templates are ours."""
    renderer = Renderer(read_templates(None, Diagnostics()))
    with literals_noted():
        return {
            page.path.removesuffix(".py").replace("/", "."): text.count("\n")
            for page in present_package(package)
            for text in [renderer.render(page)]
        }
