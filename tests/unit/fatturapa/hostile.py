"""Files made to hurt a reader, by family; run as a program it reads them all and tells time and memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gse_billing import fatturapa
from tests.support.hostility import tell
from tests.unit.fatturapa import samples

MANY = 100_000
_ROOT = (
    b'<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPR12"'
)
_END = b"</p:FatturaElettronica>"


def legal(old: bytes = b"", new: bytes = b"") -> bytes:
    """A legal invoice without declaration, with one change."""
    data = fatturapa.write(samples.ordinary()).partition(b"\n")[2]
    assert old in data
    return data.replace(old, new, 1) if old else data


def _laughs() -> bytes:
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha") for n in range(10))
    return b"<!DOCTYPE a [" + entities + b"]>" + legal(b"12/2026", b"&a9;")


FAMILIES: Mapping[str, Callable[[], bytes]] = {
    "entities that grow": _laughs,
    "external document type": lambda: b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + legal(),
    "external entity": lambda: b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + legal(b"12/2026", b"&e;"),
    "parameter entity": lambda: b'<!DOCTYPE a [<!ENTITY % e SYSTEM "file:///etc/passwd">%e;]>' + legal(),
    "inclusion": lambda: legal(
        b"12/2026", b'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    ),
    "unknown entity": lambda: legal(b"12/2026", b"&e;"),
    "nested": lambda: b"<a>" * MANY + b"</a>" * MANY,
    "nested inside": lambda: _ROOT + b">" + b"<a>" * MANY,
    "unknown siblings": lambda: _ROOT + b">" + b"<a/>" * MANY + _END,
    "known siblings": lambda: legal(b"<Causale>", b"<Divisa>EUR</Divisa>" * MANY + b"<Causale>"),
    "nested records": lambda: _ROOT + b">" + b"<DatiBeniServizi>" * MANY + b"</DatiBeniServizi>" * MANY + _END,
    "sibling records": lambda: legal(b"<DatiRiepilogo>", b"<DettaglioLinee/>" * MANY + b"<DatiRiepilogo>"),
    "sibling records, indented": lambda: legal(
        b"<DatiRiepilogo>", b"\n<DettaglioLinee>\n</DettaglioLinee>" * MANY + b"<DatiRiepilogo>"
    ),
    "text between siblings": lambda: legal(b"<Causale>", b"x<Divisa/>" * MANY + b"<Causale>"),
    "attributes of the root": lambda: _ROOT + b"".join(b' a%d="1"' % n for n in range(MANY)) + b"/>",
    "attributes of a leaf": lambda: legal(
        b"<Divisa>", b"<Divisa" + b"".join(b' a%d="1"' % n for n in range(MANY)) + b">"
    ),
    "attributes of a record": lambda: legal(
        b"<DettaglioLinee>", b"<DettaglioLinee" + b"".join(b' a%d="1"' % n for n in range(MANY)) + b">"
    ),
    "attributes of many leaves": lambda: legal(b"<Causale>", b'<Causale a="1">x</Causale>' * MANY + b"<Causale>"),
    "namespaces of many leaves": lambda: legal(b"<Causale>", b'<Causale xmlns:a="u">x</Causale>' * MANY + b"<Causale>"),
    "a long attribute": lambda: _ROOT + b' SistemaEmittente="' + b"x" * 9_900_000 + b'"/>',
    "a long place of the schema": lambda: legal(
        b' versione="FPR12"',
        b' versione="FPR12" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="'
        + b"x " * 4_900_000
        + b'"',
    ),
    "namespaces": lambda: _ROOT + b"".join(b' xmlns:a%d="u%d"' % (n, n) for n in range(MANY)) + b"/>",
    "empty bodies": lambda: _ROOT + b">" + b"<FatturaElettronicaBody/>" * 350_000 + _END,
    "long text": lambda: legal(b"12/2026", b"x" * 9_900_000),
    "long text between elements": lambda: legal(b"<Causale>", b"x" * 9_900_000 + b"<Causale>"),
    "long text of brackets": lambda: legal(b"12/2026", b">" * 9_900_000),
    "long text of square brackets": lambda: legal(b"12/2026", b"]]" * 4_900_000),
    "long text of slashes": lambda: legal(b"12/2026", b"/" * 9_900_000),
    "references": lambda: legal(b"12/2026", b"&#65;" * 1_900_000),
    "ampersands": lambda: legal(b"12/2026", b"&" * 9_900_000),
    "opening brackets": lambda: legal(b"12/2026", b"<" * 9_900_000),
    "sections": lambda: legal(b"12/2026", b"<![CDATA[x]]>" * 700_000),
    "a long name": lambda: legal(b"<Causale>", b"<" + b"a" * 9_900_000 + b"/><Causale>"),
    "names without end": lambda: legal(b"12/2026", b"<a" * 4_900_000),
    "ends alone": lambda: legal(b"12/2026", b"</a>" * 2_400_000),
    "long text over the limit of the parser": lambda: legal(b"12/2026", b"x" * 10_000_001),
    "long e-mail": lambda: legal(b"fatture@pec.example.it", b"a@" * 4_900_000),
    "quoted e-mail": lambda: legal(b"fatture@pec.example.it", b'"' + b"\\a" * 120 + b'"@'),
    "dotted e-mail": lambda: legal(b"fatture@pec.example.it", b".a" * 120),
    "long number": lambda: legal(b"<NumeroLinea>1<", b"<NumeroLinea>" + b"9" * 5_000_000 + b"<"),
    "long decimal": lambda: legal(b"1250.00", b"9" * 5_000_000),
    "exponent": lambda: legal(b"1250.00", b"1E999999"),
    "blanks around a date": lambda: legal(b"2027-01-31", b" " * 5_000_000 + b"2027-01-31"),
    "blanks in a name": lambda: legal(b"<Denominazione>", b"<Denominazione>" + b" \n" * 4_000_000),
    "base 64 in blanks": lambda: legal(
        b"</FatturaElettronicaBody>",
        b"<Allegati><NomeAttachment>a</NomeAttachment><Attachment>"
        + b"A \n" * 3_200_000
        + b"</Attachment></Allegati></FatturaElettronicaBody>",
    ),
    "base 64": lambda: legal(
        b"</FatturaElettronicaBody>",
        b"<Allegati><NomeAttachment>a</NomeAttachment><Attachment>"
        + b"A" * 9_000_001
        + b"</Attachment></Allegati></FatturaElettronicaBody>",
    ),
    "comments": lambda: legal(b"<Causale>", b"<!-- -->" * 500_000 + b"<Causale>"),
    "one comment": lambda: b"<!--" + b"- " * 4_000_000 + b"-->" + legal(),
    "a comment without end": lambda: b"<!--" + b"- " * 4_000_000,
    "instructions": lambda: b"<?a b?>" * 500_000 + legal(),
    "instructions without end": lambda: b"<?" * 2_000_000,
    "blanks before the root": lambda: b" " * 5_000_000 + legal(),
    "blank lines": lambda: legal(b"<Causale>", b"\n" * 9_900_000 + b"<Causale>"),
    "blank lines of another system": lambda: legal(b"<Causale>", b"\r\n" * 4_900_000 + b"<Causale>"),
    "ten megabytes of UTF-16": lambda: legal(b"12/2026", b"x" * 4_900_000).decode().encode("utf-16"),
    "a long declaration": lambda: b"<?xml " + b"encoding " * 500_000 + b"?>" + legal(),
    "an unknown encoding": lambda: b'<?xml version="1.0" encoding="klingon"?>' + legal(),
    "a wrong encoding": lambda: b'<?xml version="1.0" encoding="UTF-16"?>' + legal(),
    "bytes that are no text": lambda: legal(b"12/2026", b"\xff\xfe\x00\x80"),
    "half a character": lambda: legal()[:-1] + b"\xc3",
    "half a file": lambda: legal()[: len(legal()) // 2],
    "two files": lambda: legal() + legal(),
    "nothing but zeros": lambda: b"\0" * 1_000_000,
    "lines oddly spelled": lambda: fatturapa.write(samples.ordinary(5000)).replace(b"<Quantita>", b"<Quantita>0"),
    "lines all wrong": lambda: fatturapa.write(samples.ordinary(5000)).replace(b"<Quantita>1", b"<Quantita>x"),
}


if __name__ == "__main__":
    tell({name: (make, fatturapa.inspect) for name, make in FAMILIES.items()})
