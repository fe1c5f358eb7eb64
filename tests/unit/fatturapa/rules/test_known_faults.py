"""Every case of the conformance folder, in memory: exact answers, and no guard that hides one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gse_billing.core.money import exact
from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.checking import check
from gse_billing.fatturapa.context import Context
from gse_billing.fatturapa.model import FatturaElettronica
from gse_billing.fatturapa.rules import GUARDS, Subject, bodies_of, head_of, quiet_document
from tests.conformance.sdi.makers.case import Case, told
from tests.conformance.sdi.write import CASES
from tests.support.guards import assert_guards_hide_nothing
from tests.support.invoices import having, invoice, payment

BUILT = [case for case in CASES if case.stored and case.built]
ORDINARY = [case for case in CASES if isinstance(case.document, FatturaElettronica)]
LATER = dt.date(2030, 1, 1)
ASKED = ("on", "history", "offices")


@pytest.mark.parametrize("case", BUILT, ids=str)
def test_the_answer_to_a_document_in_memory_is_exact(case: Case) -> None:
    report = check(case.document, **case.arguments)
    assert told(report) == case.codes
    assert all(each.line is None for each in report)


@pytest.mark.parametrize("case", ORDINARY, ids=str)
def test_no_guard_hides_a_known_fault(case: Case) -> None:
    arguments: dict[str, Any] = {key: value for key, value in case.arguments.items() if key in ASKED}
    for regime in (Regime.PA, Regime.PRIVATE):
        assert_guards_hide_nothing(case.document, Context(regime=regime, **arguments))
        assert_guards_hide_nothing(case.document, Context(regime=regime, **{"on": LATER, **arguments}))


def test_a_common_document_passes_every_guard() -> None:
    document = having(invoice(), P=(payment(),))
    head = head_of(document, Context(regime=Regime.PA))
    bodies = bodies_of(head)
    seen = {Subject.HEAD: head, Subject.LOT: bodies}
    with exact():
        for subject, guard in GUARDS.items():
            assert guard(seen.get(subject, bodies[0])), subject
    assert quiet_document(document, None)
