"""Puts what a description refers to in other files under its own components.

References become pointers into the one document that comes out, also those that are
made with "$id", "$anchor" and "$dynamicRef". What has no section of its own among the
components, as path items, is put in the place of the reference.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from ..diagnostics import Diagnostic, Diagnostics
from ..document import (
    Document,
    Node,
    Pointer,
    find_object,
    is_array,
    is_object,
    join_pointer,
    objects_in,
    split_pointer,
)
from ..grammar import (
    Kind,
    Part,
    has_default_mapping,
    may_refer,
    members_of,
    parts_of,
    referring_maps,
    version_of,
)
from ..security_names import may_be_reference, rename_schemes
from .access import Access
from .bundle_changes import Change, change_tree
from .bundle_files import Files
from .bundle_identifiers import IDENTIFIERS
from .bundle_layers import Home, Layer, merge_layers, origins_of
from .bundle_maps import refers_as_a_whole, spread_maps
from .bundle_names import SECTIONS, SECTIONS_2_0, ComponentNames, Origin
from .bundle_references import (
    Resolver,
    Target,
    is_local,
    is_uri,
    may_need_bundling,
    needs_bundling,
    reference_to,
)
from .problem import Broken, leads_nowhere


def bundle_document(
    document: Document, diagnostics: Diagnostics, access: Access | None = None
) -> Document:
    """A description that refers to nothing outside of itself.

    Args:
        document: Comes back as it is when it refers by pointers only. A reference that
            can't be followed stays as it is, and is noted as broken.
        diagnostics: Gets a warning for what is read as something else.
        access: Where files may come from besides the description's own folder.
    """
    is_spread = refers_as_a_whole(document)
    if not is_spread:
        texts = [document.source.content, *document.overlays.values()]
        if not any(map(may_need_bundling, texts)):
            return document
        if not needs_bundling(document.root):
            return document
    files = Files(document, access or Access(), diagnostics)
    if is_spread:
        document = files.root = spread_maps(document, files, diagnostics)
    bundle = _Bundle(document, diagnostics, files)
    bundled = bundle.run()
    if not bundle.names.is_settled():
        # All that there is is known by now, and so are the names that tell it apart.
        bundled = _Bundle(document, diagnostics, files, bundle.names.settle()).run()
    return bundled


class _Bundle:
    """A document on its way to be bundled."""

    def __init__(
        self,
        document: Document,
        diagnostics: Diagnostics,
        files: Files,
        names: Mapping[Origin, str] = MappingProxyType({}),
    ) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._files = files
        self._resolver = Resolver(files)
        self._version = version_of(document.root)
        self._sections = SECTIONS_2_0 if self._version == "2.0" else SECTIONS
        self._placed: dict[tuple[str, Pointer, Kind], Pointer] = {}
        self._unread: deque[tuple[Part, Home]] = deque()
        self._aliases: set[Pointer] = set()
        self._origins: dict[Pointer, Node] = {}
        self._broken: dict[Pointer, tuple[Diagnostic, ...]] = {}
        self._changes: list[Change] = []
        self.names = ComponentNames(document, self._sections.values(), names)

    def run(self) -> Document:
        self._take_in_aliases()
        root = Part("OpenAPI", "", self._document.root)
        self._unread.appendleft((root, Home(self._document, "", "")))
        while self._unread:
            self._read_all(*self._unread.popleft())
        root_value = change_tree(self._document.root, self._changes)
        return replace(
            self._document,
            root=root_value,
            origins=self._origins,
            broken=self._broken,
            files=self._files.contents,
        )

    def _take_in_aliases(self) -> None:
        """Put what a component only refers to in its place, under its name."""
        for kind, section in self._sections.items():
            for name, item in objects_in(find_object(self._document, section)):
                reference = item.get("$ref")
                if len(item) > 1 or not isinstance(reference, str):
                    continue
                pointer = join_pointer(section, name)
                home = Home(self._document, "", "")
                if not is_local(reference):
                    target = self._resolve(reference, pointer, "/$ref", home)
                    if not isinstance(target, Target) or not _fits(target, kind):
                        # It is told of, or noted, when the component is read.
                        continue
                    if self._place(target, kind, pointer) == pointer:
                        self._aliases.add(pointer)

    def _read_all(self, part: Part, home: Home) -> None:
        waiting = [(part, home)]
        while waiting:
            part, home = waiting.pop()
            if part.pointer not in self._aliases or home.at == part.pointer:
                waiting.extend(reversed(list(self._read(part, home))))

    def _read(self, part: Part, home: Home) -> Iterator[tuple[Part, Home]]:
        """Read one object, and give those that it holds."""
        if part.kind == "Schema" and not _NAMING.isdisjoint(part.value):
            part = self._take_names(part, home)
        reference = part.value.get("$ref")
        if isinstance(reference, str):
            if part.kind not in self._sections:
                yield from self._inline(part, home, parts_of)
                return
            self._refer(reference, part.kind, part.pointer, "/$ref", home)
        if part.kind == "Discriminator":
            self._read_mapping(part, home)
        if part.kind == "Schema" and is_object(part.value.get("discriminator")):
            self._keep_tags(part, home)
        if "security" in part.value and self._version == "3.2":
            self._read_security(part, home)
        for name, kind in referring_maps(part):
            pointer = join_pointer(part.pointer, name)
            whole = Part(kind, pointer, part.value[name])
            yield from self._inline(whole, home, members_of)
            part = part._replace(
                value={key: item for key, item in part.value.items() if key != name}
            )
        for inner in parts_of(part):
            yield inner, home

    def _take_names(self, part: Part, home: Home) -> Part:
        """Leave out identifiers, as nothing will refer to them any more."""
        value = {
            key: item for key, item in part.value.items() if key not in IDENTIFIERS
        }
        dynamic = value.pop("$dynamicRef", None)
        if isinstance(dynamic, str):
            self._diagnostics.warning(
                "dynamic-reference",
                f'dynamic reference "{dynamic}" is read as one to the schema that has '
                "this anchor here",
                home.node(f"{part.pointer}/$dynamicRef"),
                help="what schemas that extend this one would put there is not seen",
            )
            # It applies together with a reference beside it.
            if "$ref" in value:
                value["allOf"] = [*value.get("allOf", ()), {"$ref": dynamic}]
            else:
                value["$ref"] = dynamic
        self._changes.append((part.pointer, value))
        return part._replace(value=value)

    def _refer(
        self, reference: str, kind: Kind, pointer: Pointer, place: str, home: Home
    ) -> None:
        """Make a reference one into the bundle.

        Args:
            pointer: Of the object that has it.
            place: Of the reference itself, from there.
        """
        placed = self._place_referred(reference, kind, pointer, place, home)
        if placed is not None:
            self._changes.append((pointer + place, reference_to(placed)))

    def _place_referred(
        self, reference: str, kind: Kind, pointer: Pointer, place: str, home: Home
    ) -> Pointer | None:
        """Where in the bundle that is which a reference leads to from elsewhere."""
        match self._resolve(reference, pointer, place, home):
            case None:
                pass
            case Broken(reasons):
                self._broken[pointer + place] = reasons
            case target if _fits(target, kind):
                return self._place(target, kind)
            case _:
                node = home.node(pointer + place)
                broken = leads_nowhere(f'"{reference}" is no {kind}', node)
                self._broken[pointer + place] = broken.reasons
        return None

    def _resolve(
        self, reference: str, pointer: Pointer, place: str, home: Home
    ) -> Target | Broken | None:
        """What a reference leads to; None where it means the same in the bundle."""
        base = home.pointer_of(pointer)
        is_settled = (
            home.document is self._document
            and is_local(reference)
            and not self._resolver.has_identifier(home.document, base)
        )
        if is_settled:
            # Whether it leads anywhere is for others to tell, once that matters.
            return None
        return self._resolver.resolve(reference, home.document, base, base + place)

    def _place(
        self, target: Target, kind: Kind, pointer: Pointer | None = None
    ) -> Pointer:
        """Where in the bundle a target is, once it has been put there."""
        if target.document is self._document:
            return target.pointer
        key = (target.document.source.name, target.pointer, kind)
        if key not in self._placed:
            file = target.document.source.name
            origin = Origin(self._sections[kind], file, target.pointer)
            pointer = pointer or self.names.allot(origin)
            self._placed[key] = pointer
            self._origins[pointer] = target.document.node(target.pointer)
            self._changes.append((pointer, target.value))
            if is_object(target.value):
                home = Home(target.document, target.pointer, pointer)
                self._unread.append((Part(kind, pointer, target.value), home))
        return self._placed[key]

    def _inline(
        self, part: Part, home: Home, parts: Callable[[Part], Iterator[Part]]
    ) -> Iterator[tuple[Part, Home]]:
        """Put what a reference leads to in its place; members beside it go first.

        Args:
            parts: What gives the objects in the part, which may be a map of its kind.
        """
        layers = [Layer(part.value, home)]
        match self._follow(part, home):
            case Broken(reasons):
                self._broken[f"{part.pointer}/$ref"] = reasons
            case [_, _, *_] as followed:
                layers = followed
                if parts is members_of or not may_refer(part.kind):
                    self._diagnostics.warning(
                        "repair[misplaced-reference]",
                        "a reference stands where OpenAPI has none; it is followed",
                        home.node(f"{part.pointer}/$ref"),
                    )
                self._changes.append((part.pointer, merge_layers(layers)))
                self._origins |= origins_of(part.pointer, layers)
            case _:
                pass
        seen: set[str] = set()
        for value, layer in layers:
            own = {key: item for key, item in value.items() if key not in seen}
            seen.update(own)
            for inner in parts(part._replace(value=own)):
                yield inner, layer

    def _follow(self, part: Part, home: Home) -> list[Layer] | Broken:
        """An object, what it refers to, what that refers to, and so on."""
        layers = [Layer(part.value, home)]
        while isinstance(reference := layers[-1].value.get("$ref"), str):
            home = layers[-1].home
            target = self._resolve(reference, part.pointer, "/$ref", home)
            if target is None and len(layers) == 1:
                break
            if target is None:
                base = home.pointer_of(part.pointer)
                target = self._resolver.resolve(
                    reference, home.document, base, f"{base}/$ref"
                )
            if isinstance(target, Broken):
                return target
            key = (target.document.source.name, target.pointer)
            if key in home.chain or not is_object(target.value):
                message = f'"{reference}" is no {part.kind}, or one that holds itself'
                return leads_nowhere(message, home.node(f"{part.pointer}/$ref"))
            chain = home.chain | {key}
            home = Home(target.document, target.pointer, part.pointer, chain)
            layers.append(Layer(target.value, home))
        return layers

    def _read_mapping(self, part: Part, home: Home) -> None:
        """Read what the tags of a discriminator mean: schemas' names, or references."""
        mapping = part.value.get("mapping")
        named_at = {
            join_pointer("/mapping", tag): name
            for tag, name in (mapping.items() if is_object(mapping) else ())
        }
        if has_default_mapping(self._document.root):
            named_at["/defaultMapping"] = part.value.get("defaultMapping")
        for place, name in named_at.items():
            if not isinstance(name, str):
                continue
            named = join_pointer(self._sections["Schema"], name)
            if find_object(home.document, named) is not None:
                if home.document is not self._document:
                    reference = reference_to(named)
                    self._refer(reference, "Schema", part.pointer, place, home)
            elif is_uri(name):
                self._refer(name, "Schema", part.pointer, place, home)

    def _read_security(self, part: Part, home: Home) -> None:
        """Name the schemes that requirements refer to (OpenAPI 3.2.0 section 4.30)."""

        def rename(index: int, name: str) -> str:
            place = join_pointer("/security", index, name)
            if not may_be_reference(home.document, name):
                return name
            placed = self._place_referred(name, _SCHEME, part.pointer, place, home)
            return split_pointer(placed)[-1] if placed else name

        named = rename_schemes(part.value["security"], rename)
        self._changes.append((f"{part.pointer}/security", named))

    def _keep_tags(self, part: Part, home: Home) -> None:
        """Map the tags that variants have by their names, where these change."""
        mapping = part.value["discriminator"].get("mapping", {})
        if not is_object(mapping):
            return
        for at, reference in _variants(part):
            if reference in mapping.values():
                continue
            target = self._resolve(reference, at, "/$ref", home)
            if isinstance(target, Target) and _fits(target, "Schema"):
                pointer = self._place(target, "Schema")
                tag = target.pointer.rpartition("/")[2]
                if tag and tag != pointer.rpartition("/")[2] and tag not in mapping:
                    place = f"{part.pointer}/discriminator/mapping/{tag}"
                    self._changes.append((place, reference_to(pointer)))


def _variants(part: Part) -> Iterator[tuple[Pointer, str]]:
    """Where the choices of a schema stand that are references, and these."""
    for member in ("oneOf", "anyOf"):
        items = part.value.get(member)
        for index, item in enumerate(items if is_array(items) else ()):
            reference = item.get("$ref") if is_object(item) else None
            if isinstance(reference, str):
                yield join_pointer(part.pointer, member, index), reference


def _fits(target: Target, kind: Kind) -> bool:
    """Whether a target can be an object of a kind; a schema may also be a boolean."""
    return is_object(target.value) or (
        kind == "Schema" and isinstance(target.value, bool)
    )


_SCHEME: Kind = "SecurityScheme"
_NAMING = IDENTIFIERS | {"$dynamicRef"}
