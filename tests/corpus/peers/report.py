"""Writes what each tool made, in numbers: a summary, then each document."""

from __future__ import annotations

from collections.abc import Sequence

from ..markdown import make_table
from .compare import Made
from .tools import TOOLS


def to_peers_markdown(made: Sequence[Made]) -> str:
    parts = ["# oasmith and its peers", to_summary(made), "## Documents"]
    return "\n\n".join([*parts, _documents(made)]) + "\n"


def to_summary(made: Sequence[Made]) -> str:
    """One column a tool."""
    columns = [_column([it for it in made if it.tool == tool.name]) for tool in TOOLS]
    names = list(columns[0])
    rows = [[name, *(column[name] for column in columns)] for name in names]
    return make_table(["", *(tool.name for tool in TOOLS)], rows)


def _column(made: Sequence[Made]) -> dict[str, str]:
    checked = [each.mypy_errors for each in made if each.mypy_errors is not None]
    imported = [each for each in made if each.modules and not each.import_failures]
    return {
        "documents": f"{len(made)}",
        "exit code 0": f"{sum(not each.exit_code for each in made)}",
        "operations described": f"{sum(each.described for each in made):,}",
        "operations generated": f"{sum(each.generated for each in made):,}",
        "all modules import": f"{len(imported)}",
        "modules that do not": f"{sum(each.import_failures for each in made):,}",
        "no mypy --strict error": f"{checked.count(0)}",
        "mypy --strict errors": f"{sum(checked):,}",
        "not checked by mypy": f"{len(made) - len(checked)}",
        "seconds, all documents": f"{sum(each.seconds for each in made):.0f}",
        "CPU seconds": f"{sum(each.cpu_seconds for each in made):.0f}",
    }


def _documents(made: Sequence[Made]) -> str:
    heads = ["document", "tool", "exit", "operations", "modules", "not importing"]
    heads += ["mypy --strict", "s", "CPU s"]
    return make_table(heads, [_row(each) for each in made])


def _row(made: Made) -> list[str]:
    return [
        made.document.package,
        made.tool,
        str(made.exit_code),
        f"{made.generated}/{made.described}",
        str(made.modules),
        str(made.import_failures),
        "-" if made.mypy_errors is None else str(made.mypy_errors),
        f"{made.seconds:.1f}",
        f"{made.cpu_seconds:.1f}",
    ]
