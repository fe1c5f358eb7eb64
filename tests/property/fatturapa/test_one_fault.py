"""Law of the checks: one thing changed in a document in which everything adds up gives the code of that thing.

"Exactly its code" is what SDI's texts ask for; where one fault cannot but break two rules, both are named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gse_billing import fatturapa
from gse_billing.core.money import exact, round_half_up
from gse_billing.core.values import evolve
from gse_billing.fatturapa.catalogue import Decided, Regime, ReportedBy, sdi_codes
from gse_billing.fatturapa.codelists import (
    EsigibilitaIVA,
    FormatoTrasmissione,
    Natura,
    Ritenuta,
    TipoDocumento,
    TipoScontoMaggiorazione,
)
from gse_billing.fatturapa.model import (
    Anagrafica,
    DatiAnagraficiRappresentante,
    DatiDocumentiCorrelati,
    DatiRiepilogo,
    RappresentanteFiscale,
    ScontoMaggiorazione,
)
from gse_billing.testing.fatturapa_coherent import coherent_invoices
from tests.support.invoices import PERSON, having, line, vat

FEW = settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
PA, PRIVATE = FormatoTrasmissione.FPA12, FormatoTrasmissione.FPR12
BOTH = (PA, PRIVATE)
BARE = (ScontoMaggiorazione(tipo=TipoScontoMaggiorazione.SC),)
WRONG = "12345678901"
DAY_AFTER = dt.timedelta(days=1)
Change = Callable[[Any], Any]


@frozen(kw_only=True)
class Fault:
    """One thing that may be wrong.

    Attributes:
        code: of SDI.
        change: from a document to one with the fault; ``None`` where it cannot have it.
        formats: of the documents that are changed.
        others: codes that cannot but go with it.
    """

    code: str
    change: Change
    formats: tuple[FormatoTrasmissione, ...] = BOTH
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "-".join((self.code, *(each.value for each in self.formats)))


def goods(document: Any) -> Any:
    return document.fattura_elettronica_body[0].dati_beni_servizi


def general(document: Any) -> Any:
    return document.fattura_elettronica_body[0].dati_generali.dati_generali_documento


def fields(**changes: Any) -> Change:
    """The same fields changed in any document."""
    return lambda document: having(document, **changes)


def where(kind: str, test: Callable[[Any], bool], field: str, value: object) -> Change:
    """A field of the first line (L), summary (V) or fund (F) that fits."""

    def change(document: Any) -> Any:
        root, records = {
            "L": ("L", goods(document).dettaglio_linee),
            "V": ("V", goods(document).dati_riepilogo),
            "F": ("G__dati_cassa_previdenziale", general(document).dati_cassa_previdenziale),
        }[kind]
        index = next((index for index, each in enumerate(records) if test(each)), None)
        return None if index is None else having(document, **{f"{root}__{index}__{field}": value})

    return change


def free(record: Any) -> bool:
    """Whether a record is of rate zero."""
    return record.natura is not None


def taxed(record: Any) -> bool:
    """Whether a record has a rate."""
    return record.natura is None


def of_energy(record: Any) -> bool:
    """Whether a record is under the reverse charge on energy."""
    return record.natura is Natura.N6_8


def beside(kind: str) -> Change:
    """A natura of the summary beside a rate."""

    def change(document: Any) -> Any:
        known = next((each.natura for each in goods(document).dati_riepilogo if free(each)), None)
        return known and where(kind, taxed, "natura", known)(document)

    return change


def everywhere(change: Callable[[Any], Any]) -> Change:
    """Every line, fund and summary changed."""

    def changed(document: Any) -> Any:
        return having(
            document,
            lines=tuple(map(change, goods(document).dettaglio_linee)),
            summaries=tuple(map(change, goods(document).dati_riepilogo)),
            G__dati_cassa_previdenziale=tuple(map(change, general(document).dati_cassa_previdenziale)),
        )

    return changed


def as_fraction(record: Any) -> Any:
    """22 % written as 0.22; a tax follows."""
    rate = (record.aliquota_iva / 100).quantize(Decimal("0.01"))
    changes: dict[str, Any] = {"aliquota_iva": rate}
    if isinstance(record, DatiRiepilogo):
        with exact():
            changes["imposta"] = round_half_up(record.imponibile_importo * rate / 100)
    return evolve(record, **changes)


def generic(record: Any) -> Any:
    """N2.2 written as N2."""
    return evolve(record, natura=Natura.N2) if record.natura is Natura.N2_2 else record


def only_if(test: Callable[[Any], bool], change: Change) -> Change:
    return lambda document: change(document) if test(document) else None


def has_generic(document: Any) -> bool:
    return any(each.natura is Natura.N2_2 for each in goods(document).dati_riepilogo)


def all_taxed(document: Any) -> bool:
    return all(taxed(each) for each in goods(document).dati_riepilogo)


def without_a_block(document: Any) -> Any:
    """Without the summary of a rate, where each block has a rate of its own."""
    blocks = goods(document).dati_riepilogo
    index = next((index for index, each in enumerate(blocks) if taxed(each)), None)
    if index is None or len(blocks) == 1 or len({each.aliquota_iva for each in blocks}) < len(blocks):
        return None
    return having(document, summaries=(*blocks[:index], *blocks[index + 1 :]))


def with_block(rate: str, natura: Natura | None = None) -> Change:
    """A summary block of nothing more."""
    block = DatiRiepilogo(
        aliquota_iva=Decimal(rate), natura=natura, imponibile_importo=Decimal("0.00"), imposta=Decimal("0.00")
    )
    return lambda document: having(document, summaries=(*goods(document).dati_riepilogo, block))


def with_line_of_another_rate(document: Any) -> Any:
    """A line of nothing, at a rate that no summary has, where there are blocks enough for 00419."""
    blocks = goods(document).dati_riepilogo
    if len(blocks) == len({each.aliquota_iva for each in blocks}):
        return None
    more = line(99, "0.00", "5.00")
    return having(document, lines=(*goods(document).dettaglio_linee, more))


def referring_to_tomorrow(document: Any) -> Any:
    later = DatiDocumentiCorrelati(id_documento="1", data=general(document).data + DAY_AFTER)
    return having(document, D__dati_fatture_collegate=(later,))


def own(kind: str) -> Change:
    """A document to oneself."""

    def change(document: Any) -> Any:
        seller = document.fattura_elettronica_header.cedente_prestatore.dati_anagrafici.id_fiscale_iva
        return having(document, B__id_fiscale_iva=seller, G__tipo_documento=TipoDocumento(kind))

    return change


def represented(**ids: Any) -> Change:
    party = DatiAnagraficiRappresentante(anagrafica=Anagrafica(denominazione="R"), **{"id_fiscale_iva": vat(), **ids})
    return fields(H__rappresentante_fiscale=RappresentanteFiscale(dati_anagrafici=party))


def has_zero_rate(document: Any) -> bool:
    return any(free(each) for each in goods(document).dettaglio_linee)


FAULTS = (
    Fault(code="00300", change=fields(T__id_trasmittente__id_codice=WRONG)),
    Fault(code="00301", change=fields(S__id_fiscale_iva__id_codice=WRONG)),
    Fault(code="00302", change=fields(S__codice_fiscale=WRONG)),
    Fault(code="00303", change=represented(id_fiscale_iva=vat(WRONG))),
    Fault(code="00304", change=represented(codice_fiscale=WRONG), formats=(PA,)),
    Fault(code="00305", change=fields(B__id_fiscale_iva__id_codice=WRONG)),
    Fault(code="00306", change=fields(B__id_fiscale_iva=None, B__codice_fiscale=WRONG)),
    Fault(code="00313", change=fields(T__codice_destinatario="XXXXXXX"), formats=(PRIVATE,)),
    Fault(code="00330", change=fields(T__pec_destinatario="sdi01@pec.fatturapa.it"), formats=(PRIVATE,)),
    Fault(code="00400", change=where("L", free, "natura", None), formats=(PA,)),
    Fault(code="00401", change=beside("L")),
    Fault(code="00401", change=only_if(all_taxed, fields(L__0__natura=Natura.N1)), others=("00444",)),
    Fault(code="00409", change=lambda each: having(each, bodies=each.fattura_elettronica_body * 2)),
    Fault(code="00411", change=fields(L__0__ritenuta=Ritenuta.SI, G__dati_ritenuta=())),
    Fault(code="00413", change=where("F", free, "natura", None), formats=(PA,)),
    Fault(code="00414", change=beside("F")),
    Fault(
        code="00415",
        change=only_if(
            lambda each: not general(each).dati_ritenuta, where("F", lambda _: True, "ritenuta", Ritenuta.SI)
        ),
    ),
    Fault(code="00417", change=fields(B__id_fiscale_iva=None, B__codice_fiscale=None)),
    Fault(code="00418", change=referring_to_tomorrow, formats=(PRIVATE,)),
    Fault(code="00419", change=without_a_block, others=("00443",)),
    Fault(
        code="00420", change=where("V", lambda each: each.natura is Natura.N6_8, "esigibilita_iva", EsigibilitaIVA.S)
    ),
    Fault(code="00421", change=lambda each: having(each, V__0__imposta=goods(each).dati_riepilogo[0].imposta + 1)),
    Fault(code="00422", change=fields(V__0__arrotondamento=Decimal("1.01"))),
    Fault(
        code="00423",
        change=lambda each: having(
            each, L__0__prezzo_totale=goods(each).dettaglio_linee[0].prezzo_totale + Decimal("0.02")
        ),
    ),
    Fault(code="00424", change=only_if(all_taxed, everywhere(as_fraction))),
    Fault(code="00425", change=fields(G__numero="ABC/")),
    Fault(code="00427", change=fields(T__codice_destinatario="0000000"), formats=(PA,)),
    Fault(code="00427", change=fields(T__codice_destinatario="000000"), formats=(PRIVATE,)),
    Fault(code="00428", change=fields(R=PRIVATE), formats=(PA,)),
    Fault(code="00429", change=where("V", free, "natura", None), others=("00444",)),
    Fault(code="00430", change=where("V", taxed, "natura", Natura.N1), formats=(PA,)),
    Fault(code="00437", change=fields(G__sconto_maggiorazione=BARE)),
    Fault(code="00438", change=where("L", lambda each: not each.sconto_maggiorazione, "sconto_maggiorazione", BARE)),
    Fault(code="00443", change=with_line_of_another_rate, formats=(PA,)),
    Fault(code="00443", change=with_block("5.00"), formats=(PRIVATE,)),
    Fault(code="00444", change=where("L", free, "natura", Natura.N1), formats=(PA,)),
    Fault(code="00444", change=only_if(has_zero_rate, with_block("0.00", Natura.N1)), formats=(PRIVATE,)),
    Fault(code="00445", change=only_if(has_generic, everywhere(generic))),
    Fault(code="00471", change=own("TD01"), formats=(PRIVATE,)),
    Fault(code="00471", change=own("TD16"), formats=(PA,)),
    Fault(code="00472", change=only_if(all_taxed, fields(G__tipo_documento=TipoDocumento.TD21))),
    Fault(code="00472", change=fields(G__tipo_documento=TipoDocumento.TD27), formats=(PRIVATE,)),
    Fault(code="00473", change=fields(G__tipo_documento=TipoDocumento.TD17)),
    Fault(code="00474", change=only_if(has_zero_rate, own("TD21"))),
    Fault(
        code="00475",
        change=fields(G__tipo_documento=TipoDocumento.TD22, B__id_fiscale_iva=None, B__codice_fiscale=PERSON),
    ),
    Fault(code="00476", change=fields(S__id_fiscale_iva=vat("1", "DE"), B__id_fiscale_iva=vat("2", "AT"))),
)
"""At least one for each rule that the document alone decides."""


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@given(data=st.data())
@FEW
def test_one_fault_gives_its_code_and_no_other(fault: Fault, data: st.DataObject) -> None:
    made = data.draw(coherent_invoices(formats=fault.formats))
    document = having(made, bodies=made.fattura_elettronica_body[:1])
    changed = fault.change(document)
    assume(changed is not None)
    assert fatturapa.check(document).codes == ()
    report = fatturapa.check(changed)
    assert set(report.codes) == {f"sdi:{code}" for code in (fault.code, *fault.others)}
    assert not report.ok


def of_ordinary_documents() -> Iterator[str]:
    for each in sdi_codes().values():
        in_document = each.reported_by is ReportedBy.RULE and each.decided is Decided.DOCUMENT
        if in_document and each.regimes != {Regime.SIMPLIFIED}:
            yield each.code


def test_every_rule_that_the_document_decides_has_a_fault() -> None:
    assert {fault.code for fault in FAULTS} == set(of_ordinary_documents())
