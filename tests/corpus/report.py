"""Writes what a run found: a table in Markdown, and all of it as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from .markdown import make_table
from .outcome import Outcome

_TOTALS: Sequence[tuple[str, Callable[[Outcome], int]]] = (
    ("documents", lambda each: 1),
    ("generated", lambda each: each.is_generated),
    ("crashes", lambda each: each.crashed),
    ("clean throughout", lambda each: each.is_clean),
    ("operations", lambda each: each.described),
    ("operations generated", lambda each: each.generated),
    ("modules", lambda each: each.modules),
    ("imports failed", lambda each: each.imports.count),
    ("files unstable", lambda each: each.unstable.count),
    ("black would change", lambda each: each.black.count),
    ("mypy errors", lambda each: each.mypy.count),
    ("pyright errors", lambda each: each.pyright.count),
)
_OUTCOMES = ("exact", "respelled", "unequal", "decode error", "encode error")
_EXAMPLES = 3


def to_json(outcomes: Sequence[Outcome]) -> str:
    """Everything, for other tools."""
    return json.dumps(
        [
            {
                "package": each.document.package,
                **asdict(each),
                "group": each.group,
                "clean": each.is_clean,
            }
            for each in outcomes
        ],
        ensure_ascii=False,
        indent=1,
    )


def to_markdown(outcomes: Sequence[Outcome]) -> str:
    """Totals by version, then each document, then what is wrong with which."""
    parts = ["# The corpus", _totals(outcomes), _round_trips(outcomes)]
    parts += [
        _codes(outcomes),
        "## Documents",
        _documents(outcomes),
        *_details(outcomes),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _totals(outcomes: Sequence[Outcome]) -> str:
    groups = [*sorted({each.group for each in outcomes}), "all"]
    rows = [
        [
            name,
            *(
                f"{sum(count(it) for it in outcomes if group in (it.group, 'all')):,}"
                for group in groups
            ),
        ]
        for name, count in _TOTALS
    ]
    return make_table(["", *groups], rows)


def _round_trips(outcomes: Sequence[Outcome]) -> str:
    trips = [each.round_trips for each in outcomes if each.round_trips is not None]
    kinds = ("schemas", "instances")
    sums = {kind: _add(trip[kind] for trip in trips) for kind in kinds}
    rows = [
        [outcome, *(f"{sums[kind][outcome]:,}" for kind in kinds)]
        for outcome in _OUTCOMES
    ]
    reasons = _add(trip["not_sampled"] for trip in trips)
    told = [f"- {count} x {reason}" for reason, count in reasons.most_common(20)]
    table = make_table(["decode, then encode", *kinds], rows)
    return "\n\n".join(
        [table, "Schemas not sampled:\n\n" + "\n".join(told or ["none"])]
    )


def _codes(outcomes: Sequence[Outcome]) -> str:
    total = _add(each.codes for each in outcomes)
    documents = Counter(code for each in outcomes for code in each.codes)
    rows = [
        [f"`{code}`", f"{count:,}", f"{documents[code]}"]
        for code, count in total.most_common()
    ]
    return make_table(["diagnostic", "times", "documents"], rows)


def _documents(outcomes: Sequence[Outcome]) -> str:
    heads = ["document", "version", "exit", "s", "MB", "operations", "imports"]
    heads += ["unstable", "black", "mypy", "pyright", "schemas exact", "wrong"]
    return make_table(heads, [_document_row(each) for each in outcomes])


def _document_row(each: Outcome) -> list[str]:
    schemas: dict[str, int] = (each.round_trips or {}).get("schemas", {})
    exact = schemas.get("exact", 0) + schemas.get("respelled", 0)
    faults = (each.imports, each.unstable, each.black, each.mypy, each.pyright)
    return [
        f"{each.document.package}",
        each.group,
        "crash" if each.crashed else str(each.exit_code),
        f"{each.seconds:.1f}",
        f"{each.peak_megabytes:.0f}",
        f"{each.generated}/{each.described}",
        *(str(fault.count or "") for fault in faults),
        f"{exact}/{sum(schemas.values())}",
        str(each.wrong_schemas or ""),
    ]


def _details(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for each in outcomes:
        if lines := list(_faults_of(each)):
            listed = "\n".join("- " + " ".join(line.split()) for line in lines)
            yield f"### {each.document.package}: {each.document.name}\n\n{listed}"


def _faults_of(each: Outcome) -> Iterator[str]:
    if each.problem:
        yield each.problem
    yield from each.messages
    if each.is_generated:
        yield from (f"missing: {name}" for name in each.missing[:_EXAMPLES])
    for name in ("imports", "unstable", "black", "mypy", "pyright"):
        yield from (f"{name}: {line}" for line in getattr(each, name).first[:_EXAMPLES])
    examples: list[dict[str, Any]] = (each.round_trips or {}).get("examples", [])
    wrong = [it for it in examples if it["outcome"] != "respelled"]
    for it in wrong[:_EXAMPLES]:
        yield f"{it['outcome']}: {it['schema']}: {it['told']}: `{it['instance']}`"


def _add(counts: Iterable[dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total
