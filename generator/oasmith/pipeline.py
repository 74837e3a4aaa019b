"""The stages in order: from the bytes of a description to the files of a package."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .answer_rules import AnswerRules
from .background import Background
from .config import ClientConfig
from .config_table import ChosenName
from .diagnostics import Diagnostics, File
from .document import Document
from .inputs import chosen_names, inputs_of
from .loading.access import Access
from .loading.bundle import bundle_document
from .loading.collector import collector_paused
from .loading.load import load_document
from .loading.sources import copies_to_keep, source_files
from .output.formatter import settle_formatter
from .output.lock import LOCK_NAME, Given, Lock, build_lock, lock_text, read_lock
from .output.states import states_of
from .presence import Presence
from .recursion import deep_recursion
from .runtime_place import place_runtime
from .slicing.choose_rules import choose_rules
from .slicing.select import (
    OperationSummary,
    list_operations,
    parse_selection,
    select_operations,
)
from .slicing.slice import slice_document
from .validation.broken import tell_broken
from .validation.leave_out import LeftOut, as_far_as_harmful, leave_out_faults
from .validation.repair import repair_document
from .validation.semantics import check_semantics
from .validation.validate import (
    check_version,
    check_with_validator,
    diagnose,
    prepare_validator,
    tell_problems,
)

if TYPE_CHECKING:
    from .layout.package import Kept, Package
    from .validation.verdict import Problem

    _Validator = Background[dict[str, Any], list[Problem]]
    Meanwhile = Callable[[Package, Lock], None]

MISSED = frozenset(["no-such-operation", "unfit-pagination"])
"""What is said where a description lacks something that another version may have."""


@dataclass(frozen=True, slots=True)
class Made:
    """A package, ready to be written or compared with what is there."""

    package: Package
    files: Mapping[str, bytes]
    copies: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """Files that were fetched, by the path of the copy that is to be kept."""

    runtime: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """The files of the runtime that clients share, by their paths in its folder."""

    left_out: tuple[LeftOut, ...] = ()
    """What the description has that is at fault, where validation is lenient."""


def make_package(
    client: ClientConfig,
    diagnostics: Diagnostics,
    *,
    is_offline: bool = False,
    is_strict: bool = False,
    meanwhile: Meanwhile | None = None,
) -> Made:
    """Make the package of a client, without writing anything.

    Args:
        is_offline: What is on other hosts is read from copies alone.
        is_strict: References that can't be followed are errors also where nothing that
            is generated needs them, if all operations are asked for.
        meanwhile: Gets the package, and the lock of the run before, where there was
            one, while the validator is at work.

    Raises:
        Stopped: The diagnostics have errors.
    """
    from .output.templates import read_templates

    previous = read_lock(client.output_path, diagnostics)
    templates = read_templates(client.templates_path, diagnostics)
    # Few of the many objects that are made are garbage before the end.
    with collector_paused(), _validator() as validator:
        access = access_of(client, previous, is_offline=is_offline)
        whole = load_description(client, diagnostics, access)

        def make_and_tell(package: Package) -> Mapping[str, bytes]:
            # Imported here, since the validator is at work by now.
            from .check_exports import check_exports
            from .make_files import make_files

            files = make_files(package, templates, diagnostics)
            presence = Presence(client, files, previous)
            check_exports(package, files.keys(), client, presence, diagnostics)
            if meanwhile is not None and previous is not None:
                meanwhile(package, previous)
            return files

        kept = kept_for(client, previous)
        run = _Run(client, kept, validator, make_and_tell, is_strict)
        made = _pass_stages(whole, run, diagnostics)
    from .make_files import shared_runtime

    lock = build_lock(
        client.output_path,
        inputs_of(client),
        {
            **states_of(source_files(whole, client.spec_path)),
            **templates.sources,
            **Presence(client, made.files, previous).states(),
        },
        made.files,
        Given(made.package.names, made.package.shapes),
    )
    text = lock_text(settle_formatter(lock, previous))
    return replace(
        made,
        files={**made.files, LOCK_NAME: text.encode()},
        copies=copies_to_keep(whole, client.spec_path),
        runtime=shared_runtime() if made.package.runtime.levels else {},
    )


def design_package(
    client: ClientConfig,
    load: Callable[[Diagnostics], Document],
    kept: Kept,
    diagnostics: Diagnostics,
    *,
    is_valid: bool = False,
) -> Package:
    """Lay out the package of a client, and make no files of it.

    What another version of the description may have is a warning: an operation that is
    asked for and not there, or is not what a rule of pagination takes it for.

    Args:
        load: Loads the description, wherever it is.
        kept: What things were called before.
        is_valid: Whether the validator need not be asked.

    Raises:
        Stopped: The diagnostics have errors.
    """
    check = nullcontext() if is_valid else _validator()
    with collector_paused(), check as validator:
        whole = load(diagnostics)
        run = _Run(client, kept, validator, lambda package: {}, may_miss=True)
        made = _pass_stages(whole, run, diagnostics)
    return made.package


def kept_for(client: ClientConfig, previous: Lock | None) -> Kept:
    """What a run for a client knows of names: from the lock, and from the client."""
    # The rest of layout is imported while the validator is at work.
    from .layout.package import Kept

    chosen = _by_kind(client.names)
    if previous is None:
        return Kept(chosen=chosen, place=client.place)
    return Kept(
        names=previous.names,
        others=previous.others,
        shapes=previous.shapes,
        chosen=chosen,
        chosen_before=_by_kind(chosen_names(previous.options)),
        place=client.place,
    )


def _by_kind(names: Iterable[ChosenName]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for kind, key, name in names:
        found.setdefault(kind, {})[key] = name
    return found


def load_description(
    client: ClientConfig, diagnostics: Diagnostics, access: Access | None = None
) -> Document:
    """Load a description of a version that we know, with the files it refers to."""
    access = access or access_of(client, None)
    document = load_document(client.spec_path, diagnostics)
    if client.overlays:
        document = _overlay(document, client, diagnostics)
    check_version(document, diagnostics)
    return bundle_document(document, diagnostics, access)


def find_operations(
    document: Document, client: ClientConfig, diagnostics: Diagnostics
) -> tuple[OperationSummary, ...]:
    """The operations of its description that a client includes, as they are listed."""
    tell_broken(document, None, diagnostics)
    selection = parse_selection(client.include, diagnostics, client.place_of("include"))
    diagnostics.stop_on_errors()
    return select_operations(list_operations(document), selection, diagnostics)


def access_of(
    client: ClientConfig, previous: Lock | None, *, is_offline: bool = False
) -> Access:
    """What a client's description may refer to."""
    sources: Mapping[str, str] = previous.sources if previous else {}
    recorded = {
        os.path.abspath(os.path.join(client.output_path, path)): known
        for path, known in sources.items()
    }
    return Access(client.allowed_paths, client.allow_remote, recorded, is_offline)


def _overlay(
    document: Document, client: ClientConfig, diagnostics: Diagnostics
) -> Document:
    # Imported here, since most descriptions are taken as they are.
    from .overlaying.apply_overlay import apply_overlay
    from .overlaying.overlay import read_overlay

    for path in client.overlay_paths:
        overlay = read_overlay(path, diagnostics)
        document = apply_overlay(document, overlay, diagnostics)
    return document


def take_slice(
    document: Document,
    client: ClientConfig,
    diagnostics: Diagnostics,
    *,
    is_strict: bool = False,
    may_miss: bool = False,
) -> Document:
    """Keep what the client includes, and what that reaches.

    Args:
        is_strict: What can't be followed is an error, also where nothing needs it.
        may_miss: A pattern that matches no operation is no error.
    """
    selection = parse_selection(client.include, diagnostics, client.place_of("include"))
    diagnostics.stop_on_errors()
    with _missing(may_miss, diagnostics) as missed:
        kept = slice_document(document, selection, missed)
    found = Diagnostics()
    needed = document if is_strict and not client.include else kept
    tell_broken(document, needed, found)
    for diagnostic in found:
        # A lenient run leaves out what is needed and can't be followed; that tells it.
        if not (client.is_lenient and diagnostic.severity == "error"):
            diagnostics.add(diagnostic)
    diagnostics.stop_on_errors()
    return kept


@contextmanager
def _missing(may_miss: bool, diagnostics: Diagnostics) -> Generator[Diagnostics]:
    """Tell what is found, and of what may be missing as warnings."""
    found = Diagnostics()
    try:
        yield found
    finally:
        for diagnostic in found:
            is_missed = may_miss and diagnostic.code in MISSED
            severity = "warning" if is_missed else diagnostic.severity
            diagnostics.add(diagnostic._replace(severity=severity))


@dataclass(frozen=True, slots=True)
class _Run:
    """What the stages after loading are to do."""

    client: ClientConfig
    kept: Kept
    validator: _Validator | None
    """None for what is valid without being asked."""

    make_files: Callable[[Package], Mapping[str, bytes]]
    is_strict: bool = False
    may_miss: bool = False


def _validator() -> _Validator:
    return Background(check_with_validator, prepare_validator)


def _pass_stages(whole: Document, run: _Run, diagnostics: Diagnostics) -> Made:
    """Pass a description through the stages that come after loading."""
    client = run.client
    try:
        with deep_recursion():
            document = take_slice(
                whole,
                client,
                diagnostics,
                is_strict=run.is_strict,
                may_miss=run.may_miss,
            )
            made = _make(document, whole, run, diagnostics)
    except RecursionError:
        message = "schemas refer to one another in too long a chain"
        diagnostics.fatal("too-deep", message, whole.node(""))
    diagnostics.stop_on_errors()
    _tell_left_out(made, client, diagnostics)
    return made


def _make(
    document: Document, whole: Document, run: _Run, diagnostics: Diagnostics
) -> Made:
    document = repair_document(document, diagnostics)
    if not run.client.is_lenient:
        return _generate(document, whole, run, diagnostics)
    document, left_out = leave_out_faults(document, _examine)
    found = Diagnostics()
    made = _generate(document, whole, run, found)
    for diagnostic in found:
        diagnostics.add(as_far_as_harmful(diagnostic))
    return replace(made, left_out=left_out)


def _generate(
    document: Document, whole: Document, run: _Run, diagnostics: Diagnostics
) -> Made:
    if run.validator is not None:
        run.validator.start(document.root)
    # The rest takes a tenth of a second to import, in which the validator is at work.
    from .building.build import build_api
    from .layout.allocator import Allocator
    from .layout.lay_out import lay_out
    from .layout.package import Symbol
    from .layout.written_places import WrittenPlaces
    from .reading.read import read_spec

    client = run.client
    spec = read_spec(document, diagnostics)
    with _missing(run.may_miss, diagnostics) as missed:
        pages = choose_rules(document, client.pagination, missed)
        rules = AnswerRules(client.envelope, client.pagination, pages)
        api = build_api(spec, missed, rules)
    check_semantics(document, diagnostics)
    allocator = Allocator(run.kept, WrittenPlaces(whole, document), diagnostics)
    package = lay_out(api, client.package, os.path.basename(client.spec), allocator)
    package = replace(
        package,
        runtime=place_runtime(client.output_path, client.runtime_path),
        exports=tuple(Symbol(each.module, each.name) for each in client.exports),
    )
    files = dict(run.make_files(package))
    if client.examples:
        from .examples import make_examples

        files["examples.json"] = make_examples(spec, api, diagnostics).encode()
    if run.validator is not None:
        tell_problems(document, run.validator.result(), diagnostics)
    return Made(package, files)


def _examine(document: Document) -> Diagnostics:
    """All that is wrong with a document, or that nothing can be made of."""
    from .building.build import build_api
    from .reading.read import read_spec

    found = Diagnostics()
    check_semantics(document, found)
    build_api(read_spec(document, found), found)
    for problem in check_with_validator(document.root):
        found.add(diagnose(document, problem))
    return found


def _tell_left_out(made: Made, client: ClientConfig, diagnostics: Diagnostics) -> None:
    """Tell of what is left out, as errors unless the client accepts them.

    Raises:
        Stopped: Nothing else is left.
    """
    for _, _, fault in made.left_out:
        is_accepted = fault.code in client.accept
        diagnostics.add(fault._replace(severity="warning") if is_accepted else fault)
    if made.left_out and not made.package.api.operations:
        message = "no operation is left of what is to be generated"
        diagnostics.fatal("nothing-left", message, File(client.spec_path))
