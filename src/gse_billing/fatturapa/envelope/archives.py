"""Zip archives of documents, in and out, one member at a time.

SDI takes an unsigned archive of signed files and forwards the single files (SdI 1.8.4, 2.2).
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from typing import IO, cast

from attrs import field, frozen

from gse_billing.core.arguments import require
from gse_billing.core.errors import InvalidValueError, StorageError
from gse_billing.core.findings import Finding
from gse_billing.core.showing import shown
from gse_billing.fatturapa.envelope.bounded import BoundedFile
from gse_billing.fatturapa.envelope.wording import envelope_finding, sdi_finding
from gse_billing.fatturapa.wire.limits import LARGEST

__all__ = ["ArchiveLimits", "Member", "pack", "unpack"]

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_SMALL = 1_000_000
"""Bytes up to which a member may expand at any ratio: a short text of one letter expands a thousand times."""

_HEADER = 30
"""Bytes of the header of a file in the archive, without its name."""

_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\\]")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What zipfile raises for hostile bytes."""


@frozen(kw_only=True)
class ArchiveLimits:
    """How much an archive may hold.

    Attributes:
        members: files.
        member_bytes: bytes of one file, expanded.
        total_bytes: bytes of all files together, expanded.
        ratio: how many times a file beyond a megabyte may be larger than it is in the archive.
    """

    members: int = 100_000
    member_bytes: int = LARGEST
    total_bytes: int = 2_000_000_000
    ratio: int = 200


@frozen
class Member:
    """One file of an archive, or why it was not read.

    Attributes:
        name: as the archive gives it; empty when the archive as a whole is meant.
        data: its bytes, ``None`` when it was not read.
        finding: why it was not read.
    """

    name: str
    data: bytes | None = field(default=None, repr=False)
    finding: Finding | None = None


def unpack(
    source: bytes | str | os.PathLike[str] | IO[bytes], *, limits: ArchiveLimits | None = None
) -> Iterator[Member]:
    """The files of a zip archive, in its order, one at a time; what the archive holds never raises.

    A file that must not be read comes without data and with its reason: a name that leads out of the archive, a link,
    a password, a size. Of files whose names differ only in letter case none is read, for nobody knows which is meant.
    Folders are passed over. Nothing is written anywhere.

    Args:
        source: the archive as bytes, path or open file; an open file is read from its start and left open.
        limits: how much is read.

    Yields:
        each file; an archive that is empty or cannot be read is one member without name (SDI: 00106).

    Raises:
        StorageError: the path cannot be read.
    """
    limits = ArchiveLimits() if limits is None else require(limits, ArchiveLimits, meant="the limits of an archive")
    with _opened(source) as stream:
        file = BoundedFile(stream, limits.members)
        try:
            archive = zipfile.ZipFile(cast("IO[bytes]", file))
        except _BROKEN as error:
            yield _whole(sdi_finding("00106", actual=error))
            return
        file.bounded = False
        # a file without name is told below: is_dir() of zipfile fails on it
        files = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if len(files) > limits.members:
            yield _whole(envelope_finding("archive-members", expected=limits.members))
        elif not files or _overlapping(files):
            yield _whole(sdi_finding("00106", actual="files that overlap" if files else "no files"))
        else:
            yield from _members(archive, files, limits)


def _whole(finding: Finding) -> Member:
    return Member("", None, finding)


def _overlapping(files: list[zipfile.ZipInfo]) -> bool:
    """Whether two files share bytes: no program makes that, and it is how a small archive expands without end."""
    places = sorted((info.header_offset, info.compress_size) for info in files)
    return any(start + _HEADER + size > following for (start, size), (following, _) in pairwise(places))


def _members(archive: zipfile.ZipFile, files: list[zipfile.ZipInfo], limits: ArchiveLimits) -> Iterator[Member]:
    total = 0
    names = Counter(_folded(info.orig_filename) for info in files)
    for info in files:
        name = info.orig_filename
        finding = _refused(info, collides=names[_folded(name)] > 1)
        member, expanded = (Member(name, None, finding), 0) if finding else _read(archive, info, limits)
        total += expanded
        if total > limits.total_bytes:
            yield _whole(envelope_finding("archive-size", expected=limits.total_bytes))
            return
        yield member


def _folded(name: str) -> str:
    """The name as the file systems see it that mind neither case nor composition of letters."""
    return unicodedata.normalize("NFC", name).casefold()


def _refused(info: zipfile.ZipInfo, *, collides: bool) -> Finding | None:
    """Why a member is not read, told from its entry alone."""
    name = info.orig_filename
    mode = info.external_attr >> 16
    if not _admitted(name):
        return envelope_finding("member-name", path=name, actual=repr(name))
    if collides:
        return envelope_finding("member-collision", path=name)
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return envelope_finding("member-link", path=name)
    if info.flag_bits & _ENCRYPTED:
        return envelope_finding("member-encrypted", path=name)
    if info.compress_type not in _METHODS:
        return envelope_finding("member-compression", path=name, actual=info.compress_type)
    return None


def _admitted(name: str) -> bool:
    """Whether a name stays inside the archive on every system."""
    folders = name.split("/")
    return not (_CONTROLS.search(name) or _DRIVE.match(name) or any(part in ("", ".", "..") for part in folders))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: ArchiveLimits) -> tuple[Member, int]:
    """A member, and the bytes that were expanded for it, whether they are kept or not."""
    name = info.orig_filename
    most = min(limits.member_bytes, max(_SMALL, info.compress_size * limits.ratio))
    try:
        with archive.open(info) as stream:
            data = stream.read(most + 1)
    except _BROKEN as error:
        return Member(name, None, envelope_finding("member-broken", path=name, actual=error)), info.compress_size
    if len(data) <= most:
        return Member(name, data), len(data)
    kind, expected = ("size", most) if most == limits.member_bytes else ("ratio", limits.ratio)
    return Member(name, None, envelope_finding(f"member-{kind}", path=name, expected=expected)), len(data)


@contextmanager
def _opened(source: bytes | str | os.PathLike[str] | IO[bytes]) -> Iterator[IO[bytes]]:
    if isinstance(source, bytes):
        yield BytesIO(source)
    elif isinstance(source, str | os.PathLike):
        with _file(os.fspath(source)) as stream:
            yield stream
    elif hasattr(source, "read"):
        yield source
    else:
        raise InvalidValueError(
            f"an archive cannot be read from {type(source).__name__}",
            value=source,
            remedy="give bytes, a path or an open file",
        )


def _file(path: str) -> IO[bytes]:
    try:
        return open(path, "rb")  # noqa: PTH123 - the caller closes it
    except (OSError, ValueError) as error:  # a path with a null character is a ValueError
        why = getattr(error, "strerror", None) or str(error)
        raise StorageError(f"{path!r} cannot be read", path=path, why=why, remedy="check the path") from error


def _pairs(files: object) -> Iterator[tuple[str, bytes]]:
    """The files one at a time, for they may be many and large."""
    for file in files if isinstance(files, Iterable) else [files]:
        match file:
            case (str() as name, bytes() as data):
                yield name, data
            case _:
                raise InvalidValueError(
                    f"{shown(file)} is not a file", value=file, remedy="give its name as text and its bytes"
                )


def pack(files: Iterable[tuple[str, bytes]], target: IO[bytes]) -> None:
    """Write files into a zip archive, one at a time: the same files give the same bytes.

    Args:
        files: name and bytes of each.
        target: an open binary file.

    Raises:
        InvalidValueError: a name leads out of the archive, or was given before, letter case aside; or a file is not
            text and bytes.
    """
    if not hasattr(target, "write"):
        raise InvalidValueError(
            f"an archive cannot be written to {type(target).__name__}", value=target, remedy="open a file for writing"
        )
    seen: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _pairs(files):
            if not _admitted(name):
                raise InvalidValueError(f"{name!r} is no name for a file in an archive", value=name)
            if _folded(name) in seen:
                why = "letter case aside, names are unique: many file systems tell no more"
                raise InvalidValueError(f"the archive holds {name!r} already", value=name, why=why)
            seen.add(_folded(name))
            info = zipfile.ZipInfo(name)  # dated 1980-01-01: an archive that is made again is the same
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data)
