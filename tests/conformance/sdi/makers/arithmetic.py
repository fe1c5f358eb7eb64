"""Cases of sums and products: 00421 to 00423, 00437, 00438, 00460, with the boundary and the official examples."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from gse_billing.fatturapa.codelists import Natura, RegimeFiscale, TipoScontoMaggiorazione
from gse_billing.fatturapa.model import ScontoMaggiorazione, semplificata
from tests.conformance.sdi.makers.case import Case, doubtful, fails, passes
from tests.conformance.sdi.makers.natura import fund
from tests.support.invoices import DAY, having, invoice, line, simplified, simplified_body, simplified_line, summary

__all__ = ["cases", "discount", "surcharge"]

PA, SIMPLE = invoice(), simplified()


def cases() -> Iterator[Case]:
    yield from _tax()
    yield from _taxable()
    yield from _price()
    yield from _examples()
    yield from _discounts()
    yield from _simplified()


def discount(*, percent: str | None = None, amount: str | None = None) -> ScontoMaggiorazione:
    """A discount."""
    return _step(TipoScontoMaggiorazione.SC, percent, amount)


def surcharge(*, percent: str | None = None, amount: str | None = None) -> ScontoMaggiorazione:
    """A surcharge."""
    return _step(TipoScontoMaggiorazione.MG, percent, amount)


def _step(kind: TipoScontoMaggiorazione, percent: str | None, amount: str | None) -> ScontoMaggiorazione:
    return ScontoMaggiorazione(
        tipo=kind,
        percentuale=None if percent is None else Decimal(percent),
        importo=None if amount is None else Decimal(amount),
    )


def _tax() -> Iterator[Case]:
    for name, tax in (("above", "22.02"), ("below", "21.98")):
        yield fails("00421", f"two-cents-{name}", having(PA, V__0__imposta=Decimal(tax)))
    for name, tax in (("above", "22.01"), ("below", "21.99")):
        yield doubtful("00421", f"one-cent-{name}", having(PA, V__0__imposta=Decimal(tax)))
    private = having(invoice(pa=False), V__0__imposta=Decimal("22.01"))
    yield doubtful("00421", "one-cent-private", private)
    # 2.05 at 10 % is 0.205: half up gives 0.21, half even would give 0.20
    half = (line(price="2.05", rate="10.00"),), (summary("2.05", "0.21", "10.00"),)
    yield passes("00421", "half-up", having(PA, lines=half[0], summaries=half[1]))
    negative = (line(price="-2.05", rate="10.00"),), (summary("-2.05", "-0.21", "10.00"),)
    yield passes("00421", "half-up-negative", having(PA, lines=negative[0], summaries=negative[1]))
    even = having(PA, lines=half[0], summaries=(summary("2.05", "0.19", "10.00"),))
    yield fails("00421", "two-cents-from-half-up", even)


def _taxable() -> Iterator[Case]:
    yield fails("00422", "above-one-euro", _stated("101.01", "22.22"))
    yield fails("00422", "below-one-euro", _stated("98.99", "21.78"))
    yield doubtful("00422", "one-euro", _stated("101.00", "22.22"))
    yield doubtful("00422", "one-euro-less", _stated("99.00", "21.78"))
    yield passes("00422", "under-one-euro", _stated("100.99", "22.22"))
    rounded = summary("102.00", "22.44", arrotondamento=Decimal("2.00"))
    yield passes("00422", "rounding", having(PA, summaries=(rounded,)))
    yield passes("00422", "fund", having(_stated("104.00", "22.88"), G__dati_cassa_previdenziale=(fund(),)))
    yield fails("00422", "fund-left-out", having(PA, G__dati_cassa_previdenziale=(fund(),)))
    # natures of one rate are summed together, so a shift between two of them is no matter
    shifted = (
        summary("30.00", "0.00", "0.00", natura=Natura.N4),
        summary("20.00", "0.00", "0.00", natura=Natura.N2_2),
    )
    lines = (
        line(1, "20.00", "0.00", natura=Natura.N4),
        line(2, "30.00", "0.00", natura=Natura.N2_2),
    )
    yield passes("00422", "natures-together", having(PA, lines=lines, summaries=shifted))
    parts = (summary("60.00", "13.20"), summary("40.00", "8.80"))
    yield passes("00422", "two-blocks-of-a-rate", having(PA, summaries=parts))


def _stated(taxable: str, tax: str) -> Any:
    return having(PA, summaries=(summary(taxable, tax),))


def _priced(unit: str, total: str, quantity: str | None = None, *steps: ScontoMaggiorazione) -> Any:
    """One line; the summary follows its total."""
    amount = Decimal(total).quantize(Decimal("0.01"))
    tax = (amount * 22 / 100).quantize(Decimal("0.01"))
    changed = line(
        prezzo_unitario=Decimal(unit),
        prezzo_totale=Decimal(total),
        quantita=None if quantity is None else Decimal(quantity),
        sconto_maggiorazione=steps,
    )
    return having(PA, lines=(changed,), summaries=(summary(str(amount), str(tax)),))


def _price() -> Iterator[Case]:
    yield fails("00423", "two-cents", _priced("10.00", "30.02", "3.00"))
    yield fails("00423", "over-one-cent", _priced("10.00", "30.01000001", "3.00"))
    yield doubtful("00423", "one-cent", _priced("10.00", "30.01", "3.00"))
    yield doubtful("00423", "one-cent-less", _priced("10.00", "29.99", "3.00"))
    yield passes("00423", "under-one-cent", _priced("10.00", "30.00999999", "3.00"))
    yield passes("00423", "no-quantity", _priced("10.00", "10.00"))
    yield fails("00423", "no-quantity", _priced("10.00", "20.00"))
    yield passes("00423", "surcharge", _priced("10.00", "22.00", "2.00", surcharge(percent="10.00")))
    yield fails("00423", "discount-on-the-line", _priced("10.00", "19.00", "2.00", discount(amount="1.00")))
    yield passes(
        "00423", "amount-beats-percentage", _priced("10.00", "9.00", None, discount(percent="50.00", amount="1.00"))
    )


def _examples() -> Iterator[Case]:
    amounts = discount(amount="10.05"), discount(amount="5.25"), discount(amount="4.70")
    yield passes("00423", "official-example-1", _priced("500.00", "48000.00", "100.00", *amounts))
    percents = discount(percent="8.50"), discount(percent="5.15"), discount(percent="3.00")
    yield passes("00423", "official-example-2-down", _priced("500.00", "42092.05", "100.00", *percents))
    yield passes("00423", "official-example-2-up", _priced("500.00", "42092.06", "100.00", *percents))
    yield passes("00423", "official-example-2-exact", _priced("500.00", "42092.05875", "100.00", *percents))
    mixed = (
        discount(percent="8.50"),
        discount(percent="5.15", amount="23.56"),
        discount(amount="15.00"),
        discount(percent="2.00"),
    )
    yield passes("00423", "official-example-3", _priced("500.00", "41056.12", "100.00", *mixed))


def _discounts() -> Iterator[Case]:
    bare = discount()
    yield fails("00437", "neither", having(PA, G__sconto_maggiorazione=(bare,)))
    yield passes("00437", "percentage", having(PA, G__sconto_maggiorazione=(discount(percent="1.00"),)))
    yield passes("00437", "amount", having(PA, G__sconto_maggiorazione=(discount(amount="1.00"),)))
    yield fails("00438", "neither", _priced("10.00", "10.00", None, bare))
    yield passes("00438", "percentage", _priced("10.00", "9.90", None, discount(percent="1.00")))
    yield passes("00438", "amount", _priced("10.00", "9.00", None, discount(amount="1.00")))


def _simplified() -> Iterator[Case]:
    above = simplified_body(simplified_line("400.00"), simplified_line("0.01"))
    yield fails("00460", "above", having(SIMPLE, bodies=(above,)))
    yield passes("00460", "at-the-limit", having(SIMPLE, bodies=(simplified_body(simplified_line("400.00")),)))
    for regime in (RegimeFiscale.RF19, RegimeFiscale.RF20):
        free = having(SIMPLE, bodies=(above,), seller__regime_fiscale=regime)
        yield passes("00460", f"regime-{regime.value.lower()}", free)
    corrected = semplificata.DatiFatturaRettificata(numero_fr="7", data_fr=DAY, elementi_rettificati="importo")
    yield passes("00460", "correction", having(SIMPLE, bodies=(above,), D__dati_fattura_rettificata=corrected))
