"""Compares two packages: what a new one changes for the callers of an old one."""

from __future__ import annotations

from ..layout.package import Package
from .change import Change, in_order
from .compare_clients import compare_clients
from .compare_functions import compare_functions
from .compare_models import compare_models
from .pairs import Pairs


def compare_packages(old: Package, new: Package) -> tuple[Change, ...]:
    """Tell every change of what callers see, the worst first.

    Functions go before models: they show which model stands in another one's place.
    """
    pairs = Pairs(old, new)
    return in_order(
        [
            *compare_clients(pairs),
            *compare_functions(pairs),
            *compare_models(pairs),
        ]
    )
