"""Reading, checking and writing documents against lxml and the official schema, in paired ratios."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from time import perf_counter
from typing import Any

from lxml import etree

from benchmarks.paired import Measurement, Timer, paired, report
from gse_billing import evolve, fatturapa
from gse_billing.fatturapa.wire.checkers import is_sound
from gse_billing.fatturapa.wire.shapes import shape_of
from tests.support.official_schema import official_schema_path
from tests.unit.fatturapa import samples

SIZES = {1: 400, 100: 80, 5_000: 7}
READ = {1: 1.3, 100: 1.0, 5_000: 1.15}
WRITE = {1: 1.6, 100: 1.8, 5_000: 1.9}
WRITE_NEW = {1: 3.0, 100: 4.0, 5_000: 4.5}
CHECK = 0.4
ODD = 12.0


def timed(work: Callable[[], object]) -> Timer:
    """A clock around some work."""

    def run() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return run


def timed_new(work: Callable[[Any], object], document: object) -> Timer:
    """A clock around some work on a document made anew outside of it."""

    def run() -> float:
        fresh = renewed(document)
        start = perf_counter()
        work(fresh)
        return perf_counter() - start

    return run


def renewed(value: object) -> object:
    """The same value, every record of it made anew by ``evolve``: nothing remembered from reading is left."""
    if isinstance(value, tuple):
        return tuple(renewed(each) for each in value)
    if not hasattr(value, "__wire__"):
        return value
    return evolve(value, **{name: renewed(getattr(value, name)) for name in shape_of(type(value)).names})


def official() -> etree.XMLSchema:
    """The official schema of the ordinary invoice."""
    data = official_schema_path("ordinaria").read_bytes()
    location = b"http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd"
    return etree.XMLSchema(etree.fromstring(data.replace(location, official_schema_path("xmldsig").as_uri().encode())))


def parse(data: bytes) -> etree._Element:
    """As an application would parse it."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def validate(schema: etree.XMLSchema, data: bytes) -> None:
    """Bytes to a valid tree."""
    schema.assertValid(parse(data))


def measure() -> Iterator[Measurement]:
    """Every bar, for one line, a hundred and five thousand."""
    schema = official()
    for lines, pairs in SIZES.items():
        data = fatturapa.write(samples.ordinary(lines))
        yield from of_reading(data, schema, lines, pairs)
        yield from of_writing(data, schema, lines, pairs)
    yield from of_other_figures()
    yield from of_odd_files(schema)


def of_reading(data: bytes, schema: etree.XMLSchema, lines: int, pairs: int) -> Iterator[Measurement]:
    """Bytes to documents against bytes to a valid tree."""
    indented = etree.tostring(parse(data), pretty_print=True, encoding="UTF-8", xml_declaration=True)
    for kind, file in (("", data), (", indented", indented)):
        peer = timed(partial(validate, schema, file))
        subject = timed(partial(fatturapa.read, file))
        yield paired(f"read {lines} lines{kind} / parse and validate", subject, peer, bar=READ[lines], pairs=pairs)


def of_writing(data: bytes, schema: etree.XMLSchema, lines: int, pairs: int) -> Iterator[Measurement]:
    """Documents to bytes against a ready tree to bytes, and checks against validation alone."""
    document, tree = fatturapa.read(data), parse(data)
    peer = timed(lambda: etree.tostring(tree))
    evolved: Any = renewed(document)
    fatturapa.write(evolved)  # checked by this, and nothing is known of it from reading
    for kind, ready in (("read", document), ("evolved and checked", evolved)):
        known = timed(partial(fatturapa.write, ready))
        yield paired(f"write {lines} lines, {kind} / tostring", known, peer, bar=WRITE[lines], pairs=pairs)
    new = timed_new(fatturapa.write, document)
    yield paired(f"check and write {lines} lines / tostring", new, peer, bar=WRITE_NEW[lines], pairs=pairs)
    validation = timed(lambda: schema.assertValid(tree))
    check = timed_new(is_sound, document)
    yield paired(f"check {lines} lines / validate a tree", check, validation, bar=CHECK, pairs=pairs)


def of_other_figures() -> Iterator[Measurement]:
    """Five thousand lines as people write them: decimals that need padding; or texts and figures all different."""
    lines = 5_000
    for kind, change in (("decimals to be padded", padded), ("all different", different)):
        document = with_lines([change(number) for number in range(1, lines + 1)])
        tree = parse(fatturapa.write(document))
        ready, peer = timed(partial(fatturapa.write, document)), timed(partial(etree.tostring, tree))
        yield paired(f"write {lines} lines, {kind} / tostring", ready, peer, bar=WRITE[lines], pairs=SIZES[lines])


def padded(number: int) -> dict[str, object]:
    """Decimals with fewer places than the standard asks for."""
    return {"quantita": Decimal(f"{number}.5"), "prezzo_unitario": Decimal("4.5"), "prezzo_totale": Decimal(number)}


def different(number: int) -> dict[str, object]:
    """Nothing that another line has."""
    figures = {"quantita": Decimal(f"{number}.25"), "prezzo_totale": Decimal(f"{number}.10")}
    return {"descrizione": f"voce {number}", "unita_misura": f"u{number}", **figures}


def with_lines(changes: list[dict[str, object]]) -> fatturapa.FatturaElettronica:
    """The sample with one line for each of the changes."""
    document = samples.ordinary(1)
    (body,) = document.fattura_elettronica_body
    (line,) = body.dati_beni_servizi.dettaglio_linee
    made = tuple(evolve(line, numero_linea=number, **each) for number, each in enumerate(changes, 1))
    goods = evolve(body.dati_beni_servizi, dettaglio_linee=made)
    return evolve(document, fattura_elettronica_body=(evolve(body, dati_beni_servizi=goods),))


def of_odd_files(schema: etree.XMLSchema) -> Iterator[Measurement]:
    """Five thousand lines that are all oddly spelled, or all wrong."""
    data = fatturapa.write(samples.ordinary(5_000))
    peer = timed(partial(validate, schema, data))
    for kind, digit in (("oddly spelled", b"0"), ("wrong", b"x")):
        file = data.replace(b"<Quantita>", b"<Quantita>" + digit)
        subject = timed(partial(fatturapa.inspect, file))
        yield paired(f"inspect 5000 lines, all {kind} / parse and validate", subject, peer, bar=ODD, pairs=5)


if __name__ == "__main__":
    sys.exit(report(measure()))
