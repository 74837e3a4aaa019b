"""Kills whole runs at random moments."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from .two_packages import kill, make_two_packages

_EVERY = 10
"""After so many kills a run may end."""

_LATE = 0.6
"""From where on in a run half of the kills come: it writes near its end."""


@dataclass
class Tally:
    kills: int = 0
    ended: int = 0
    """Runs that were done before they could be killed."""

    old: int = 0
    new: int = 0
    left: int = 0
    """Kills that left something for the next run to clear away."""

    faults: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        counts = (
            f"{self.kills} kills: {self.old} left the old package, {self.new} the new"
            f" one, {len(self.faults)} something else; {self.left} left a folder that"
            f" the next run cleared away; {self.ended} runs had ended before"
        )
        return "\n".join([counts, *self.faults])


def kill_runs(folder: Path, kills: int, seed: int = 6) -> Tally:
    """Have two descriptions take turns in a folder, and kill that many runs."""
    packages = make_two_packages(folder)
    chance = random.Random(seed)
    tally = Tally()
    longest = max(packages.finish(1), packages.finish(0))
    current = 0
    while tally.kills < kills and len(tally.faults) < 10:
        run = packages.start(1 - current)
        first = chance.choice((0, _LATE))
        time.sleep(chance.uniform(first, 1.05) * longest)
        was_killed = kill(run)
        found = packages.which()
        tally.kills += was_killed
        tally.ended += not was_killed
        tally.left += bool(packages.leftovers())
        if found is None:
            tally.faults.append(f"kill {tally.kills}: the package is a mixture")
            found = 0
            packages.finish(found)
        elif was_killed:
            tally.old += found == current
            tally.new += found != current
        current = found
        if was_killed and tally.kills % _EVERY == 0:
            packages.finish(1 - current)
            current = 1 - current
            if packages.which() != current or packages.leftovers():
                tally.faults.append(
                    f"after kill {tally.kills}: the next run is no cure"
                )
    return tally
