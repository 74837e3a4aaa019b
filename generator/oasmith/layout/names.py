"""Makes Python names out of what descriptions call things; nothing else does.

Names come from the description by rule and stay: what an earlier run recorded is kept,
whatever is added beside it.
"""

from __future__ import annotations

import hashlib
import keyword
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from ..python_names import is_python_name

_LONGEST = 80
"""The bytes that a name may take in UTF-8; file names have to hold one."""

_BOUNDARY = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])"  # fooBar -> foo Bar
    r"|(?<=[A-Z])(?=[A-Z][a-z])"  # HTTPError -> HTTP Error
    r"(?![A-Z]s(?![a-z]))(?!Pv[46])(?<!(?<![A-Z])O(?=Auth))"  # IDs, IPv4, OAuth stay
)

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)
"""What no file can be called on Windows, where names become those of modules."""

_SIGNS = {"+": "plus", "-": "minus"}


def split_words(text: str) -> list[str]:
    """The words that a name of the description consists of.

    "workers_api-response" has three, "HTTPError" two; "+1" is "plus 1".
    """
    text = unicodedata.normalize("NFKC", text)
    if text[:1] in _SIGNS and text[1:2].isdecimal():
        text = f"{_SIGNS[text[0]]} {text[1:]}"
    kept = "".join(c if f"a{c}".isidentifier() and c != "_" else " " for c in text)
    return [word for part in kept.split() for word in _BOUNDARY.split(part) if word]


def snake_case(words: Sequence[str], fallback: str) -> str:
    """A name for a module, function, argument or field, from words."""
    return _finish("_".join(word.lower() for word in words), fallback)


def class_case(words: Sequence[str], fallback: str) -> str:
    """A name for a class, from words; capitals inside of words stay."""
    shouted = all(word.isupper() for word in words) and "".join(words).isupper()
    name = "".join(
        word.capitalize() if shouted and len(word) > 1 else word[:1].upper() + word[1:]
        for word in words
    )
    # A script without capitals has none to tell a class from a function by.
    return _finish(name if name[:1].isupper() else f"{fallback}{name}", fallback)


def allocate(
    wanted: Mapping[str, str],
    kept: Mapping[str, str],
    reserved: Collection[str] = (),
) -> dict[str, str]:
    """Give each key a name of its own, as close to the wanted one as can be.

    Names are told apart as file systems do that ignore case.

    Args:
        wanted: The name that each key would have if it were alone.
        kept: The names that keys had in an earlier run.
        reserved: Names that mean something else here.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in wanted:
        name = kept.get(key, "")
        if _is_usable(name, reserved) and name.casefold() not in taken:
            names[key] = name
            taken.add(name.casefold())
    numbers: dict[str, int] = {}
    for key, name in wanted.items():
        if key not in names:
            names[key] = _first_free(name, taken, reserved, numbers)
            taken.add(names[key].casefold())
    return {key: names[key] for key in wanted}


def _finish(name: str, fallback: str) -> str:
    if not name:
        name = fallback
    elif not name.isidentifier():
        joint = "_" if fallback.islower() else ""
        name = f"{fallback}{joint}{name}"
    # Small letters of composed ones may come apart; Python puts them together again.
    name = unicodedata.normalize("NFKC", name)
    if len(name.encode()) > _LONGEST:
        digest = hashlib.sha256(name.encode()).hexdigest()[:8]
        short = name.encode()[: _LONGEST - 9].decode(errors="ignore")
        name = f"{short.rstrip('_')}_{digest}"
    return f"{name}_" if keyword.iskeyword(name) else name


def _first_free(
    name: str, taken: set[str], reserved: Collection[str], numbers: dict[str, int]
) -> str:
    """The first of a name, and the name with a number, that nobody has.

    Args:
        numbers: Where to go on with a name that was wanted before.
    """
    assert name.isidentifier(), "numbers behind it would not make it one"
    if name in reserved or name.casefold() in _DEVICES:
        name = f"{name}_"
    joint = "_" if name.islower() else ""
    candidate, number = name, numbers.get(name, 2)
    while candidate.casefold() in taken or not _is_usable(candidate, reserved):
        candidate = f"{name.rstrip('_')}{joint}{number}"
        number += 1
    numbers[name] = number
    return candidate


def _is_usable(name: str, reserved: Collection[str]) -> bool:
    return (
        is_python_name(name)
        and name not in reserved
        and name.casefold() not in _DEVICES
    )
