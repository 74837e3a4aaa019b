"""Allocates names of each kind, by the keys of the lock, and remembers all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..config_table import quote_toml
from ..diagnostics import Diagnostics
from ..document import Pointer
from ..python_names import is_python_name
from .former_places import FormerPlaces
from .names import allocate
from .package import Kept
from .written_places import WrittenPlaces

PLACELESS = ("credentials", "groups")
"""The kinds of which things have no place in the description."""


@dataclass(frozen=True, slots=True)
class Outgrown:
    """A name that was kept, and that the rules would not give now."""

    name: str
    fresh: str
    """What the rules would give."""

    setting: str
    """The line for the table of a client that gives this one."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A thing that has another name than it had, or would have by the rules."""

    kind: str
    key: str
    pointer: Pointer
    """Where it is described, or its key where it has no place of its own."""

    former: str
    name: str


class Allocator:
    """Allocates names and remembers all of them for the lock.

    Args:
        kept: What things were called before, and what they are to be called.
        places: Knows the key of whatever has a pointer.
        diagnostics: Gets the errors in names that were chosen.
    """

    def __init__(
        self, kept: Kept, places: WrittenPlaces, diagnostics: Diagnostics
    ) -> None:
        self.kept_from = kept
        self.places = places
        self.diagnostics = diagnostics
        self._reserved: frozenset[str] = frozenset()
        self.names: dict[str, dict[str, str]] = {}
        self.renamed: list[Renamed] = []
        """What could not keep a name that the lock has for it."""

        self.withdrawn: list[Renamed] = []
        """What keeps a name that was chosen and is no more, and what it would have."""

        self._former = FormerPlaces(kept.names, places)

    def reserve(self, names: frozenset[str]) -> None:
        """Keep models and functions from names that modules import besides."""
        self._reserved |= names

    def allocate(
        self, kind: str, wanted: Mapping[Pointer, str], reserved: frozenset[str]
    ) -> dict[Pointer, str]:
        """Give each thing a name: the chosen one, or that of before, or a new one."""
        if kind in ("models", "operations"):
            reserved |= self._reserved
        keys = self._keys_of(kind, wanted)
        chosen = self._chosen(kind, keys, reserved)
        ordered = sorted(wanted, key=lambda each: each not in chosen)
        given = allocate(
            {each: wanted[each] for each in ordered},
            {**self._kept(kind, keys), **chosen},
            reserved,
        )
        for each, name in chosen.items():
            if given[each] != name:
                self._refuse(keys[each], name, "is the name of something else")
        self.names.setdefault(kind, {}).update(
            (keys[each], given[each]) for each in wanted
        )
        self._note_renamed(kind, keys, given)
        self._note_withdrawn(kind, keys, wanted, reserved)
        return {each: given[each] for each in wanted}

    def allocate_any(
        self, kind: str, wanted: Mapping[Pointer, str], reserved: frozenset[str]
    ) -> dict[Pointer, str]:
        """Allocate names of a kind that the lock leaves out where there are none."""
        return self.allocate(kind, wanted, reserved) if wanted else {}

    def kept(self, kind: str, wanted: Mapping[Pointer, str]) -> frozenset[str]:
        """The names that an earlier run gave to what is wanted, and the chosen ones."""
        keys = self._keys_of(kind, wanted)
        chosen = self.kept_from.chosen.get(kind, {})
        here = (chosen[key] for key in keys.values() if key in chosen)
        return frozenset([*self._kept(kind, keys).values(), *here])

    def outgrown(
        self, kind: str, wanted: Mapping[Pointer, str], reserved: frozenset[str]
    ) -> dict[Pointer, Outgrown]:
        """The names of before that nothing here would be given now.

        What somebody chose is none of them, nor what is told to be withdrawn.
        """
        fresh = allocate(wanted, {}, reserved)
        taken = set(fresh.values())
        chosen = {*self.kept_from.chosen.get(kind, {})}
        chosen |= {each.key for each in self.withdrawn if each.kind == kind}
        outgrown: dict[Pointer, Outgrown] = {}
        for pointer, key in self._keys_of(kind, wanted).items():
            name = self.names[kind][key]
            if name not in taken and key not in chosen:
                setting = name_setting(kind, key, fresh[pointer])
                outgrown[pointer] = Outgrown(name, fresh[pointer], setting)
        return outgrown

    def tell_unused(self) -> None:
        """Tell of chosen names whose keys nothing has."""
        for kind, chosen in self.kept_from.chosen.items():
            for key in chosen.keys() - self.names.get(kind, {}).keys():
                self.diagnostics.warning(
                    "unused-name",
                    f'nothing that is generated has the key "{key}" among "{kind}"',
                    self.kept_from.place_of(key),
                    help='the keys are those of "names" in oasmith.lock',
                )

    def _note_renamed(
        self, kind: str, keys: Mapping[Pointer, str], given: Mapping[Pointer, str]
    ) -> None:
        chosen = self.kept_from.chosen.get(kind, {})
        others = self.kept_from.others.get(kind, {})
        kept = self._kept(kind, keys)
        for pointer, key in keys.items():
            name = given[pointer]
            formers = dict.fromkeys([kept.get(pointer, name), others.get(key, name)])
            for former in formers if key not in chosen else ():
                if former != name:
                    self.renamed.append(Renamed(kind, key, pointer, former, name))

    def _note_withdrawn(
        self,
        kind: str,
        keys: Mapping[Pointer, str],
        wanted: Mapping[Pointer, str],
        reserved: frozenset[str],
    ) -> None:
        chosen = self.kept_from.chosen.get(kind, {})
        before = self.kept_from.chosen_before.get(kind, {})
        gone = {
            pointer: self.names[kind][key]
            for pointer, key in keys.items()
            if key not in chosen and before.get(key) == self.names[kind][key]
        }
        fresh = allocate(wanted, {}, reserved) if gone else {}
        for pointer, name in gone.items():
            if fresh[pointer] != name:
                self.withdrawn.append(
                    Renamed(kind, keys[pointer], pointer, name, fresh[pointer])
                )

    def _keys_of(self, kind: str, wanted: Mapping[Pointer, str]) -> dict[Pointer, str]:
        if kind in PLACELESS:
            return dict(zip(wanted, wanted, strict=True))  # These have no pointers.
        keys: dict[Pointer, str] = {}
        taken: set[str] = set()
        for pointer in wanted:
            key = written = self.places.key_of(pointer)
            number = 2
            while key in taken:
                key, number = f"{written} {number}", number + 1
            taken.add(key)
            keys[pointer] = key
        return keys

    def _kept(self, kind: str, keys: Mapping[Pointer, str]) -> dict[Pointer, str]:
        known = self.kept_from.names.get(kind, {})
        kept: dict[Pointer, str] = {}
        for pointer, key in keys.items():
            name = known.get(key) or known.get(self._former.former_key(key))
            if name is not None:
                kept[pointer] = name
        return kept

    def _chosen(
        self, kind: str, keys: Mapping[Pointer, str], reserved: frozenset[str]
    ) -> dict[Pointer, str]:
        known = self.kept_from.chosen.get(kind, {})
        chosen: dict[Pointer, str] = {}
        for pointer, key in keys.items() if known else ():
            name = known.get(key)
            if name is None:
                continue
            if not is_python_name(name):
                self._refuse(key, name, "is no name in Python")
            elif name in reserved or name.startswith("_") or _is_twin(kind, name):
                self._refuse(key, name, "means something else there")
            else:
                chosen[pointer] = name
        return chosen

    def _refuse(self, key: str, name: str, problem: str) -> None:
        self.diagnostics.error(
            "unusable-name",
            f'"{name}" can\'t be the name for "{key}": it {problem}',
            self.kept_from.place_of(key),
            help="choose another name",
        )


def name_setting(kind: str, key: str, name: str) -> str:
    """The line that chooses a name, for the table of a client in pyproject.toml."""
    return f"names.{kind}.{quote_toml(key)} = {quote_toml(name)}"


def _is_twin(kind: str, name: str) -> bool:
    """Whether a function would be called like the twin of another one."""
    return kind == "operations" and name.endswith("_async")
