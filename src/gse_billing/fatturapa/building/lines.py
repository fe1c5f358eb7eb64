"""The lines of a document, each with its VAT treatment; their totals as SDI computes them (00423)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.money import ZERO, exact, round_half_up
from gse_billing.core.values import evolve
from gse_billing.fatturapa.building.figures import PLACES, WHOLE, Figure, exact_figure
from gse_billing.fatturapa.codelists import Natura, Ritenuta, TipoCessionePrestazione, TipoScontoMaggiorazione
from gse_billing.fatturapa.model import AltriDatiGestionali, CodiceArticolo, DettaglioLinee, ScontoMaggiorazione
from gse_billing.tax import AppliedVat, VatTreatment

__all__ = ["Line", "PricedLine", "changed", "discount", "priced", "surcharge"]


def _price(given: Figure) -> Decimal:
    return exact_figure(given, "a unit price")


def _quantity(given: Figure | None) -> Decimal | None:
    return None if given is None else exact_figure(given, "a quantity")


def discount(*, percent: Figure | None = None, amount: Figure | None = None) -> ScontoMaggiorazione:
    """A discount on the unit price of a line, or on the total of a document; an amount beats a percentage (SDI 00423).

    Raises:
        InvalidValueError: neither was given (SDI 00438).
    """
    return _change(TipoScontoMaggiorazione.SC, percent, amount)


def surcharge(*, percent: Figure | None = None, amount: Figure | None = None) -> ScontoMaggiorazione:
    """A surcharge on the unit price of a line, or on the total of a document; an amount beats a percentage (SDI 00423).

    Raises:
        InvalidValueError: neither was given (SDI 00438).
    """
    return _change(TipoScontoMaggiorazione.MG, percent, amount)


def _change(kind: TipoScontoMaggiorazione, percent: Figure | None, amount: Figure | None) -> ScontoMaggiorazione:
    if percent is None and amount is None:
        raise InvalidValueError(f"a {kind.english} is a percentage or an amount", value=None, remedy="give one")
    return ScontoMaggiorazione(
        tipo=kind,
        percentuale=None if percent is None else exact_figure(percent, "a percentage"),
        importo=None if amount is None else exact_figure(amount, "an amount"),
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
        contributory: whether contributions to the fund of the seller's profession are taken on it.
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
    contributory: bool = False
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
    contributory: bool

    @property
    def amount(self) -> Decimal:
        """What it adds to the taxable amount."""
        return self.detail.prezzo_totale


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
    return PricedLine(evolve(bare, prezzo_totale=_total(bare)), vat, line.contributory)


def _total(line: DettaglioLinee) -> Decimal:
    with exact():
        price = _after(line.prezzo_unitario, line.sconto_maggiorazione)
        total = round_half_up(price if line.quantita is None else price * line.quantita, PLACES).normalize()
        places = max(2, -int(total.as_tuple().exponent))
        return round_half_up(total, places)


def changed(total: Decimal, changes: Sequence[ScontoMaggiorazione]) -> Decimal:
    """The total of a document after its discounts and surcharges, rounded half up once."""
    with exact():
        return round_half_up(_after(total, changes))


def _after(amount: Decimal, changes: Sequence[ScontoMaggiorazione]) -> Decimal:
    """An amount after discounts and surcharges, one after the other and exact.

    Rule 00423 judges the same sum from the document; it is told here once more, so that each can find the other wrong.
    """
    for each in changes:
        step = each.importo if each.importo is not None else amount * (each.percentuale or ZERO) / WHOLE
        amount += -step if each.tipo is TipoScontoMaggiorazione.SC else step
    return amount
