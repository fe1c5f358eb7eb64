"""Cases of rates and natures: 00400, 00401, 00413, 00414, 00419, 00420, 00424, 00429, 00430, 00443 to 00445, 00474."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from gse_billing.fatturapa.codelists import EsigibilitaIVA, Natura, TipoCassa, TipoDocumento
from gse_billing.fatturapa.model import DatiCassaPrevidenziale
from tests.conformance.sdi.makers.case import Case, fails, passes
from tests.support.invoices import having, invoice, line, simplified, simplified_body, simplified_line, summary, vat

__all__ = ["cases", "fund"]

PA, PRIVATE, SIMPLE = invoice(), invoice(pa=False), simplified()
ZERO = {"price": "50.00", "rate": "0.00"}


def cases() -> Iterator[Case]:
    yield from _lines()
    yield from _funds()
    yield from _summaries()
    yield from _percent()
    yield from _matching()
    yield from _generic()


def goods(document: Any, lines: tuple[Any, ...], summaries: tuple[Any, ...]) -> Any:
    """The document with other lines and summary."""
    return having(document, lines=lines, summaries=summaries)


def zero(natura: Natura | None, stated: Natura | None, **more: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """A line and a summary of rate zero."""
    return (line(1, natura=natura, **ZERO),), (summary("50.00", "0.00", "0.00", natura=stated, **more),)


def fund(rate: str = "22.00", amount: str = "4.00", **more: Any) -> DatiCassaPrevidenziale:
    """A contribution to a welfare fund."""
    return DatiCassaPrevidenziale(
        tipo_cassa=TipoCassa.TC01,
        al_cassa=Decimal("4.00"),
        importo_contributo_cassa=Decimal(amount),
        aliquota_iva=Decimal(rate),
        **more,
    )


def _simple(*lines: Any) -> Any:
    return having(SIMPLE, bodies=(simplified_body(*lines),))


def _lines() -> Iterator[Case]:
    yield fails("00400", "no-natura", goods(PA, *zero(None, Natura.N4)))
    yield fails("00400", "simplified", _simple(simplified_line("10.00", "0.00")))
    yield passes("00400", "with-natura", goods(PA, *zero(Natura.N4, Natura.N4)))
    yield passes("00400", "simplified", _simple(simplified_line("10.00", "0.00", natura=Natura.N4)))
    yield passes("00400", "simplified-without-rate", _simple(simplified_line("10.00", None)))
    both = having(PA, L__0__natura=Natura.N6_1, V__0__natura=Natura.N6_1)
    yield fails("00401", "rate-and-natura", having(PA, L__0__natura=Natura.N4), "00444")
    yield fails("00401", "pa-td16", having(both, G__tipo_documento=TipoDocumento.TD16), "00430")
    yield fails("00401", "simplified", _simple(simplified_line(natura=Natura.N4)))
    private = having(PRIVATE, L__0__natura=Natura.N6_1, V__0__natura=Natura.N6_1)
    yield fails("00401", "private-td01", private, "00430")
    yield fails("00401", "private-td20", having(private, G__tipo_documento=TipoDocumento.TD20), "00430")
    yield passes("00401", "private-td16", having(private, G__tipo_documento=TipoDocumento.TD16))
    plafond = having(goods(PA, *zero(Natura.N4, Natura.N4)), G__tipo_documento=TipoDocumento.TD21)
    same = having(plafond, B__id_fiscale_iva=vat())
    yield fails("00474", "zero", same)
    yield passes("00474", "rate", having(same, lines=(line(),), summaries=(summary(),)))
    yield passes("00474", "other-kind", goods(PA, *zero(Natura.N4, Natura.N4)))
    deferred = having(goods(PA, *zero(Natura.N4, Natura.N4)), G__tipo_documento=TipoDocumento.TD24)
    yield passes("00474", "later-kind", deferred)


def _funds() -> Iterator[Case]:
    lines = (line(), line(2, natura=Natura.N4, **ZERO))
    summaries = (summary("104.00", "22.88"), summary("50.00", "0.00", "0.00", natura=Natura.N4))
    document = goods(PA, lines, summaries)
    rate_zero = having(
        document, V__0=summary("100.00", "22.00"), V__1=summary("54.00", "0.00", "0.00", natura=Natura.N4)
    )
    yield fails("00413", "no-natura", having(rate_zero, G__dati_cassa_previdenziale=(fund("0.00"),)))
    yield passes(
        "00413", "with-natura", having(rate_zero, G__dati_cassa_previdenziale=(fund("0.00", natura=Natura.N4),))
    )
    yield fails("00414", "rate-and-natura", having(document, G__dati_cassa_previdenziale=(fund(natura=Natura.N4),)))
    yield passes("00414", "rate", having(document, G__dati_cassa_previdenziale=(fund(),)))


def _summaries() -> Iterator[Case]:
    split = zero(Natura.N6_9, Natura.N6_9, esigibilita_iva=EsigibilitaIVA.S)
    day = dt.date(2025, 3, 10)
    yield fails("00420", "reverse-charge", having(goods(PA, *split), G__data=day))
    yield fails("00420", "private", having(goods(PRIVATE, *split), G__data=day))
    other = zero(Natura.N4, Natura.N4, esigibilita_iva=EsigibilitaIVA.S)
    yield passes("00420", "other-natura", goods(PA, *other))
    at_once = zero(Natura.N6_9, Natura.N6_9, esigibilita_iva=EsigibilitaIVA.I)
    yield passes("00420", "at-once", goods(PA, *at_once))
    yield passes("00420", "split-payment", having(PA, V__0__esigibilita_iva=EsigibilitaIVA.S))
    yield fails("00429", "no-natura", goods(PA, *zero(Natura.N4, None)), "00444")
    yield passes("00429", "with-natura", goods(PA, *zero(Natura.N4, Natura.N4)))
    extra = (summary(), summary("0.00", "0.00", natura=Natura.N6_1))
    yield fails("00430", "rate-and-natura", having(PA, summaries=extra))
    yield fails("00430", "private", having(PRIVATE, summaries=extra), "00444")
    td16 = having(PA, summaries=extra, G__tipo_documento=TipoDocumento.TD16)
    yield fails("00430", "pa-td16", td16)
    both = having(PRIVATE, L__0__natura=Natura.N6_1, V__0__natura=Natura.N6_1)
    yield passes("00430", "private-td16", having(both, G__tipo_documento=TipoDocumento.TD16))


def _percent() -> Iterator[Case]:
    fraction = goods(PA, (line(rate="0.22"),), (summary(rate="0.22", tax="0.22"),))
    yield fails("00424", "fraction", fraction)
    yield fails("00424", "simplified", _simple(simplified_line(rate="0.22")))
    yield passes("00424", "one-percent", goods(PA, (line(rate="1.00"),), (summary(rate="1.00", tax="1.00"),)))
    cassa = having(
        goods(PA, (line(),), (summary(), summary("4.00", "0.04", "0.99"))),
        G__dati_cassa_previdenziale=(fund("0.99"),),
    )
    yield fails("00424", "fund", cassa)


def _matching() -> Iterator[Case]:
    two = (line(), line(2, "10.00", "10.00"))
    yield fails("00419", "a-block-less", goods(PA, two, (summary(),)), "00443")
    with_fund = having(goods(PA, two, (summary("104.00", "22.88"),)), G__dati_cassa_previdenziale=(fund(),))
    yield fails("00419", "a-fund-at-the-rate-of-a-line", with_fund, "00443")
    yield passes("00419", "a-block-each", goods(PA, two, (summary(), summary("10.00", "1.00", "10.00"))))
    swapped = (summary(), summary("0.00", "0.00", "5.00"))
    yield passes("00419", "mere-count", goods(PA, two, swapped), "00443")
    yield fails("00443", "line-without-summary", goods(PA, two, swapped))
    cassa = having(
        PA, G__dati_cassa_previdenziale=(fund("4.00"),), summaries=(summary(), summary("0.00", "0.00", "5.00"))
    )
    yield fails("00443", "fund-without-summary", cassa)
    idle = goods(PRIVATE, (line(),), (summary(), summary("0.00", "0.00", "5.00")))
    yield fails("00443", "private-summary-without-line", idle)
    yield passes("00443", "pa-summary-without-line", goods(PA, (line(),), (summary(), summary("0.00", "0.00", "5.00"))))
    shared = having(PRIVATE, summaries=(summary("104.00", "22.88"),), G__dati_cassa_previdenziale=(fund(),))
    yield passes("00443", "private-fund-at-the-rate-of-a-line", shared)
    exempt = goods(PRIVATE, zero(Natura.N4, None)[0], (summary("54.00", "0.00", "0.00", natura=Natura.N4),))
    fund_too = (fund("0.00", natura=Natura.N4),)
    yield passes(
        "00444", "private-fund-with-the-natura-of-a-line", having(exempt, G__dati_cassa_previdenziale=fund_too)
    )
    yield fails("00444", "line-without-summary", goods(PA, *zero(Natura.N4, Natura.N1)))
    nothing = summary("0.00", "0.00", "0.00", natura=Natura.N1)
    lines, summaries = zero(Natura.N4, Natura.N4)
    yield fails("00444", "private-summary-without-line", goods(PRIVATE, lines, (*summaries, nothing)))
    yield passes("00444", "pa-summary-without-line", goods(PA, lines, (*summaries, nothing)))
    yield passes("00444", "same", goods(PRIVATE, lines, summaries))
    other_fund = having(
        goods(PA, lines, summaries), G__dati_cassa_previdenziale=(fund("0.00", "0.00", natura=Natura.N1),)
    )
    yield fails("00444", "fund-without-summary", other_fund)


def _generic() -> Iterator[Case]:
    generic = goods(PA, *zero(Natura.N3, Natura.N3))
    yield fails("00445", "n3", generic)
    yield fails("00445", "first-day", having(goods(PA, *zero(Natura.N6, Natura.N6)), G__data=dt.date(2021, 1, 1)))
    yield fails("00445", "simplified", _simple(simplified_line("10.00", "0.00", natura=Natura.N2)))
    yield passes("00445", "dated-2020", having(generic, G__data=dt.date(2020, 12, 31)))
    yield passes("00445", "sub-code", goods(PA, *zero(Natura.N3_1, Natura.N3_1)))
    old = having(generic, G__data=dt.date(2021, 1, 1))
    yield passes("00445", "before-its-first-day", old, "00403", on=dt.date(2020, 12, 31))
