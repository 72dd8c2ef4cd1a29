"""The command line."""

import sys


def main() -> None:
    """Run the command; a known error is one line, a bug keeps its traceback."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        # Loading click alone takes longer than all of `hugo --help`: 57 ms of CPU and 48.
        from generator.cli.help_text import HELP

        try:
            print(HELP, flush=True)  # noqa: T201
        except OSError:
            # It is tried again below, which says what is wrong.
            pass
        else:
            return
    try:
        from generator.cli import commands

        commands.run()
    except KeyboardInterrupt:
        # While it was still being loaded, or while it ended.
        sys.exit(130)
