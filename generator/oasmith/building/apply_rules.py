"""Applies what is said of answers to the operations: envelopes, then pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..answer_rules import AnswerRules, NamedRule, PaginationRule
from ..diagnostics import Diagnostics
from ..document import Document, Pointer
from ..reading.spec import Spec
from .answer_shapes import Paging
from .api import Declaration, Operation
from .build_envelopes import open_envelopes
from .build_pages import build_paging
from .unfit import Unfit


def apply_rules(
    operations: tuple[Operation, ...],
    declarations: Mapping[Pointer, Declaration],
    rules: AnswerRules,
    spec: Spec,
    diagnostics: Diagnostics,
) -> tuple[Operation, ...]:
    """Say of each operation what it returns of its answer, and how that goes on."""
    if rules.envelope is not None:
        operations = open_envelopes(
            operations, declarations, rules.envelope, diagnostics
        )
    extensions = {
        each.pointer: each.pagination for each in spec.operations if each.pagination
    }
    ids = frozenset(each.operation_id or "" for each in spec.operations)
    pager = _Pager(declarations, rules, spec.document, diagnostics, extensions, ids)
    paged = tuple(map(pager.apply, operations))
    pager.tell_unmet()
    return paged


@dataclass(frozen=True, slots=True)
class _Pager:
    """Applies the rules of pagination, and notes those that an operation met.

    What the configuration says counts more than what the description does, and a rule
    that names an operation more than one that means many.
    """

    declarations: Mapping[Pointer, Declaration]
    rules: AnswerRules
    document: Document
    diagnostics: Diagnostics
    extensions: Mapping[Pointer, PaginationRule]
    operation_ids: frozenset[str]
    met: set[PaginationRule] = field(default_factory=set[PaginationRule])
    unfit: dict[PaginationRule, str] = field(default_factory=dict[PaginationRule, str])
    """What the first operation lacks that a rule means."""

    def apply(self, operation: Operation) -> Operation:
        if operation.variant is not None:
            return operation
        named = self.rules.chosen.get((operation.method, operation.path), ())
        paging = self._apply_named(operation, named) or self._apply_extension(operation)
        return replace(operation, paging=paging) if paging else operation

    def tell_unmet(self) -> None:
        chosen = {named.rule for each in self.rules.chosen.values() for named in each}
        for rule in self.rules.pagination:
            if rule in chosen and rule not in self.met:
                self.diagnostics.error(
                    "unfit-pagination",
                    f'nothing that is named goes on by "{rule.style}"',
                    rule.place_of("operations"),
                    help=self.unfit.get(rule),
                )

    def _apply_named(
        self, operation: Operation, rules: tuple[NamedRule, ...]
    ) -> Paging | None:
        """Apply the first rule that fits; one that must and does not is an error."""
        paging: Paging | None = None
        for rule, must_fit in sorted(rules, key=lambda named: not named.must_fit):
            if must_fit:
                self.met.add(rule)
            try:
                found = build_paging(operation, self.declarations, rule)
            except Unfit as unfit:
                self.unfit.setdefault(rule, _tell(operation, unfit))
                if must_fit:
                    self._refuse(operation, rule, unfit)
                continue
            if paging is not None and must_fit:
                self._refuse(operation, rule, _doubly_named(paging, rule))
            if paging is None:
                self.met.add(rule)
                paging = found
        return paging

    def _refuse(self, operation: Operation, rule: PaginationRule, unfit: Unfit) -> None:
        """Tell it where the rule stands: the operation is what it is.

        What arguments say has no place.
        """
        place = rule.place_of(unfit.key or "operations")
        self.diagnostics.error(
            "unfit-pagination",
            _tell(operation, unfit),
            place or self.document.node(operation.pointer),
            help=unfit.help,
        )

    def _apply_extension(self, operation: Operation) -> Paging | None:
        """Apply what the description says, where that can be."""
        rule = self.extensions.get(operation.pointer)
        if rule is None:
            return None
        try:
            if rule.next_operation in self.operation_ids:
                raise Unfit(f'goes on by "{rule.next_operation}"')
            return build_paging(operation, self.declarations, rule)
        except Unfit as unfit:
            self.diagnostics.warning(
                "unsupported-pagination",
                f'"{operation.method} {operation.path}" {unfit.problem}, '
                "so that no function gives all pages",
                rule.place,
            )
            return None


def _doubly_named(paging: Paging, rule: PaginationRule) -> Unfit:
    problem = f'goes on by two rules, "{paging.style}" and "{rule.style}"'
    return Unfit(problem, lambda: "name it in one of them alone")


def _tell(operation: Operation, unfit: Unfit) -> str:
    said = f', which "{unfit.key}" says' if unfit.key else ""
    return f'"{operation.method} {operation.path}" {unfit.problem}{said}'
