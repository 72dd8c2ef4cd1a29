"""The command line."""

import os
import sys

_UNREAD = 141
"""Exit code where whoever read the output has left: that of a program which the signal for it (SIGPIPE) ends."""


def main() -> None:
    """Run the command; a known error is one line, a bug keeps its traceback, and what nobody reads ends quietly."""
    try:
        _main()
    except BrokenPipeError:
        # What is still buffered would be written, and fail again, while Python ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        sys.exit(_UNREAD)
    except KeyboardInterrupt:
        # While it was still being loaded, or while it ended.
        sys.exit(130)


def _main() -> None:
    if sys.argv[1:] in (["--help"], ["-h"]):
        # Loading click alone takes longer than all of `hugo --help`: 57 ms of CPU and 48.
        from generator.cli.help_text import HELP

        try:
            print(HELP, flush=True)  # noqa: T201
        except BrokenPipeError:
            raise
        except OSError:
            # It is tried again below, which says what is wrong.
            pass
        else:
            return
    from generator.cli import commands

    commands.run()
