"""What type checkers see of the ground floor and the front door."""

import datetime as dt
from decimal import Decimal
from typing import assert_type

import gse_billing
from gse_billing import Finding, GseBillingError, Report, evolve
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import FloatRefusedError, InvalidDocumentError, NoValueInForceError
from gse_billing.core.explain import Derivation
from gse_billing.core.money import allocate, cents, euro, round_half_up

assert_type(gse_billing.__version__, str)

report = Report([Finding(code="a:1", message_it="è sbagliato", message_en="it is wrong")])
assert_type(report.ok, bool)
assert_type(report.findings, tuple[Finding, ...])
assert_type(report.codes, tuple[str, ...])
assert_type([finding.path for finding in report], list[str])
assert_type(evolve(report.findings[0], code="a:2"), Finding)

basis = Basis(act="an act", source="a page", certainty=Certainty.LAW)
rates = DatedTable("rates", [Row(value=Decimal("0.22"), basis=basis)])
assert_type(rates.on(dt.date(2020, 1, 1)), Decimal)
assert_type(rates.row_on(dt.date(2020, 1, 1)), Row[Decimal])

assert_type(euro("216.22"), Decimal)
assert_type(round_half_up(Decimal("0.005")), Decimal)
assert_type(cents(Decimal("216.22")), int)
assert_type(allocate(Decimal(1), [Decimal(1), Decimal(2)]), tuple[Decimal, ...])


def catches(error: InvalidDocumentError, missing: NoValueInForceError, refused: FloatRefusedError) -> GseBillingError:
    assert_type(error.report, Report)
    assert_type(missing.day, dt.date)
    assert_type(refused.value, object)
    return error


def reads(derivation: Derivation) -> None:
    assert_type(derivation.steps, tuple[Derivation, ...])
    assert_type(str(derivation), str)


report.findings[0].code = "a:3"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]  values are frozen
euro(216.22)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  floats are refused, by the checker too
