"""Files and folders, written atomically and with modes that a web server can read."""

import contextlib
import ctypes
import errno
import gzip
import hashlib
import io
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.base.errors import LeaderboardsError, UsageError

try:
    import fcntl
except (
    ImportError
):  # pragma: no cover - only POSIX has it; elsewhere two runs at once are not noticed
    fcntl = None  # type: ignore[assignment]

_READABLE = 0o444
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_GZIP_HEAD = 10
"""The length in bytes of what a gzip file starts with: method, flags, time and system."""
_OLD = "-old"
LOCK = ".lock"
"""The file in a site folder that a run locks."""
_PART = 1 << 20
"""As many bytes are compared at a time."""
STAGING = ".staging-"
"""Prefix of unfinished files and folders; those that exist between runs were left by a killed one."""


def sha256(data: bytes) -> str:
    """Return the checksum as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def gzip_bytes(data: bytes) -> bytes:
    """Return the data compressed, without time, name or system: the same bytes on every day and platform."""
    target = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=target, mtime=0) as packer:
        packer.write(data)
    return target.getvalue()


def is_whole_gzip(path: Path) -> bool:
    """Return whether a file is as :func:`gzip_bytes` made it: gzip has a checksum of what is in it."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    unpacker = zlib.decompressobj(wbits=31)
    with contextlib.suppress(zlib.error):
        unpacker.decompress(data)
    ends_there = unpacker.eof and not unpacker.unused_data
    # What comes before the contents has no checksum, and is the same in each file.
    return ends_there and data[:_GZIP_HEAD] == gzip_bytes(b"")[:_GZIP_HEAD]


def zipped(members: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """Return these files in a zip, by their names: the same bytes for the same files on every day.

    Args:
        members: the files.
        packed: compress them. Stored as they are, they also make the same bytes with every version of zlib.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as box:
        for name, body in members.items():
            # The earliest time that the format knows: a zip must not tell when it was made.
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            box.writestr(member, body)
    return target.getvalue()


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet: it appears whole, or not at all, and never over another.

    Where the file system has no hard links, as exFAT has none, only a look beforehand protects the other file: that
    is enough for a program that holds the lock of its folder.

    Raises:
        FileExistsError: the path is taken.
    """
    with _beside(path, data) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            if path.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
            temporary.replace(path)


def write_over(path: Path, data: bytes) -> None:
    """Replace a file in one step."""
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


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can tell."""
    if hasattr(os, "O_DIRECTORY"):
        with _opened_folder(folder) as handle:
            os.fsync(handle)


def sync_file_system(folder: Path) -> None:
    """Wait until all that was written on the file system of a folder is on the disk, where the system can tell.

    Linux has a call for that: one is much faster than one for each of thousands of files.

    Raises:
        OSError: something cannot be written; a disk may say only now that it is full or broken.
    """
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError, TypeError):
        if hasattr(os, "sync"):
            os.sync()
        return
    with _opened_folder(folder) as handle:
        if syncfs(handle) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))


@contextlib.contextmanager
def _opened_folder(folder: Path) -> Iterator[int]:
    """Open a folder inside the block."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)


def refuse_unreadable(folder: Path) -> None:
    """Refuse what cannot be read of a folder and of the folders in it.

    A folder that may not be listed would pass for an empty one, and reading a pipe, a socket or a device may not end.

    Raises:
        UsageError: there is such a folder or such a file.
    """
    for inside in (folder, *_folders_in(folder)):
        _refuse_unlisted(inside)
        for entry in _entries(inside):
            # Asks the system only about what the folder does not tell to be a file or a folder.
            if not entry.is_file() and not entry.is_dir() and _exists(entry):
                raise UsageError(
                    f"{entry.path} is a pipe, a socket or a device, not a file; remove it"
                )


def _refuse_unlisted(folder: Path) -> None:
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
        raise UsageError(f"{folder} cannot be read; fix its permissions")


def _folders_in(folder: Path) -> list[Path]:
    return [Path(entry.path) for entry in _entries(folder) if entry.is_dir()]


def _entries(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _exists(entry: os.DirEntry[str]) -> bool:
    return Path(entry.path).exists()


def place(path: Path, data: bytes) -> None:
    """Write one file of an unpublished tree.

    Raises:
        FileExistsError: two artifacts were given one path.
    """
    with _opened_new(path) as file:
        file.write(data)


def place_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write one file of an unpublished tree, holding one part of it at a time.

    Raises:
        FileExistsError: two artifacts were given one path.
    """
    with _opened_new(path) as file:
        file.writelines(parts)


def holds(path: Path, data: bytes) -> bool:
    """Return whether there is a plain file with these bytes that everybody may read."""
    try:
        return _is_like_new(path, len(data)) and path.read_bytes() == data
    except OSError:
        return False


def are_the_same(path: Path, placed: Path) -> bool:
    """Return whether there is a plain file with the bytes of one just placed that everybody may read."""
    try:
        if not _is_like_new(path, placed.stat().st_size):
            return False
        with path.open("rb") as one, placed.open("rb") as other:
            while part := one.read(_PART):
                if part != other.read(_PART):
                    return False
        return True
    except OSError:
        return False


def _is_like_new(path: Path, size: int) -> bool:
    state = path.lstat()
    is_open = stat.S_ISREG(state.st_mode) and stat.S_IMODE(state.st_mode) == 0o644
    return is_open and state.st_size == size


def _opened_new(path: Path) -> io.BufferedWriter:
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


def link_or_copy(source: Path, target: Path) -> None:
    """Make the file appear at a second path: by a hard link where the file system has them, else by a copy.

    A link has the mode of the file, so one that not everybody may read is copied, and so is a symbolic link.
    """
    mode = os.lstat(source).st_mode
    if stat.S_ISREG(mode) and mode & _READABLE == _READABLE:
        with contextlib.suppress(OSError):
            _link(source, target)
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)


def exchange(staged: Path, live: Path, *, synced: bool = False) -> None:
    """Put ``staged`` in the place of ``live`` in one step, and remove the old tree.

    Linux exchanges two folders with one system call, so a reader sees the old tree or the new one. Where
    that call is missing (another system, an old file system) two renames do it, with an instant between.

    Args:
        synced: the new tree and its place are on the disk before the old tree is removed: a loss of power leaves one
            of them whole, too.
    """
    if synced:
        sync_file_system(staged)
    staged = _exchanged(staged, live)
    if synced:
        sync_folder(live.parent)
    remove_tree(staged)


def _exchanged(staged: Path, live: Path) -> Path:
    """Put ``staged`` in the place of ``live``; return where the old tree is now, if there was one."""
    if not live.exists():
        staged.rename(live)
        return staged
    if not _exchange_in_one_step(staged, live):
        aside = staged.with_name(staged.name + _OLD)
        live.rename(aside)
        try:
            staged.rename(live)
        except OSError:
            aside.rename(live)
            raise
        return aside
    return staged


def put_back(live: Path) -> None:
    """Put a tree back that a run was replacing in two steps when it was killed between them."""
    for aside in live.parent.glob(f"{STAGING}*{_OLD}"):
        if not live.exists():
            aside.rename(live)


def _exchange_in_one_step(staged: Path, live: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if (
        renameat2(_AT_FDCWD, os.fsencode(staged), _AT_FDCWD, os.fsencode(live), _RENAME_EXCHANGE)
        == 0
    ):
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(live))


@contextlib.contextmanager
def readable_by_all() -> Iterator[None]:
    """Make folders 0755 and files 0644 inside the block, whatever the umask is: a static host serves nothing else."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def sweep(folder: Path, whole: Path | None = None) -> None:
    """Remove the unfinished files and folders of a killed run.

    Args:
        folder: of all runs.
        whole: a folder inside that no run leaves unfinished, into which nothing looks: a tree that is exchanged.
    """
    for entry in list(_unfinished(folder, os.fspath(whole or ""))):
        unfinished = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            remove_tree(unfinished)
        else:
            unfinished.unlink(missing_ok=True)


def _unfinished(folder: str | Path, whole: str) -> Iterator[os.DirEntry[str]]:
    """Yield what is unfinished in a folder and in those inside it, but for one, by no link."""
    for entry in _entries(folder):
        if entry.name.startswith(STAGING):
            yield entry
        elif entry.is_dir(follow_symlinks=False) and entry.path != whole:
            yield from _unfinished(entry.path, whole)


def remove_tree(folder: Path) -> None:
    """Remove a folder, also one with folders that may not be written; what cannot be removed stays."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for inside, _, _ in os.walk(folder):
            with contextlib.suppress(OSError):
                Path(inside).chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)


def usable_folder(path: Path, option: str = "--site") -> Path:
    """Return the folder, made if it does not exist.

    Args:
        option: that names it, for the error.

    Raises:
        UsageError: something else stands at that path, or it cannot be written.
    """
    refuse_no_folder(path, option)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be created: {error.strerror}; use another {option}"
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise UsageError(f"{path} cannot be written; fix its permissions or use another {option}")
    return path


def refuse_no_folder(path: Path, option: str = "--site") -> None:
    """Refuse a path at which something else than a folder stands; it may be free.

    Raises:
        UsageError: a file or a link does.
    """
    if path.is_symlink():
        raise UsageError(
            f"{path} is a symbolic link, not a folder; use another {option} or move it"
        )
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file, not a folder; use another {option} or move it")


def remove_unused(folder: Path) -> None:
    """Remove a folder that holds its lock and nothing else; one that cannot be removed stays."""
    with contextlib.suppress(OSError):
        if [path.name for path in folder.iterdir()] == [LOCK]:
            (folder / LOCK).unlink()
            folder.rmdir()


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Lock the folder for the run inside the block.

    Raises:
        UsageError: another run has locked it, or something else stands in the place of the lock.
    """
    path = folder / LOCK
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise UsageError(f"{path} is no file; remove it")
    with path.open("a") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UsageError(
                    f"another command is using {folder}; wait for it to finish"
                ) from error
        yield


@contextlib.contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Let no run change the folder inside the block; others may read it, too, and nothing is written for that.

    A folder in which no run was yet, such as a copy of a published tree, is read as it is.

    Raises:
        UsageError: a run is at work in it.
    """
    path = folder / LOCK
    if fcntl is None or path.is_symlink() or not path.is_file():
        yield
        return
    try:
        lock = path.open("rb")
    except OSError:
        # Whoever may not read the lock may not wait for it either.
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"a build is changing {folder}; wait for it to finish") from error
        yield


def read(path: Path) -> bytes:
    """Return the file's bytes.

    Raises:
        LeaderboardsError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise LeaderboardsError(f"{path} cannot be read: {error.strerror}") from error


def read_text(path: Path) -> str:
    """Return the text of a file that people write, without the mark that some editors put before it.

    Raises:
        UsageError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}; make it readable or remove it"
        ) from error
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8; save it as UTF-8") from None


def code_digest(paths: Iterable[Path]) -> str:
    """Return a checksum of these modules: what they made is made again after any change of them."""
    return sha256("\n".join(sha256(path.read_bytes()) for path in sorted(paths)).encode())
