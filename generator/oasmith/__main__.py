"""Where "oasmith" and "python -m oasmith" begin."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line in a process that ends with it."""
    # Nearly all that a run makes lives until its end; looking for garbage in it takes a
    # tenth of the time.
    gc.disable()
    try:
        run_command_line()
    finally:
        gc.freeze()


def run_command_line() -> None:
    """Run what the arguments of this process say.

    A run that has nothing to do ends here, before the command line is even imported.
    """
    try:
        if sys.argv[1:2] in (["generate"], ["check"]):
            from .unchanged import tell_unchanged

            if tell_unchanged(sys.argv[1:]):
                return
        from .cli import run

        sys.exit(run())
    except KeyboardInterrupt:
        sys.stderr.write("oasmith: interrupted; no package is half written\n")
        sys.exit(_INTERRUPTED)
    except Exception as error:  # The edge: whatever comes here is a bug of ours.
        from .crash import report_crash

        sys.exit(report_crash(error))


_INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""

if __name__ == "__main__":
    main()
