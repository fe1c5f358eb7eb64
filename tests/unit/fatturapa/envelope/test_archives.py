"""Zip archives of documents."""

from __future__ import annotations

import io
import stat
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gse_billing import fatturapa
from gse_billing.core.errors import InvalidValueError, StorageError
from gse_billing.fatturapa.envelope import ArchiveLimits, Member, pack, unpack
from tests.unit.fatturapa.envelope.shapes import DOCUMENT, XML, ours

FILES = [("IT00488410010_00001.xml.p7m", ours()), ("cartella/IT00488410010_00002.xml", XML)]


def packed(files: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    pack(files, target)
    return target.getvalue()


def entry(name: str, **fields: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


@pytest.mark.filterwarnings("ignore:Duplicate name")
def archive(*entries: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as writer:
        for info, data in entries:
            writer.writestr(info, data)
    return target.getvalue()


def told(data: bytes, limits: ArchiveLimits | None = None) -> list[tuple[str, str]]:
    """Name and code of each member."""
    return [(each.name, each.finding.code if each.finding else "") for each in unpack(data, limits=limits)]


def test_documents_go_in_and_come_out() -> None:
    members = list(unpack(packed(FILES)))
    assert members == [Member(name, data) for name, data in FILES]
    assert [fatturapa.read(each.data or b"") for each in members] == [DOCUMENT, DOCUMENT]


def test_the_same_files_give_the_same_archive() -> None:
    assert packed(FILES) == packed(FILES)
    with zipfile.ZipFile(io.BytesIO(packed(FILES))) as reader:
        assert reader.testzip() is None
        assert [info.compress_type for info in reader.infolist()] == [zipfile.ZIP_DEFLATED] * 2
        assert stat.S_ISREG(reader.infolist()[0].external_attr >> 16)


def test_an_archive_is_read_from_a_path_or_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "invoices.zip"
    path.write_bytes(packed(FILES))
    assert list(unpack(path)) == list(unpack(str(path))) == list(unpack(path.read_bytes()))
    with path.open("rb") as stream:
        assert len(list(unpack(stream))) == 2
        assert not stream.closed


@pytest.mark.parametrize("path", ["missing.zip", "with\0null.zip"])
def test_a_path_that_cannot_be_read_is_said(path: str) -> None:
    with pytest.raises(StorageError, match=r"cannot be read; .*; check the path"):
        list(unpack(path))


# Names that lead somewhere else on some system.
BAD_NAMES = [
    "../invoice.xml",
    "a/../../invoice.xml",
    "/etc/invoice.xml",
    "C:invoice.xml",
    "c:/invoice.xml",
    "..\\invoice.xml",
    "a//b.xml",
    "./a.xml",
    "a/.",
    "a\nb.xml",
    "a\x7f.xml",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_leads_out_is_not_read_and_not_written(name: str) -> None:
    data = archive((entry(name), XML), ("good.xml", XML))
    assert told(data) == [(name, "envelope:member-name"), ("good.xml", "")]
    with pytest.raises(InvalidValueError, match="is no name for a file in an archive"):
        packed([(name, XML)])


def test_a_null_in_a_name_hides_nothing() -> None:
    data = archive(("invoice.xml_.exe", XML)).replace(b"invoice.xml_.exe", b"invoice.xml\0.exe")
    assert told(data) == [("invoice.xml\0.exe", "envelope:member-name")]


COLLISIONS = [("a.xml", "a.xml"), ("a.xml", "A.XML"), ("stra\u00dfe", "STRASSE"), ("citt\u00e0", "citta\u0300")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("one", "other"), COLLISIONS)
def test_of_files_with_one_name_none_is_read(one: str, other: str) -> None:
    data = archive((one, b"1"), ("good.xml", XML), (other, b"2"))
    assert told(data) == [
        (one, "envelope:member-collision"),
        ("good.xml", ""),
        (other, "envelope:member-collision"),
    ]
    with pytest.raises(InvalidValueError, match=r"the archive holds .* already"):
        packed([(one, b"1"), (other, b"2")])


SPECIAL = {
    "a link": entry("x", external_attr=(stat.S_IFLNK | 0o777) << 16),
    "a device": entry("x", external_attr=(stat.S_IFCHR | 0o666) << 16),
    "a pipe": entry("x", external_attr=(stat.S_IFIFO | 0o666) << 16),
}


@pytest.mark.parametrize("case", SPECIAL)
def test_only_files_are_read(case: str) -> None:
    assert told(archive((SPECIAL[case], b"/etc/passwd"))) == [("x", "envelope:member-link")]


def test_a_folder_is_passed_over() -> None:
    assert told(archive(("folder/", b""), ("folder/a.xml", XML))) == [("folder/a.xml", "")]


def test_an_encrypted_file_is_not_read() -> None:
    data = bytearray(archive(("x", XML)))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert told(bytes(data)) == [("x", "envelope:member-encrypted")]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods_of_compression_are_not_read(method: int) -> None:
    (member,) = unpack(archive(("x", XML), method=method))
    assert member.finding is not None
    assert member.finding.code == "envelope:member-compression"
    assert member.finding.parameters == {"actual": str(method)}


def test_a_large_file_that_is_not_compressed_is_read() -> None:
    data = archive(("x", bytes(5_000_000)))
    assert told(data, ArchiveLimits(members=1)) == [("x", "")]


def test_a_file_beyond_the_size_is_not_kept() -> None:
    data = packed([("a", bytes(100)), ("b", bytes(101)), ("c", b"c")])
    assert told(data, ArchiveLimits(member_bytes=100)) == [("a", ""), ("b", "envelope:member-size"), ("c", "")]


def test_a_bomb_is_not_expanded() -> None:
    data = packed([("bomb", bytes(15_000_000)), ("small", bytes(900_000))])
    tracemalloc.start()
    assert told(data) == [("bomb", "envelope:member-ratio"), ("small", "")]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_the_reading_ends_at_the_total() -> None:
    data = packed([("a", bytes(60)), ("b", bytes(60)), ("c", bytes(60))])
    assert told(data, ArchiveLimits(total_bytes=120)) == [("a", ""), ("b", ""), ("", "envelope:archive-size")]


def test_bytes_that_are_thrown_away_count_towards_the_total() -> None:
    data = packed([(f"{number}", bytes(1_500_000)) for number in range(9)])
    codes = [code for _, code in told(data, ArchiveLimits(total_bytes=4_500_000))]
    assert codes == [*["envelope:member-ratio"] * 4, "envelope:archive-size"]


def test_the_number_of_files_has_a_limit() -> None:
    data = packed([("a", b""), ("b", b"")])
    assert told(data, ArchiveLimits(members=2)) == [("a", ""), ("b", "")]
    assert told(data, ArchiveLimits(members=1)) == [("", "envelope:archive-members")]


def test_files_that_share_bytes_are_not_read() -> None:
    """A small archive whose files overlap can expand to petabytes."""
    data = archive(("a", XML), ("b", XML))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    pointing_back = data[: second + 42] + struct.pack("<L", 5) + data[second + 46 :]
    (member,) = unpack(pointing_back)
    assert (member.name, member.finding and member.finding.code) == ("", "sdi:00106")
    assert member.finding is not None
    assert member.finding.parameters == {"actual": "files that overlap"}


def _with_long_directory() -> bytes:
    """An archive that says that its directory has gigabytes, in a file that has them too (of zeros)."""
    size = 3_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0)
    return bytes(size) + end


UNREADABLE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "no files": archive,
    "only folders": lambda: archive(("folder/", b"")),
    "no archive": lambda: XML,
    "cut": lambda: packed(FILES)[:-10],
    "directory beyond all bounds": _with_long_directory,
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_an_archive_that_is_empty_or_broken_is_00106(case: str) -> None:
    assert told(UNREADABLE[case](), ArchiveLimits(members=10)) == [("", "sdi:00106")]


def test_a_broken_file_does_not_stop_the_others() -> None:
    data = packed([("a.xml", XML), ("b.xml", XML)])
    start = data.index(b"PK\x03\x04") + 60
    (broken, good) = unpack(data[:start] + bytes(8) + data[start + 8 :])
    assert broken.finding is not None
    assert (broken.data, broken.finding.code, good) == (None, "envelope:member-broken", Member("b.xml", XML))


def test_a_directory_that_promises_a_hundred_thousand_entries_is_not_made() -> None:
    one = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    directory = one * 100_000
    data = directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(directory), 0, 0)
    start = time.process_time()
    assert told(data, ArchiveLimits(members=1_000)) == [("", "sdi:00106")]
    assert time.process_time() - start < 1


def test_members_come_one_at_a_time() -> None:
    """Memory stays flat: what was given out is not kept."""
    data = packed([(f"{number}.xml", XML + bytes(500_000)) for number in range(30)])
    tracemalloc.start()
    for member in unpack(data):
        assert member.data is not None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
