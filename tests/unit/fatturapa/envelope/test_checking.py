"""``fatturapa.check`` on signed files and archives."""

from __future__ import annotations

import base64
import datetime as dt
import io
import subprocess
import sys
from collections.abc import Callable

import pytest

from gse_billing import fatturapa
from tests.support import openssl
from tests.support.authority import NOON
from tests.unit.fatturapa.envelope.shapes import XML, der, ours

DAY = NOON.date()
WRONG = XML.replace(b"<Imposta>0.00</Imposta>", b"<Imposta>5.00</Imposta>")


def tampered(data: bytes) -> bytes:
    return data.replace(b"12/2026", b"13/2026", 1)


def test_a_signed_file_is_checked_as_its_document_is() -> None:
    bare, signed = fatturapa.check(XML, on=DAY), fatturapa.check(ours(), on=DAY)
    assert signed.findings == bare.findings
    judged = {"sdi:00100", "sdi:00102", "sdi:00103", "sdi:00105"}
    assert {each.code for each in bare.skipped} - {each.code for each in signed.skipped} == judged


def test_lines_are_those_of_the_document_inside() -> None:
    assert WRONG != XML
    bare, signed = fatturapa.check(WRONG, on=DAY), fatturapa.check(ours(WRONG), on=DAY)
    assert "sdi:00421" in bare.codes
    assert signed.findings == bare.findings
    assert all(each.line for each in signed if each.path)


SIGNATURES: list[tuple[Callable[[], bytes], dt.date, str]] = [
    (lambda: tampered(ours()), DAY, "sdi:00102"),
    (lambda: base64.b64encode(tampered(ours())), DAY, "sdi:00102"),
    (lambda: openssl.signed(XML, "-noattr"), DAY, "sdi:00103"),
    (ours, DAY - dt.timedelta(days=1), "sdi:00105"),
    (ours, dt.date(2028, 1, 1), "sdi:00100"),
    (lambda: openssl.signed(XML, detached=True), DAY, "envelope:detached"),
    (lambda: der()[:500], DAY, "sdi:00102"),
]


@pytest.mark.parametrize(("make", "on", "code"), SIGNATURES)
def test_what_is_wrong_with_a_signature_is_an_error(make: Callable[[], bytes], on: dt.date, code: str) -> None:
    report = fatturapa.check(make(), on=on)
    assert code in [each.code for each in report.errors]


def test_without_a_day_nothing_is_said_about_moments() -> None:
    report = fatturapa.check(ours())
    reasons = {each.code: each.reason for each in report.skipped}
    assert reasons["sdi:00100"] == reasons["sdi:00105"] == "needs the day of sending (on=)"
    assert report.codes == fatturapa.check(XML).codes


def test_an_inspection_and_the_size_of_the_envelope_count() -> None:
    """The limit of a channel is on the file that is sent, its signature included (SdI 1.8.4, 3.1)."""
    big = XML.replace(b"<Causale>", b"<Causale>" + b"x" * 5_000_000, 1)
    for file in (big, ours(big)):
        assert "sdi:00003" in fatturapa.check(fatturapa.inspect(file), on=DAY, channel="web").codes


def test_an_archive_is_no_document_and_its_members_are() -> None:
    target = io.BytesIO()
    fatturapa.pack([("IT05754381001_00001.xml.p7m", ours()), ("IT05754381001_00002.xml", tampered(XML))], target)
    assert [each.code for each in fatturapa.check(target.getvalue()).errors] == ["envelope:archive"]
    for member in fatturapa.unpack(target.getvalue()):
        assert member.data is not None
        report = fatturapa.check(member.data, on=DAY, filename=member.name)
        assert report.findings == fatturapa.check(XML, on=DAY, filename=member.name).findings


def test_a_bare_file_loads_neither_asn1crypto_nor_pyhanko() -> None:
    code = (
        "import sys; from gse_billing import fatturapa; fatturapa.check(b'<a/>'); "
        "print({'asn1crypto', 'pyhanko'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
