"""Certificates of release for consumption (CIC): how many a declaration earns, and who may receive them.

Whoever does not pay the biofuel fee in time and in the manner foreseen receives none: GSE issues none, and BIOCAR
blocks their exchange.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from gse_billing.core.arguments import kind_of, require, require_each
from gse_billing.core.dated import Basis, Certainty, DatedTable, Row, require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.core.money import EXACT, decimal_from
from gse_billing.fees.declarations import BiofuelClass, Declaration
from gse_billing.fees.wording import reservations, steps_table
from gse_billing.fees.years import first_day

__all__ = [
    "CERTIFICATE_SIZES",
    "CertificateSizes",
    "Certificates",
    "CicStanding",
    "InvoicePayment",
    "PaymentOutcome",
    "certificates",
    "cic_standing",
]

_CONSEQUENCES = Basis(
    act="DM 10/10/2014 art. 6; GSE, instructions on invoicing and paying the biofuel fees, 4",
    source="text of the decree; the instructions",
    certainty=Certainty.LAW,
)


def _size_figure(value: Decimal | int | str) -> Decimal:
    size = decimal_from(value, meant="the Gcal of one certificate")
    if size <= 0:
        raise InvalidValueError(
            f"a certificate cannot stand for {figure(size, 'Gcal')}", value=value, remedy="give more than zero"
        )
    return size


@frozen(kw_only=True)
class CertificateSizes:
    """Gcal that earn one certificate: of conventional biofuel, and of advanced or double-counting biofuel.

    Raises:
        FloatRefusedError: a float.
        InvalidValueError: not above zero, or not a plain decimal.
    """

    conventional: Decimal = field(converter=_size_figure)
    premium: Decimal = field(converter=_size_figure)


CERTIFICATE_SIZES: DatedTable[CertificateSizes] = DatedTable(
    "Gcal for one certificate, by year of release",
    (
        Row(
            value=CertificateSizes(conventional=Decimal(10), premium=Decimal(5)),
            valid_from=dt.date(2015, 1, 1),
            valid_to=dt.date(2023, 1, 1),
            basis=Basis(act="DM 10/10/2014 art. 6", source="text of the decree", certainty=Certainty.LAW),
            note="commercial rounding is read as half up",
        ),
    ),
)
"""Gcal for one certificate; what is released from 2023 on falls under DM 107/2023, whose sizes no source shows."""


class PaymentOutcome(Enum):
    """What became of the payment of an invoice."""

    PAID = "paid in time and in the manner foreseen"
    LATE = "paid in full after the due date"
    PARTIAL = "paid in part"
    WRONG_MANNER = "paid in another manner: another account, or no number and date in the text"
    UNPAID = "not paid"


@frozen(kw_only=True)
class InvoicePayment:
    """One biofuel invoice and what became of its payment.

    Raises:
        InvalidValueError: ``due`` is no plain day, or ``outcome`` no :class:`PaymentOutcome`.
        InvalidIdentifierError: not an invoice number.
    """

    number: InvoiceNumber = field(converter=InvoiceNumber)
    due: dt.date = field(validator=kind_of(dt.date))
    outcome: PaymentOutcome = field(validator=kind_of(PaymentOutcome))

    def outstanding(self, on: dt.date) -> bool:
        """Whether something is still owed after the due date."""
        return require_day(on) > self.due and self.outcome not in {PaymentOutcome.PAID, PaymentOutcome.LATE}

    def out_of_time(self, on: dt.date) -> bool:
        """Whether it was paid in full, but late; before the due date has passed, no payment is late yet."""
        return require_day(on) > self.due and self.outcome is PaymentOutcome.LATE


def _reasons(given: Iterable[str]) -> tuple[str, ...]:
    return require_each(given, str, meant="a reason")


@frozen(kw_only=True)
class CicStanding:
    """Whether a party may receive certificates on a day; both ways of receiving them open and close together.

    Attributes:
        on: the day.
        reasons: why not, one for each invoice; empty for a party in order with its payments.
        recovery_may_follow: whether GSE may take action to recover what is owed (BIO-16).
    """

    on: dt.date = field(validator=kind_of(dt.date))
    reasons: tuple[str, ...] = field(default=(), converter=_reasons)
    recovery_may_follow: bool = field(default=False, validator=kind_of(bool))

    @property
    def issuance_inhibited(self) -> bool:
        """Whether GSE issues no certificates to the party."""
        return bool(self.reasons)

    @property
    def exchange_inhibited(self) -> bool:
        """Whether BIOCAR blocks the exchange of certificates."""
        return bool(self.reasons)

    def explain(self) -> Derivation:
        """The standing with its reasons and the act."""
        statement = "inhibited, issuing and exchange" if self.reasons else "in order with its payments"
        steps = tuple(Derivation(label="invoice", statement=reason) for reason in self.reasons)
        return Derivation(label=f"certificates on {self.on}", statement=statement, basis=_CONSEQUENCES, steps=steps)

    def _repr_html_(self) -> str:
        return steps_table(self.explain(), f"certificates on {self.on}")


def cic_standing(payments: Iterable[InvoicePayment], *, on: dt.date, late_payment_cures: bool = False) -> CicStanding:
    """What the payments of a party's biofuel invoices mean for its certificates.

    Args:
        payments: every invoice of the party with what became of it; a partial payment counts as one not made (BIO-15).
        on: the day; an invoice that is not yet due inhibits nothing.
        late_payment_cures: read "in order with the payments" of the decree as of that day, so that a payment made in
            full, though late, ends the inhibition. The instructions ask for payment in time, so the default says no.

    Raises:
        InvalidValueError: ``on`` is no plain day, a payment no :class:`InvoicePayment`, or ``late_payment_cures`` is
            neither True nor False.

    >>> late = InvoicePayment(number="76256", due=dt.date(2016, 3, 18), outcome=PaymentOutcome.LATE)
    >>> cic_standing([late], on=dt.date(2016, 3, 31)).issuance_inhibited
    True
    """
    require_day(on, meant="the day of a standing")
    require(late_payment_cures, bool, meant="whether a late payment cures")
    known = require_each(payments, InvoicePayment, meant="a payment")
    inhibiting = [
        payment for payment in known if payment.outstanding(on) or (not late_payment_cures and payment.out_of_time(on))
    ]
    return CicStanding(
        on=on,
        reasons=tuple(f"{one.number}, due on {one.due}: {one.outcome.value}" for one in inhibiting),
        recovery_may_follow=any(payment.outstanding(on) for payment in known),
    )


@frozen(kw_only=True)
class Certificates:
    """The certificates of a year's declaration.

    Attributes:
        declaration: what was declared.
        earned: certificates by class, each class rounded on its own.
        standing: whether the party may receive them.
        row: the sizes that were applied, with their act.
    """

    declaration: Declaration = field(validator=kind_of(Declaration))
    earned: tuple[tuple[BiofuelClass, int], ...] = field(validator=kind_of(tuple))
    standing: CicStanding = field(validator=kind_of(CicStanding))
    row: Row[CertificateSizes] = field(validator=kind_of(Row))

    @property
    def total(self) -> int:
        """Certificates earned, all classes together."""
        return sum(count for _, count in self.earned)

    @property
    def issued(self) -> int:
        """Certificates that GSE issues: none to a party that is not obligated or not in order with its payments."""
        return 0 if self.standing.issuance_inhibited or not self.declaration.obligated_party else self.total

    def explain(self) -> Derivation:
        """The count by class, the act, and why none are issued where that is so."""
        obligated = self.declaration.obligated_party
        to_others = () if obligated else (Derivation(label="party", statement="certificates go to obligated parties"),)
        return Derivation(
            label=f"certificates for {self.declaration.year}",
            statement=f"{figure(self.total)} earned, {figure(self.issued)} issued",
            result=Decimal(self.issued),
            basis=self.row.basis,
            steps=(*self._counts(), *reservations(self.row), *to_others, self.standing.explain()),
        )

    def _counts(self) -> Iterable[Derivation]:
        for kind, count in self.earned:
            quantity, size = _quantity(self.declaration, kind), _size(self.row.value, kind)
            statement = f"{figure(quantity, 'Gcal')} at {figure(size, 'Gcal')} each = {figure(count)}, rounded half up"
            yield Derivation(label=kind.value, statement=statement, result=Decimal(count))

    def _repr_html_(self) -> str:
        return steps_table(self.explain(), f"certificates for {self.declaration.year}: {self.issued}")


def certificates(
    declaration: Declaration, *, standing: CicStanding, sizes: DatedTable[CertificateSizes] = CERTIFICATE_SIZES
) -> Certificates:
    """The certificates that a declaration earns, and how many of them are issued.

    Args:
        declaration: what was released in a year.
        standing: whether the party is in order with its payments, from :func:`cic_standing`.
        sizes: the caller's own table in place of the library's.

    Raises:
        InvalidValueError: no declaration, no standing or no table of sizes.
        NoValueInForceError: no sizes for that year of release.

    >>> declared = Declaration(year=2015, total_gcal=28_996, advanced_gcal=4_490)
    >>> certificates(declared, standing=cic_standing([], on=dt.date(2016, 3, 31))).earned[:2]
    ((<BiofuelClass.CONVENTIONAL: 'conventional'>, 2451), (<BiofuelClass.ADVANCED: 'advanced'>, 898))
    """
    require(declaration, Declaration, meant="the declaration of a year")
    row = require(sizes, DatedTable, meant="the table of sizes").row_on(first_day(declaration.year))
    require(row.value, CertificateSizes, meant="the sizes of certificates")
    earned = tuple((kind, _count(_quantity(declaration, kind), _size(row.value, kind))) for kind in BiofuelClass)
    return Certificates(declaration=declaration, earned=earned, standing=standing, row=row)


def _size(sizes: CertificateSizes, kind: BiofuelClass) -> Decimal:
    return sizes.conventional if kind is BiofuelClass.CONVENTIONAL else sizes.premium


def _quantity(declaration: Declaration, kind: BiofuelClass) -> Decimal:
    if kind is BiofuelClass.ADVANCED:
        return declaration.advanced_gcal
    if kind is BiofuelClass.DOUBLE_COUNTING:
        return declaration.double_counting_gcal
    return EXACT.subtract(declaration.total_gcal, declaration.marked_gcal)


def _count(quantity: Decimal, size: Decimal) -> int:
    """Whole certificates, half up, without the remainder that a division might leave."""
    return int(EXACT.divide_int(EXACT.fma(2, quantity, size), EXACT.multiply(2, size)))
