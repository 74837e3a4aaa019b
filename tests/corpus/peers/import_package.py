"""Imports every module of a package, by whichever interpreter runs this file.

``python import_package.py PACKAGE`` prints the failures as JSON, the message of each by
module. It needs the standard library alone, since it runs in the tools' environments.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    package = Path(sys.argv[1])
    sys.path.insert(0, os.fspath(package.parent))
    failures: dict[str, str] = {}
    paths = sorted(package.rglob("*.py"))
    for path in paths:
        parts = [package.name, *path.relative_to(package).with_suffix("").parts]
        name = ".".join(parts).removesuffix(".__init__")
        try:
            import_module(name)
        except Exception as error:  # Whatever it is, it is for the report.
            failures[name] = f"{type(error).__name__}: {error}"
    json.dump({"modules": len(paths), "failures": failures}, sys.stdout)


if __name__ == "__main__":
    main()
