"""Archives whose directory names places that are not there: told like any other defect, from bytes and from a file."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from gse_billing import fatturapa

ENTRY = b"PK\x01\x02"


def archive() -> bytearray:
    target = io.BytesIO()
    fatturapa.pack([("a.xml", b"<a/>")], target)
    return bytearray(target.getvalue())


def nameless() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("a", b"<a/>")
    data = bytearray(target.getvalue())
    entry = data.index(ENTRY)
    end = data.index(b"PK\x05\x06")
    for place in (26, entry + 28):  # the length of the name, in the header and in the directory
        data[place] = 0
    for place in (end + 12, end + 16):  # size and place of the directory
        data[place] -= 1
    return bytes(data[:30] + data[31 : entry + 46] + data[entry + 47 :])


def before_the_start() -> bytes:
    data = archive()
    end = data.index(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 16, 10_000)  # where the directory begins: everything moves to the front
    return bytes(data)


def beyond_every_file() -> bytes:
    data = archive()
    entry = data.index(ENTRY)
    end = data.index(b"PK\x05\x06")
    extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)
    struct.pack_into("<H", data, entry + 30, len(extra))
    struct.pack_into("<I", data, entry + 42, 0xFFFFFFFF)
    struct.pack_into("<I", data, end + 12, end - entry + len(extra))
    return bytes(data[:end] + extra + data[end:])


PLACES = {
    "a file without name": (nameless(), "envelope:member-name"),
    "a place before the start": (before_the_start(), ""),
    "a place beyond every file": (beyond_every_file(), "envelope:member-broken"),
}


@pytest.mark.parametrize("from_file", [True, False])
@pytest.mark.parametrize("name", PLACES)
def test_a_place_that_is_not_there_is_a_finding(tmp_path: Path, name: str, from_file: bool) -> None:
    data, code = PLACES[name]
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    members = list(fatturapa.unpack(path if from_file else data))
    assert members
    for member in members:
        assert member.data is None
        assert member.finding is not None
        assert member.finding.code == code or not code
