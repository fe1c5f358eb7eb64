"""Taking documents out of what they come in."""

from __future__ import annotations

import base64
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import reduce

import pytest

from gse_billing import fatturapa
from gse_billing.core.errors import InvalidDocumentError
from gse_billing.fatturapa import envelope
from gse_billing.fatturapa.envelope import Content, Verdict, unwrap
from gse_billing.fatturapa.envelope.content import content_of
from gse_billing.fatturapa.wire.limits import LARGEST
from tests.support import openssl
from tests.support.authority import NOON
from tests.unit.fatturapa.envelope.shapes import DOCUMENT, SHAPES, XML, der, in_chunks, lines, ours, tlv

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
PLAIN = bytes.fromhex("06092a864886f70d010701")


def signed(*fields: bytes, kind: bytes = SIGNED_DATA) -> bytes:
    """A structure with those fields in it."""
    return tlv(0x30, kind + tlv(0xA0, tlv(0x30, b"".join(fields))))


def encapsulated(*content: bytes) -> bytes:
    return tlv(0x30, PLAIN + b"".join(tlv(0xA0, each) for each in content))


VERSION, DIGESTS, NOBODY = tlv(0x02, b"\x01"), tlv(0x31, b""), tlv(0x31, b"")
HOLDING_XML = encapsulated(tlv(0x04, XML))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_document(shape: str) -> None:
    data = SHAPES[shape]()
    opened = unwrap(data)
    assert opened.payload == XML
    assert opened.signed
    assert (opened.report.findings, opened.report.ok) == ((), True)
    assert fatturapa.read(data) == DOCUMENT


def test_an_inspection_tells_what_the_document_came_in() -> None:
    data = lines(der())
    inspection = fatturapa.inspect(data)
    assert (inspection.source, inspection.envelope.payload) == (data, XML)
    assert [layer.content for layer in inspection.envelope.layers] == [Content.BASE64, Content.P7M]
    assert [layer.data for layer in inspection.envelope.layers] == [data, der()]


def test_that_a_signature_was_not_verified_is_said() -> None:
    (skipped,) = fatturapa.inspect(der()).report.skipped
    assert (skipped.code, skipped.reason) == (
        "sdi:00102",
        "the signature was not verified: fatturapa.verify does it",
    )


BARE = {
    "as written": XML,
    "with a byte order mark": b"\xef\xbb\xbf" + XML,
    "with blank lines before": b"\r\n" + XML,
    "UTF-16, little endian": b"\xff\xfe" + XML.decode().replace("UTF-8", "UTF-16").encode("utf-16-le"),
    "base 64": base64.b64encode(XML),
    "base 64 of a marked file": lines(b"\xef\xbb\xbf" + XML),
}


@pytest.mark.parametrize("shape", BARE)
def test_unsigned_documents_are_read_as_well(shape: str) -> None:
    opened = unwrap(BARE[shape])
    assert not opened.signed
    assert opened.report.skipped == ()
    inspection = fatturapa.inspect(BARE[shape])
    assert inspection.document == DOCUMENT or inspection.report.codes == ("sdi:00200",), shape


CONTENTS = [
    (b"", Content.OTHER),
    (b"\xef\xbb\xbf", Content.OTHER),
    (b"<", Content.XML),
    (b"\xef\xbb\xbf <a/>", Content.XML),
    (b"\xff\xfe<\0", Content.XML),
    (b"\xfe\xff\0<", Content.XML),
    (b"<\0a\0", Content.XML),
    (b"\0<\0a", Content.XML),
    (b"\x30\x80", Content.P7M),
    (b"PK\x03\x04", Content.ZIP),
    (b"PK\x05\x06", Content.ZIP),
    (b"PK-CS", Content.OTHER),
    (b"-----BEGIN CMS-----\nMA==\n-----END CMS-----\n", Content.PEM),
    (b"-----BEGIN CMS-----\nMA==\n", Content.OTHER),
    (b"ciao", Content.OTHER),
    (b"%PDF-1.7", Content.OTHER),
    (b"PD94", Content.BASE64),
    (b"PGE+PC9hPg", Content.OTHER),
    (base64.b64encode(b"PK\x03\x04"), Content.BASE64),
]


@pytest.mark.parametrize(("data", "content"), CONTENTS)
def test_what_bytes_are_is_told_by_themselves(data: bytes, content: Content) -> None:
    assert content_of(data) is content


# Bytes that hold no document, the code that says why, and what the message tells.
BROKEN: Mapping[str, tuple[Callable[[], bytes], str, str]] = {
    "cut in the middle": (lambda: der()[: len(der()) // 2], "envelope:broken", "longer than what holds it"),
    "a single byte": (lambda: b"\x30", "envelope:broken", "cut short at byte 0"),
    "a text that begins with a zero": (lambda: b"0123", "envelope:broken", "cannot be read"),
    "a tag above 30": (lambda: b"\x30\x03\x3f\x81\x01", "envelope:broken", "unknown tag"),
    "a plain value without length": (
        lambda: b"\x30\x04\x06\x80\0\0",
        "envelope:broken",
        "a plain value without length",
    ),
    "nothing inside": (lambda: tlv(0x30, b""), "envelope:broken", "a part is missing"),
    "another structure": (lambda: tlv(0x30, tlv(0x02, b"\1")), "envelope:broken", "not of the kind that stands there"),
    "no list of signers": (lambda: signed(VERSION, DIGESTS, HOLDING_XML), "envelope:broken", "no list of signers"),
    "content that is no octet string": (
        lambda: signed(VERSION, DIGESTS, encapsulated(tlv(0x30, XML)), NOBODY),
        "envelope:broken",
        "no octet string",
    ),
    "chunks inside chunks": (
        lambda: signed(VERSION, DIGESTS, encapsulated(tlv(0x24, tlv(0x24, tlv(0x04, XML)))), NOBODY),
        "envelope:broken",
        "chunks inside chunks",
    ),
    "encrypted": (
        lambda: signed(VERSION, kind=bytes.fromhex("06092a864886f70d010703")),
        "envelope:not-signed-data",
        "no signed file",
    ),
    "detached": (
        lambda: openssl.signed(XML, detached=True),
        "envelope:detached",
        "the document is not in the envelope",
    ),
    "content said and not there": (
        lambda: signed(VERSION, DIGESTS, tlv(0x30, PLAIN + b"\xa0\x00"), NOBODY),
        "envelope:detached",
        "detached",
    ),
    "PEM with holes": (
        lambda: b"-----BEGIN CMS-----\nM*==\n-----END CMS-----\n",
        "envelope:broken",
        "PEM without legal base 64",
    ),
    "an archive": (lambda: b"PK\x03\x04 ...", "envelope:archive", "zip archive and no document"),
    "an archive, signed": (
        lambda: openssl.signed(b"PK\x03\x04 ..."),
        "envelope:archive",
        "zip archive and no document",
    ),
    "nine times in base 64": (
        lambda: reduce(lambda data, _: base64.b64encode(data), range(9), XML),
        "envelope:too-deep",
        "nested more than 8 times",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_holds_no_document_says_why(case: str) -> None:
    make, code, words = BROKEN[case]
    data = make()
    inspection = fatturapa.inspect(data)
    assert (inspection.document, inspection.envelope.payload, inspection.report.ok) == (None, None, False)
    finding = inspection.report.errors[0]
    assert finding.code == code
    assert words in finding.message_en
    with pytest.raises(InvalidDocumentError):
        fatturapa.read(data)


def test_eight_times_is_still_read() -> None:
    assert unwrap(reduce(lambda data, _: base64.b64encode(data), range(8), XML)).payload == XML


def test_an_envelope_without_a_signer_is_read_with_a_warning() -> None:
    opened = unwrap(signed(VERSION, DIGESTS, HOLDING_XML, NOBODY))
    assert (opened.payload, opened.report.ok, opened.report.codes) == (XML, True, ("envelope:no-signer",))


def test_what_follows_the_envelope_is_not_read_and_said() -> None:
    opened = unwrap(der() + XML)
    assert (opened.payload, opened.report.ok, opened.report.codes) == (XML, True, ("envelope:trailing",))


def test_the_payload_comes_from_the_signed_bytes_alone() -> None:
    """A document beside the signed one, in an unsigned field, is never taken for it."""
    other = XML.replace(b"<Numero>", b"<Numero>9")
    data = signed(VERSION, DIGESTS, encapsulated(tlv(0x04, XML)), tlv(0xA0, tlv(0x04, other)), NOBODY)
    assert unwrap(data + other).payload == XML


def test_a_file_beyond_the_limit_is_not_looked_into() -> None:
    data = ours()
    assert unwrap(data, limit=len(data)).payload == XML
    assert unwrap(data, limit=len(data) - 1).payload == data
    assert "file" in fatturapa.inspect(data, limit=len(data) - 1).report.errors[0].message_en


INNER = b"\x04\x00" * 4_900_000
HOSTILE = {
    "ten thousand values inside one another": b"\x30\x80" * 10_000,
    "millions of values inside one another": b"\x30\x80" * (LARGEST // 2),
    "millions of chunks": b"\x30\x80" + SIGNED_DATA + b"\xa0\x80\x30\x80" + VERSION + DIGESTS + b"\x30\x80" + PLAIN
    + b"\xa0\x80\x24\x80" + INNER,
    "millions of chunks, lengths given": signed(VERSION, DIGESTS, encapsulated(tlv(0x24, INNER)), NOBODY),
    "millions of fields": signed(VERSION, DIGESTS, HOLDING_XML, INNER, NOBODY),
    "a length of 127 octets": b"\x30\xff" + b"\xff" * 127,
    "a megabyte of zeros in base 64": base64.b64encode(bytes(1_000_000)),
    "millions of blanks": b" " * LARGEST,
    "millions of blanks and a sign": b" " * (LARGEST - 1) + b"*",
    "millions of letters and a sign": b"A" * (LARGEST - 1) + b"*",
    "a PEM that never ends": b"-----BEGIN CMS-----" + b"-----BEGIN CMS-----\n" * 900_000,
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_bytes_end_soon(case: str) -> None:
    start = time.process_time()
    opened = unwrap(HOSTILE[case])
    verified = fatturapa.verify(opened, at=NOON)
    assert time.process_time() - start < 5
    assert opened.payload is None or not opened.payload.startswith(b"<") or case == "millions of fields"
    assert verified.verdict in (Verdict.NOT_CHECKED, Verdict.INVALID)


def test_chunks_of_one_byte_are_read() -> None:
    assert unwrap(in_chunks(der(), 1)).payload == XML


def test_an_envelope_shows_its_layers() -> None:
    html = unwrap(lines(der()))._repr_html_()
    assert "text in base 64" in html
    assert "signed file (p7m)" in html
    assert f"<td>document</td><td>{len(XML)}</td>" in html
    assert "<td>none</td>" in unwrap(b"0")._repr_html_()


def test_the_room_opens_late() -> None:
    assert set(envelope.__all__) == set(dir(envelope))
    with pytest.raises(AttributeError, match="has no attribute 'p7m'"):
        envelope.p7m  # noqa: B018
    code = "import sys; from gse_billing.fatturapa import envelope; print({'asn1crypto', 'pyhanko'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
