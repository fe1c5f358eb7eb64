"""The folder of a run: what is read from it, what is written, and what happens when it cannot be."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from gse_billing.billing import load_books, locked, open_items, read_answers, save, settle, summary, workspace
from gse_billing.core.errors import InvalidValueError, StorageError
from gse_billing.core.findings import Report
from gse_billing.testing.sdi import sdi_answer as answer
from gse_billing.testing.sdi import sdi_receipts as receipts
from tests.support.portfolios import DAY, portfolio

SOURCE = portfolio()
FIRST = settle(SOURCE, on=DAY)
SECOND = settle(SOURCE, on=dt.date(2021, 1, 20), books=FIRST.books, answers=receipts(FIRST.documents))


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_run_writes_the_same_bytes(tmp_path: Path) -> None:
    save(SECOND, SOURCE, tmp_path / "a")
    save(SECOND, SOURCE, tmp_path / "b")
    written = content(tmp_path / "a")
    assert written == content(tmp_path / "b")
    save(SECOND, SOURCE, tmp_path / "a")
    assert content(tmp_path / "a") == written
    assert set(written) == {
        "books.json",
        "report.json",
        "transfers.csv",
        "transfers.json",
        "statements/comune.html",
        "statements/comune.txt",
        *(f"dossiers/IT05754381001_0000{place}.zip" for place in (1, 2, 3)),
        *(f"documents/IT05754381001_0000{place}.xml" for place in (1, 2, 3)),
        *(f"derivations/IT05754381001_0000{place}.{kind}" for place in (1, 2, 3) for kind in ("json", "txt")),
    }
    assert json.loads(written["transfers.json"])["transfers"][0]["amount"] == "170.46"


def test_a_statement_says_what_was_set_off_paid_and_kept(tmp_path: Path) -> None:
    save(SECOND, SOURCE, tmp_path)
    text = (tmp_path / "statements/comune.txt").read_text()
    for said in ("Comune di Montefiore al Sole", "90001 del 14/12/2020", "01/02/2021", "170,46", "230,46"):
        assert said in text
    page = (tmp_path / "statements/comune.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert "170,46" in page
    save(FIRST, SOURCE, tmp_path)
    waiting = (tmp_path / "statements/comune.txt").read_text()
    assert "Importi non pagati" in waiting
    assert "Bonifici" not in waiting


def test_derivations_lead_back_to_the_acts(tmp_path: Path) -> None:
    save(SECOND, SOURCE, tmp_path)
    text = (tmp_path / "derivations/IT05754381001_00002.txt").read_text()
    assert "DPR 633/72" in text
    assert "2021-01-31 is closed and moves" in text


def test_books_come_back(tmp_path: Path) -> None:
    assert load_books(tmp_path).numbers == ()
    save(FIRST, SOURCE, tmp_path)
    assert load_books(tmp_path) == FIRST.books


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b"\xff", b"3"])
def test_books_that_no_run_wrote_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "books.json").write_bytes(data)
    with pytest.raises(InvalidValueError):
        load_books(tmp_path)


def test_books_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "books.json").mkdir()
    with pytest.raises(StorageError, match="cannot be read"):
        load_books(tmp_path)


def put(folder: Path, kind: str) -> Path:
    message = answer(FIRST.documents[0], kind)
    path = folder / message.name
    path.write_bytes(message.data)
    return path


def test_answers_are_read_by_name(tmp_path: Path) -> None:
    put(tmp_path, "RC")
    answers, report = read_answers(tmp_path)
    assert [item.name for item in answers] == ["IT05754381001_00001_RC_001.xml"]
    assert report.ok


def test_what_is_no_answer_is_a_finding_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = put(tmp_path, "RC")
    (tmp_path / "b.xml").write_bytes(b"<a/>")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d").mkdir()
    (tmp_path / "e.xml").symlink_to(good)
    (tmp_path / "f.xml").write_bytes(b" " * 3000)
    (tmp_path / ".DS_Store").write_bytes(b"")
    monkeypatch.setattr(workspace, "ANSWER_BYTES", 2999)
    answers, report = read_answers(tmp_path)
    assert len(answers) == 1
    assert [finding.path for finding in report] == ["b.xml", "c.txt", "d", "e.xml", "f.xml"]
    assert report.codes == ("answers:not-read",)
    assert [finding.path for finding in report.errors] == ["b.xml"]


def test_a_folder_of_answers_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        read_answers(tmp_path / "none")


def test_an_answer_that_vanishes_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "RC")

    def gone(path: Path) -> bytes:
        raise FileNotFoundError(2, os.strerror(2), str(path))

    monkeypatch.setattr(Path, "read_bytes", gone)
    with pytest.raises(StorageError, match="No such file"):
        read_answers(tmp_path)


def test_a_lock_is_gone_when_its_run_has_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path), pytest.raises(StorageError, match="another run"), locked(tmp_path):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_run_cut_short_leaves_its_lock_and_the_next_says_so(tmp_path: Path) -> None:
    (tmp_path / "books.lock").touch()
    with pytest.raises(StorageError, match="delete that file"), locked(tmp_path):
        raise AssertionError("never here")
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("a\0b")):
        with pytest.raises(StorageError, match="cannot be written"), locked(folder):
            raise AssertionError("never here")


def test_what_was_sent_is_never_written_again(tmp_path: Path) -> None:
    save(FIRST, SOURCE, tmp_path)
    path = tmp_path / "documents" / "IT05754381001_00001.xml"
    path.write_bytes(b"as it was sent")
    save(SECOND, SOURCE, tmp_path)
    assert path.read_bytes() == b"as it was sent"


def test_a_folder_that_cannot_be_written_is_an_error_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file, no folder")
    with pytest.raises(StorageError, match="cannot be written"):
        save(FIRST, SOURCE, tmp_path / "out")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "books.json").mkdir()
    with pytest.raises(StorageError):
        save(FIRST, SOURCE, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["books.json"]


def test_a_summary_for_programs() -> None:
    fields = json.loads(summary(SECOND, SOURCE))
    assert fields["accounts"] == [
        {
            "operator": "comune",
            "name": "Comune di Montefiore al Sole",
            "gross": "230.46",
            "set_off": "60.00",
            "transferred": "170.46",
            "carried": "0.00",
            "held": "0.00",
        }
    ]
    assert fields["documents"][0]["state"] == "delivered"
    assert fields["open"] == []
    held = json.loads(summary(FIRST, SOURCE, report=Report()))["open"]
    assert [(item["owed_by"], item["amount"]) for item in held] == [
        ("gse", "14.24"),
        ("gse", "216.22"),
        ("operator", "60.00"),
    ]
    assert held[0]["what"] == "PA/12 del 11/12/2020"


def test_a_settlement_shows_itself_in_a_notebook() -> None:
    assert "<td>170.46</td>" in SECOND._repr_html_()
    assert len(open_items(SECOND)) == 0
