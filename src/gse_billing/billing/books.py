"""What is kept from run to run: the numbers that were given, and the names of the files that were sent."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.numbering import Entry

__all__ = ["Books"]

_VERSION = 1


def _by_key(given: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(sorted(given.items())))


@frozen(kw_only=True)
class Books:
    """Numbers and file names, both by the key of the record they were given to.

    Attributes:
        numbers: the entries of the register.
        files: the file name of each document, without folder.
    """

    numbers: tuple[Entry, ...] = ()
    files: Mapping[str, str] = field(factory=dict, converter=_by_key, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """The books as JSON-ready values."""
        return {
            "version": _VERSION,
            "numbers": [entry.to_dict() for entry in self.numbers],
            "files": dict(self.files),
        }

    @classmethod
    def from_dict(cls, fields: object) -> Books:
        """The inverse of :meth:`to_dict`.

        Raises:
            InvalidValueError: the fields are not those of books, or of a version this package does not know.
        """
        if not isinstance(fields, dict) or fields.get("version") != _VERSION:
            raise _unreadable("they are not of version 1")
        numbers, files = fields.get("numbers"), fields.get("files")
        if not isinstance(numbers, list) or not isinstance(files, dict):
            raise _unreadable("the numbers or the files are missing")
        if not all(isinstance(name, str) for name in files.values()):
            raise _unreadable("a file name is no text")
        return cls(numbers=tuple(Entry.from_dict(entry) for entry in numbers), files=files)


def _unreadable(why: str) -> InvalidValueError:
    return InvalidValueError(
        "the books cannot be read", value=None, why=why, remedy="give those that an earlier run wrote, unchanged"
    )
