"""Where "oasmith" and "python -m oasmith" begin."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line.

    A run that has nothing to do ends here, before the command line is even imported.
    """
    if sys.argv[1:] in (["generate"], ["check"]):
        from .unchanged import tell_unchanged

        if tell_unchanged():
            return
    from .cli import cli

    cli(prog_name="oasmith")


if __name__ == "__main__":
    main()
