"""Where "oasmith" and "python -m oasmith" begin."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from .standard_streams import Output, take_streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .diagnostics import Diagnostics


def main() -> None:
    """Run the command line in a process that ends with it."""
    # Nearly all that a run makes lives until its end; looking for garbage in it takes a
    # tenth of the time.
    gc.disable()
    outputs: Sequence[Output] = ()
    code: str | int | None = 0
    try:
        outputs = take_streams()
        run_command_line()
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:
        code = _tell_of_interrupt()
    finally:
        gc.freeze()
    is_told = _tell_what_was_not_told(outputs)
    sys.exit(code or (0 if is_told else _FAILED))


def run_command_line() -> None:
    """Run what the arguments of this process say.

    A run that has nothing to do ends here, before the command line is even imported.
    """
    try:
        if not _has_working_directory():
            sys.exit(_FAILED)
        if sys.argv[1:2] in (["generate"], ["check"]):
            from .unchanged import tell_unchanged

            if tell_unchanged(sys.argv[1:]):
                return
        from .cli import run

        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(_tell_of_interrupt())
    except Exception as error:  # The edge: whatever comes here is a bug of ours.
        from .crash import report_crash

        sys.exit(report_crash(error))


def _tell_of_interrupt() -> int:
    sys.stderr.write("oasmith: interrupted; no package is half written\n")
    return _INTERRUPTED


def _has_working_directory() -> bool:
    """Whether the folder is still there that this was started in; tells if not."""
    try:
        os.getcwd()
    except OSError as error:
        from .diagnostics import Diagnostics

        reason = (error.strerror or str(error)).lower()
        message = f"the working directory can't be found: {reason}"
        help = 'it may have been removed; go to another one, or to it again: cd "$PWD"'
        found = Diagnostics()
        found.error("no-working-directory", message, None, help=help)
        _tell(found)
        return False
    return True


def _tell_what_was_not_told(outputs: Sequence[Output]) -> bool:
    """Say which output lacks something; whether there is none."""
    faults = [output.fault for output in outputs if output.fault is not None]
    if not faults:
        return True
    from .diagnostics import Diagnostics

    found = Diagnostics()
    for fault in faults:
        found.error("unwritable-output", fault, None)
    _tell(found)
    return False


def _tell(found: Diagnostics) -> None:
    from .listing import format_diagnostic

    for each in found:
        sys.stderr.write(f"{format_diagnostic(each)}\n")


_FAILED = 1

_INTERRUPTED = 130
"""128 and the number of SIGINT, as shells have it."""

if __name__ == "__main__":
    main()
