"""Strategies for invoices in which everything adds up: SDI's checks and the advice have nothing to say about them.

>>> from gse_billing.testing.fatturapa_coherent import coherent_invoices
>>> coherent_invoices().example().versione.value  # doctest: +SKIP
'FPA12'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from hypothesis import strategies as st

from gse_billing.core.money import ZERO, exact, round_half_up
from gse_billing.fatturapa.codelists import (
    BolloVirtuale,
    CausalePagamento,
    CondizioniPagamento,
    EsigibilitaIVA,
    FormatoTrasmissione,
    ModalitaPagamento,
    Natura,
    RegimeFiscale,
    Ritenuta,
    TipoCassa,
    TipoDocumento,
    TipoRitenuta,
    TipoScontoMaggiorazione,
)
from gse_billing.fatturapa.model import (
    Anagrafica,
    CedentePrestatore,
    CessionarioCommittente,
    DatiAnagraficiCedente,
    DatiAnagraficiCessionario,
    DatiBeniServizi,
    DatiBollo,
    DatiCassaPrevidenziale,
    DatiGenerali,
    DatiGeneraliDocumento,
    DatiPagamento,
    DatiRiepilogo,
    DatiRitenuta,
    DatiTrasmissione,
    DettaglioLinee,
    DettaglioPagamento,
    FatturaElettronica,
    FatturaElettronicaBody,
    FatturaElettronicaHeader,
    IdFiscale,
    Indirizzo,
    ScontoMaggiorazione,
)
from gse_billing.tax import stamp_duty

__all__ = ["coherent_invoices", "vat_numbers"]

_Key = tuple[Decimal, Natura | None]

_KEYS: Sequence[_Key] = (
    (Decimal("22.00"), None),
    (Decimal("10.00"), None),
    (Decimal("4.00"), None),
    (Decimal("0.00"), Natura.N2_2),
    (Decimal("0.00"), Natura.N4),
    (Decimal("0.00"), Natura.N6_8),
)
_STAMPED = (Natura.N2_2, Natura.N4)
_KINDS = (TipoDocumento.TD01, TipoDocumento.TD02, TipoDocumento.TD05, TipoDocumento.TD06, TipoDocumento.TD24)
_IBAN = "IT60X0542811101000000123456"
_SEAT = Indirizzo(indirizzo="Via Uno", cap="00100", comune="Roma", provincia="RM")

# within the reverse charge on energy and an authorisation of split payment
_DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2026, 6, 30))
_NUMBERS = st.from_regex(r"[A-Z0-9/-]{0,12}[0-9]", fullmatch=True)


def _decimals(least: str, greatest: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(least, greatest, places=places, allow_nan=False, allow_infinity=False)


@st.composite
def vat_numbers(draw: st.DrawFn) -> str:
    """Italian VAT numbers of the right form, with their check digit."""
    digits = f"{draw(st.integers(1, 9_999_999)):07}{draw(st.integers(1, 100)):03}"
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[1::2])
    return f"{digits}{-(sum(map(int, digits[::2])) + doubled) % 10}"


@st.composite
def coherent_invoices(draw: st.DrawFn, *, formats: Sequence[FormatoTrasmissione] = ()) -> FatturaElettronica:
    """Ordinary invoices, single or in lots, in which everything adds up.

    Args:
        draw: supplied by hypothesis.
        formats: the transmission formats to choose from; both without it.
    """
    form = draw(st.sampled_from(formats or (FormatoTrasmissione.FPA12, FormatoTrasmissione.FPR12)))
    numbers = draw(st.lists(_NUMBERS, min_size=1, max_size=3, unique=True))
    return FatturaElettronica(
        versione=form,
        fattura_elettronica_header=draw(_headers(form)),
        fattura_elettronica_body=tuple(draw(_bodies(number, form)) for number in numbers),
    )


@st.composite
def _headers(draw: st.DrawFn, form: FormatoTrasmissione) -> FatturaElettronicaHeader:
    seller, buyer = draw(st.lists(vat_numbers(), min_size=2, max_size=2, unique=True))
    code = "[A-Z0-9]{6}" if form is FormatoTrasmissione.FPA12 else "[A-W0-9]{7}"
    return FatturaElettronicaHeader(
        dati_trasmissione=DatiTrasmissione(
            id_trasmittente=_vat(draw(vat_numbers())),
            progressivo_invio="1",
            formato_trasmissione=form,
            codice_destinatario=draw(st.from_regex(code, fullmatch=True)),
        ),
        cedente_prestatore=CedentePrestatore(
            dati_anagrafici=DatiAnagraficiCedente(
                id_fiscale_iva=_vat(seller),
                codice_fiscale=draw(st.sampled_from([None, seller])),
                anagrafica=Anagrafica(denominazione="Produttore"),
                regime_fiscale=RegimeFiscale.RF01,
            ),
            sede=_SEAT,
        ),
        cessionario_committente=CessionarioCommittente(
            dati_anagrafici=DatiAnagraficiCessionario(
                id_fiscale_iva=_vat(buyer),
                codice_fiscale=draw(st.sampled_from([None, buyer])),
                anagrafica=Anagrafica(denominazione="Cliente"),
            ),
            sede=_SEAT,
        ),
    )


def _vat(code: str) -> IdFiscale:
    return IdFiscale(id_paese="IT", id_codice=code)


@st.composite
def _bodies(draw: st.DrawFn, number: str, form: FormatoTrasmissione) -> FatturaElettronicaBody:
    day, withheld = draw(_DAYS), draw(st.booleans())
    keys = draw(st.lists(st.sampled_from(_KEYS), min_size=1, max_size=3, unique=True))
    chosen = [*keys, *draw(st.lists(st.sampled_from(keys), max_size=4))]
    lines = tuple(draw(_lines(index + 1, key, withheld=withheld)) for index, key in enumerate(chosen))
    funds = tuple(draw(_funds(key)) for key in draw(st.lists(st.sampled_from(keys), max_size=1)))
    with exact():
        summaries = tuple(draw(_summaries(key, lines, funds, form)) for key in keys)
        total = sum((each.imponibile_importo + each.imposta for each in summaries), ZERO)
        withholding = (draw(_withholdings()),) if withheld else ()
        net = total - sum((each.importo_ritenuta for each in withholding), ZERO)
        net -= sum((each.imposta for each in summaries if each.esigibilita_iva is EsigibilitaIVA.S), ZERO)
    return FatturaElettronicaBody(
        dati_generali=DatiGenerali(
            dati_generali_documento=DatiGeneraliDocumento(
                tipo_documento=draw(st.sampled_from(_KINDS)),
                divisa="EUR",
                data=day,
                numero=number,
                dati_ritenuta=withholding,
                dati_bollo=_stamp(summaries, day),
                dati_cassa_previdenziale=funds,
                importo_totale_documento=draw(st.sampled_from([None, total])),
            )
        ),
        dati_beni_servizi=DatiBeniServizi(dettaglio_linee=lines, dati_riepilogo=summaries),
        dati_pagamento=draw(st.sampled_from([(), (_payment(net, day),)])),
    )


@st.composite
def _lines(draw: st.DrawFn, number: int, key: _Key, *, withheld: bool) -> DettaglioLinee:
    price = draw(_decimals("-5000", "5000", draw(st.integers(2, 6))))
    quantity = draw(st.none() | _decimals("0.01", "500", draw(st.integers(2, 4))))
    steps = tuple(draw(st.lists(_discounts(), max_size=2)))
    with exact():
        reached = price
        for step in steps:
            change = step.importo if step.importo is not None else reached * cast("Decimal", step.percentuale) / 100
            reached += -change if step.tipo is TipoScontoMaggiorazione.SC else change
        total = round_half_up(reached if quantity is None else reached * quantity)
    return DettaglioLinee(
        numero_linea=number,
        descrizione="Energia",
        quantita=quantity,
        prezzo_unitario=price,
        sconto_maggiorazione=steps,
        prezzo_totale=total,
        aliquota_iva=key[0],
        natura=key[1],
        ritenuta=Ritenuta.SI if withheld else None,
    )


def _discounts() -> st.SearchStrategy[ScontoMaggiorazione]:
    kind = st.sampled_from(TipoScontoMaggiorazione)
    percent = st.builds(ScontoMaggiorazione, tipo=kind, percentuale=_decimals("0", "100", 2))
    amount = st.builds(ScontoMaggiorazione, tipo=kind, importo=_decimals("0", "50", 3))
    return percent | amount


def _funds(key: _Key) -> st.SearchStrategy[DatiCassaPrevidenziale]:
    return st.builds(
        DatiCassaPrevidenziale,
        tipo_cassa=st.just(TipoCassa.TC04),
        al_cassa=st.just(Decimal("4.00")),
        importo_contributo_cassa=_decimals("0", "200", 2),
        aliquota_iva=st.just(key[0]),
        natura=st.just(key[1]),
    )


@st.composite
def _summaries(
    draw: st.DrawFn,
    key: _Key,
    lines: Sequence[DettaglioLinee],
    funds: Sequence[DatiCassaPrevidenziale],
    form: FormatoTrasmissione,
) -> DatiRiepilogo:
    rate, natura = key
    taxable = sum((each.prezzo_totale for each in lines if (each.aliquota_iva, each.natura) == key), ZERO)
    taxable += sum((each.importo_contributo_cassa for each in funds), ZERO) if _bears(funds, key) else ZERO
    due: list[Any] = [None, EsigibilitaIVA.I, EsigibilitaIVA.D]
    if form is FormatoTrasmissione.FPA12 and natura is None:
        due.append(EsigibilitaIVA.S)
    return DatiRiepilogo(
        aliquota_iva=rate,
        natura=natura,
        imponibile_importo=taxable,
        imposta=round_half_up(taxable * rate / 100),
        esigibilita_iva=draw(st.sampled_from(due)),
    )


def _bears(funds: Sequence[DatiCassaPrevidenziale], key: _Key) -> bool:
    return any((each.aliquota_iva, each.natura) == key for each in funds)


@st.composite
def _withholdings(draw: st.DrawFn) -> DatiRitenuta:
    return DatiRitenuta(
        tipo_ritenuta=TipoRitenuta.RT01,
        importo_ritenuta=draw(_decimals("0", "100", 2)),
        aliquota_ritenuta=Decimal("20.00"),
        causale_pagamento=CausalePagamento.A,
    )


def _stamp(summaries: Sequence[DatiRiepilogo], day: dt.date) -> DatiBollo | None:
    with exact():
        outside = sum((each.imponibile_importo for each in summaries if each.natura in _STAMPED), ZERO)
    due = stamp_duty(outside, day).due
    return DatiBollo(bollo_virtuale=BolloVirtuale.SI) if due else None


def _payment(net: Decimal, day: dt.date) -> DatiPagamento:
    return DatiPagamento(
        condizioni_pagamento=CondizioniPagamento.TP02,
        dettaglio_pagamento=(
            DettaglioPagamento(
                modalita_pagamento=ModalitaPagamento.MP05,
                data_scadenza_pagamento=day + dt.timedelta(30),
                importo_pagamento=net,
                iban=_IBAN,
            ),
        ),
    )
