"""How long it takes to begin: to import a client, and to get a first reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from .contestants import BARE, CALLERS, Contestant
from .laboratory import Laboratory
from .processes import Cost, read, run
from .samples import interleave
from .table import OURS, Table, compare_costs

_PASS = Contestant("`python -c pass`", "", "pass")


def measure_imports(laboratory: Laboratory, contestants: Sequence[Contestant]) -> Table:
    """Import each contestant in a new process, and do nothing with it."""
    commands = {
        each.name: (each.imports, each.variables) for each in (_PASS, *contestants)
    }
    for each in contestants:
        if each.package:
            # A package that is lazy must not get away with it.
            statement = "from cloudflare import Client"
            commands[f"{OURS}: `{statement}`"] = statement, each.variables
    costs = _start(laboratory, commands)
    modules = {
        name: _count_modules(laboratory, statement, variables)
        for name, (statement, variables) in commands.items()
    }
    added = ", ".join(
        f"{name} {count - modules[_PASS.name]}"
        for name, count in modules.items()
        if name != _PASS.name
    )
    note = (
        "A process that imports the package and ends. The modules that this imports, "
        f"by `-X importtime`: {added}."
    )
    return compare_costs("Import", note, costs, _PASS.name, 1.2)


def measure_first_replies(
    laboratory: Laboratory, contestants: Sequence[Contestant], base_url: str
) -> Table:
    """Create a namespace in a new process."""
    commands = {_PASS.name: (_PASS.imports, _PASS.variables)}
    for each in contestants:
        call = f"from {each.caller} import Caller; Caller({base_url!r}).create()"
        commands[each.name] = call, each.variables
    costs = _start(laboratory, commands)
    note = "A process that creates one namespace and ends."
    return compare_costs("Process start to first reply", note, costs, BARE.name, 1.6)


_Commands = Mapping[str, tuple[str, Mapping[str, str]]]
"""By contestant: what Python runs, and the environment that it needs for this."""


def _start(laboratory: Laboratory, commands: _Commands) -> dict[str, list[Cost]]:
    actions = {
        name: partial(
            run,
            laboratory.python,
            "-c",
            code,
            folder=CALLERS,
            variables=variables,
        )
        for name, (code, variables) in commands.items()
    }
    return interleave(actions, laboratory.effort.starts)


def _count_modules(
    laboratory: Laboratory, statement: str, variables: Mapping[str, str]
) -> int:
    told = read(
        laboratory.python,
        *("-X", "importtime", "-c", statement),
        folder=CALLERS,
        variables=variables,
    )
    return sum(line.startswith("import time:") for line in told.splitlines())
