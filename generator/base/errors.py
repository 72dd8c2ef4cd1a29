"""Every kind of trouble this program knows, each with its exit code.

Known trouble is one line on stderr that names the place and the cure. Anything else is a bug and keeps
its traceback.

    LeaderboardsError
    ├── UsageError         2  the command, the environment or the configuration is wrong
    ├── ReplyError         -  one reply cannot be used; the dataset falls back to its last good snapshot
    ├── NothingToPublish   4  the API could not be read and nothing held can serve
    ├── ArchiveDamaged     5  what the archive holds is not what was written there
    └── NotPublishable     6  a check found something that must not be published
"""

STALE = 3
"""Exit code when the site was published, but a dataset came from an older snapshot, or something is left out."""


class LeaderboardsError(Exception):
    """Known trouble: its text is the one line the user reads."""

    exit_code = 1


class UsageError(LeaderboardsError):
    exit_code = 2


class ReplyError(LeaderboardsError):
    """A reply, or the lack of one, that cannot become facts."""


class NothingToPublish(LeaderboardsError):
    exit_code = 4


class ArchiveDamaged(LeaderboardsError):
    exit_code = 5


class NotPublishable(LeaderboardsError):
    exit_code = 6
