"""Formats the generated Python files of a package with black, and writes nothing.

usage: format_texts.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from black import format_str
from black.mode import Mode, TargetVersion


def main() -> None:
    folder = Path(sys.argv[1])
    mode = Mode(target_versions={TargetVersion.PY311})
    for path in sorted(folder.rglob("*.py")):
        # The runtime is copied as it is: to format it is no part of the work.
        if "_runtime" not in path.relative_to(folder).parts:
            format_str(path.read_text("utf-8"), mode=mode)


if __name__ == "__main__":
    main()
