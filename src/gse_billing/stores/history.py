"""What was ever sent to SDI: file names (00002) and documents with their outcome (00404).

SDI refuses a file name that it has seen, whatever became of the file, and a document whose issuer, number and year are
those of one that it neither discarded nor saw refused. The history answers both before anything is sent, and has the
shape that the checks of ``fatturapa`` ask of one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import field, frozen
from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update

from gse_billing.core.dated import require_day
from gse_billing.core.errors import (
    DuplicateNumberError,
    IllegalTransitionError,
    InvalidValueError,
    UnknownNumberError,
)
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.fatturapa.context import SentDocument
from gse_billing.numbering import require_moment
from gse_billing.stores.database import Database
from gse_billing.stores.events import moment_text
from gse_billing.stores.outcomes import SentOutcome
from gse_billing.stores.schema import DOCUMENTS, FILES

__all__ = ["RecordedDocument", "SqlHistory"]

_D, _F = DOCUMENTS.c, FILES.c
_BY_STEM = select(FILES).where(_F.stem == bindparam("stem"))
_OF_FILE: Select[Any] = select(DOCUMENTS).where(_D.file == bindparam("file")).order_by(_D.place)
_ALIKE: Select[Any] = (
    select(DOCUMENTS)
    .where(_D.issuer == bindparam("issuer"), _D.number == bindparam("number"), _D.year == bindparam("year"))
    .order_by(_D.day, _D.file, _D.place)
)
_SET_OUTCOME = (
    update(DOCUMENTS)
    .where(_D.file == bindparam("of_file"), _D.place == bindparam("of_place"))
    .values(outcome=bindparam("new_outcome"))
)


def _day(given: dt.date) -> dt.date:
    return require_day(given, meant="the date of a document")


@frozen(kw_only=True)
class RecordedDocument:
    """A document as the rule on duplicates sees it.

    Attributes:
        issuer: country and VAT number of the seller, or of the buyer where the buyer issues: ``IT05754381001``.
        number: as it stands in the document; SDI compares the text.
        day: the date of the document; its year counts, not that of the sending.
        credit_note: credit notes (TD04) are compared with one another only.
        outcome: what SDI and the recipient said so far.
    """

    issuer: str
    number: InvoiceNumber
    day: dt.date = field(converter=_day)
    credit_note: bool = False
    outcome: SentOutcome = SentOutcome.PENDING

    def __attrs_post_init__(self) -> None:
        require_fields(self)


class SqlHistory:
    """The history of a store; :func:`.open_store` makes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @guarded
    def record(
        self, file: str, documents: Iterable[RecordedDocument], *, digest: str, at: dt.datetime | None = None
    ) -> None:
        """Record a file before it is sent; recording the same file twice does nothing.

        Args:
            file: its name, as SDI sees it; the extension and the case of the letters make no difference.
            documents: those in it, in their order; a lot has several.
            digest: of its bytes, so that another file of the same name is found out.
            at: when, with a zone.

        Raises:
            InvalidValueError: the name was used for another file (00002).
            DuplicateNumberError: a document is a duplicate of one that stands (00404), or of one in the file (00409).
            StorageError: the database did not do it; recording again is safe.
        """
        given = tuple(documents)
        # One lock for all: a name and a number may be asked for by different issuers' files at the same time.
        with self._database.writing("history") as connection:
            known = connection.execute(_BY_STEM, {"stem": _stem(file)}).mappings().first()
            if known is not None:
                _refuse_other_file(known, file, digest)
                return
            cells = {"stem": _stem(file), "name": file, "digest": digest, "at": moment_text(require_moment(at))}
            connection.execute(insert(FILES), cells)
            for place, document in enumerate(given, start=1):
                _refuse_duplicate(connection, document)
                connection.execute(insert(DOCUMENTS), {"file": file, "place": place, **_cells(document)})

    @guarded
    def conclude(self, file: str, outcome: SentOutcome, *, place: int | None = None) -> None:
        """Record what SDI or the recipient said about the documents of a file; saying it twice does nothing.

        Args:
            file: its name.
            outcome: what was said.
            place: the place of the document in its lot, from 1, or ``None`` for all of them.

        Raises:
            UnknownNumberError: no such document was recorded.
            IllegalTransitionError: it cannot follow what was said before.
            StorageError: the database did not do it; asking again is safe.
        """
        with self._database.writing("history") as connection:
            rows = connection.execute(_OF_FILE, {"file": file}).mappings().all()
            meant = [row for row in rows if place in (None, row["place"])]
            if not meant:
                raise UnknownNumberError(f"{file!r} has no such document", number="", remedy="record the file first")
            for row in meant:
                _conclude(connection, row, outcome)

    @guarded
    def sent_file(self, name: str) -> bool:
        """Whether a file of that name was ever sent, whatever its extension and whatever became of it (00002).

        Raises:
            StorageError: the database cannot be read.
        """
        with self._database.reading() as connection:
            return connection.execute(_BY_STEM, {"stem": _stem(name)}).first() is not None

    @guarded
    def documents(self, issuer: str, number: str, year: int) -> tuple[SentDocument, ...]:
        """The documents of that issuer, number and year of date, whatever became of them (00404).

        Raises:
            StorageError: the database cannot be read.
        """
        with self._database.reading() as connection:
            return tuple(_sent(row) for row in _alike(connection, issuer, number, year))

    @guarded
    def documents_of(self, file: str) -> tuple[RecordedDocument, ...]:
        """The documents of a file, in their order, each with its outcome; none if it was never recorded.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._database.reading() as connection:
            return tuple(_document(row) for row in connection.execute(_OF_FILE, {"file": file}).mappings())


def _stem(name: str) -> str:
    """The name without its extension: SDI's messages drop it, so no two files may share it."""
    return name.partition(".")[0].upper()


def _alike(connection: Connection, issuer: str, number: str, year: int) -> Sequence[RowMapping]:
    wanted = {"issuer": issuer, "number": str(number), "year": year}
    return connection.execute(_ALIKE, wanted).mappings().all()


def _sent(row: RowMapping) -> SentDocument:
    document = _document(row)
    return SentDocument(
        issuer=document.issuer,
        number=document.number,
        day=document.day,
        credit_note=document.credit_note,
        counts=not document.outcome.frees_the_number,
        file_name=row["file"],
    )


def _cells(document: RecordedDocument) -> dict[str, Any]:
    return {
        "issuer": document.issuer,
        "number": str(document.number),
        "year": document.day.year,
        "day": document.day.isoformat(),
        "credit_note": document.credit_note,
        "outcome": document.outcome.value,
    }


def _document(row: RowMapping) -> RecordedDocument:
    return RecordedDocument(
        issuer=row["issuer"],
        number=InvoiceNumber(row["number"]),
        day=dt.date.fromisoformat(row["day"]),
        credit_note=row["credit_note"],
        outcome=SentOutcome(row["outcome"]),
    )


def _refuse_other_file(known: RowMapping, file: str, digest: str) -> None:
    if (known["name"], known["digest"]) != (file, digest):
        raise InvalidValueError(
            f"the file name {file!r} was used before",
            value=file,
            why="SDI takes each name once, whatever became of the file (00002)",
            remedy="name the file with the next progressive",
        )


def _refuse_duplicate(connection: Connection, document: RecordedDocument) -> None:
    for row in _alike(connection, document.issuer, document.number, document.day.year):
        other = _document(row)
        if other.credit_note == document.credit_note and not other.outcome.frees_the_number:
            raise DuplicateNumberError(
                f"number {document.number} of {document.day.year} was sent before",
                number=document.number,
                why=f"that of {other.day} is {other.outcome.value}, and SDI discards a second one (00404)",
                remedy="send it again only after SDI discarded it or the recipient refused it",
            )


def _conclude(connection: Connection, row: RowMapping, outcome: SentOutcome) -> None:
    before = SentOutcome(row["outcome"])
    if outcome is before:
        return
    if outcome not in before.may_become:
        raise IllegalTransitionError(
            f"number {row['number']} of {row['day']} is {before.value} and cannot become {outcome.value}",
            state=before.value,
            event=outcome.value,
            remedy="check which file the answer belongs to",
        )
    cells = {"of_file": row["file"], "of_place": row["place"], "new_outcome": outcome.value}
    connection.execute(_SET_OUTCOME, cells)
