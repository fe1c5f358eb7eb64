"""``gse-billing numbers``: a register in a database, asked and told from the command line."""

from __future__ import annotations

import datetime as dt
import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from attrs import frozen

from gse_billing import stores
from gse_billing.core.errors import InvalidValueError, StorageError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import (
    Entry,
    MemoryRegister,
    NumberRegister,
    Request,
    Series,
    preview,
)

__all__ = [
    "Wish",
    "accept_number",
    "next_number",
    "now",
    "opened",
    "series_of",
    "void_number",
    "who",
]

_SQLITE = "sqlite:///"


@frozen(kw_only=True)
class Wish:
    """The number that is asked for, in the words of the command line.

    Attributes:
        issuer: whose number it is.
        series: ``NAME=FORMAT``.
        first: where the series starts.
        yearly: whether it restarts each year.
        day: the date of the document.
        key: what the number is for.
        number: a number of the user's choice.
        content: a digest of the document.
        by: who asks.
    """

    issuer: str
    series: str
    first: int = 1
    yearly: bool = True
    day: dt.date
    key: str
    number: str | None = None
    content: str = ""
    by: str | None = None

    def request(self) -> Request:
        """The same as the register understands it."""
        return Request(
            issuer=_named(self.issuer, "issuer"),
            series=series_of(self.series, first=self.first, yearly=self.yearly),
            day=self.day,
            key=_named(self.key, "key"),
            content=self.content,
            number=None if self.number is None else InvoiceNumber(self.number),
            owner=who(self.by),
            at=now(),
        )


def series_of(text: str, *, first: int = 1, yearly: bool = True) -> Series:
    """The series of ``NAME=FORMAT``; a name alone counts 1, 2, 3.

    Raises:
        InvalidValueError: the name is missing, or the format is none.

    >>> series_of("pa=PA/{n:03}").format, series_of("books").format
    ('PA/{n:03}', '{n}')
    """
    name, _, form = text.partition("=")
    return Series(name=_named(name, "name of the series"), format=form or "{n}", first=first, yearly=yearly)


def _named(text: str, what: str) -> str:
    if not text.strip():
        raise InvalidValueError(f"the {what} is empty", value=text, remedy="give it a name")
    return text


def who(by: str | None) -> str:
    """Who does it: as given, else the name of the login; empty where there is none."""
    if by is not None:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container whose user has no name
        return ""


def now() -> dt.datetime:
    """The moment, for the audit trail."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def opened(place: str, *, make: bool = False) -> Iterator[NumberRegister]:
    """The register of a store, as long as the block lasts.

    Args:
        place: path or URL.
        make: make the file where there is none; a mistyped path is told otherwise.

    Raises:
        StorageError: there is no such store, or it cannot be opened.
        MissingExtraError: SQLAlchemy or the driver of PostgreSQL is not installed.
    """
    if not make and _missing(place):
        raise StorageError(
            f"{place} holds no register",
            path=place,
            why="there is no such file",
            remedy="check --store; numbers next and numbers import make the file",
        )
    with stores.open_store(place) as store:  # loads SQLAlchemy, or says which extra is missing
        yield store.register


def _missing(place: str) -> bool:
    if "://" in place and not place.startswith(_SQLITE):
        return False
    return not Path(place.removeprefix(_SQLITE)).exists()


def next_number(place: str, wish: Wish, *, accept: bool = False, dry_run: bool = False, as_json: bool = False) -> None:
    """Reserve a number and print it; the same key gets the same number however often it is asked.

    Raises:
        InvalidValueError: the wish cannot be understood.
        NumberingError: the register refuses.
        StorageError: the store did not do it; asking again with the same key is safe.
    """
    request = wish.request()
    if dry_run:
        _print_entry(_previewed(place, request), as_json=as_json)
        typer.echo("dry run: no number was taken", err=True)
        return
    with opened(place, make=True) as register:
        entry = register.reserve(request)
        if accept:
            entry = register.accept(request.issuer, request.key, by=request.owner, at=request.at)
    _print_entry(entry, as_json=as_json)


def _previewed(place: str, request: Request) -> Entry:
    if _missing(place):
        return MemoryRegister().reserve(request)
    with opened(place) as register:
        (entry,) = preview(register, [request])
    return entry


def accept_number(place: str, issuer: str, key: str, *, by: str | None = None, as_json: bool = False) -> None:
    """Accept a reserved number and print it.

    Raises:
        NumberingError: the register refuses.
        StorageError: the store did not do it.
    """
    with opened(place) as register:
        entry = register.accept(issuer, key, by=who(by), at=now())
    _print_entry(entry, as_json=as_json)


def void_number(
    place: str, issuer: str, key: str, reason: str, *, by: str | None = None, as_json: bool = False
) -> None:
    """Give up a reserved number and print it.

    Raises:
        InvalidValueError: the reason is empty.
        NumberingError: the register refuses.
        StorageError: the store did not do it.
    """
    with opened(place) as register:
        entry = register.void(issuer, key, reason, by=who(by), at=now())
    _print_entry(entry, as_json=as_json)


def _print_entry(entry: Entry, *, as_json: bool) -> None:
    typer.echo(json.dumps(entry.to_dict()) if as_json else entry.number)
