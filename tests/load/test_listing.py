"""How a diagnostic reads on a terminal, whatever a description has in it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from oasmith.diagnostics import Diagnostic, File, Location
from oasmith.listing import format_diagnostic


@dataclass(frozen=True)
class At:
    location: Location

    def locate(self) -> Location:
        return self.location


LISTING = ((99, "  - name: tags"), (100, "\tstyle: deepObject"), (101, ""))


def test_with_everything() -> None:
    place = At(Location("a.yaml", 100, 2, LISTING))
    found = Diagnostic("bad-style", "error", 'style "x"', place, "use another")
    assert format_diagnostic(found) == (
        'a.yaml:100:2: error[bad-style]: style "x"\n'
        "   99 |   - name: tags\n"
        "> 100 | \tstyle: deepObject\n"
        "  101 |\n"
        "  = help: use another"
    )


def test_without_a_line() -> None:
    found = Diagnostic("empty-file", "warning", "nothing", File("a.yaml"))
    assert format_diagnostic(found) == "a.yaml: warning[empty-file]: nothing"


def test_without_a_place() -> None:
    found = Diagnostic("no-client", "error", "nothing to do", None, "say what")
    assert format_diagnostic(found) == (
        "error[no-client]: nothing to do\n  = help: say what"
    )


@pytest.mark.parametrize(
    ("character", "spelled"),
    [
        ("\x1b", "\\x1b"),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\x00", "\\x00"),
        ("\x7f", "\\x7f"),
        ("\x9b", "\\x9b"),
        ("\x85", "\\x85"),
        ("\u2028", "\\u2028"),
        ("\u202e", "\\u202e"),
        ("\u2066", "\\u2066"),
        ("\u200f", "\\u200f"),
        ("\u061c", "\\u061c"),
        ("\udcff", "\\udcff"),
        ("é", "é"),
        ("😀", "😀"),
    ],
)
def test_nothing_can_paint_the_terminal(character: str, spelled: str) -> None:
    place = At(Location(f"f{character}", 1, 1, ((1, f"l{character}"),)))
    found = Diagnostic("x", "error", f"m{character}", place, f"h{character}")
    text = format_diagnostic(found)
    assert text == (
        f"f{spelled}:1:1: error[x]: m{spelled}\n> 1 | l{spelled}\n  = help: h{spelled}"
    )
    assert text.encode()


def test_what_is_quoted_at_length_is_cut() -> None:
    text = format_diagnostic(Diagnostic("a", "error", f"b{'c' * 10_000}d", None))
    assert len(text) < 1_100
    assert text.startswith("error[a]: bcc") and " [...] " in text
    assert text.endswith("ccd")
