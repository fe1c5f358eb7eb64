"""The documents behind the paths of a command: files, folders, archives, standard input; one at a time."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from attrs import field, frozen

from gse_billing.core.errors import StorageError
from gse_billing.core.findings import Finding
from gse_billing.fatturapa.envelope import ArchiveLimits, unpack
from gse_billing.fatturapa.wire.limits import LARGEST

__all__ = ["STANDARD_INPUT", "Source", "content_of_file", "require_paths", "sources", "unreadable"]

STANDARD_INPUT = "-"

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PIECE = 1 << 16
# A named pipe that nobody writes would be waited for without end; what is no regular file is closed again at once.
_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_FILE, _FOLDER = "a file", "a folder"
_KINDS = {
    stat.S_IFIFO: "it is a named pipe, not a file",
    stat.S_IFSOCK: "it is a socket, not a file",
    stat.S_IFCHR: "it is a device, not a file",
    stat.S_IFBLK: "it is a device, not a file",
}


@frozen(kw_only=True)
class Source:
    """One document to look at, or why there is none.

    Attributes:
        file: the path as it was given or found; ``-`` for standard input.
        member: its name in an archive.
        named: whether the user named the file himself; others were found in a folder.
        data: its bytes, where they are known; they are read from the file otherwise.
        finding: why it cannot be read, which is a defect.
        reason: why it is not looked at, which is none.
    """

    file: str
    member: str | None = None
    named: bool = False
    data: bytes | None = field(default=None, repr=False)
    finding: Finding | None = None
    reason: str = ""


def require_paths(paths: Iterable[str]) -> None:
    """See to it that every path leads somewhere, before anything is done.

    Raises:
        StorageError: one does not.
    """
    for path in paths:
        if path != STANDARD_INPUT and not os.path.lexists(path):
            raise StorageError(
                f"{path} cannot be read", path=path, why="there is no such file or folder", remedy="check the path"
            )


def sources(paths: Iterable[str]) -> Iterator[Source]:
    """Everything behind the paths, in their order; nothing raises.

    Folders are walked with everything below them, by name, their own files first. A link to a folder is not followed,
    what is no regular file is not opened, hidden files and folders are passed over: each is told with its reason. A
    file that was named may be a pipe.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield from _stream(sys.stdin.buffer, path)
        elif Path(path).is_dir():
            yield from _folder(path)
        else:
            yield from _named(path)


def _folder(top: str) -> Iterator[Source]:
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(path, error)
            continue
        kinds = [(entry.path, _kind(entry)) for entry in found]
        for below, kind in kinds:
            if kind == _FILE:
                yield from _file(below)
            elif kind != _FOLDER:
                yield Source(file=below, reason=kind)
        waiting += [below for below, kind in reversed(kinds) if kind == _FOLDER]


def _kind(entry: os.DirEntry[str]) -> str:
    """A file, a folder to walk, or why it is neither."""
    if entry.name.startswith("."):
        return "it is hidden"
    try:
        if entry.is_file():
            return _FILE
        if entry.is_dir():
            return "links to folders are not followed" if entry.is_symlink() else _FOLDER
        mode = entry.stat().st_mode
    except OSError:
        return "it is a link that leads nowhere"
    return _KINDS.get(stat.S_IFMT(mode), "it is something special, not a file")


def _file(path: str, *, named: bool = False) -> Iterator[Source]:
    """A regular file: an archive is opened, anything else is left to who looks at it."""
    try:
        with _opened(path) as stream:
            if stream.read(4) in _ZIP:
                stream.seek(0)
                yield from _members(stream, path, named=named)
                return
    except OSError as error:
        yield _unreadable(path, error)
        return
    yield Source(file=path, named=named)


def _named(path: str) -> Iterator[Source]:
    """A path that the user gave: a pipe is read as far as it gives anything."""
    try:
        if Path(path).is_file():
            yield from _file(path, named=True)
            return
        with Path(path).open("rb") as stream:
            yield from _stream(stream, path)
    except OSError as error:
        yield _unreadable(path, error)


def _stream(stream: IO[bytes], path: str) -> Iterator[Source]:
    """What cannot be read twice: a document is kept in memory, an archive on the disk while it is read."""
    head = stream.read(4)
    if head not in _ZIP:
        yield Source(file=path, named=True, data=head + stream.read(LARGEST + 1 - len(head)))
        return
    with tempfile.TemporaryFile() as copy:
        copy.write(head)
        left = ArchiveLimits().total_bytes
        while left > 0 and (piece := stream.read(_PIECE)):
            copy.write(piece)
            left -= len(piece)
        copy.seek(0)
        yield from _members(copy, path, named=True)


def _members(stream: IO[bytes], path: str, *, named: bool) -> Iterator[Source]:
    for member in unpack(stream):
        name = member.name or None
        yield Source(file=path, member=name, named=named, data=member.data, finding=member.finding)


def content_of_file(path: str, *, limit: int = LARGEST) -> bytes:
    """The bytes of a regular file, no more than one beyond the limit.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    with _opened(path) as stream:
        return stream.read(limit + 1)


def _opened(path: str) -> IO[bytes]:
    stream = os.fdopen(os.open(path, _AT_ONCE), "rb")
    if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return stream
    stream.close()
    raise OSError(errno.EINVAL, "it is no regular file")


def _unreadable(path: str, error: OSError) -> Source:
    return Source(file=path, finding=unreadable(error))


def unreadable(error: OSError) -> Finding:
    """The finding for a file that cannot be read."""
    why = error.strerror or str(error)
    return Finding(
        code="file:unreadable",
        message_it=f"il file non si legge: {why}",
        message_en=f"the file cannot be read: {why}",
        hint="see to the permissions, or take the file again from where it came",
    )
