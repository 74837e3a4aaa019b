"""Chooses the rules of pagination that speak of each operation."""

from __future__ import annotations

from collections.abc import Sequence

from ..answer_rules import NamedRule, PageRules, PaginationRule
from ..diagnostics import Diagnostics
from ..document import Document
from .select import list_operations, names_one, parse_selection, select_operations


def choose_rules(
    document: Document, rules: Sequence[PaginationRule], diagnostics: Diagnostics
) -> PageRules:
    """The rules for each operation of a description, in their order.

    A rule must fit what it names without a wildcard; of a tag, or of what a pattern
    matches, it means those that it fits.
    """
    chosen: dict[tuple[str, str], tuple[NamedRule, ...]] = {}
    operations = list_operations(document)
    for rule in rules:
        place = rule.place_of("operations")
        selection = parse_selection(rule.operations, diagnostics, place)
        for summary in select_operations(operations, selection, diagnostics):
            key = summary.method, summary.path
            must_fit = names_one(selection, summary)
            chosen[key] = (*chosen.get(key, ()), NamedRule(rule, must_fit))
    return chosen
