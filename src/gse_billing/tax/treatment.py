"""VAT treatments: the rate or the reason for none, who pays the tax, and on which days that holds.

A treatment is an explicit input of every document. Nothing here infers one from amounts, parties or services.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from gse_billing.core.dated import DatedTable, Row
from gse_billing.core.errors import InvalidAmountError, InvalidValueError, NoValueInForceError
from gse_billing.core.explain import Derivation, figure
from gse_billing.core.html import table
from gse_billing.core.money import euro
from gse_billing.core.values import evolve
from gse_billing.tax.amounts import VatAmounts, amounts_of, tax_of

__all__ = ["AppliedVat", "Esigibilita", "VatTerms", "VatTreatment"]

Esigibilita = Literal["I", "D", "S"]
"""How tax is paid: at once, deferred, or by the buyer (split payment)."""

_ESIGIBILITA = ("I", "D", "S", None)
_NATURA = re.compile(r"N[1-7](\.[1-9])?", re.ASCII)
_SPLIT = "S"
_REVERSE = "N6"


def _percent(given: Decimal | int | str) -> Decimal:
    rate = euro(given, meant="a VAT rate in percent")
    if not 0 <= rate <= 100:
        raise InvalidAmountError(f"{rate} cannot be a VAT rate", value=given, remedy="give a percentage, such as 22")
    return rate


@frozen(kw_only=True)
class VatTerms:
    """What a treatment says: the figures and codes that go into the document.

    Attributes:
        rate: the rate in percent, two decimals, ``22.00``; zero where a natura says why.
        natura: the FatturaPA code of why there is no tax (``N6.8``); ``None`` exactly where the rate is not zero.
        esigibilita: how the tax is paid: ``I`` at once, ``D`` deferred, ``S`` by the buyer (split payment).
        legal_reference: the text for RiferimentoNormativo.
        outside_vat: whether the amounts count towards the stamp duty; reverse charge is subject to VAT and does not.

    Raises:
        InvalidValueError: terms that no document may carry together.
        FloatRefusedError: a float rate.
    """

    rate: Decimal = field(converter=_percent)
    natura: str | None = None
    esigibilita: Esigibilita | None = None
    legal_reference: str | None = None
    outside_vat: bool = False

    def __attrs_post_init__(self) -> None:
        for wrong, why in self._contradictions():
            if wrong:
                raise InvalidValueError(f"these VAT terms contradict one another: {why}", value=self)

    def _contradictions(self) -> Iterable[tuple[bool, str]]:
        known = self.natura is None or _NATURA.fullmatch(self.natura) is not None
        yield not known, f"{self.natura!r} is no code of natura, which looks like N4 or N6.8"
        yield self.rate == 0 and self.natura is None, "a rate of zero needs the natura that says why (SDI 00400)"
        yield self.rate > 0 and self.natura is not None, "a natura goes with a rate of zero only (SDI 00401)"
        yield self.esigibilita not in _ESIGIBILITA, f"esigibilita {self.esigibilita!r} is not one of I, D, S"
        reverse = (self.natura or "").startswith(_REVERSE)
        yield reverse and self.split_payment, "reverse charge excludes split payment (SDI 00420)"
        yield self.outside_vat and (reverse or self.rate > 0), "what is subject to VAT is not outside it"

    @property
    def split_payment(self) -> bool:
        """Whether the buyer pays the tax to the State and the seller only the taxable amount."""
        return self.esigibilita == _SPLIT

    def __str__(self) -> str:
        what = f"{figure(self.rate)} %" if self.natura is None else f"no tax, natura {self.natura}"
        return f"{what}, split payment" if self.split_payment else what


@frozen(kw_only=True)
class AppliedVat(VatTerms):
    """The terms of one treatment on one day, ready to compute with.

    Attributes:
        code: the code of the treatment.
        day: the day it was asked for, the date of the document.
        derivation: which act makes it so.
    """

    code: str
    day: dt.date
    derivation: Derivation

    def tax(self, taxable: Decimal | int | str) -> Decimal:
        """The tax on a taxable amount in EUR, rounded half up to the cent.

        Give the sum of all lines under these terms: tax is computed on the sum, never line by line.
        """
        return tax_of(euro(taxable, meant="a taxable amount"), self.rate)

    def amounts(self, taxable: Decimal | int | str) -> VatAmounts:
        """Taxable amount, tax, total and what the buyer pays the seller, all in EUR, with their derivation."""
        return amounts_of(
            euro(taxable, meant="a taxable amount"),
            rate=self.rate,
            split_payment=self.split_payment,
            applied=self.derivation,
        )

    def explain(self) -> Derivation:
        """Why these terms hold on that day."""
        return self.derivation

    def _repr_html_(self) -> str:
        cells = (self.code, self.day, self.rate, self.natura or "", self.esigibilita or "", self.legal_reference or "")
        return table(("treatment", "on", "rate %", "natura", "esigibilita", "legal reference"), [cells])


@frozen(kw_only=True)
class VatTreatment:
    """A named way of treating an amount for VAT, with the days it may be used.

    A caller makes his own with his own rows, or extends a shipped one with :meth:`with_rows`.

    Attributes:
        code: its name in portfolios and calls, ``reverse-charge-energy``.
        name_it: what it is, in Italian.
        name_en: the same in English.
        terms: the terms by validity; the note of a row says what ends it.
    """

    code: str
    name_it: str
    name_en: str
    terms: DatedTable[VatTerms]

    def on(self, day: dt.date) -> AppliedVat:
        """The terms in force on that day, the date of the document.

        Raises:
            NoValueInForceError: the treatment may not be used on that day; the message says what ends it.
        """
        try:
            row = self.terms.row_on(day)
        except NoValueInForceError:
            raise self._not_in_force(day) from None
        return _applied(self, row, day)

    def _not_in_force(self, day: dt.date) -> NoValueInForceError:
        ended = [row for row in self.terms if row.valid_to is not None and row.valid_to <= day][-1:]
        coming = [row for row in self.terms if row.valid_from is not None and row.valid_from > day][:1]
        return NoValueInForceError(
            f"the VAT treatment {self.code}",
            day,
            known="; ".join(f"{row.validity} ({row.note or row.basis.act})" for row in ended + coming),
            remedy="choose the treatment that is in force on that day, or, when a law has extended this one, "
            "add the row with its act: treatment.with_rows([...])",
        )

    def with_rows(self, rows: Iterable[Row[VatTerms]]) -> VatTreatment:
        """The same treatment with more validity, each row with its act and source.

        Raises:
            InvalidValueError: a new row covers a day that another row covers already.
        """
        return evolve(self, terms=self.terms.with_rows(rows))

    def _repr_html_(self) -> str:
        return self.terms._repr_html_()


def _applied(treatment: VatTreatment, row: Row[VatTerms], day: dt.date) -> AppliedVat:
    terms = row.value
    derivation = Derivation(
        label=f"VAT treatment {treatment.code} on {day.isoformat()}",
        statement=f"{terms}; in force {row.validity}",
        result=terms.rate,
        basis=row.basis,
    )
    return AppliedVat(
        code=treatment.code,
        day=day,
        rate=terms.rate,
        natura=terms.natura,
        esigibilita=terms.esigibilita,
        legal_reference=terms.legal_reference,
        outside_vat=terms.outside_vat,
        derivation=derivation,
    )
