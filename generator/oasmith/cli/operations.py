"""Lists what a description offers, and what of it costs how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from ..diagnostics import Diagnostics
from ..escape import escape_unsafe
from ..progress import show_progress
from ..wording import align, count, list_in_columns
from . import options
from .options import Asked
from .running import NO_PACKAGE, Source, end, run_for_each
from .telling import Format, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..config import ClientConfig
    from ..count_costs import Costs
    from ..slicing.select import OperationSummary


@click.command()
@options.optional_spec
@options.asking
@click.option(
    "--costs", "with_costs", is_flag=True, help="Tell what each adds to the package."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def operations(spec: str | None, asked: Asked, with_costs: bool, form: Format) -> None:
    """List the operations of a description, by what they can be included with.

    Without SPEC: what each client in pyproject.toml includes. With --costs, the dearest
    comes first: the lines and models that leaving it out would save, and all that it
    needs.
    """
    from ..pipeline import find_operations, load_description

    def run(client: ClientConfig, diagnostics: Diagnostics) -> Report:
        with show_progress(f"reading {client.spec_path}"):
            document = load_description(client, diagnostics)
            found = find_operations(document, client, diagnostics)
            costs: Costs | None = None
            if with_costs:
                from ..count_costs import count_costs

                costs = count_costs(found, document, client, diagnostics)
        lines = [*_list_costs(found, costs)] if costs else [*list_in_columns(found)]
        if spec is None:
            lines.insert(0, f"{client.output_path}:")
        text = "".join(f"{escape_unsafe(line)}\n" for line in lines)
        return Report(text, _members(found, costs))

    source = Source(spec, NO_PACKAGE if spec is not None else None, asked)
    end(run_for_each(source, run, form).succeeded)


def _list_costs(found: Sequence[OperationSummary], costs: Costs) -> Iterator[str]:
    """A line for each operation, the dearest first, and a last one for all."""
    named = list(zip(costs.operations, list_in_columns(found), strict=True))
    named.sort(key=lambda each: -each[0].alone.lines)
    rows = [(*map(_say, (*cost.alone, *cost.whole)), line) for cost, line in named]
    head = ("saves lines", "models", "needs lines", "models", "operation")
    last = ("", "", *map(_say, costs.total), f"all {count(len(found), 'operation')}")
    yield from align([head, *rows, last], numbers=4)


def _say(number: int) -> str:
    return f"{number:,}"


def _members(
    found: Sequence[OperationSummary], costs: Costs | None
) -> dict[str, object]:
    """The operations for JSON, in the description's order; see docs/selection.md."""
    told: list[dict[str, object]] = [
        {
            "method": each.method,
            "path": each.path,
            "operationId": each.operation_id,
            "tags": each.tags,
            "summary": each.summary,
            "deprecated": each.deprecated,
        }
        for each in found
    ]
    if costs is None:
        return {"operations": told}
    for members, (whole, alone) in zip(told, costs.operations, strict=True):
        members |= {"needs": whole._asdict(), "saves": alone._asdict()}
    return {"operations": told, "total": costs.total._asdict()}
