"""Turns an OpenAPI description into a Python client package.

import oasmith

result = oasmith.generate("specs/pets.yaml", "src/shop/pets")
"""

from __future__ import annotations

TYPE_CHECKING = False  # Importing typing would cost more than all of this module.
if TYPE_CHECKING:
    from .client_options import DiffOptions, Options
    from .library import (
        CheckResult,
        DiffResult,
        Failed,
        GenerateResult,
        check,
        diff,
        generate,
    )

__version__ = "0.1.0"

__all__ = [
    "CheckResult",
    "DiffOptions",
    "DiffResult",
    "Failed",
    "GenerateResult",
    "Options",
    "check",
    "diff",
    "generate",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import library

    return getattr(library, name)
