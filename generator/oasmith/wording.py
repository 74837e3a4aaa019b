"""Says in words what a command did: counts, changes, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .output.write import Written
    from .slicing.select import OperationSummary


def count(number: int, unit: str) -> str:
    """A number with its unit: "1 file", "1,204 files"."""
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def summarise(written: Written) -> str:
    """What became of the files of a package."""
    changes = [
        f"{len(paths)} {word}"
        for word, paths in (
            ("created", written.created),
            ("changed", written.changed),
            ("removed", written.removed),
        )
        if paths
    ]
    total = len(written.created) + len(written.changed) + len(written.unchanged)
    return f"{count(total, 'file')}, {', '.join(changes) or 'all up to date'}"


def list_in_columns(operations: Sequence[OperationSummary]) -> Iterator[str]:
    """A line for each operation: what it can be included by."""
    return align(
        [
            (
                each.method,
                each.path,
                each.operation_id or "-",
                ", ".join(each.tags) or "-",
            )
            for each in operations
        ]
    )


def align(rows: Sequence[Sequence[str]], numbers: int = 0) -> Iterator[str]:
    """Align rows; the last column is as wide as it is.

    Args:
        numbers: How many columns are aligned to the right, from the first one on.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for *cells, last in rows:
        padded = [
            cell.rjust(width) if index < numbers else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=False))
        ]
        yield "  ".join([*padded, last])
