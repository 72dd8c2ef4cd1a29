"""The few ways in which this program touches the disk: atomically, with modes that a web server can read."""

import contextlib
import ctypes
import errno
import gzip
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.base.errors import LeaderboardsError, UsageError

try:
    import fcntl
except (
    ImportError
):  # pragma: no cover - only POSIX has it; elsewhere two runs at once are not noticed
    fcntl = None  # type: ignore[assignment]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
STAGING = ".staging-"
"""Prefix of every folder in the making; what carries it after a run was left by a killed one."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def gzip_bytes(data: bytes) -> bytes:
    """The same bytes for the same data on every day and platform: no time, no name, no system mark."""
    target = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=target, mtime=0) as packer:
        packer.write(data)
    return target.getvalue()


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that must not exist yet: it appears whole, or not at all, and never over another.

    Raises:
        FileExistsError: the path is taken.
    """
    with _beside(path, data) as temporary:
        os.link(temporary, path)


def write_over(path: Path, data: bytes) -> None:
    """Replaces a file in one step."""
    with _beside(path, data) as temporary:
        temporary.replace(path)


@contextlib.contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=STAGING)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes 0600, which static hosts refuse to serve.
        temporary.chmod(0o644)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def place(path: Path, data: bytes) -> None:
    """Writes one file of a tree that nobody sees yet; refuses to write over another.

    Raises:
        FileExistsError: two artifacts were given one path.
    """
    with _opened_new(path) as file:
        file.write(data)


def _opened_new(path: Path) -> io.BufferedWriter:
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


def link_or_copy(source: Path, target: Path) -> None:
    """The same file in two rooms: a hard link where the file system has them, a copy elsewhere."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def exchange(staged: Path, live: Path) -> None:
    """Puts ``staged`` where ``live`` is, in one step, and removes what was there.

    Linux exchanges two folders with one system call, so a reader sees the old tree or the new one. Where
    that call is missing (another system, an old file system) two renames do it, with an instant between.
    """
    if not live.exists():
        staged.rename(live)
        return
    if not _exchange_in_one_step(staged, live):
        aside = staged.with_name(staged.name + "-old")
        live.rename(aside)
        staged.rename(live)
        staged = aside
    shutil.rmtree(staged, ignore_errors=True)


def _exchange_in_one_step(one: Path, other: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


@contextlib.contextmanager
def readable_by_all() -> Iterator[None]:
    """Folders 0755 and files 0644 whatever the umask is: a static host serves nothing else."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def sweep(folder: Path) -> None:
    """Removes what a killed run left half made."""
    for left in folder.glob(f"**/{STAGING}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def usable_folder(path: Path) -> Path:
    """The folder, made if it is not there.

    Raises:
        UsageError: something else stands at that path, or it cannot be written.
    """
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        kind = "a symbolic link" if path.is_symlink() else "a file"
        raise UsageError(
            f"{path} is {kind}, not a folder; name another with --site, or move it away"
        )
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be made: {error.strerror}; name another folder with --site"
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise UsageError(
            f"{path} cannot be written; mend its permissions or name another folder with --site"
        )
    return path


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Holds the folder for one run.

    Raises:
        UsageError: another run holds it.
    """
    with (folder / ".lock").open("a") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UsageError(
                    f"another run is at work in {folder}; wait until it ends"
                ) from error
        yield


def read(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        LeaderboardsError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise LeaderboardsError(f"{path} cannot be read: {error.strerror}") from error
