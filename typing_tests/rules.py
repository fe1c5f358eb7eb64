"""What type checkers see of the rooms that hold rules: fees, tax, schemes, calendars, parties, numbering."""

import datetime as dt
from decimal import Decimal
from typing import assert_type

from gse_billing import calendars, fees, numbering, parties, schemes, tax
from gse_billing.core.explain import Derivation
from gse_billing.core.findings import Finding
from gse_billing.core.identifiers import OfficeCode

fee = fees.biofuel_fee(fees.Declaration(year=2015, total_gcal="28996", advanced_gcal=4490))
assert_type(fee, fees.BiofuelFee)
assert_type(fee.taxable, Decimal)
assert_type(fee.explain(), Derivation)
assert_type(fee.vat(dt.date(2016, 3, 18)), tax.VatAmounts)

treatment = tax.treatment("ordinary")
assert_type(treatment, tax.VatTreatment)
assert_type(treatment.on(dt.date(2020, 1, 1)).amounts("60.00").payable, Decimal)
assert_type(tax.stamp_duty("216.22", dt.date(2020, 12, 11)).amount, Decimal)

service = schemes.service("SSP")
assert_type(service, schemes.Service)
assert_type(schemes.value_date(dt.date(2021, 1, 31)).day, dt.date)

assert_type(calendars.add_months(dt.date(2021, 1, 31), 1), dt.date)


def chooses(operator: parties.Operator, offices: list[OfficeCode]) -> None:
    assert_type(parties.choose_recipient(operator, usable=offices), parties.Recipient | Finding)


def registers(register: numbering.NumberRegister, request: numbering.Request) -> None:
    assert_type(register.reserve(request), numbering.Entry)


memory: numbering.NumberRegister = numbering.MemoryRegister()  # the in-memory register satisfies the protocol
