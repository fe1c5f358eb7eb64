"""The dossier: complete, verifiable from itself alone, the same bytes each time."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gse_billing import evolve
from gse_billing.billing import (
    MANIFEST,
    Dossier,
    dossier_from_zip,
    dossier_of,
    load_dossier,
    read_answer,
    save_dossier,
    settle,
    verify_dossier,
)
from gse_billing.core.errors import InvalidValueError, StorageError
from gse_billing.testing.sdi import sdi_answer
from tests.support.portfolios import DAY, portfolio

DOCUMENT, OTHER, _ = settle(portfolio(), on=DAY).documents
ANSWERS = [sdi_answer(DOCUMENT, "RC"), sdi_answer(DOCUMENT, "DT"), sdi_answer(OTHER, "RC")]
DOSSIER = dossier_of(DOCUMENT, ANSWERS)


@pytest.mark.requirement("INV-19", "INV-20")
def test_it_holds_the_invoice_its_messages_and_a_manifest() -> None:
    assert list(DOSSIER.files) == [
        "IT05754381001_00001.xml",
        "IT05754381001_00001_DT_001.xml",
        "IT05754381001_00001_RC_001.xml",
        MANIFEST,
    ]
    assert json.loads(DOSSIER.files[MANIFEST])["number"] == "PA/12"
    assert verify_dossier(DOSSIER).ok
    signed = dossier_of(DOCUMENT, [], signed=b"signed")
    assert signed.files["IT05754381001_00001.xml.p7m"] == b"signed"


def test_an_archive_comes_back_and_is_the_same_each_time() -> None:
    data = DOSSIER.to_zip()
    assert dossier_of(DOCUMENT, reversed(ANSWERS)).to_zip() == data
    again, report = dossier_from_zip(data)
    assert report.ok
    assert again == DOSSIER


def test_a_folder_holds_the_same_files_and_is_verified_from_its_own_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    save_dossier(DOSSIER, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == dict(DOSSIER.files)
    assert load_dossier(folder) == DOSSIER
    (folder / "IT05754381001_00001_RC_001.xml").write_bytes(b"other")
    report = verify_dossier(load_dossier(folder))
    assert [finding.path for finding in report.errors] == ["IT05754381001_00001_RC_001.xml"]


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        load_dossier(tmp_path / "nowhere")
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.xml").write_bytes(b"")
    assert list(load_dossier(tmp_path).files) == ["a.xml"]


def test_two_messages_of_one_name_are_refused() -> None:
    twin = evolve(ANSWERS[0], data=ANSWERS[0].data + b"\n")
    with pytest.raises(InvalidValueError, match="two messages are named"):
        dossier_of(DOCUMENT, [ANSWERS[0], twin])
    same = read_answer(ANSWERS[0].name, ANSWERS[0].data)
    assert dossier_of(DOCUMENT, [*ANSWERS, same]) == DOSSIER


Damage = Callable[[dict[str, bytes]], object]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda files: files.update({"IT05754381001_00001.xml": b"other"}), "its hash is not the one"),
        (lambda files: files.pop("IT05754381001_00001.xml"), "it is not there"),
        (lambda files: files.update({"more.xml": b""}), "does not list it"),
        (lambda files: files.pop(MANIFEST), "no manifest"),
        (lambda files: files.update({MANIFEST: b"{"}), "no manifest"),
        (lambda files: files.update({MANIFEST: b"[" * 100_000}), "no manifest"),
        (lambda files: files.update({MANIFEST: b'{"version": 2}'}), "no manifest"),
        (lambda files: files.update({MANIFEST: b'{"version": 1, "files": 3}'}), "no manifest"),
    ],
)
def test_damage_is_noticed(damage: Damage, said: str) -> None:
    files = dict(DOSSIER.files)
    damage(files)
    _, report = dossier_from_zip(Dossier(files).to_zip())
    assert not report.ok
    assert said in report.errors[0].message_en


def test_what_must_not_be_read_from_an_archive_is_said() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in DOSSIER.files.items():
            archive.writestr(name, data)
        archive.writestr("../up.xml", b"")
    dossier, report = dossier_from_zip(target.getvalue())
    assert dossier == DOSSIER
    assert [finding.path for finding in report] == ["../up.xml"]
    assert not dossier_from_zip(b"no archive")[1].ok


@pytest.mark.requirement("INV-19")
def test_the_messages_about_the_signed_file_belong_to_it() -> None:
    data = ANSWERS[0].data.replace(b"IT05754381001_00001.xml", b"IT05754381001_00001.xml.p7m")
    receipt = read_answer("IT05754381001_00001_RC_001.xml", data)
    dossier = dossier_of(DOCUMENT, [receipt, ANSWERS[2]], signed=b"signed")
    assert list(dossier.files) == ["IT05754381001_00001.xml.p7m", "IT05754381001_00001_RC_001.xml", MANIFEST]
