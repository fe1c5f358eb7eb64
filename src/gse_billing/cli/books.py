"""``gse-billing numbers import``: a user's own books into a register."""

from __future__ import annotations

import codecs
import io
import json
import sys
from pathlib import Path

import typer
from attrs import frozen

from gse_billing.cli.listing import print_findings
from gse_billing.cli.registering import now, opened, series_of, who
from gse_billing.cli.texts import counted
from gse_billing.cli.walking import STANDARD_INPUT
from gse_billing.core.errors import InvalidValueError, StorageError
from gse_billing.core.findings import Finding, Report
from gse_billing.core.values import evolve
from gse_billing.numbering import BookColumns, ImportedBooks, read_books

__all__ = ["Books", "import_books"]

_COLUMNS = "name the columns of the file with --number and --day, and with --key, --state, --reason where it has them"


@frozen(kw_only=True)
class Books:
    """A file of numbers, in the words of the command line.

    Attributes:
        file: the path; ``-`` for standard input.
        issuer: whose books they are.
        series: each as ``NAME=FORMAT``.
        number: the column of the number; ``day``, ``key``, ``state`` and ``reason`` likewise.
        delimiter: what stands between the cells.
        encoding: how the file is written.
    """

    file: str
    issuer: str
    series: tuple[str, ...] = ()
    number: str = "number"
    day: str = "day"
    key: str | None = None
    state: str | None = None
    reason: str | None = None
    delimiter: str = ","
    encoding: str = "utf-8"

    def read(self) -> ImportedBooks:
        """The numbers, and what is to be said about them.

        Raises:
            InvalidValueError: a series, the delimiter or the encoding is none.
            StorageError: the file cannot be read.
        """
        columns = BookColumns(number=self.number, day=self.day, key=self.key, state=self.state, reason=self.reason)
        lines = io.StringIO(self._text(), newline="")
        series = [series_of(text) for text in self.series]
        read = read_books(lines, issuer=self.issuer, series=series, columns=columns, delimiter=self.delimiter)
        return evolve(read, report=Report(map(_in_words_of_the_command, read.report)))

    def _text(self) -> str:
        try:
            codecs.lookup(self.encoding)
            data = sys.stdin.buffer.read() if self.file == STANDARD_INPUT else Path(self.file).read_bytes()
            return data.decode(self.encoding)
        except LookupError:
            raise InvalidValueError(
                f"{self.encoding!r} is no encoding", value=self.encoding, remedy="give utf-8 or windows-1252"
            ) from None
        except (OSError, ValueError) as error:  # a letter that the encoding does not have is a ValueError
            why = getattr(error, "strerror", None) or str(error)
            raise StorageError(
                f"{self.file} cannot be read", path=self.file, why=why, remedy="check the path and --encoding"
            ) from None


def _in_words_of_the_command(finding: Finding) -> Finding:
    """The finding, with the options in its hint where it asks for the names of columns."""
    return evolve(finding, hint=_COLUMNS) if finding.code == "numbering:column" else finding


def import_books(
    place: str, books: Books, *, by: str | None = None, dry_run: bool = False, as_json: bool = False
) -> int:
    """Take the numbers of a file over into a register: all of them, or none when the file has errors.

    Args:
        place: the store.
        books: the file.
        by: who does it.
        dry_run: report on the file alone.
        as_json: print JSON.

    Returns:
        The exit status: 0 fine, 1 the file has errors.

    Raises:
        InvalidValueError: the file cannot be read as it is described.
        DuplicateNumberError: the register has one of the numbers already.
        StorageError: the file or the store cannot be read.
    """
    read = books.read()
    taken = read.report.ok and not dry_run
    if taken:
        with opened(place, make=True) as register:
            register.load(read.entries, by=who(by), at=now())
    count = len(read.entries) if taken else 0
    if as_json:
        typer.echo(json.dumps({**read.report.to_dict(), "numbers": len(read.entries), "imported": count}))
    else:
        print_findings(read.report)
        typer.echo(f"{counted(len(read.entries), 'number')} read, {count:,} taken over")
    return 0 if read.report.ok else 1
