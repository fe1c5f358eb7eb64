"""Every public door of the fees: an argument of a wrong kind ends in an error of ours, never in one of Python's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from gse_billing import fees
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row
from gse_billing.core.errors import FloatRefusedError, GseBillingError, InvalidAmountError, InvalidValueError
from gse_billing.fees import frames
from gse_billing.fees.tariffs import BIOFUEL

DAY = dt.date(2016, 3, 18)
NEW_YEAR = dt.date(2020, 1, 1)
DECLARATION = fees.Declaration(year=2015, total_gcal=100, advanced_gcal=5)
FEE = fees.biofuel_fee(DECLARATION)
STANDING = fees.cic_standing([], on=DAY)
CYCLE = fees.DeclarationCycle(year=2015)
PAYMENT = fees.InvoicePayment(number="1", due=DAY, outcome=fees.PaymentOutcome.PAID)
SCHEDULE = fees.Schedule(brackets=[fees.Bracket(up_to=20, fixed=30), fees.Bracket(rate=1)])
BASIS = Basis(act="an act", source="a source", certainty=Certainty.SUPPLIED)
TARIFF = DatedTable("a tariff", (Row(value=SCHEDULE, basis=BASIS),))
CHARGE = SCHEDULE.charge(25)
RULE = frames.tax_cents(Decimal(22))
ONE, GCAL = Decimal(1), fees.EnergyUnit.GCAL

DOORS: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "Declaration": (
        fees.Declaration,
        {"year": 2015, "total_gcal": 9, "advanced_gcal": 1, "double_counting_gcal": 1, "obligated_party": True},
    ),
    "Declaration.from_lots": (
        fees.Declaration.from_lots,
        {"year": 2015, "lots": [(fees.BiofuelClass.ADVANCED, ONE)], "obligated_party": True},
    ),
    "DeclarationCycle": (
        fees.DeclarationCycle,
        {
            "year": 2015,
            "declared_on": dt.date(2016, 1, 1),
            "checked_on": DAY,
            "ceased_on": dt.date(2015, 5, 1),
            "deadlines": fees.DECLARATION_DEADLINES,
        },
    ),
    "DeclarationCycle.state": (CYCLE.state, {"on": DAY}),
    "DeclarationCycle.explain": (CYCLE.explain, {"on": DAY}),
    "DayOfYear": (fees.DayOfYear, {"month": 1, "day": 31}),
    "DayOfYear.in_year": (fees.DayOfYear(1, 31).in_year, {"year": 2015}),
    "biofuel_fee": (
        fees.biofuel_fee,
        {"declaration": DECLARATION, "invoice_year": 2016, "on": DAY, "cycle": CYCLE, "coefficients": BIOFUEL},
    ),
    "biofuel_taxable": (
        fees.biofuel_taxable,
        {"total_gcal": ONE, "charged_gcal": ONE, "coefficients": BIOFUEL.on(DAY)},
    ),
    "BiofuelFee": (fees.BiofuelFee, {"declaration": DECLARATION, "row": FEE.row, "taxable": ONE, "cycle": CYCLE}),
    "BiofuelFee.vat": (FEE.vat, {"on": DAY, "treatment": "ordinary"}),
    "BiofuelFee.obstacle": (FEE.obstacle, {"on": DAY}),
    "BiofuelCoefficients": (fees.BiofuelCoefficients, {"base": ONE, "additional": ONE}),
    "biocar_row": (fees.biocar_row, {"fee": FEE, "number": "1", "issued": DAY, "due": DAY}),
    "BiocarRow": (
        fees.BiocarRow,
        {
            "year": 2016,
            "number": "1",
            "taxable": ONE,
            "tax": Decimal(0),
            "total": ONE,
            "issued": DAY,
            "due": DAY,
            "status": "Pagato",
            "download": "",
        },
    ),
    "CertificateSizes": (fees.CertificateSizes, {"conventional": 10, "premium": 5}),
    "InvoicePayment": (fees.InvoicePayment, {"number": "1", "due": DAY, "outcome": fees.PaymentOutcome.PAID}),
    "InvoicePayment.outstanding": (PAYMENT.outstanding, {"on": DAY}),
    "InvoicePayment.out_of_time": (PAYMENT.out_of_time, {"on": DAY}),
    "CicStanding": (fees.CicStanding, {"on": DAY, "reasons": (), "recovery_may_follow": False}),
    "cic_standing": (fees.cic_standing, {"payments": [PAYMENT], "on": DAY, "late_payment_cures": False}),
    "certificates": (
        fees.certificates,
        {"declaration": DECLARATION, "standing": STANDING, "sizes": fees.CERTIFICATE_SIZES},
    ),
    "Certificates": (
        fees.Certificates,
        {
            "declaration": DECLARATION,
            "earned": (),
            "standing": STANDING,
            "row": fees.CERTIFICATE_SIZES.row_on(DAY),
        },
    ),
    "administrative_fee": (
        fees.administrative_fee,
        {
            "service": "RID",
            "power_kw": 5,
            "year": 2020,
            "source": fees.EnergySource.SOLAR,
            "reading": fees.Reading.FLAT,
            "on": NEW_YEAR,
        },
    ),
    "scheduled_fee": (
        fees.scheduled_fee,
        {"name": "a fee", "quantity": 5, "tariff": TARIFF, "on": DAY, "reading": fees.Reading.FLAT},
    ),
    "connection_point_fee": (fees.connection_point_fee, {"points": 3, "year": 2020}),
    "energy_charge": (fees.energy_charge, {"energy_mwh": 3, "year": 2020}),
    "modification_fee": (
        fees.modification_fee,
        {"power_kw": 3, "on": DAY, "source": fees.EnergySource.SOLAR},
    ),
    "reference_day": (fees.reference_day, {"year": 2016, "start": DAY, "end": dt.date(2017, 1, 1)}),
    "convert_energy": (fees.convert_energy, {"quantity": 1, "unit": GCAL, "to": fees.EnergyUnit.GJ, "places": 3}),
    "Bracket": (fees.Bracket, {"up_to": 5, "fixed": 1, "rate": 1}),
    "Schedule": (
        fees.Schedule,
        {"brackets": [fees.Bracket()], "unit": "kW", "exempt_up_to": 3, "cap": 5, "flat_published": False},
    ),
    "Schedule.charge": (SCHEDULE.charge, {"quantity": 5, "reading": fees.Reading.FLAT}),
    "Charge": (
        fees.Charge,
        {
            "quantity": ONE,
            "amount": ONE,
            "limits": "above 0",
            "fixed": ONE,
            "parts": CHARGE.parts,
            "exempt": False,
            "schedule": SCHEDULE,
        },
    ),
    "Part": (fees.Part, {"limits": "above 0", "quantity": ONE, "rate": ONE, "amount": ONE}),
    "Fee": (fees.Fee, {"name": "a fee", "amount": ONE, "derivation": FEE.explain()}),
    "biofuel_cents": (
        frames.biofuel_cents,
        {
            "coefficients": BIOFUEL.on(DAY),
            "places": 3,
            "total": "a",
            "advanced": "b",
            "double_counting": "c",
            "obligated": "d",
        },
    ),
    "schedule_cents": (
        frames.schedule_cents,
        {"schedule": SCHEDULE, "places": 2, "quantity": "q", "reading": fees.Reading.FLAT},
    ),
    "tax_cents": (frames.tax_cents, {"rate": Decimal(22), "taxable": "t"}),
    "add_columns": (frames.add_columns, {"frame": pl.DataFrame({"taxable_cents": [1]}), "tax": RULE}),
    "ColumnRule": (
        frames.ColumnRule,
        {"expression": RULE.expression, "integers": ("a",), "booleans": ()},
    ),
}
"""Each door with arguments that it takes."""

WRONG: dict[str, object] = {
    "None": None,
    "a word": "x",
    "an empty text": "",
    "a long text": "1" * 5_000,
    "bytes": b"1",
    "a negative number": -1,
    "a huge number": 10**400,
    "a number without text": 10**5_000,
    "a float": 1.5,
    "a float that is no number": float("nan"),
    "True": True,
    "no number": Decimal("NaN"),
    "a signalling NaN": Decimal("sNaN"),
    "infinity": Decimal("Infinity"),
    "a huge exponent": Decimal("1E+999999"),
    "an empty list": [],
    "a list of nothing": [None],
    "a list of texts": ["x"],
    "a list of empty tuples": [()],
    "a list of pairs of words": [("x", "y")],
    "a dict": {},
    "an object": object(),
    "a class": int,
    "a moment": dt.datetime(2016, 3, 18, tzinfo=dt.UTC),
    "a day": DAY,
    "the last day": dt.date.max,
    "a member of another enumeration": tuple,
    "a table of something else": DatedTable("days", (Row(value=DAY, basis=BASIS),)),
}

CASES = [(door, name) for door, (_, arguments) in DOORS.items() for name in arguments]


@pytest.mark.parametrize(("door", "name"), CASES, ids=[".".join(case) for case in CASES])
def test_no_error_of_python_gets_out(door: str, name: str) -> None:
    call, arguments = DOORS[door]
    call(**arguments)
    for value in WRONG.values():
        made = outcome(call, {**arguments, name: value})
        if isinstance(made, GseBillingError):
            assert made.what
            assert made.why or made.remedy
        else:  # what is taken can be shown
            assert repr(made) is not None
            for show in ("explain", "_repr_html_", "cells"):
                if hasattr(made, show) and not isinstance(made, fees.DeclarationCycle):
                    getattr(made, show)()


def outcome(call: Callable[..., object], arguments: dict[str, Any]) -> object:
    """What the call returns, or the error of ours that it raises."""
    try:
        return call(**arguments)
    except GseBillingError as error:
        return error


REFUSED: dict[str, tuple[str, dict[str, Any], type[GseBillingError], str]] = {
    "a rate in words": (
        "Declaration",
        {"obligated_party": "no"},
        InvalidValueError,
        "'no' cannot be whether the party",
    ),
    "lots without class": (
        "Declaration.from_lots",
        {"lots": [(ONE,)]},
        InvalidValueError,
        "cannot be a lot; give a pair",
    ),
    "a lot of a class in words": (
        "Declaration.from_lots",
        {"lots": [("advanced", ONE)]},
        InvalidValueError,
        "'advanced' cannot be the class of a lot",
    ),
    "quantities for a declaration": (
        "biofuel_fee",
        {"declaration": Decimal(28_996)},
        InvalidValueError,
        r"cannot be the declaration of a year; .*; give a Declaration",
    ),
    "an invoice year in words": ("biofuel_fee", {"invoice_year": "2016"}, InvalidValueError, "'2016' is not a year"),
    "a float for the amount alone": ("biofuel_taxable", {"total_gcal": 1.5}, FloatRefusedError, "1.5 is a float"),
    "whole numbers for the amount alone": (
        "biofuel_taxable",
        {"charged_gcal": 1},
        InvalidValueError,
        "1 cannot be a quantity in Gcal; .*give a Decimal",
    ),
    "no number for the amount alone": (
        "biofuel_taxable",
        {"total_gcal": Decimal("NaN")},
        InvalidAmountError,
        "'NaN' cannot be a quantity in Gcal",
    ),
    "a negative amount alone": (
        "biofuel_taxable",
        {"total_gcal": Decimal(-1), "charged_gcal": Decimal(-1)},
        InvalidValueError,
        "Y cannot be charged on -1 Gcal of -1 Gcal; no quantity is negative",
    ),
    "Y on more than the total": (
        "biofuel_taxable",
        {"charged_gcal": Decimal(2)},
        InvalidValueError,
        "Y cannot be charged on 2 Gcal of 1 Gcal",
    ),
    "coefficients in words": (
        "biofuel_taxable",
        {"coefficients": "X"},
        InvalidValueError,
        "cannot be the coefficients",
    ),
    "a coefficient that is a float": ("BiofuelCoefficients", {"base": 0.055}, FloatRefusedError, "0.055 is a float"),
    "a certificate for nothing": ("CertificateSizes", {"premium": 0}, InvalidValueError, "cannot stand for 0 Gcal"),
    "an outcome by its word": ("InvoicePayment", {"outcome": "PAID"}, InvalidValueError, "cannot be outcome of"),
    "a source that a tariff would not look at": (
        "administrative_fee",
        {"service": "SSP", "source": "sun", "reading": fees.Reading.PROGRESSIVE},
        InvalidValueError,
        "'sun' is not what drives a plant",
    ),
    "an amount that is no number": (
        "Fee",
        {"amount": Decimal("NaN")},
        InvalidAmountError,
        "NaN cannot be amount of Fee",
    ),
    "decimals without end": ("convert_energy", {"places": 31}, InvalidValueError, "so many decimals; give 0 to 30"),
    "columns of many decimals": ("tax_cents", {"rate": 1.5}, FloatRefusedError, "1.5 is a float"),
    "a scale that no figure has": ("schedule_cents", {"places": 11}, InvalidValueError, "so many decimals"),
    "an expression for a rule": (
        "add_columns",
        {"tax": pl.col("taxable_cents")},
        InvalidValueError,
        "cannot be the rule of column 'tax'; .*give a ColumnRule",
    ),
    "a reading by its word, in columns": (
        "schedule_cents",
        {"reading": "FLAT"},
        InvalidValueError,
        r"'FLAT' is not a reading of a tariff; give Reading\.PROGRESSIVE or Reading\.FLAT",
    ),
}


@pytest.mark.parametrize(("door", "given", "error", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_is_named_with_its_remedy(
    door: str, given: dict[str, Any], error: type[GseBillingError], message: str
) -> None:
    call, arguments = DOORS[door]
    with pytest.raises(error, match=message):
        call(**{**arguments, **given})
