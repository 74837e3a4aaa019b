"""Every row of the tables: what arrives at a socket, and what comes back from one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from loopback import LoopbackServer
from wire_judge import (
    answer_as_told,
    judge_error,
    judge_headers,
    judge_request,
    judge_targets,
    judge_value,
)
from wire_package import WAYS, WirePackage
from wire_table import Case, fill_server, find_tables, read_table

TABLES = [read_table(name) for name in find_tables()]
CASES = [case for table in TABLES for row in table.rows for case in row.cases]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_row(
    case: Case,
    way: str,
    package_of: Callable[[str], WirePackage],
    wire_server: LoopbackServer,
) -> None:
    package = package_of(case.row.table)
    wire_server.forget()
    given = case.expected.get("client", {})
    keywords = {"base_url": wire_server.url, **fill_server(given, wire_server.url)}
    answer_as_told(wire_server, case)
    try:
        value = package.call(
            way, case.row.name, case.call, keywords, pages="targets" in case.expected
        )
    except package.module.ApiError as error:
        if "raises" not in case.expected:
            raise
        judge_error(case, package, error)
        if "targets" in case.expected:
            judge_targets(case, wire_server.received)
            return
        assert len(wire_server.received) == ("answer" in case.expected)
        return
    assert "raises" not in case.expected, f"returned {value!r}"
    if "targets" in case.expected:
        judge_targets(case, wire_server.received)
    else:
        judge_request(case, wire_server.last)
    judge_value(case, package, value)


@pytest.mark.parametrize(
    "case",
    [each for each in CASES if {"typed", "untyped"} & each.expected.keys()],
    ids=lambda case: case.name,
)
def test_headers_of_the_answer(
    case: Case,
    package_of: Callable[[str], WirePackage],
    wire_server: LoopbackServer,
) -> None:
    package = package_of(case.row.table)
    answer_as_told(wire_server, case)
    headers = package.read_headers(case.row.name, {"base_url": wire_server.url})
    judge_headers(case, package, headers)


@pytest.mark.parametrize("name", find_tables())
def test_only_the_warnings_that_a_row_names(
    name: str, package_of: Callable[[str], WirePackage]
) -> None:
    told = Counter(each.code for each in package_of(name).diagnostics)
    rows = next(table.rows for table in TABLES if table.name == name)
    assert told == Counter(code for row in rows for code in row.warnings)
