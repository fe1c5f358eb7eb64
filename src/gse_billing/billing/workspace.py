"""The folder of a run: what the last run left in it, SDI's answers beside it, and what this run writes.

::

    out/
      books.json           numbers and file names: what the next run needs
      documents/           one FatturaPA file an invoice, under the name it is sent with
      transfers.json       the money that moves, of every run, each transfer once
      transfers.csv        the same for a spreadsheet
      statements/          one an operator, as text and as HTML
      derivations/         how each computed amount came about
      dossiers/            one archive an invoice that SDI answered: the file, the answers, a manifest
      report.json          findings

Files are replaced one by one, each at once; the books come first, so that a run cut short is repeated with the numbers
it had given. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gse_billing.billing.answers import Answer, read_answer
from gse_billing.billing.books import Books
from gse_billing.billing.derivations import derivations
from gse_billing.billing.dossier import Dossier, dossier_of
from gse_billing.billing.letters import letter_html, letter_text
from gse_billing.billing.open_items import open_items
from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.billing.settlement import Settlement
from gse_billing.core.errors import InvalidDocumentError, InvalidValueError, StorageError
from gse_billing.core.findings import Finding, Report, Severity
from gse_billing.payments import transfers_to_csv, transfers_to_json

__all__ = ["ANSWER_BYTES", "load_books", "load_dossier", "locked", "read_answers", "save", "save_dossier"]

ANSWER_BYTES = 5_000_000
"""No message of SDI is larger: it is what SDI's own channels take (specification 1.8.4, par. 3.1)."""

_BOOKS = "books.json"
_LOCK = "books.lock"
_SENT = "documents/"


@contextmanager
def locked(folder: Path | str) -> Iterator[None]:
    """A block in which no other run may use the folder: two at once would give the same numbers to different invoices.

    Raises:
        StorageError: another run is using the folder, or it cannot be written.
    """
    path = Path(folder) / _LOCK
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError as error:
        if not path.exists():
            raise _storage(path, "written", error) from None
        raise StorageError(
            f"another run is using {path.parent}",
            path=str(path),
            why=f"{_LOCK} is there",
            remedy="wait for it; if none is running, one was cut short: delete that file and run again",
        ) from None
    except (OSError, ValueError) as error:
        raise _storage(path, "written", error) from None
    os.close(handle)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def load_books(folder: Path | str) -> Books:
    """The books that an earlier run left in a folder; empty where there are none.

    Raises:
        InvalidValueError: the file is not one that a run wrote.
        StorageError: it cannot be read.
    """
    path = Path(folder) / _BOOKS
    try:
        return Books.from_dict(json.loads(path.read_bytes())) if path.exists() else Books()
    except OSError as error:
        raise _storage(path, "read", error) from None
    except InvalidValueError:
        raise
    except (ValueError, RecursionError):
        raise InvalidValueError(
            f"{path} cannot be read", value=str(path), why="it is not JSON", remedy="restore the file of the last run"
        ) from None


def read_answers(folder: Path | str) -> tuple[tuple[Answer, ...], Report]:
    """SDI's answers in a folder, by name of file, and a finding for each file that is none.

    Raises:
        StorageError: the folder does not exist or cannot be read.
    """
    root = Path(folder)
    try:
        paths = sorted((path for path in root.iterdir() if not path.name.startswith(".")), key=lambda path: path.name)
    except (OSError, ValueError) as error:
        raise _storage(root, "read", error) from None
    answers: list[Answer] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            answers.append(_answer(path))
        except InvalidDocumentError as error:
            first = error.report.errors[0]
            findings.append(_unreadable(path, first.message_it, first.message_en, Severity.ERROR))
        except InvalidValueError as error:
            findings.append(_unreadable(path, error.what, error.what, Severity.WARNING))
    return tuple(answers), Report(findings)


def _answer(path: Path) -> Answer:
    try:
        if path.is_symlink() or not path.is_file() or path.suffix.lower() != ".xml":
            raise InvalidValueError("it is not an XML file of its own", value=path.name)
        if path.stat().st_size > ANSWER_BYTES:
            raise InvalidValueError(f"it has more than {ANSWER_BYTES} bytes", value=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise _storage(path, "read", error) from None
    return read_answer(path.name, data)


def _unreadable(path: Path, why_it: str, why_en: str, severity: Severity) -> Finding:
    return Finding(
        code="answers:not-read",
        severity=severity,
        path=path.name,
        message_it=f"il file non è un messaggio di SDI: {why_it}",
        message_en=f"the file is no message of SDI: {why_en}",
        hint="put only the messages of SDI into the folder, as they came",
    )


def save(settlement: Settlement, portfolio: Portfolio, folder: Path | str, *, report: Report | None = None) -> None:
    """Write everything of a run into a folder; a document that is there already is never written again.

    Args:
        settlement: the result of the run.
        portfolio: what it was made from, for the names.
        folder: made where it does not exist.
        report: all findings, where there are more than those of the settlement.

    Raises:
        StorageError: something cannot be written.
    """
    root = Path(folder)
    for name, data in _files(settlement, portfolio, settlement.report if report is None else report):
        # what was sent stays as it was sent, whatever this version would write today
        if not (name.startswith(_SENT) and (root / name).exists()):
            _replace(root / name, data)


def save_dossier(dossier: Dossier, folder: Path | str) -> None:
    """Write a dossier as a folder of files, made where it does not exist.

    Raises:
        StorageError: something cannot be written.
    """
    for name, data in dossier.files.items():
        _replace(Path(folder) / name, data)


def load_dossier(folder: Path | str) -> Dossier:
    """The dossier in a folder, as :func:`save_dossier` wrote it; ``verify_dossier`` tells whether it is still whole.

    Raises:
        StorageError: it cannot be read.
    """
    root = Path(folder)
    try:
        return Dossier({path.name: path.read_bytes() for path in root.iterdir() if path.is_file()})
    except OSError as error:
        raise _storage(root, "read", error) from None


def _files(settlement: Settlement, portfolio: Portfolio, report: Report) -> Iterator[tuple[str, bytes]]:
    yield _BOOKS, _json(settlement.books.to_dict())
    for document in settlement.documents:
        yield f"documents/{document.file_name}", document.xml
        answers = settlement.outcomes[document.key].answers
        if answers:
            yield f"dossiers/{document.file_name.stem}.zip", dossier_of(document, answers).to_zip()
    yield "transfers.json", transfers_to_json(settlement.transfers).encode()
    yield "transfers.csv", transfers_to_csv(settlement.transfers).encode()
    for account in settlement.accounts:
        name, items = portfolio.name_of(account.operator), open_items(settlement, account)
        yield f"statements/{account.operator}.txt", letter_text(settlement, account, name, items).encode()
        yield f"statements/{account.operator}.html", letter_html(settlement, account, name, items).encode()
    for name, derivation in derivations(settlement):
        yield f"derivations/{name}.txt", f"{derivation}\n".encode()
        yield f"derivations/{name}.json", f"{derivation.to_json(indent=2)}\n".encode()
    yield "report.json", f"{report.to_json(indent=2)}\n".encode()


def _json(fields: object) -> bytes:
    return f"{json.dumps(fields, ensure_ascii=False, indent=2)}\n".encode()


def _replace(path: Path, data: bytes) -> None:
    """The file at once or not at all: written beside its place, then moved into it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _storage(path, "written", error) from None


def _storage(path: Path, done: str, error: OSError | ValueError) -> StorageError:
    return StorageError(
        f"{str(path)!r} cannot be {done}",
        path=str(path),
        why=getattr(error, "strerror", None) or str(error),
        remedy="see that the folder exists, has room and may be used",
    )
