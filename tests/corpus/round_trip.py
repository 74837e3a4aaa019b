"""Proves that decode, then encode, gives the same JSON: one package, as a program.

``python -m tests.corpus.round_trip SPEC PACKAGE`` prints a RoundTrips as JSON.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from random import Random
from typing import Any

from oasmith.diagnostics import Diagnostics
from oasmith.document import Pointer
from oasmith.loading.load import load_document

from .decoders import Decode, find_decoders, find_encoder
from .definitions import Definitions, NotUnderstood
from .merge import NoSample
from .same_json import first_difference, is_respelled, is_same
from .sample import Sampler, Size
from .validity import Judge, Unusable

_SIZES: tuple[Size, ...] = ("least", "most") + ("mixed",) * 10
_LONGEST_EXAMPLE = 700
_CHOICE = re.compile(r"/(?:oneOf|anyOf)/\d+$")


@dataclass(slots=True)
class RoundTrips:
    """What became of the instances of one document's schemas.

    ``instances`` counts them by outcome: "exact", "respelled", "unequal", "decode
    error", "encode error"; ``schemas`` counts schemas by the worst of theirs.
    """

    schemas: Counter[str] = field(default_factory=Counter[str])
    instances: Counter[str] = field(default_factory=Counter[str])
    not_sampled: Counter[str] = field(default_factory=Counter[str])
    """Schemas without a valid instance, by the reason."""

    examples: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """The first of each outcome but "exact" for each schema."""


_WORST_FIRST = ("decode error", "encode error", "unequal", "respelled", "exact")


def main() -> None:
    spec, package = map(Path, sys.argv[1:])
    sys.setrecursionlimit(20_000)
    sys.path.insert(0, os.fspath(package.parent))
    trips = prove_round_trips(spec, package)
    told = {field.name: getattr(trips, field.name) for field in fields(trips)}
    json.dump(told, sys.stdout)


def prove_round_trips(spec: Path, package: Path) -> RoundTrips:
    """Sample each schema that has a decoder, and try it with the samples."""
    trips = RoundTrips()
    definitions = Definitions(load_document(os.fspath(spec), Diagnostics()).root)
    understood: dict[tuple[Pointer, ...], Decode] = {}
    for pointer, decode in find_decoders(package):
        try:
            if definitions.is_merged(pointer):
                trips.not_sampled["in one with allOf or $ref, tried with that"] += 1
                continue
            together = _with_siblings(pointer)
            for each in together:
                definitions.add(each)
            understood[together] = decode
        except NotUnderstood as reason:
            trips.not_sampled[str(reason)] += 1
    try:
        judge = Judge(definitions)
    except Unusable as reason:
        trips.not_sampled[f"validator: {reason}"] += len(understood)
        return trips
    encode = find_encoder(package)
    for together, decode in understood.items():
        try:
            samples = list(_valid_samples(definitions, judge, together))
        except Unusable as reason:
            trips.not_sampled[f"validator: {reason}"] += 1
            continue
        if samples:
            _try_samples(trips, together[0], samples, decode, encode)
        else:
            trips.not_sampled["no valid instance found"] += 1
    return trips


def _with_siblings(pointer: Pointer) -> tuple[Pointer, ...]:
    """A pointer, and for a choice also the schema around it, which applies as well."""
    above = _CHOICE.sub("", pointer)
    return (pointer,) if above == pointer else (pointer, *_with_siblings(above))


def _valid_samples(
    definitions: Definitions, judge: Judge, together: Sequence[Pointer]
) -> Iterator[Any]:
    """Samples that are valid and not null, which is decoded where it is used."""
    validator = judge.validator(together)
    sampler = Sampler(definitions, Random(together[0]))
    for size in _SIZES:
        try:
            sample = sampler.sample(together, size)
        except NoSample:
            continue
        if sample is not None and validator.is_valid(sample):
            yield sample


def _try_samples(
    trips: RoundTrips,
    pointer: Pointer,
    samples: list[Any],
    decode: Decode,
    encode: Callable[[object], Any],
) -> None:
    seen: set[str] = set()
    for sample in samples:
        outcome, told = _try(sample, decode, encode)
        trips.instances[outcome] += 1
        if outcome != "exact" and outcome not in seen:
            example = json.dumps(sample, ensure_ascii=False)[:_LONGEST_EXAMPLE]
            entry = {"schema": pointer, "outcome": outcome, "instance": example}
            trips.examples.append(entry | {"told": told[:_LONGEST_EXAMPLE]})
        seen.add(outcome)
    trips.schemas[next(each for each in _WORST_FIRST if each in seen)] += 1


def _try(
    sample: Any, decode: Decode, encode: Callable[[object], Any]
) -> tuple[str, str]:
    """The outcome for a sample, and what there is to tell of it."""
    try:
        value = decode(json.loads(json.dumps(sample)))
    except Exception as error:
        return "decode error", f"{type(error).__name__}: {error}"
    try:
        back = encode(value)
    except Exception as error:
        return "encode error", f"{type(error).__name__}: {error}"
    if is_same(sample, back):
        return "exact", ""
    told = first_difference(sample, back)
    return ("respelled" if is_respelled(sample, back) else "unequal"), told


if __name__ == "__main__":
    main()
