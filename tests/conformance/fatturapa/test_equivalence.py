"""Of any file, the reader, the generated schema and the official schema say the same: legal or not."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from random import Random, SystemRandom

import pytest
from lxml import etree
from xmlschema import XMLSchema
from xmlschema.exceptions import XMLSchemaKeyError

from gse_billing import evolve, fatturapa
from gse_billing.core.findings import Report
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire.explaining import explained
from gse_billing.fatturapa.wire.parsing import Unreadable, parsed
from gse_billing.fatturapa.wire.places import Place
from gse_billing.testing.perturbations import Change, changes
from gse_billing.testing.specimens import specimens
from tests.conformance.fatturapa.byte_mutations import in_another_form, mutated_bytes
from tests.conformance.fatturapa.mutations import mutated
from tests.support.official_schema import DocumentKind, official_schema_path, official_validator

KINDS: tuple[DocumentKind, ...] = ("ordinaria", "semplificata")
SCHEMAS = {"ordinaria": ORDINARIA, "semplificata": SEMPLIFICATA}
_BLANKS_IN_DATE = re.compile(
    r".*: '(\s.*|.*\s)' is not a valid value of the atomic type '(xs:date|xs:dateTime|.*DataFatturaType)'\.", re.DOTALL
)
_YEAR_OUT_OF_REACH = re.compile(r"'\s*(-[0-9]{4,}|[0-9]{5,})-.*", re.DOTALL)


@cache
def generated(kind: DocumentKind) -> etree.XMLSchema:
    """The schema of this package, with the schema of signatures from the cache."""
    location = ORDINARIA.foreigners[0].location.encode()
    return etree.XMLSchema(
        etree.fromstring(fatturapa.xsd(kind).replace(location, official_schema_path("xmldsig").as_uri().encode()))
    )


@cache
def originals(kind: DocumentKind) -> tuple[bytes, ...]:
    return tuple(fatturapa.write(document) for document in specimens(kind))


def excused(defects: list[str], report: Report) -> bool:
    """Whether a difference is one of those that are known, each of which has a test of its own below."""
    if defects:
        return all(_BLANKS_IN_DATE.fullmatch(defect) for defect in defects)
    known = ("not-base64", "not-a-date", "not-a-moment")
    return all(
        finding.parameters["kind"] == "not-base64" or _YEAR_OUT_OF_REACH.fullmatch(finding.parameters["actual"])
        for finding in report
        if finding.parameters["kind"] in known
    ) and {finding.parameters["kind"] for finding in report} <= set(known)


def compare(kind: DocumentKind, data: bytes) -> str:
    """The one verdict: legal, refused or excused; the short way of reading gives what the explaining reader gives."""
    defects = official_validator(kind)(data)
    tree = etree.fromstring(data)
    assert generated(kind).validate(tree) is not bool(defects)
    inspection = fatturapa.inspect(data)
    agreed = inspection.report.ok is not bool(defects)
    assert agreed or excused(defects, inspection.report), (defects, str(inspection.report))
    whole = parsed(data)
    assert not isinstance(whole, Unreadable)
    schema = SCHEMAS[kind]
    tag = etree.QName(whole).localname
    if whole.tag == f"{{{schema.namespace}}}{tag}" and tag in schema.roots:
        slowly = explained(whole, schema.roots[tag], Place.root(schema, tag), [])
        assert inspection.document == slowly
        assert inspection.document is None or fatturapa.write(inspection.document) == fatturapa.write(slowly)  # type: ignore[arg-type]
    return "excused" if not agreed else "refused" if defects else "legal"


@pytest.mark.parametrize("kind", KINDS)
def test_specimens_are_legal_and_come_back(kind: DocumentKind) -> None:
    for document, data in zip(specimens(kind), originals(kind), strict=True):
        assert official_validator(kind)(data) == []
        compare(kind, data)
        assert fatturapa.read(data) == document
        assert fatturapa.write(fatturapa.read(data)) == data


def compared(kind: DocumentKind, count: int, seed: int) -> Counter[str]:
    """How many mutants were legal, refused, or judged differently for a known reason."""
    random = Random(seed)
    tally: Counter[str] = Counter()
    for turn in range(count):
        data = mutated(random.choice(originals(kind)), random)
        try:
            tally[compare(kind, data)] += 1
        except AssertionError:
            sys.stderr.write(f"mutant {turn} of seed {seed}: {data.decode()}\n")
            raise
    return tally


@pytest.mark.parametrize("kind", KINDS)
def test_mutants_get_one_verdict(kind: DocumentKind) -> None:
    tally = compared(kind, 2_500, seed=20261122)
    assert min(tally["legal"], tally["refused"]) > 250, "mutants of one kind alone prove little"


@pytest.mark.deep
@pytest.mark.parametrize("kind", KINDS)
def test_many_mutants_get_one_verdict(kind: DocumentKind) -> None:
    """With other mutants at every run; what is written shows how many there were."""
    tally = compared(kind, 50_000, seed=SystemRandom().getrandbits(32))
    sys.stdout.write(f"{kind}: {dict(tally)}\n")
    assert sum(tally.values()) == 50_000


def compared_bytes(kind: DocumentKind, count: int, seed: int) -> Counter[str]:
    """The same for files whose bytes were changed: what a parser refuses is refused, the rest has one verdict."""
    random = Random(seed)
    tally: Counter[str] = Counter()
    for turn in range(count):
        data = mutated_bytes(in_another_form(random.choice(unsigned(kind)), random), random)
        try:
            tally[compare(kind, data) if is_xml(data) else refuse(data)] += 1
        except AssertionError:
            sys.stderr.write(f"file {turn} of seed {seed}: {data!r}\n")
            raise
    return tally


@cache
def unsigned(kind: DocumentKind) -> tuple[bytes, ...]:
    """The specimens without signature, whose inside is not judged."""
    return tuple(fatturapa.write(evolve(document, signature=None)) for document in specimens(kind))


def is_xml(data: bytes) -> bool:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return root.getroottree().docinfo.internalDTD is None


def refuse(data: bytes) -> str:
    inspection = fatturapa.inspect(data)
    assert inspection.document is None
    assert not inspection.report.ok
    return "no XML"


@pytest.mark.parametrize("kind", KINDS)
def test_changed_bytes_get_one_verdict(kind: DocumentKind) -> None:
    tally = compared_bytes(kind, 1_500, seed=20261122)
    assert min(tally["legal"], tally["refused"]) > 50


@pytest.mark.deep
@pytest.mark.parametrize("kind", KINDS)
def test_many_changed_bytes_get_one_verdict(kind: DocumentKind) -> None:
    tally = compared_bytes(kind, 50_000, seed=SystemRandom().getrandbits(32))
    sys.stdout.write(f"{kind}, bytes: {dict(tally)}\n")
    assert sum(tally.values()) == 50_000


def break_one_rule(kind: DocumentKind, count: int, seed: int) -> None:
    """Both schemas refuse what breaks one rule, and the reader finds that one alone."""
    random = Random(seed)
    for _ in range(count):
        broken = random.choice(changes_of(kind)).made()
        assert compare(kind, broken.data) == "refused", broken
        (finding,) = fatturapa.inspect(broken.data).report
        assert (finding.path, finding.parameters["kind"]) == (broken.path, broken.rule)


@cache
def changes_of(kind: DocumentKind) -> list[Change]:
    return [change for document in specimens(kind) for change in changes(document)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_judge_refuses_what_breaks_one_rule(kind: DocumentKind) -> None:
    break_one_rule(kind, 700, seed=20261122)


@pytest.mark.deep
@pytest.mark.parametrize("kind", KINDS)
def test_every_judge_refuses_many_more(kind: DocumentKind) -> None:
    break_one_rule(kind, 20_000, seed=SystemRandom().getrandbits(32))


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_judge_agrees(kind: DocumentKind) -> None:
    """Xmlschema reads blanks around a date and base 64 as XML Schema has them; its own differences are excused."""
    random = Random(20261122)
    judge = fatturapa.schema(kind)
    for _ in range(300):
        data = mutated(random.choice(originals(kind)), random)
        report = fatturapa.inspect(data).report
        assert report.ok is takes(judge, data) or excused([], report) or is_blank_for_xmlschema(report), str(report)


def takes(judge: XMLSchema, data: bytes) -> bool:
    try:
        return judge.is_valid(data)
    except XMLSchemaKeyError:  # how xmlschema 4.3 says that it does not know an xsi:type
        return False


def is_blank_for_xmlschema(report: Report) -> bool:
    """Whether all that is wrong is a no-break space between elements, which xmlschema takes for a blank."""
    return all(
        finding.parameters["actual"] == repr("\u00a0")
        for finding in report
        if finding.parameters["kind"] == "stray-text"
    ) and {finding.parameters["kind"] for finding in report} == {"stray-text"}


def changed(old: str, new: str) -> tuple[bool, bool]:
    """The verdict of the official schema and that of the reader on the second specimen with one change."""
    data = originals("ordinaria")[1]
    assert old.encode() in data
    data = data.replace(old.encode(), new.encode(), 1)
    return not official_validator("ordinaria")(data), fatturapa.inspect(data).report.ok


def first(tag: str) -> str:
    """The first leaf of that name in the second specimen, as it stands."""
    return re.search(rf"<{tag}>[^<]*</{tag}>", originals("ordinaria")[1].decode())[0]  # type: ignore[index]


BLANKS = "libxml2 keeps blanks around a date, XML Schema does not"
YEARS = "Python has no years before 1 or past 9999"
BASE_64 = "libxml2 skips letters outside of base 64, XML Schema does not"
KNOWN_DIFFERENCES = [
    ("DataScadenzaPagamento", "2026-11-22 ", False, True, BLANKS),
    ("DataScadenzaPagamento", "\n2026-11-22", False, True, BLANKS),
    ("DataOraRitiro", " 2026-11-22T10:30:00", False, True, BLANKS),
    ("DataScadenzaPagamento", "10000-01-01", True, False, YEARS),
    ("DataScadenzaPagamento", "-0001-01-01", True, False, YEARS),
    ("DataOraRitiro", "10000-01-01T00:00:00", True, False, YEARS),
    ("DataOraRitiro", "-0001-01-01T00:00:00", True, False, YEARS),
    ("DataOraRitiro", "9999-12-31T24:00:00", True, False, YEARS),
    ("Attachment", "AA-AA", True, False, BASE_64),
    ("Attachment", "AAAA*", True, False, BASE_64),
]


@pytest.mark.parametrize(
    ("tag", "text", "official", "ours"),
    [pytest.param(*known[:4], id=f"{known[1].strip()} {known[4]}") for known in KNOWN_DIFFERENCES],
)
def test_the_known_differences(tag: str, text: str, official: bool, ours: bool) -> None:
    assert changed(first(tag), f"<{tag}>{text}</{tag}>") == (official, ours)


@pytest.mark.parametrize(
    ("tag", "text", "legal"),
    [
        pytest.param(tag, text, legal, id=f"{tag} {text.strip()} {why}")
        for tag, text, _, ours, why in KNOWN_DIFFERENCES
        for legal in [ours or why == YEARS]
    ],
)
def test_the_second_judge_reads_them_as_xml_schema_has_them(tag: str, text: str, legal: bool) -> None:
    data = originals("ordinaria")[1].decode().replace(first(tag), f"<{tag}>{text}</{tag}>", 1)
    assert takes(fatturapa.schema(), data.encode()) is legal


def test_the_second_judge_takes_a_no_break_space_for_a_blank() -> None:
    """XML has four blanks, and this is none of them: between elements both others refuse it."""
    old, new = "<FatturaElettronicaBody>", "\u00a0<FatturaElettronicaBody>"
    assert changed(old, new) == (False, False)
    assert takes(fatturapa.schema(), originals("ordinaria")[1].decode().replace(old, new, 1).encode())


def test_the_inside_of_a_signature_is_not_judged() -> None:
    assert changed("<ds:SignatureValue>AAAA</ds:SignatureValue>", "<ds:Zap/>") == (False, True)


@pytest.mark.parametrize(
    ("attributes", "legal"),
    [
        ('xsi:type="p:DettaglioLineeType"', True),
        ('xsi:type="p:DatiRiepilogoType"', False),
        ('xsi:type="DettaglioLineeType"', False),
        ('xsi:schemaLocation="urn:a b.xsd"', True),
        ('xsi:nil="false"', False),
        ('xsi:nil="true"', False),
    ],
)
def test_attributes_of_schema_instance(attributes: str, legal: bool) -> None:
    instance = f'<DettaglioLinee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {attributes}>'
    assert changed("<DettaglioLinee>", instance) == (legal, legal)
