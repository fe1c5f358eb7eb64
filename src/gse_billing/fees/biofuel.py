"""The yearly fee of those who release biofuel for consumption: X x Qbio + Y x (QbioA + QbioDC).

Energy is in Gcal, as the declarations are; there is no way from tonnes to Gcal here. Amounts are EUR net of VAT,
rounded once, half up, on the taxable amount of the invoice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, DecimalException
from functools import lru_cache

from attrs import field, frozen

from gse_billing import tax
from gse_billing.core.arguments import kind_of, require
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.money import CENT, EXACT, decimal_from
from gse_billing.core.records import draft_of
from gse_billing.fees.cycle import DeclarationCycle
from gse_billing.fees.declarations import Declaration
from gse_billing.fees.tariffs import BIOFUEL, BiofuelCoefficients
from gse_billing.fees.wording import euros, finite, reservations, steps_table
from gse_billing.fees.years import new_year, require_year

__all__ = ["BiofuelFee", "biofuel_fee", "biofuel_taxable"]

_NOTHING = Decimal(0)

_CLASSES = Basis(
    act="D.Lgs. 28/2011 art. 33 c. 5; DM 10/10/2014 art. 2",
    source="GSE, instructions on invoicing and paying the biofuel fees, 1.2; text of the decree",
    certainty=Certainty.LAW,
)
_DECLARED = Basis(
    act="DM 10/10/2014 art. 4 c. 1",
    source="text of the decree; GSE, instructions on invoicing and paying the biofuel fees, 2",
    certainty=Certainty.LAW,
)


def biofuel_taxable(total_gcal: Decimal, charged_gcal: Decimal, coefficients: BiofuelCoefficients) -> Decimal:
    """The taxable amount in EUR alone, without declaration and derivation: for those who compute many.

    Args:
        total_gcal: all biofuel.
        charged_gcal: the part of it on which Y is owed, see :attr:`Declaration.charged_gcal`.
        coefficients: X and Y.

    Raises:
        FloatRefusedError: a quantity is a float.
        InvalidValueError: a quantity is no Decimal of a legal size, negative, or Y is charged on more than there is.

    >>> biofuel_taxable(Decimal(28_996), Decimal(4_490), BIOFUEL.on(dt.date(2016, 1, 1)))
    Decimal('1635.19')
    """
    try:
        if type(charged_gcal) is Decimal is type(total_gcal) and _NOTHING <= charged_gcal <= total_gcal:
            return _rounded(total_gcal, charged_gcal, coefficients)
    except (AttributeError, DecimalException):
        pass  # what is wrong is said below
    return _checked(total_gcal, charged_gcal, coefficients)


def _rounded(total: Decimal, charged: Decimal, coefficients: BiofuelCoefficients) -> Decimal:
    additional = EXACT.multiply(coefficients.additional, charged)
    return EXACT.quantize(EXACT.fma(coefficients.base, total, additional), CENT)  # EXACT rounds half up


def _checked(total: Decimal, charged: Decimal, coefficients: BiofuelCoefficients) -> Decimal:
    """The same for what is not two plain Decimals in order: those of a class of their own are legal too."""
    require(coefficients, BiofuelCoefficients, meant="the coefficients X and Y")
    for quantity in (total, charged):
        decimal_from(quantity, meant="a quantity in Gcal")
        require(quantity, Decimal, meant="a quantity in Gcal")
    if _NOTHING <= charged <= total:
        return _rounded(total, charged, coefficients)
    raise InvalidValueError(
        f"Y cannot be charged on {figure(charged, 'Gcal')} of {figure(total, 'Gcal')}",
        value=charged,
        why="no quantity is negative, and what is advanced or counts double is part of the total",
    )


@frozen(kw_only=True, weakref_slot=False)
class BiofuelFee:
    """What one declaration costs, net of VAT.

    Attributes:
        declaration: what was declared.
        row: the coefficients in force, with their act.
        taxable: EUR with two decimals.
        cycle: when it was declared and checked; ``None`` where the caller does not say, and nothing hangs on it then.
    """

    declaration: Declaration = field(validator=kind_of(Declaration))
    row: Row[BiofuelCoefficients] = field(validator=kind_of(Row))
    taxable: Decimal = field(validator=finite)
    cycle: DeclarationCycle | None = field(default=None, validator=kind_of(DeclarationCycle, none=True))

    @property
    def invoice_year(self) -> int:
        """The year of the invoice, the one after the release."""
        return self.declaration.year + 1

    @property
    def base(self) -> Decimal:
        """X x Qbio in EUR, exact."""
        return EXACT.multiply(self.row.value.base, self.declaration.total_gcal)

    @property
    def additional(self) -> Decimal:
        """Y x (QbioA + QbioDC) in EUR, exact; zero for a party that is not obligated."""
        return EXACT.multiply(self.row.value.additional, self.declaration.charged_gcal)

    @property
    def invoiced(self) -> bool:
        """Whether GSE invoices it: only those who released biofuel get an invoice."""
        return self.declaration.total_gcal > 0

    def obstacle(self, on: dt.date) -> str:
        """Why no invoice can be dated on that day, in words; empty where one can (BIO-6).

        Raises:
            InvalidValueError: no plain day.
        """
        require_day(on, meant="the date of an invoice")
        if not self.invoiced:
            return f"no biofuel was released in {self.declaration.year}"
        return "" if self.cycle is None else self.cycle.obstacle(on)

    def vat(self, on: dt.date, *, treatment: str = "ordinary") -> tax.VatAmounts:
        """The amounts of the invoice: taxable, tax, total.

        Args:
            on: the date of the invoice, in :attr:`invoice_year`.
            treatment: code of the VAT treatment; the sample of the instructions shows the ordinary rate.

        Raises:
            InvalidValueError: a date of another year, no biofuel to invoice, or a declaration not checked by then.
        """
        require(treatment, str, meant="the code of a VAT treatment")
        obstacle = self.obstacle(on)
        if obstacle:
            raise InvalidValueError(f"{obstacle}: no invoice", value=on, why="GSE invoices what it has checked (BIO-6)")
        _check_year(on.year, self.declaration)
        return tax.treatment(treatment).on(on).amounts(self.taxable)

    def explain(self) -> Derivation:
        """The formula with its numbers, units, act and article."""
        return _derivation(self)

    def _repr_html_(self) -> str:
        return steps_table(self.explain(), f"biofuel fee {self.invoice_year}: {euros(self.taxable)}")


_BiofuelFee: Callable[..., BiofuelFee] = draft_of(BiofuelFee)


def biofuel_fee(
    declaration: Declaration,
    *,
    invoice_year: int | None = None,
    on: dt.date | None = None,
    cycle: DeclarationCycle | None = None,
    coefficients: DatedTable[BiofuelCoefficients] = BIOFUEL,
) -> BiofuelFee:
    """The fee for a year's declaration, by the coefficients of the year of the invoice.

    Args:
        declaration: what was released in the year before the invoice.
        invoice_year: the year of the invoice; left out, the one after the release.
        on: the date of the invoice, where it is known; else the coefficients of 1 January count.
        cycle: when the party declared, when GSE checked, when the party ceased: it decides from when on the fee is
            invoiced, not how much it is. Left out, only the quantities decide.
        coefficients: the caller's own table in place of the library's.

    Raises:
        InvalidValueError: the invoice is not of the year after the release, the cycle is not of the declaration, or an
            argument is of another kind than it says.
        NoValueInForceError: no coefficients were in force.

    >>> fee = biofuel_fee(Declaration(year=2015, total_gcal=28_996, advanced_gcal=4_490), invoice_year=2016)
    >>> fee.taxable
    Decimal('1635.19')
    """
    if type(declaration) is not Declaration:
        require(declaration, Declaration, meant="the declaration of a year")
    if invoice_year is not None:
        _check_year(require_year(invoice_year), declaration)
    if on is not None:
        _check_year(require_day(on, meant="the date of an invoice").year, declaration)
    if cycle is not None:
        _check_cycle(cycle, declaration)
    if on is None and coefficients is BIOFUEL:
        row = _row_of_year(declaration.year + 1)
    else:
        row = _row_on(coefficients, on or new_year(declaration.year + 1))
    taxable = _rounded(declaration.total_gcal, declaration.charged_gcal, row.value)
    fee = _BiofuelFee(declaration, row, taxable, cycle)  # by place: faster than by name
    fee.__class__ = BiofuelFee
    return fee


@lru_cache
def _row_of_year(year: int) -> Row[BiofuelCoefficients]:
    return _row_on(BIOFUEL, new_year(year))


def _row_on(coefficients: DatedTable[BiofuelCoefficients], day: dt.date) -> Row[BiofuelCoefficients]:
    row = require(coefficients, DatedTable, meant="the table of coefficients").row_on(day)
    require(row.value, BiofuelCoefficients, meant="the coefficients X and Y")
    return row


def _check_year(invoice_year: int, declaration: Declaration) -> None:
    if invoice_year != declaration.year + 1:
        raise InvalidValueError(
            f"an invoice of {invoice_year} cannot charge the biofuel of {declaration.year}",
            value=invoice_year,
            why="the fee is on the biofuel released in the year before the invoice (BIO-1)",
            remedy=f"invoice it in {declaration.year + 1}, or give the declaration of {invoice_year - 1}",
        )


def _check_cycle(cycle: DeclarationCycle, declaration: Declaration) -> None:
    if require(cycle, DeclarationCycle, meant="the cycle of a declaration").year != declaration.year:
        raise InvalidValueError(
            f"the days of the declaration of {cycle.year} cannot go with the quantities of {declaration.year}",
            value=cycle.year,
            remedy=f"give both of {declaration.year}, or both of {cycle.year}",
        )
    if not cycle.required and declaration.total_gcal:
        raise InvalidValueError(
            f"{figure(declaration.total_gcal, 'Gcal')} released in {declaration.year} by a party that ceased on"
            f" {cycle.ceased_on}",
            value=declaration.total_gcal,
            why="the year of the last day is the last one that a party declares (DM 10/10/2014 art. 4)",
            remedy="check the last day and the year of release",
        )


def _derivation(fee: BiofuelFee) -> Derivation:
    label = f"biofuel fee {fee.invoice_year}"
    declared = Derivation(
        label="declared",
        statement=f"{figure(fee.declaration.total_gcal, 'Gcal')} released in {fee.declaration.year}",
        basis=_DECLARED,
        steps=fee.cycle.steps() if fee.cycle else (),
    )
    if not fee.invoiced:
        return Derivation(label=label, statement="no biofuel, no invoice", result=fee.taxable, steps=(declared,))
    sum_of_both = f"{euros(fee.base)} + {euros(fee.additional)}"
    return Derivation(
        label=label,
        statement=f"{sum_of_both} = {euros(fee.taxable)}, rounded half up",
        result=fee.taxable,
        basis=fee.row.basis,
        steps=(declared, _base_step(fee), _additional_step(fee), *reservations(fee.row)),
    )


def _base_step(fee: BiofuelFee) -> Derivation:
    product = f"{figure(fee.row.value.base, 'EUR/Gcal')} x {figure(fee.declaration.total_gcal, 'Gcal')}"
    return Derivation(
        label="base fee X x Qbio", statement=f"{product} = {euros(fee.base)}", result=fee.base, basis=fee.row.basis
    )


def _additional_step(fee: BiofuelFee) -> Derivation:
    declared, label = fee.declaration, "additional fee Y x (QbioA + QbioDC)"
    if not declared.obligated_party:
        statement = "not owed: the instructions charge it to obligated parties"
        return Derivation(label=label, statement=statement, result=fee.additional, basis=fee.row.basis)
    quantities = f"({figure(declared.advanced_gcal)} + {figure(declared.double_counting_gcal)}) Gcal"
    return Derivation(
        label=label,
        statement=f"{figure(fee.row.value.additional, 'EUR/Gcal')} x {quantities} = {euros(fee.additional)}",
        result=fee.additional,
        basis=fee.row.basis,
        steps=(_classes(declared),),
    )


def _classes(declared: Declaration) -> Derivation:
    advanced = figure(declared.advanced_gcal, "Gcal")
    double_counting = figure(declared.double_counting_gcal, "Gcal")
    return Derivation(
        label="classes", statement=f"{advanced} advanced, {double_counting} double counting", basis=_CLASSES
    )
