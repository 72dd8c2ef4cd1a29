"""The errors that this program expects, each with its exit code.

An expected error is one line on stderr that names the place and the fix. Any other is a bug and keeps its
traceback.

    LeaderboardsError
    ├── UsageError         2  the command, the environment or the configuration is wrong
    ├── ReplyError         -  one reply cannot be used; the dataset falls back to its last good snapshot
    ├── NothingToPublish   4  the API could not be read and the archive is empty
    ├── ArchiveDamaged     5  a file is not the one that was written
    └── NotPublishable     6  a check found something that must not be published
"""

STALE = 3
"""Exit code when the site was published, but a dataset came from an older snapshot, or something is left out."""


class LeaderboardsError(Exception):
    """An expected error; its text is the one line that the user reads."""

    exit_code = 1


class UsageError(LeaderboardsError):
    """The command, the environment or the configuration is wrong."""

    exit_code = 2


class ReplyError(LeaderboardsError):
    """A reply cannot be used, or none came.

    Attributes:
        of_key: the key was refused, or its limit is reached; a call without it may still be answered.
        of_call: what was asked for is not there, or is not what is documented: asking again changes nothing.
    """

    def __init__(self, text: str, *, of_key: bool = False, of_call: bool = False) -> None:
        super().__init__(text)
        self.of_key = of_key
        self.of_call = of_call


class NothingToPublish(LeaderboardsError):
    """The API could not be read, and the archive has nothing to publish."""

    exit_code = 4


class ArchiveDamaged(LeaderboardsError):
    """A file of the archive or the site is not the one that was written."""

    exit_code = 5


class NotPublishable(LeaderboardsError):
    """A check found something that must not be published."""

    exit_code = 6
