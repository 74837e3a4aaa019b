"""docs/diagnostics.md lists every code that the generator has, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from generator_source import ROOT, modules

_PAGE = ROOT / "docs" / "diagnostics.md"
_ROW = re.compile(
    r"^\| `([a-z0-9\[\]<>-]+)` \| (error|warning|either) \| (.+) \|$", re.M
)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|repair\[[a-z-]+\]")
_TOLD = re.compile(r"^(?:.*: )?(error|warning)\[(.+?)\]: ", re.M)

_SEVERITIES: Mapping[str, str] = {
    **dict.fromkeys(("error", "fatal", "_error"), "error"),
    **dict.fromkeys(("warning", "_warn"), "warning"),
    **dict.fromkeys(
        ("_complain", "Problem", "BadScalar", "Obstacle", "ConfigFault"), "error"
    ),
    **dict.fromkeys(("ObjectRule", "MemberRule"), "repair"),
}
"""What makes a diagnostic, by its name: the first argument is the code."""

_CONSTANTS = re.compile(r"[A-Z][A-Z_]+")
_CONSTANTS_MODULE = "verdict"
"""The module whose constants are codes."""


def test_every_code_is_on_the_page() -> None:
    documented = _documented()
    for code, severity in _used():
        assert code in documented, f'"{code}" is missing'
        assert documented[code] in (severity, "either") or severity == "either", code


def test_every_code_on_the_page_is_used() -> None:
    assert _documented().keys() - {code for code, _ in _used()} == set()


def test_the_golden_cases_agree_with_the_page() -> None:
    documented = _documented()
    for path in (ROOT / "tests" / "cases").glob("*/stderr.txt"):
        if path.parent.name.startswith("lenient"):
            # What is left out there, or does no harm, may be told as a warning.
            continue
        for severity, code in _TOLD.findall(path.read_text(encoding="utf-8")):
            assert documented[code] in (severity, "either"), path


def test_the_page_is_sorted_within_its_sections() -> None:
    for section in _PAGE.read_text(encoding="utf-8").split("\n## "):
        codes = [code for code, _, _ in _ROW.findall(section)]
        assert codes == sorted(codes)


def _documented() -> dict[str, str]:
    rows = _ROW.findall(_PAGE.read_text(encoding="utf-8"))
    codes = {code: severity for code, severity, _ in rows}
    assert len(codes) == len(rows), "a code stands twice"
    return codes


def _used() -> Iterator[tuple[str, str]]:
    """Each code that the source holds, with its severity where that is plain."""
    for module in modules():
        if module.name.startswith("runtime"):
            continue
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=func, args=[ast.Constant(value=str(code)), *_]):
                    name = func.attr if isinstance(func, ast.Attribute) else None
                    name = func.id if isinstance(func, ast.Name) else name
                    severity = _SEVERITIES.get(name or "")
                    if severity == "repair":
                        yield f"repair[{code}]", "warning"
                    elif severity and _CODE.fullmatch(code):
                        yield code, severity
                case ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Constant(value=str(code))
                ) if _is_constant(module.name, name):
                    yield code, "either"
                case _:
                    pass


def _is_constant(module: str, name: str) -> bool:
    in_module = module.rpartition(".")[2] == _CONSTANTS_MODULE
    return in_module and _CONSTANTS.fullmatch(name) is not None
