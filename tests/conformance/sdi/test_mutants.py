"""No rule ever raises: over every mutant and perturbation of the tests of the document engine; no guard hides one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from random import Random, SystemRandom
from typing import Any

import pytest

from gse_billing import fatturapa
from gse_billing.fatturapa.catalogue import Regime, sdi_codes
from gse_billing.fatturapa.context import Context, OfficeEntry, OfficeList, SentDocuments
from gse_billing.fatturapa.model import FatturaElettronica
from gse_billing.testing.perturbations import Change, changes
from gse_billing.testing.specimens import specimens
from tests.conformance.fatturapa.mutations import mutated
from tests.support.guards import assert_guards_hide_nothing
from tests.support.official_schema import DocumentKind

KINDS: tuple[DocumentKind, ...] = ("ordinaria", "semplificata")
SEED = 20261122
DAY = dt.date(2026, 11, 22)
OFFICE = OfficeEntry(code="UFABCD", tax_code="01234560017", start=DAY)
EVERYTHING: dict[str, Any] = {
    "on": DAY,
    "channel": "web",
    "filename": "IT01234560017_00001.xml",
    "history": SentDocuments(),
    "offices": OfficeList([OFFICE]),
}


@cache
def originals(kind: DocumentKind) -> tuple[bytes, ...]:
    return tuple(fatturapa.write(document) for document in specimens(kind))


def mutants(kind: DocumentKind, count: int, seed: int) -> Iterator[bytes]:
    """The same as in the tests of the document engine, for the same seed."""
    random = Random(seed)
    for _ in range(count):
        yield mutated(random.choice(originals(kind)), random)


@cache
def changes_of(kind: DocumentKind) -> list[Change]:
    return [change for document in specimens(kind) for change in changes(document)]


def judge(data: bytes) -> str:
    """Check a file with everything and with nothing beside it; what it has to do with the rules."""
    inspection = fatturapa.inspect(data)
    reports = [fatturapa.check(inspection, flow=flow, **EVERYTHING) for flow in ("pa", "private")]
    reports.append(fatturapa.check(inspection))
    for report in reports:
        assert report.ok is not bool(report.errors)
        assert {each.code.removeprefix("sdi:") for each in report.errors} <= sdi_codes().keys()
    if inspection.document is None:
        assert all("sdi:00200" in report.codes for report in reports)
        return "refused"
    if isinstance(inspection.document, FatturaElettronica):
        for regime in (Regime.PA, Regime.PRIVATE):
            assert_guards_hide_nothing(inspection.document, Context(regime=regime, on=DAY))
    return "judged"


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_raises_over_the_mutants_of_the_document_engine(kind: DocumentKind) -> None:
    verdicts = [judge(data) for data in mutants(kind, 2_500, SEED)]
    assert verdicts.count("judged") > 250
    assert verdicts.count("refused") > 250


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_raises_over_files_that_break_one_rule_of_the_schema(kind: DocumentKind) -> None:
    random = Random(SEED)
    assert {judge(random.choice(changes_of(kind)).made().data) for _ in range(700)} == {"refused"}


@pytest.mark.deep
@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_raises_over_many_more(kind: DocumentKind) -> None:
    assert {judge(data) for data in mutants(kind, 50_000, SystemRandom().getrandbits(32))} == {"judged", "refused"}
