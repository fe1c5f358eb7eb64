"""The parties, and what the kind of document asks of them (00417, 00471 to 00476)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from gse_billing.core.findings import Skipped
from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.rules.facts import AnyBody, Body, Head, Outcome

__all__ = ["sdi_00417", "sdi_00471", "sdi_00472", "sdi_00473", "sdi_00474", "sdi_00475", "sdi_00476"]

ITALY = "IT"

DIFFERENT: Mapping[Regime, frozenset[str]] = MappingProxyType(
    {
        Regime.PA: frozenset({"TD16", "TD17", "TD18", "TD19", "TD20", "TD29"}),
        Regime.PRIVATE: frozenset(
            {"TD01", "TD02", "TD03", "TD06", "TD16", "TD17", "TD18", "TD19", "TD20", "TD24", "TD25", "TD28", "TD29"}
        ),
        Regime.SIMPLIFIED: frozenset({"TD07"}),
    }
)
"""Kinds whose parties differ: Elenco controlli 2.0, p. 40; table, p. 4; simplified table, p. 3."""

SAME: Mapping[Regime, frozenset[str]] = MappingProxyType(
    {Regime.PA: frozenset({"TD21"}), Regime.PRIVATE: frozenset({"TD21", "TD27"})}
)
"""Kinds whose parties are one subject: Elenco controlli 2.0, p. 41; table, p. 4."""

FROM_ABROAD = frozenset({"TD17", "TD18", "TD19", "TD28"})
"""Kinds whose supplier is abroad: Elenco controlli 2.0, p. 42."""

FROM_ITALY = "TD29"
"""The kind whose supplier is in Italy: Elenco controlli 2.0, p. 42."""

WITHOUT_ZERO = "TD21"
"""The kind without lines of rate zero: Elenco controlli 2.0, p. 43."""

BUYER_WITH_VAT = frozenset({"TD16", "TD17", "TD18", "TD19", "TD20", "TD22", "TD23", "TD28", "TD29"})
"""Kinds whose buyer has a VAT number: Elenco controlli 2.0, p. 44."""

_KIND = ("dati_generali", "dati_generali_documento", "tipo_documento")
_UNKNOWN = "the buyer has only a tax code: SDI looks its VAT number up"


def sdi_00417(head: Head) -> Iterator[Outcome]:
    """Cessionario senza partita IVA e senza codice fiscale.

    The buyer has a VAT number or a tax code. Elenco controlli 2.0, p. 20; simplified table, p. 2.
    """
    if head.buyer.id_fiscale_iva is None and head.buyer.codice_fiscale is None:
        yield head.finding("00417", *head.layout.buyer)


def sdi_00471(body: AnyBody) -> Iterator[Outcome]:
    """Cedente uguale al cessionario in un tipo di documento che non lo ammette.

    For the kinds that the flow lists, supplier and buyer differ. Elenco controlli 2.0, p. 40; table, p. 4.
    """
    if body.kind in DIFFERENT[body.head.context.regime]:
        same = _same_subject(body.head)
        if same is None:
            yield Skipped("sdi:00471", _UNKNOWN)
        elif same:
            yield body.finding("00471", *_KIND, actual=body.kind)


def sdi_00472(body: Body) -> Iterator[Outcome]:
    """Cedente diverso dal cessionario in un tipo di documento che li vuole uguali.

    For the kinds that the flow lists, supplier and buyer are the same. Elenco controlli 2.0, p. 41; table, p. 4.
    """
    if body.kind in SAME[body.head.context.regime]:
        same = _same_subject(body.head)
        if same is None:
            yield Skipped("sdi:00472", _UNKNOWN)
        elif not same:
            yield body.finding("00472", *_KIND, actual=body.kind)


def _same_subject(head: Head) -> bool | None:
    """Whether the VAT numbers are equal, or where the buyer has none the tax codes; ``None`` when only SDI can tell."""
    vat, seller = head.buyer.id_fiscale_iva, head.seller.id_fiscale_iva
    if vat is not None:
        return vat.id_codice == seller.id_codice and vat.id_paese == seller.id_paese
    code = head.buyer.codice_fiscale
    return True if code is not None and code == head.seller.codice_fiscale else None


def sdi_00473(body: Body) -> Iterator[Outcome]:
    """Paese del cedente che il tipo di documento non ammette.

    TD17, TD18, TD19 and TD28 have a supplier abroad, TD29 one in Italy. Elenco controlli 2.0, p. 42.
    """
    country = body.head.seller.id_fiscale_iva.id_paese
    if body.kind in FROM_ABROAD and country == ITALY:
        yield _country(body, "any but IT")
    elif body.kind == FROM_ITALY and country != ITALY:
        yield _country(body, ITALY)


def _country(body: Body, expected: str) -> Outcome:
    steps = (*body.head.layout.seller, "id_fiscale_iva", "id_paese")
    return body.head.finding("00473", *steps, expected=expected, actual=body.kind)


def sdi_00474(body: Body) -> Iterator[Outcome]:
    """Autofattura per splafonamento (TD21) con una linea ad aliquota zero.

    A TD21 has no line of rate zero. Elenco controlli 2.0, p. 43.
    """
    if body.kind == WITHOUT_ZERO:
        for (rate, _), indices in body.lines.by_vat.items():
            if not rate:
                for index in indices:
                    yield body.finding("00474", *body.lines.steps, index, *body.lines.rate)


def sdi_00475(body: Body) -> Iterator[Outcome]:
    """Cessionario senza partita IVA in un tipo di documento che la vuole.

    TD16 to TD20, TD22, TD23, TD28 and TD29 have the buyer's VAT number. Elenco controlli 2.0, p. 44.
    """
    if body.kind in BUYER_WITH_VAT and body.head.buyer.id_fiscale_iva is None:
        yield body.head.finding("00475", *body.head.layout.buyer, "id_fiscale_iva", actual=body.kind)


def sdi_00476(head: Head) -> Iterator[Outcome]:
    """Cedente e cessionario entrambi esteri.

    One of supplier and buyer has a VAT number of Italy. Elenco controlli 2.0, p. 45; simplified table, p. 1.
    """
    seller, buyer = head.seller.id_fiscale_iva.id_paese, head.buyer.id_fiscale_iva
    if seller != ITALY and buyer is not None and buyer.id_paese != ITALY:
        steps = (*head.layout.seller, "id_fiscale_iva", "id_paese")
        yield head.finding("00476", *steps, expected=ITALY, actual=f"{seller}, {buyer.id_paese}")
