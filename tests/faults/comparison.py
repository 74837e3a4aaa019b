"""The same faults, met by this project's client and by its peers, as a table."""

from __future__ import annotations

import json
import select
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import make_environment

from .bodies import LIMIT
from .fault import NAME, Fault
from .faults import FAULTS
from .process import FaultProcess, fault_process

_ROOT = Path(__file__).parents[2]
_PROGRAMS = Path(__file__).with_name("peers")
_PATIENCE = 30.0
"""The seconds after which a client is taken to hang."""

_ATTEMPTS = 3
_GRACE = 2.0
"""The seconds that a client may take besides its timeout, for pauses."""

_MOST_MEMORY = 64.0
"""The MiB that meeting a fault may take; nothing that is wanted is larger than 3."""


@dataclass(frozen=True)
class Contestant:
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Met:
    """What a contestant made of a fault."""

    comes: tuple[str, ...]
    seconds: float
    mebibytes: float
    requests: int


@dataclass(frozen=True)
class Row:
    """A question, and how often the answer is yes."""

    title: str
    holds: Callable[[Fault, Met], bool]


def compare(folder: Path) -> Iterator[str]:
    """Give the lines of a table, and of what each contestant did otherwise.

    Args:
        folder: For what is generated.
    """
    faults = [fault for fault in FAULTS if _is_for_all(fault)]
    contestants = _make_contestants(folder)
    with fault_process() as process:
        met = [
            [_meet(process, contestant, fault) for fault in faults]
            for contestant in map(_Program, contestants)
        ]
    names = [contestant.name for contestant in contestants]
    yield _line([f"of {len(faults)} faults", *names])
    yield _line(["---", *("---:" for _ in names)])
    for row in _ROWS:
        counts = [
            sum(row.holds(*pair) for pair in zip(faults, of_contestant, strict=True))
            for of_contestant in met
        ]
        yield _line([row.title, *map(str, counts)])
    yield _line(
        ["requests sent in all", *(str(sum(m.requests for m in each)) for each in met)]
    )
    longest = (max(m.seconds for m in each) for each in met)
    yield _line(["longest call, s", *(f"{seconds:.1f}" for seconds in longest)])
    largest = (max(m.mebibytes for m in each) for each in met)
    yield _line(["most memory, MiB", *(f"{size:.0f}" for size in largest)])
    for name, of_contestant in zip(names, met, strict=True):
        yield f"\n{name} otherwise than expected:"
        for fault, each in zip(faults, of_contestant, strict=True):
            if not _is_met(fault, each):
                yield (
                    f"  {fault.name}: {', '.join(each.comes)}; {each.seconds:.1f} s, "
                    f"{each.mebibytes:.0f} MiB, {each.requests} requests"
                )


def _is_for_all(fault: Fault) -> bool:
    """Whether peers can meet it: they read no streams, and follow redirects."""
    special = fault.items or fault.upload or fault.redirects or fault.place == "trusted"
    return (
        not special
        and not fault.name.startswith("redirect")
        and "None" not in fault.comes
    )


def _expected(fault: Fault) -> list[list[str]]:
    """What may come, call by call: of libraries some more is expected than of ours."""
    told = [fault.comes, *(fault.elsewhere or "").split("|")]
    return [
        [each if each == NAME else "error" for each in one.split()]
        for one in told
        if one
    ]


def _is_met(fault: Fault, met: Met) -> bool:
    return (
        list(met.comes) in _expected(fault)
        and not _is_late(fault, met)
        and not _is_large(fault, met)
    )


def _is_late(fault: Fault, met: Met) -> bool:
    # A timeout may be meant for each of three attempts, with pauses between them.
    return met.seconds > _ATTEMPTS * fault.timeout + _GRACE


def _is_large(fault: Fault, met: Met) -> bool:
    return met.mebibytes > _MOST_MEMORY


def _is_foreign(fault: Fault, met: Met) -> bool:
    return any(comes.startswith("other error") for comes in met.comes)


def _is_made_up(fault: Fault, met: Met) -> bool:
    """Whether there is a value where there should be an error, or another one."""
    return any(
        _is_value(comes) and all(comes != one[place] for one in _expected(fault))
        for place, comes in enumerate(met.comes)
    )


def _is_value(comes: str) -> bool:
    return comes != "hangs" and not comes.startswith(("error", "other error"))


def _is_refused(fault: Fault, met: Met) -> bool:
    return any(
        "error" in comes and all(one[place] == NAME for one in _expected(fault))
        for place, comes in enumerate(met.comes)
    )


def _hangs(fault: Fault, met: Met) -> bool:
    return "hangs" in met.comes


_ROWS = (
    Row("met: the right outcome, in time, with little memory", _is_met),
    Row("an error that is none of its own", _is_foreign),
    Row("a value where there is none, or another value", _is_made_up),
    Row("an error where asking again gives the value", _is_refused),
    Row("longer than three times its timeout and two seconds", _is_late),
    Row("still at it after 30 seconds", _hangs),
    Row(f"more than {_MOST_MEMORY:.0f} MiB", _is_large),
)


class _Program:
    """A running contestant, which is started anew when it had to be ended."""

    def __init__(self, contestant: Contestant) -> None:
        self._command = contestant.command
        self._process: subprocess.Popen[str] | None = None

    def ask(self, question: str) -> str | None:
        """Give its answer, or None if it hangs."""
        process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None
        print(question, file=process.stdin, flush=True)
        ready, _, _ = select.select([process.stdout], [], [], _PATIENCE)
        answer = process.stdout.readline() if ready else ""
        if not answer:
            process.kill()
            process.wait()
            self._process = None
        return answer or None

    def _start(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        return self._process


def _meet(process: FaultProcess, program: _Program, fault: Fault) -> Met:
    process.take(fault.name)
    port = process.ports[fault.name]
    base_url = f"http://127.0.0.1:{port}"
    if fault.place == "https":
        base_url = f"https://localhost:{port}"
    elif fault.place == "nowhere":
        base_url = "http://does-not-exist.invalid"
    question = {
        "base_url": base_url,
        "timeout": fault.timeout,
        "method": fault.method,
        "calls": fault.calls,
        "limit": LIMIT,
    }
    answer = program.ask(json.dumps(question))
    requests = process.take(fault.name)
    if answer is None:
        return Met(("hangs",), _PATIENCE, 0.0, requests)
    told = json.loads(answer)
    return Met(tuple(told["comes"]), told["seconds"], told["mebibytes"], requests)


def _make_contestants(folder: Path) -> Sequence[Contestant]:
    python = make_environment(_ROOT / ".venv-benchmark", _ROOT)
    generated = folder / "cloudflare_opc"
    subprocess.run(
        [
            str(python.with_name("openapi-python-client")),
            "generate",
            *("--path", str(_ROOT / "specs" / "cloudflare.yaml")),
            *("--output-path", str(generated), "--meta", "none"),
        ],
        check=True,
        capture_output=True,
    )

    def run(program: str, *arguments: Path) -> tuple[str, ...]:
        return (str(python), str(_PROGRAMS / program), *map(str, arguments))

    return (
        Contestant("oasmith", run("with_oasmith.py", _ROOT / "generated")),
        Contestant("cloudflare 5.9.0", run("with_sdk.py")),
        Contestant(
            "openapi-python-client 0.29.1",
            run("with_openapi_python_client.py", folder),
        ),
    )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
