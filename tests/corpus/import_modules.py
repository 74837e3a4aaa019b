"""Imports every module of one package, as a program.

``python -m tests.corpus.import_modules PACKAGE`` prints the failures as JSON: the
message of each, by module.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from .decoders import import_all, modules_of


def main() -> None:
    package = Path(sys.argv[1])
    sys.path.insert(0, os.fspath(package.parent))
    failures = {
        name: f"{type(error).__name__}: {error}"
        for name, error in import_all(package).items()
    }
    json.dump({"modules": len(modules_of(package)), "failures": failures}, sys.stdout)


if __name__ == "__main__":
    main()
