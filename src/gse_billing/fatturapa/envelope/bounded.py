"""A file that gives no more at once than a directory of so many entries needs."""

from __future__ import annotations

import io
import zipfile
from typing import IO

from attrs import define

__all__ = ["BoundedFile"]

# An entry of the directory has 46 bytes, its name and what tools add; zipfile makes some 600 of memory from it.
_ENTRY = 300
_ALWAYS = 1 << 20
_FARTHEST = (1 << 63) - 1


@define(eq=False)
class BoundedFile:
    """A file that refuses to be read in pieces larger than the directory of an archive may be.

    ``zipfile`` reads the directory in one piece and makes an object of every entry before anyone can count them.

    Args:
        stream: the file.
        members: how many files the archive may hold.
        bounded: whether it refuses; no longer once the directory was read.
    """

    stream: IO[bytes]
    members: int
    bounded: bool = True

    def read(self, size: int = -1) -> bytes:
        """As of a file.

        Raises:
            zipfile.BadZipFile: so much is never needed.
        """
        if not self.bounded:
            return self.stream.read(size)
        most = _ALWAYS + self.members * _ENTRY
        data = self.stream.read(most + 1 if size < 0 else min(size, most + 1))
        if len(data) > most:
            raise zipfile.BadZipFile("the directory of the archive is too large")
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of a file.

        Raises:
            zipfile.BadZipFile: there is no such place: a directory can name any.
        """
        if whence == io.SEEK_SET and not 0 <= offset <= _FARTHEST:
            raise zipfile.BadZipFile("the directory of the archive points outside of it")
        return self.stream.seek(offset, whence)

    def tell(self) -> int:
        """As of a file."""
        return self.stream.tell()

    def seekable(self) -> bool:
        """As of a file: zipfile asks."""
        return True
