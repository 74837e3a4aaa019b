"""Puts every payload at every place, many of them in one description.

In the square number k, each place has the payload that is k after its own, so that as
many descriptions as there are payloads hold every pair of a place and a payload. What
may be refused, or can't be sent, has a description of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module

from tests.loopback import LoopbackServer

from .describe import Texts, describe, tame_texts
from .exercise import Exercise, strings_of, without_blanks
from .payloads import PAYLOADS
from .places import CONSTANT, DOCUMENTED, can_be_sent, is_alone, verdict_of
from .trial import Outcome, Sandbox, generate, import_all
from .type_check import TypeCheck

Pairs = Mapping[str, str]
"""The names of payloads by those of places."""


@dataclass
class Tally:
    """What came of the pairs of a place, or of the cases of a kind."""

    tried: int = 0
    accepted: int = 0
    faults: list[str] = field(default_factory=list[str])


def squares(every: int = 1) -> Iterator[Pairs]:
    """The descriptions that hold many pairs; all of them, or every n-th."""
    names = list(PAYLOADS)
    for number in range(0, len(names), every):
        square = {
            place: names[(index + number) % len(names)]
            for index, place in enumerate(tame_texts())
        }
        yield {
            place: name
            for place, name in square.items()
            if not is_alone(place, PAYLOADS[name])
        }


def singles(every: int = 1) -> Iterator[Pairs]:
    """The descriptions that hold one pair; all of them, or every n-th."""
    found = [
        {place: name}
        for place in tame_texts()
        for name, text in PAYLOADS.items()
        if is_alone(place, text)
    ]
    yield from found[::every]


class Matrix:
    """Tries pairs, and keeps count.

    Args:
        types: Checks the types of what is generated; None for a quick run.
    """

    def __init__(
        self, sandbox: Sandbox, server: LoopbackServer, types: TypeCheck | None = None
    ) -> None:
        self._sandbox = sandbox
        self._server = server
        self._types = types
        self.tallies: dict[str, Tally] = {name: Tally() for name in tame_texts()}

    def try_pairs(self, pairs: Pairs) -> None:
        """Try a description; where something is wrong, find out at which places."""
        outcome = self._try(pairs)
        for place in pairs:
            self.tallies[place].tried += 1
            self.tallies[place].accepted += outcome.accepted
        for places, faults in self._blame(pairs, outcome):
            together = [f'"{pairs[place]}" at {place}' for place in places]
            for fault in faults:
                told = f"{', '.join(together)[:400]}: {fault}"
                self.tallies[places[0]].faults.append(told)

    def _blame(
        self, pairs: Pairs, outcome: Outcome
    ) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        """The places at fault, by trying the halves of those that may be."""
        if not outcome.faults:
            return
        places = list(pairs)
        halves = [places[: len(places) // 2], places[len(places) // 2 :]]
        found = [
            blamed
            for half in halves
            if len(places) > 1
            for part in [{place: pairs[place] for place in half}]
            for blamed in self._blame(part, self._try(part))
        ]
        yield from found or [(places, outcome.faults)]

    def _try(self, pairs: Pairs) -> Outcome:
        hostile = {place: PAYLOADS[name] for place, name in pairs.items()}
        texts = {**tame_texts(), **hostile}
        spec = self._sandbox.work / "spec.json"
        spec.write_text(json.dumps(describe(texts)), encoding="utf-8")
        with self._sandbox.trial() as (name, outcome):
            generate(self._sandbox, name, spec.name, outcome)
            outcome.faults += _faults_of_verdict(outcome, hostile)
            if outcome.accepted:
                import_all(self._sandbox, name)
                folder = self._sandbox.packages / name
                said, constants = strings_of(folder)
                outcome.faults += _faults_of_strings(hostile, said, constants)
                if self._types is not None:
                    outcome.faults += self._types.faults(folder)
                if all(verdict_of(*each) == "accept" for each in hostile.items()):
                    outcome.faults += self._call(name, texts, hostile)
        return outcome

    def _call(self, name: str, texts: Texts, hostile: Texts) -> list[str]:
        exercise = Exercise(self._sandbox.packages / name, texts, self._server)
        if all(can_be_sent(*each) for each in hostile.items()):
            return list(exercise.faults())
        refused: type[Exception] = import_module(name).InvalidArgument
        try:
            return [*exercise.faults(), "what can't be sent was sent"]
        except refused:
            return []


def _faults_of_verdict(outcome: Outcome, hostile: Texts) -> Iterator[str]:
    verdicts = {verdict_of(place, text) for place, text in hostile.items()}
    if verdicts <= {"accept"} and not outcome.accepted:
        yield f"refused: {sorted(outcome.codes)}"
    if verdicts == {"reject"} and outcome.accepted:
        yield "accepted"


def _faults_of_strings(
    hostile: Texts, said: str, constants: frozenset[str]
) -> Iterator[str]:
    for place, text in hostile.items():
        if place in DOCUMENTED and without_blanks(text) not in said:
            yield f"no docstring says, for {place}, {text!r}"[:200]
        if place in CONSTANT and text not in constants:
            yield f"no constant is, for {place}, {text!r}"[:200]
