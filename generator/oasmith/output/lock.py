"""The record of a run: what went in, what came out, and which names were given.

A run that finds nothing to do pays for this module's imports, so it has named tuples
in place of dataclasses (whose import costs as much as starting Python).
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from .paths import is_safe
from .standing import Obstacle, Standing
from .states import hash_of, is_folder, state_of

if TYPE_CHECKING:
    from ..diagnostics import Diagnostics

LOCK_NAME = "oasmith.lock"

Options = Mapping[str, str | tuple[str, ...]]


class Inputs(NamedTuple):
    """What a run is asked for."""

    version: str
    """Of the generator."""

    spec: str = ""
    """The path of the description, from the working directory; empty for a runtime that
    packages share, which no description is behind."""

    options: Mapping[str, str | tuple[str, ...]] = {}
    """Whatever else decides on the output."""

    formatter: str = ""
    """The version of black; empty where nothing is formatted."""


class Lock(NamedTuple):
    """The content of "oasmith.lock"; hashes are SHA-256, in hexadecimal."""

    version: str
    """Of the generator; empty when the lock could only be read in part."""

    spec: str
    """As in `sources`."""

    options: Options
    sources: Mapping[str, str]
    """The state (see `states`) of all that the run depended on, by its path from the
    output folder."""

    files: Mapping[str, str]
    """The hash of each file that was written, by its path; empty if unknown."""

    names: Mapping[str, Mapping[str, str]]
    """Scope, and in it JSON pointer, with the file before it where that is another, to
    Python name. What is in a list is known by what it is, not by its number."""

    shapes: Mapping[str, str]
    """Digests of the named schemas' shapes, by the keys of their names."""

    others: Mapping[str, Mapping[str, str]] = {}
    """As `names`, what the other side of a merge has where they differ; not written."""

    formatter: str = ""
    """As in `Inputs`: a version that has made, or would make, these files."""

    is_whole: bool = True
    """Whether all lines are of one run: git merges those of two without a word."""


class Given(NamedTuple):
    """What a run called things, and of which shapes schemas were."""

    names: Mapping[str, Mapping[str, str]]
    shapes: Mapping[str, str]


def build_lock(
    folder: str,
    inputs: Inputs,
    sources: Mapping[str, str],
    files: Mapping[str, bytes],
    given: Given,
) -> Lock:
    """Record a run.

    Args:
        sources: The state of each, by its path from the working directory.
    """
    return Lock(
        version=inputs.version,
        spec=_name_spec(inputs, folder),
        options=inputs.options,
        sources={name_source(path, folder): known for path, known in sources.items()},
        files={path: hash_of(files[path]) for path in files if path != LOCK_NAME},
        names=given.names,
        shapes=given.shapes,
        formatter=inputs.formatter,
    )


def lock_text(lock: Lock) -> str:
    """JSON, sorted, an entry a line, so that two branches merge line by line.

    The digest of all of it stands in front: what is merged proves nothing by itself.
    """
    record = lock._asdict()
    del record["others"], record["is_whole"]
    record["digest"] = ""
    text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return text.replace(_NO_DIGEST, f'"digest": "{hash_of(text.encode())}"', 1)


def read_lock(folder: str, diagnostics: Diagnostics) -> Lock | None:
    """The lock in an output folder, if there is one.

    Of a broken one (a merge left its marks) the names and the paths of files are kept
    that can still be read: where two sides differ, the first one's, beside the others.
    """
    path = os.path.join(folder, LOCK_NAME)
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            # A pipe is not even opened: it would wait until somebody writes.
            _warn_of_broken_lock(path, "it is no file", diagnostics)
            return None
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        _warn_of_broken_lock(path, str(error.strerror).lower(), diagnostics)
        return None
    lock = _parse_lock(text)
    if lock is None:
        _warn_of_broken_lock(path, "it is no lock as oasmith writes them", diagnostics)
        lock = _recover_lock(text)
    return lock


def is_current(folder: str, lock: Lock, inputs: Inputs) -> bool:
    """Whether a run would write what is there: no input and no output has changed."""
    return (
        lock.version == inputs.version
        and lock.formatter == inputs.formatter
        and (lock.spec == "" or lock.spec in lock.sources)
        and has_sources(folder, lock)
        and is_made_for(folder, lock, inputs)
    )


def is_made_for(folder: str, lock: Lock, inputs: Inputs) -> bool:
    """Whether what is there is what a run has made that was asked for the same.

    Of which sources, and by which version, is not looked at.
    """
    return (
        lock.is_whole
        and lock.spec == _name_spec(inputs, folder)
        and lock.options == inputs.options
        and lock.files != {}
        and has_files(folder, lock)
    )


def changed_inputs(folder: str, lock: Lock, inputs: Inputs) -> Iterator[str]:
    """What would go into a run and is not what the lock records, in words.

    A file is named by its path from the working directory.
    """
    if not lock.is_whole:
        yield f"{LOCK_NAME} (not as a run left it)"
    if lock.version != inputs.version:
        yield f"oasmith (from {lock.version or 'another version'} to {inputs.version})"
    if lock.formatter != inputs.formatter:
        before = lock.formatter or "another version"
        yield f"black (from {before} to {inputs.formatter})"
    if lock.options != inputs.options or lock.spec != _name_spec(inputs, folder):
        yield "the options"
    for path, known in lock.sources.items():
        if not _matches(folder, path, known):
            yield os.path.normpath(os.path.join(folder, path))


def lock_shared(version: str, files: Mapping[str, bytes]) -> Lock:
    """Record files that several clients share, and no description is behind."""
    return build_lock("", Inputs(version), {}, files, Given({}, {}))


def has_sources(folder: str, lock: Lock) -> bool:
    """Whether the files that were read are there still as they were."""
    return all(_matches(folder, *source) for source in lock.sources.items())


def has_files(folder: str, lock: Lock) -> bool:
    """Whether the files that were written are there still as they were."""
    standing = Standing(folder)
    try:
        if standing.read(LOCK_NAME) is None:
            return False
        for path, known in lock.files.items():
            content = standing.read(path)
            if content is None or hash_of(content) != known:
                return False
    except (Obstacle, OSError):
        return False
    return True


def name_source(path: str, folder: str) -> str:
    """A path from the working directory as one from the output folder."""
    end = "/" if is_folder(path) else ""
    return os.path.relpath(path, folder).replace(os.sep, "/") + end


def _name_spec(inputs: Inputs, folder: str) -> str:
    return name_source(inputs.spec, folder) if inputs.spec else ""


def _matches(folder: str, path: str, known: str) -> bool:
    return state_of(os.path.join(folder, path), known) == known


def _parse_lock(text: str) -> Lock | None:
    try:
        raw: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not _is_object(raw):
        return None
    version, spec, options = raw.get("version"), raw.get("spec"), raw.get("options")
    sources, files, names = raw.get("sources"), raw.get("files"), raw.get("names")
    shapes, formatter = raw.get("shapes", {}), raw.get("formatter", "")
    if (
        isinstance(version, str)
        and isinstance(spec, str)
        and _is_object(options)
        and _is_texts(sources)
        and _is_texts(files)
        and all(map(is_safe, files))
        and _is_object(names)
        and _is_texts(shapes)
        and isinstance(formatter, str)
    ):
        return Lock(
            version=version,
            spec=spec,
            options=_parse_options(options),
            sources=sources,
            files=files,
            names={scope: given for scope, given in names.items() if _is_texts(given)},
            shapes=shapes,
            formatter=formatter,
            is_whole=_is_whole(text),
        )
    return None


_NO_DIGEST = '"digest": ""'
_DIGEST = re.compile(r'"digest": "([0-9a-f]{64})"')


def _is_whole(text: str) -> bool:
    digest = _DIGEST.search(text)
    if digest is None:
        return False
    unsealed = text[: digest.start()] + _NO_DIGEST + text[digest.end() :]
    return hash_of(unsealed.encode(errors="replace")) == digest[1]


def _parse_options(raw: dict[str, object]) -> Options:
    return {
        key: tuple(map(str, value)) if _is_array(value) else str(value)
        for key, value in raw.items()
    }


_QUOTED = r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"'
_ENTRY = re.compile(rf"( +)({_QUOTED}): (?:(\{{)|({_QUOTED}),?)\r?")


def _recover_lock(text: str) -> Lock:
    """Read the lines that there are, of both sides of a merge; of names, the first."""
    files: dict[str, str] = {}
    names: dict[str, dict[str, str]] = {}
    others: dict[str, dict[str, str]] = {}
    shapes: dict[str, str] = {}
    section = scope = ""
    before = section, scope
    for line in text.split("\n"):
        if line.startswith("<<<<<<<"):
            before = section, scope
        elif line.startswith(("|||||||", "=======")):
            section, scope = before  # Where the other side begins, too.
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            continue
        key = _unquote(entry[2])
        value = _unquote(entry[4] or '""')
        match len(entry[1]), section, entry[3]:
            case 2, _, _:
                section, scope = key, ""
            case 4, "files", None if is_safe(key):
                files[key] = value if files.get(key, value) == value else ""
            case 4, "shapes", None:
                shapes.setdefault(key, value)
            case 4, "names", "{":
                scope = key
            case 6, "names", None:
                if names.setdefault(scope, {}).setdefault(key, value) != value:
                    others.setdefault(scope, {})[key] = value
            case _:
                pass
    return Lock("", "", {}, {}, files, names, shapes, others, is_whole=False)


def _unquote(text: str) -> str:
    return str(json.loads(text))


def _warn_of_broken_lock(path: str, reason: str, diagnostics: Diagnostics) -> None:
    # Imported here for the sake of the runs that need none of it.
    from ..diagnostics import File

    diagnostics.warning(
        "broken-lock",
        f'"{LOCK_NAME}" can\'t be read whole: {reason}',
        File(path),
        help="it is written anew, with the names that can be read; others are told",
    )


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_texts(value: object) -> TypeGuard[dict[str, str]]:
    return _is_object(value) and all(isinstance(item, str) for item in value.values())
