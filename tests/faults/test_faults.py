"""Every fault is met as a first-class client would, whatever carries the requests.

OASMITH_FAULTS=all tries clients that block over asynchronous libraries, too. That takes
half a minute more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from .callers import CALLERS, OURS
from .fault import Fault
from .faults import FAULTS
from .process import FaultProcess, fault_process, judge

_ALL = os.environ.get("OASMITH_FAULTS") == "all"
_CALLERS = [
    caller
    for caller in CALLERS
    if caller in OURS or find_spec(caller.removesuffix("_blocking"))
    if _ALL or not caller.endswith("_blocking")
]


@pytest.fixture(scope="module")
def process() -> Iterator[FaultProcess]:
    with fault_process() as made:
        for caller in _CALLERS:
            # What is imported and compiled once is no part of what a fault takes.
            made.meet(FAULTS[0], caller)
        yield made


def test_faults_have_names_of_their_own() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 80


@pytest.mark.parametrize("caller", _CALLERS)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault(process: FaultProcess, fault: Fault, caller: str) -> None:
    assert judge(fault, caller, process.meet(fault, caller)) == []
