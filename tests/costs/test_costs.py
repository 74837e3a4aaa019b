"""What `oasmith operations` says that operations cost is what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from golden_case import Case, Outcome, find_cases

from oasmith.config_arguments import make_client
from oasmith.count_costs import Costs, count_costs
from oasmith.diagnostics import Diagnostics
from oasmith.pipeline import find_operations, load_description
from oasmith.slicing.select import OperationSummary

_CASES = [
    case
    for case in find_cases()
    if not case.options and (case.folder / "expected").exists()
]
"""Those that a package is made of without further ado."""


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_all_lines_are_counted(case: Case, outcomes: dict[str, Outcome]) -> None:
    costs = _count(case.folder / "spec.yaml")
    made = {
        path: content.count(b"\n")
        for path, content in outcomes[case.name].files.items()
        if path.startswith(("api/", "models/")) and not path.endswith("__init__.py")
    }
    # Black may break a line or two; where it does not, it is the very number.
    assert 0 <= sum(made.values()) - costs.total.lines <= 0.01 * costs.total.lines
    assert costs.total.models >= sum(path.startswith("models/") for path in made)


@pytest.mark.parametrize(
    "name",
    [
        *("fakes", "json_bodies", "names_of_operations", "raw_bodies"),
        *("response_headers", "security", "streams", "uploads"),
    ],
)
def test_leaving_an_operation_out_saves_what_is_said(name: str) -> None:
    spec = next(case for case in find_cases() if case.name == name).folder / "spec.yaml"
    costs = _count(spec)
    found = _find(spec)
    for operation, cost in zip(found, costs.operations, strict=True):
        others = [each for each in found if each is not operation]
        total = _count(spec, [f"{each.method} {each.path}" for each in others]).total
        assert total.lines == costs.total.lines - cost.alone.lines, operation.path
        assert total.models == costs.total.models - cost.alone.models, operation.path
        only = _count(spec, [f"{operation.method} {operation.path}"])
        assert only.total == cost.whole == only.operations[0].alone


def test_what_a_lenient_run_leaves_out_costs_nothing() -> None:
    [case] = [case for case in find_cases() if case.name == "lenient_validation"]
    spec, told = str(case.folder / "spec.yaml"), Diagnostics()
    client = make_client(
        spec, "client", told, lenient=True, accept=case.options["accept"]
    )
    document = load_description(client, told)
    found = find_operations(document, client, told)
    costs = count_costs(found, document, client, Diagnostics())
    needed = [each.whole.lines for each in costs.operations]
    assert 0 in needed and any(needed)


def _count(spec: Path, include: Sequence[str] = ()) -> Costs:
    diagnostics = Diagnostics()
    client = make_client(str(spec), "client", diagnostics, include=include)
    document = load_description(client, diagnostics)
    found = find_operations(document, client, diagnostics)
    return count_costs(found, document, client, diagnostics)


def _find(spec: Path) -> Sequence[OperationSummary]:
    diagnostics = Diagnostics()
    client = make_client(str(spec), "client", diagnostics)
    document = load_description(client, diagnostics)
    return find_operations(document, client, diagnostics)
