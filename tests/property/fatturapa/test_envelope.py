"""What holds for every signed file, every archive, and any bytes at all."""

from __future__ import annotations

import base64
import io
import unicodedata
from collections.abc import Callable

import pytest
from asn1crypto import cms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gse_billing import fatturapa
from gse_billing.core.findings import Report
from gse_billing.fatturapa.envelope import Member, Verdict, pack, unpack, unwrap, verify
from tests.support.authority import NOON, root
from tests.unit.fatturapa.envelope.shapes import SHAPES, XML, der, in_chunks, ours

SIGNED = {"rsa": ours(kind="rsa"), "ec": ours(kind="ec")}
VALID = (Verdict.VALID,)
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def flipped(data: bytes, at: int, bits: int) -> bytes:
    return data[:at] + bytes((data[at] ^ bits,)) + data[at + 1 :]


def signature_at(data: bytes) -> int:
    (signer,) = cms.ContentInfo.load(data)["content"]["signer_infos"]
    return data.index(signer["signature"].native)


@pytest.mark.parametrize("kind", SIGNED)
@given(data=st.data(), bits=st.integers(1, 255))
@settings(max_examples=150)
def test_one_byte_changed_in_content_or_signature_is_always_noticed(kind: str, data: st.DataObject, bits: int) -> None:
    """CAdES: the signature covers every byte of the content, and verifies for no other value of itself."""
    file = SIGNED[kind]
    content, signature = file.index(XML), signature_at(file)
    at = data.draw(st.integers(content, content + len(XML) - 1) | st.integers(signature, len(file) - 1))
    verification = verify(flipped(file, at, bits), at=NOON, roots=[root()])
    assert verification.verdict not in VALID
    assert not verification.report.ok


@pytest.mark.deep
@pytest.mark.parametrize("kind", SIGNED)
def test_every_byte_of_content_and_signature_counts(kind: str) -> None:
    """The same byte by byte, some three thousand of them."""
    file = SIGNED[kind]
    content = file.index(XML)
    for at in (*range(content, content + len(XML)), *range(signature_at(file), len(file))):
        verification = verify(flipped(file, at, 1), at=NOON, roots=[root()])
        assert (at, verification.verdict in VALID, verification.report.ok) == (at, False, False)


@pytest.mark.parametrize("kind", SIGNED)
@given(data=st.data(), bits=st.integers(1, 255))
@settings(max_examples=200)
def test_a_tampered_file_never_yields_another_document_that_looks_verified(
    kind: str, data: st.DataObject, bits: int
) -> None:
    """Wherever a byte is changed: either the document is the signed one, or its signature is not valid."""
    file = SIGNED[kind]
    tampered = flipped(file, data.draw(st.integers(0, len(file) - 1)), bits)
    opened = unwrap(tampered)
    assert opened.payload == XML or verify(opened, at=NOON, roots=[root()]).verdict not in VALID


@given(size=st.integers(1, 4_000), start=st.integers(0, 300))
@FEW
def test_chunks_of_any_size_give_the_content_that_asn1crypto_gives(size: int, start: int) -> None:
    """X.690, 8.7.3: a constructed octet string is its chunks, one after the other."""
    file = in_chunks(der(), size)
    content = cms.ContentInfo.load(file)["content"]["encap_content_info"]["content"].native
    assert unwrap(file).payload == content == XML


@given(wrappings=st.lists(st.sampled_from(["line", "lines", "mark"]), max_size=7))
@FEW
def test_any_pile_of_wrappings_is_taken_off(wrappings: list[str]) -> None:
    """Base 64 in one line, in lines, with a mark: whatever the order, the document comes out."""
    encode: dict[str, Callable[[bytes], bytes]] = {
        "line": base64.b64encode,
        "lines": base64.encodebytes,
        "mark": lambda data: b"\xef\xbb\xbf" + base64.b64encode(data),
    }
    file = SIGNED["ec"]
    for each in wrappings:
        file = encode[each](file)
    assert unwrap(file).payload == XML


@given(data=st.binary(max_size=200) | st.binary(max_size=100).map(lambda data: b"\x30\x80" + data))
@settings(max_examples=300)
def test_no_bytes_make_anything_raise(data: bytes) -> None:
    """Content never raises: it ends in findings."""
    inspection = fatturapa.inspect(data)
    assert (inspection.document, inspection.report.ok) == (None, False)
    assert isinstance(verify(data, at=NOON, roots=[root()]).report, Report)
    assert all(isinstance(member, Member) for member in unpack(data))


@given(
    shape=st.sampled_from(sorted(SHAPES)),
    cuts=st.lists(st.tuples(st.integers(0), st.integers(0, 9), st.binary(max_size=6))),
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_no_mutilated_file_makes_anything_raise(shape: str, cuts: list[tuple[int, int, bytes]]) -> None:
    """Bytes cut out of a signed file and others put in: findings, and nothing that looks verified but the document."""
    data = SHAPES[shape]()
    for at, length, other in cuts:
        place = at % (len(data) + 1)
        data = data[:place] + other + data[place + length :]
    verification = verify(data, at=NOON, roots=[root()])
    assert unwrap(data).payload == XML or verification.verdict not in VALID


NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=20)


@given(files=st.lists(st.tuples(NAMES, st.binary(max_size=300)), min_size=1, unique_by=lambda file: _folded(file[0])))
@FEW
def test_what_is_packed_is_unpacked(files: list[tuple[str, bytes]]) -> None:
    """The same names, the same bytes, the same order."""
    target = io.BytesIO()
    pack(files, target)
    assert [(member.name, member.data) for member in unpack(target.getvalue())] == files


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@given(places=st.lists(st.tuples(st.integers(0), st.integers(1, 255)), min_size=1, max_size=5))
@settings(max_examples=200)
def test_no_mutilated_archive_makes_anything_raise(places: list[tuple[int, int]]) -> None:
    """Whatever is changed in an archive, each member is bytes or has its reason."""
    target = io.BytesIO()
    pack([("a.xml", XML), ("b.xml.p7m", SIGNED["ec"])], target)
    data = target.getvalue()
    for at, bits in places:
        data = flipped(data, at % len(data), bits)
    for member in unpack(data):
        assert (member.data is None) == (member.finding is not None)
