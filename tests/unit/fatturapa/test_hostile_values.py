"""Values and bytes that look harmless: each is refused with one finding, or comes back as it stood."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from gse_billing import evolve, fatturapa
from gse_billing.core.errors import GseBillingError, InvalidDocumentError
from gse_billing.testing.specimens import specimens
from tests.unit.fatturapa import samples

DATA = fatturapa.write(samples.ordinary()).decode()
FULL = fatturapa.write(specimens()[1]).decode()

# text of PrezzoTotale, why it is no amount
NO_AMOUNTS = [
    ("NaN", "not a number"),
    ("INF", "not finite"),
    ("-INF", "not finite"),
    ("1E999999", "an exponent that would fill the memory"),
    ("1E-999999", "an exponent that would fill the memory"),
    ("1e2", "an exponent"),
    ("1_00.00", "a separator of Python"),
    ("1.000,00", "Italian separators"),
    ("1,000.00", "English separators"),
    ("١٠٠.٠٠", "Arabic digits"),
    ("１００.００", "full-width digits"),
    ("\u2212100.00", "a minus sign that is no hyphen"),
    ("--1.00", "two signs"),
    ("0x10.00", "hexadecimal"),
    ("1" * 28 + ".00", "28 digits"),
    ("100.005000000", "more decimals than the type has"),
    ("100.0\u06605", "one Arabic digit"),
    ("100.00\u00a0", "a no-break space"),
    ("100.00\u200b", "zero width"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "why"), NO_AMOUNTS, ids=[why for _, why in NO_AMOUNTS])
def test_a_text_that_is_no_amount_is_refused(text: str, why: str) -> None:
    report = fatturapa.inspect(DATA.replace(">108.12</PrezzoTotale>", f">{text}</PrezzoTotale>", 1).encode()).report
    (finding,) = report
    assert (finding.code, finding.element, finding.parameters["kind"]) == ("sdi:00200", "2.2.1.11", "decimal"), why
    assert len(finding.message_en) < 200


# a value of PrezzoTotale, the kind of its flaw
NO_DECIMALS = [
    (Decimal("NaN"), "decimal"),
    (Decimal("sNaN"), "decimal"),
    (Decimal("-Infinity"), "decimal"),
    (Decimal("1E+999999"), "decimal"),
    (Decimal("1E-999999"), "decimal"),
    (Decimal("1" * 28), "decimal"),
    (Decimal("0.123456789"), "decimal"),
]


def with_line(**changes: Any) -> fatturapa.FatturaElettronica:
    document = samples.ordinary()
    (body,) = document.fattura_elettronica_body
    goods = body.dati_beni_servizi
    goods = evolve(goods, dettaglio_linee=(evolve(goods.dettaglio_linee[0], **changes),))
    return evolve(document, fattura_elettronica_body=(evolve(body, dati_beni_servizi=goods),))


@pytest.mark.parametrize(("value", "kind"), NO_DECIMALS, ids=[str(value)[:12] for value, _ in NO_DECIMALS])
def test_a_decimal_that_is_no_amount_is_not_written(value: Decimal, kind: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        fatturapa.write(with_line(prezzo_totale=value))
    (finding,) = caught.value.report
    assert (finding.element, finding.parameters["kind"]) == ("2.2.1.11", kind)
    assert len(finding.message_en) < 200


def test_a_number_of_a_million_digits_is_not_written() -> None:
    with pytest.raises(InvalidDocumentError, match="NumeroLinea"):
        fatturapa.write(with_line(numero_linea=10**1_000_000))


# tag, text, whether it is legal
MOMENTS = [
    ("Data", "2024-02-29", True),
    ("Data", "2026-02-29", False),
    ("Data", "1900-02-29", False),
    ("Data", "1969-12-31", False),
    ("Data", "9999-12-31", True),
    ("Data", "10000-01-01", False),
    ("Data", "0000-01-01", False),
    ("Data", "-0001-01-01", False),
    ("Data", "2026-11-22Z", True),
    ("Data", "2026-11-22+14:00", True),
    ("Data", "2026-11-22+14:01", False),
    ("Data", "2026-11-22+1:00", False),
    ("Data", "2026-11-31", False),
    ("Data", "٢٠٢٦-١١-٢٢", False),
    ("Data", "2026-W47-7", False),
    ("Data", "20261122", False),
    ("DataOraConsegna", "2026-11-22T24:00:00", True),
    ("DataOraConsegna", "2026-11-22T24:00:00.000", True),
    ("DataOraConsegna", "2026-11-22T24:00:01", False),
    ("DataOraConsegna", "2026-11-22T23:59:60", False),
    ("DataOraConsegna", "9999-12-31T24:00:00", False),
    ("DataOraConsegna", "2026-11-22T10:30:00-14:00", True),
    ("DataOraConsegna", "2026-11-22 10:30:00", False),
]


@pytest.mark.parametrize(("tag", "text", "legal"), MOMENTS)
def test_days_and_moments(tag: str, text: str, legal: bool) -> None:
    before, opening, rest = FULL.partition(f"<{tag}>")
    data = f"{before}{opening}{text}{rest[rest.index('<') :]}".encode()
    inspection = fatturapa.inspect(data)
    assert inspection.report.ok is legal
    if inspection.document is None:
        (finding,) = inspection.report
        assert finding.path.endswith(f"/{tag}")
    else:
        assert f"<{tag}>{text}</{tag}>".encode() in fatturapa.write(evolve(inspection.document))


# what is put into a text, the character that the message names, why
NO_LETTERS = [
    ("e\u0301", "U+0301, COMBINING ACUTE ACCENT", "a combining accent"),
    ("\u202egnp.exe", "U+202E, RIGHT-TO-LEFT OVERRIDE", "text that turns around"),
    ("\u2066a\u2069", "U+2066, LEFT-TO-RIGHT ISOLATE", "an isolate"),
    ("a\u200bb", "U+200B, ZERO WIDTH SPACE", "zero width"),
    ("a\u200db", "U+200D, ZERO WIDTH JOINER", "zero width"),
    ("\ufeffa", "U+FEFF, ZERO WIDTH NO-BREAK SPACE", "a mark inside"),
    ("\U0001f600", "U+1F600, GRINNING FACE", "beyond the first plane"),
    ("\u0410", "U+0410, CYRILLIC CAPITAL LETTER A", "a letter that looks like another"),
]


@pytest.mark.parametrize(("text", "named", "why"), NO_LETTERS)
def test_a_character_outside_of_latin_1_is_named_by_reader_and_writer(text: str, named: str, why: str) -> None:
    (read,) = fatturapa.inspect(DATA.replace("<Descrizione>", f"<Descrizione>{text}", 1).encode()).report
    with pytest.raises(InvalidDocumentError) as caught:
        fatturapa.write(with_line(descrizione=f"{text}Energia immessa, periodo 1"))
    (written,) = caught.value.report
    assert read.message_en == written.message_en
    assert named in read.message_en, why


@pytest.mark.parametrize("text", ["e\u0301", "\u202eabc", "a\u200bb", "\U0001f600", "\u0085", "\u2028", "\ufdd0"])
def test_a_text_that_admits_all_of_unicode_comes_back_as_it_stood(text: str) -> None:
    """CodiceValore is such a text: nothing is composed, trimmed or turned."""
    before, opening, rest = FULL.partition("<CodiceValore>")
    data = f"{before}{opening}{text}{rest[rest.index('<') :]}".encode()
    assert fatturapa.write(fatturapa.read(data)) == data


@pytest.mark.parametrize("text", ["\x00", "\x1f", "\ufffe", "\ud800", "a\x7f\x00"])
def test_what_xml_does_not_admit_is_not_written(text: str) -> None:
    with pytest.raises(InvalidDocumentError, match="which XML does not admit"):
        fatturapa.write(with_line(descrizione=text))


def test_a_file_that_is_cut_anywhere_is_refused() -> None:
    data = DATA.encode()
    end = data.rindex(b">") + 1
    taken = [length for length in range(end) if fatturapa.inspect(data[:length]).report.ok]
    assert taken == []
    assert fatturapa.inspect(data[:end]).report.ok


# what follows the root, whether the file is still legal
TAILS = [
    (b"\n\r\t ", True),
    (b"<!-- a -->", True),
    (b"<?a b?>", True),
    (b"x", False),
    (b"\x00", False),
    (b"\xef\xbb\xbf", False),
    (b"\xc2\xa0", False),
    (b"<a/>", False),
    (b"&amp;", False),
    (b"<![CDATA[]]>", False),
    (b"<!DOCTYPE a>", False),
    (b"\x1a", False),
]


@pytest.mark.parametrize(("tail", "legal"), TAILS)
def test_bytes_behind_the_root(tail: bytes, legal: bool) -> None:
    assert fatturapa.inspect(DATA.encode() + tail).report.ok is legal


def declared(name: str) -> str:
    return DATA.replace("UTF-8", name, 1)


# bytes, whether they are what they declare to be
ENCODINGS: dict[str, tuple[bytes, bool]] = {
    "UTF-16 with mark": (declared("UTF-16").encode("utf-16"), True),
    "UTF-16 in the other order": (b"\xfe\xff" + declared("UTF-16").encode("utf-16-be"), True),
    "ISO-8859-1": (declared("ISO-8859-1").encode("latin-1"), True),
    "windows-1252": (declared("windows-1252").encode("cp1252"), True),
    "no declaration": (DATA.partition("\n")[2].encode(), True),
    "US-ASCII with references": (declared("US-ASCII").encode("ascii", "xmlcharrefreplace"), True),
    "an alias in small letters": (declared("utf8").encode(), True),
    "ISO-8859-1 without saying so": (DATA.encode("latin-1"), False),
    "windows-1252 without saying so": (DATA.partition("\n")[2].encode("cp1252"), False),
    "US-ASCII with other letters": (declared("US-ASCII").encode(), False),
    "UTF-8 that says UTF-16": (declared("UTF-16").encode(), False),
    "UTF-16 half of a unit short": (declared("UTF-16").encode("utf-16")[:-1], False),
    "an unknown name": (declared("klingon").encode(), False),
    "a name that opens a file": (declared("/etc/passwd").encode(), False),
    "a name of ten thousand letters": (declared("a" * 10_000).encode(), False),
    "no name": (declared("").encode(), False),
    "rot13": (declared("rot13").encode(), False),
    "an overlong slash": (DATA.replace("12/2026", "12\u0000", 1).encode().replace(b"\x00", b"\xc0\xaf2026"), False),
    "half of a pair": (DATA.replace("12/2026", "12\u0000", 1).encode().replace(b"\x00", b"\xed\xa0\x80"), False),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings(name: str) -> None:
    data, legal = ENCODINGS[name]
    inspection = fatturapa.inspect(data)
    assert inspection.report.ok is legal
    assert (inspection.document == samples.ordinary()) is legal


@pytest.mark.parametrize("encoding", ["utf-32", "cp037", "utf-16-le", "utf-16-be", "utf-7", "cp500"])
def test_an_encoding_is_understood_or_refused(encoding: str) -> None:
    """Parsers differ in what they know; what is read is never anything else than what was written."""
    inspection = fatturapa.inspect(DATA.replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(encoding))
    assert inspection.document in (None, samples.ordinary())
    assert inspection.report.ok is (inspection.document is not None)


@pytest.mark.parametrize(
    "value",
    [True, 1.5, "1", b"1", None, dt.date(2026, 1, 1), [Decimal(1)], object(), Decimal],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_another_class_is_refused_by_an_exception_of_this_package(value: object) -> None:
    with pytest.raises(GseBillingError):
        fatturapa.write(with_line(prezzo_totale=value))
