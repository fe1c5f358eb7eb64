"""Documents against the official schemas and public samples."""

from __future__ import annotations

import pickle
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from lxml import etree

from gse_billing import evolve, fatturapa
from gse_billing.fatturapa.model.common import SIGNATURE
from gse_billing.fatturapa.wire.shapes import shape_of
from gse_billing.testing.specimens import specimens
from tests.support.official_schema import DocumentKind, odoo_samples, official_validator
from tests.unit.fatturapa import samples


def canonical(data: bytes) -> str:
    """A file under canonical XML, once comments, instructions, blank text and the names of prefixes are set aside."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, remove_blank_text=True)
    text = etree.tostring(etree.fromstring(data, parser), encoding="unicode")
    return ET.canonicalize(text, rewrite_prefixes=True)


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("ordinaria", samples.ordinary()),
        ("ordinaria", samples.ordinary(lines=120)),
        ("ordinaria", samples.ordinary(lines=600)),
        ("semplificata", samples.simplified()),
    ],
)
def test_what_is_written_is_valid(kind: DocumentKind, document: fatturapa.Document) -> None:
    assert official_validator(kind)(fatturapa.write(document)) == []


def renewed(value: Any) -> Any:
    """The same value, every record of it made anew by ``evolve``."""
    if isinstance(value, tuple):
        return tuple(renewed(each) for each in value)
    if not hasattr(value, "__wire__"):
        return value
    return evolve(value, **{name: renewed(getattr(value, name)) for name in shape_of(type(value)).names})


def come_back(data: bytes, *, exactly: bool = True) -> None:
    """What the file says is written again, directly and after every record was made anew."""
    document = fatturapa.read(data)
    for each in (document, renewed(document), pickle.loads(pickle.dumps(document))):
        written = fatturapa.write(each)
        assert canonical(written) == canonical(data)
        assert written == data or not exactly


def test_the_public_samples_are_read_and_come_back_unchanged() -> None:
    assert len(odoo_samples()) == 19
    for name, path in odoo_samples().items():
        data = path.read_bytes()
        assert official_validator("ordinaria")(data) == [], name
        assert fatturapa.inspect(data).report.ok, name
        come_back(data, exactly=False)


@pytest.mark.parametrize("kind", ["ordinaria", "semplificata"])
def test_the_specimens_come_back_unchanged(kind: DocumentKind) -> None:
    assert len(specimens(kind)) >= 30
    for document in specimens(kind):
        come_back(fatturapa.write(document))


(MISSPELT,) = SIGNATURE.misspelt
TEXT = fatturapa.write(specimens()[1]).decode()
LATIN = fatturapa.write(samples.ordinary(20)).decode()


def declaring(encoding: str) -> str:
    return LATIN.replace("UTF-8", encoding, 1)


def prefixed(prefix: str) -> str:
    return LATIN.replace("<p:", f"<{prefix}:").replace("</p:", f"</{prefix}:").replace("xmlns:p=", f"xmlns:{prefix}=")


def unprefixed() -> str:
    """The namespace of the root is that of all below, which therefore take it back."""
    text = LATIN.replace("<p:", "<").replace("</p:", "</").replace("xmlns:p=", "xmlns=")
    return re.sub("<(FatturaElettronica(?:Header|Body))>", r'<\1 xmlns="">', text)


# one of each kind of file that is met, all legal
FORMS: dict[str, bytes] = {
    **{f"prefix {prefix}": prefixed(prefix).encode() for prefix in ("ns1", "ns2", "q1", "b", "_x-1")},
    "no prefix": unprefixed().encode(),
    "UTF-8 with mark": b"\xef\xbb\xbf" + LATIN.encode(),
    "UTF-16": declaring("UTF-16").encode("utf-16"),
    "UTF-16 in the other order": b"\xfe\xff" + declaring("UTF-16").encode("utf-16-be"),
    "ISO-8859-1": declaring("ISO-8859-1").encode("latin-1"),
    "windows-1252": declaring("windows-1252").encode("cp1252"),
    "no declaration": LATIN.partition("\n")[2].encode(),
    "standalone": LATIN.replace("?>", ' standalone="yes"?>', 1).encode(),
    "comments": TEXT.replace("<CAP>", "<!-- a --><CAP><!-- b -->").replace("</CAP>", "<!-- c --></CAP>").encode(),
    "sections": re.sub(r"<Comune>(.*?)</Comune>", r"<Comune><![CDATA[x&]]>\1</Comune>", LATIN).encode(),
    "instructions": TEXT.replace("<CAP>", "<?a b?><CAP><?c?>").encode() + b"<?d?>",
    "a stylesheet": LATIN.replace("?>\n", '?>\n<?xml-stylesheet type="text/xsl" href="fatturapa.xsl"?>\n', 1).encode(),
    "indented": LATIN.replace("><", ">\n  <").encode(),
    "indented, other line ends": LATIN.replace("><", ">\r\n\t<").encode(),
    "references": LATIN.replace("Energia", "&#69;nergi&#x61;").encode(),
    "blanks in tags": TEXT.replace("<DatiVeicoli>", "<DatiVeicoli\n>").replace("</CAP>", "</CAP\t>").encode(),
    "a misspelt namespace": LATIN.replace(" versione=", f' xmlns:ds="{MISSPELT}" versione=', 1).encode(),
    "odd figures": LATIN.replace("<Quantita>", "<Quantita>00").encode(),
    "days with zones": re.sub(r"(<Data\w*>\d{4}-\d\d-\d\d)<", r"\1+01:00<", LATIN).encode(),
    "an empty country": LATIN.replace("<Nazione>IT</Nazione>", "<Nazione/>").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_file_is_legal_and_comes_back_unchanged(form: str) -> None:
    assert official_validator("ordinaria")(FORMS[form]) == []
    come_back(FORMS[form], exactly=False)


def test_no_form_equals_another() -> None:
    assert len(set(FORMS.values())) == len(FORMS)
