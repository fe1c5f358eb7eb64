"""The lines of a document, each with its VAT treatment; their totals as SDI computes them (00423)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.errors import InvalidAmountError, InvalidValueError
from gse_billing.core.money import ZERO, decimal_from, exact, round_half_up
from gse_billing.core.values import evolve
from gse_billing.fatturapa.codelists import Natura, Ritenuta, TipoCessionePrestazione, TipoScontoMaggiorazione
from gse_billing.fatturapa.model import AltriDatiGestionali, CodiceArticolo, DettaglioLinee, ScontoMaggiorazione
from gse_billing.fatturapa.rules.arithmetic import unit_price
from gse_billing.tax import AppliedVat, VatTreatment

__all__ = ["Figure", "Line", "PricedLine", "discount", "priced", "surcharge"]

Figure = Decimal | int | str
"""An exact figure: never a float."""

_PLACES = 8
"""Decimals that prices, quantities and totals of lines may have (2.2.1.5, 2.2.1.9, 2.2.1.11)."""


def _figure(given: Figure, meant: str) -> Decimal:
    value = decimal_from(given, meant=meant)
    with exact():
        if value != round_half_up(value, _PLACES):
            raise InvalidAmountError(
                f"{given!r} cannot be {meant}", value=given, why=f"the standard knows {_PLACES} decimals"
            )
    return value


def _price(given: Figure) -> Decimal:
    return _figure(given, "a unit price")


def _quantity(given: Figure | None) -> Decimal | None:
    return None if given is None else _figure(given, "a quantity")


def discount(*, percent: Figure | None = None, amount: Figure | None = None) -> ScontoMaggiorazione:
    """A discount on the unit price; an amount beats a percentage (SDI 00423).

    Raises:
        InvalidValueError: neither was given (SDI 00438).
    """
    return _change(TipoScontoMaggiorazione.SC, percent, amount)


def surcharge(*, percent: Figure | None = None, amount: Figure | None = None) -> ScontoMaggiorazione:
    """A surcharge on the unit price; an amount beats a percentage (SDI 00423).

    Raises:
        InvalidValueError: neither was given (SDI 00438).
    """
    return _change(TipoScontoMaggiorazione.MG, percent, amount)


def _change(kind: TipoScontoMaggiorazione, percent: Figure | None, amount: Figure | None) -> ScontoMaggiorazione:
    if percent is None and amount is None:
        raise InvalidValueError(f"a {kind.english} is a percentage or an amount", value=None, remedy="give one")
    return ScontoMaggiorazione(
        tipo=kind,
        percentuale=None if percent is None else _figure(percent, "a percentage"),
        importo=None if amount is None else _figure(amount, "an amount for each unit"),
    )


def _changes(given: Iterable[ScontoMaggiorazione]) -> tuple[ScontoMaggiorazione, ...]:
    return tuple(given)


@frozen(kw_only=True)
class Line:
    """One line of a document.

    Args:
        description: what is sold, up to 1,000 characters of Latin-1.
        price: of one unit, in EUR before VAT, up to 8 decimals; negative for what is given back.
        vat: how it is treated for VAT.
        quantity: how many units, up to 8 decimals; without it the price is that of the line.
        unit: of the quantity, as ``kWh``.
        changes: discounts and surcharges on the unit price, in order.
        period: first and last day of the service.
        withheld: whether tax or contributions are withheld on it.
        kind: what it is when it is no ordinary supply.
        codes: codes of the article.
        notes: further data as name and value.

    Raises:
        FloatRefusedError: a float was given.
        InvalidAmountError: a figure has more than 8 decimals.
        InvalidValueError: the period ends before it begins.
    """

    description: str
    price: Decimal = field(converter=_price)
    vat: VatTreatment
    quantity: Decimal | None = field(default=None, converter=_quantity)
    unit: str | None = None
    changes: tuple[ScontoMaggiorazione, ...] = field(default=(), converter=_changes)
    period: tuple[dt.date, dt.date] | None = None
    withheld: bool = False
    kind: TipoCessionePrestazione | None = None
    codes: tuple[CodiceArticolo, ...] = ()
    notes: tuple[AltriDatiGestionali, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.period is not None and self.period[0] > self.period[1]:
            raise InvalidValueError(f"the period of {self.description!r} ends before it begins", value=self.period)


@frozen
class PricedLine:
    """A line as the document states it, with the VAT terms of its day."""

    detail: DettaglioLinee
    vat: AppliedVat


def priced(line: Line, number: int, day: dt.date) -> PricedLine:
    """The line with its total: unit price after discounts, times quantity, exact up to 8 decimals.

    Raises:
        NoValueInForceError: the VAT treatment may not be used on that day.
    """
    vat = line.vat.on(day)
    start, end = line.period or (None, None)
    bare = DettaglioLinee(
        numero_linea=number,
        tipo_cessione_prestazione=line.kind,
        codice_articolo=line.codes,
        descrizione=line.description,
        quantita=line.quantity,
        unita_misura=line.unit,
        data_inizio_periodo=start,
        data_fine_periodo=end,
        prezzo_unitario=line.price,
        sconto_maggiorazione=line.changes,
        prezzo_totale=ZERO,
        aliquota_iva=vat.rate,
        ritenuta=Ritenuta.SI if line.withheld else None,
        natura=Natura(vat.natura) if vat.natura else None,
        altri_dati_gestionali=line.notes,
    )
    return PricedLine(evolve(bare, prezzo_totale=_total(bare)), vat)


def _total(line: DettaglioLinee) -> Decimal:
    with exact():
        price = unit_price(line)
        total = round_half_up(price if line.quantita is None else price * line.quantita, _PLACES).normalize()
        places = max(2, -int(total.as_tuple().exponent))
        return round_half_up(total, places)
