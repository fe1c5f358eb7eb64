"""From what a person knows to a document: lines, treatments and payments become totals, summaries and blocks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.arguments import require, require_each
from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError, LimitExceededError, NoValueInForceError
from gse_billing.fatturapa.building.amounts import DocumentAmounts, Group, amounts_of, groups_of
from gse_billing.fatturapa.building.contributions import Contribution, PricedContribution, contributed
from gse_billing.fatturapa.building.lines import Line, PricedLine, changed, priced
from gse_billing.fatturapa.building.parties import Heading, header_of
from gse_billing.fatturapa.building.payments import Payment, payment_block
from gse_billing.fatturapa.building.withholding import Withholding, withheld
from gse_billing.fatturapa.codelists import BolloVirtuale, TipoDocumento
from gse_billing.fatturapa.model import (
    Allegati,
    DatiBeniServizi,
    DatiBollo,
    DatiDocumentiCorrelati,
    DatiGenerali,
    DatiGeneraliDocumento,
    DatiRitenuta,
    FatturaElettronica,
    FatturaElettronicaBody,
    ScontoMaggiorazione,
)

__all__ = ["Draft", "build"]

_CAUSALE = 200
"""Characters of one Causale (2.1.1.11); a longer subject goes on in the next one."""

_MOST_LINES = 9999
"""NumeroLinea (2.2.1.1) ends there."""

_SIMPLIFIED = (TipoDocumento.TD07, TipoDocumento.TD08, TipoDocumento.TD09)


def _lines(given: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(given)


def _payments(given: Iterable[Payment]) -> tuple[Payment, ...]:
    return tuple(given)


@frozen(kw_only=True)
class Draft:
    """One document of a file: everything that follows from nothing else.

    Args:
        number: of the document, up to 20 characters with a digit (SDI 00425).
        date: of the document; every treatment has to be in force on it.
        lines: what is sold, one to 9,999.
        kind: of document.
        payments: how it is paid; none where nobody is to pay, as where it is set off.
        withholding: what the buyer keeps back.
        contributions: to the fund of the seller's profession, which the buyer pays on top.
        changes: discounts and surcharges on the total with VAT, in order; no VAT changes with them, for SDI takes the
            taxable amounts from lines and contributions alone (00422). One that does belongs to the lines.
        subject: what it is about, of any length.
        orders: purchase orders referred to.
        contracts: contracts referred to.
        conventions: agreements referred to.
        corrects: invoices referred to, which a credit note corrects.
        attachments: files that go with it.

    Raises:
        InvalidValueError: the number has no digit, there is no line, the kind belongs to the simplified invoice, or
            lines bear withholding or a contribution and none is given, or the other way round.
        LimitExceededError: there are too many lines.
        NoValueInForceError: SDI does not take the kind on that day.
    """

    number: str
    date: dt.date = field(converter=require_day)
    lines: tuple[Line, ...] = field(converter=_lines)
    kind: TipoDocumento = TipoDocumento.TD01
    payments: tuple[Payment, ...] = field(default=(), converter=_payments)
    withholding: tuple[Withholding, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    changes: tuple[ScontoMaggiorazione, ...] = ()
    subject: str = ""
    orders: tuple[DatiDocumentiCorrelati, ...] = ()
    contracts: tuple[DatiDocumentiCorrelati, ...] = ()
    conventions: tuple[DatiDocumentiCorrelati, ...] = ()
    corrects: tuple[DatiDocumentiCorrelati, ...] = ()
    attachments: tuple[Allegati, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not re.search("[0-9]", self.number):
            raise InvalidValueError(
                f"the number {self.number!r} has no digit", value=self.number, why="SDI 00425", remedy="add one"
            )
        if not self.lines:
            raise InvalidValueError(f"the document {self.number} has no line", value=self.lines)
        if len(self.lines) > _MOST_LINES:
            raise LimitExceededError(
                f"the document {self.number} has too many lines", limit=_MOST_LINES, found=len(self.lines)
            )
        self._require_bearers()
        if self.kind in _SIMPLIFIED:
            raise InvalidValueError(f"{self.kind} is a kind of simplified invoice", value=self.kind)
        if not self.kind.in_force(self.date):
            raise NoValueInForceError(f"the kind {self.kind}", self.date, known=self.kind.validity.validity)

    def _require_bearers(self) -> None:
        """What lines bear is stated, and what is stated some line bears."""
        withheld = [line.withheld for line in self.lines] + [each.withheld for each in self.contributions]
        contributory = [line.contributory for line in self.lines]
        for mark, marked, name, stated, why in (
            ("withheld", withheld, "withholding", self.withholding, "SDI 00411 and 00415 want"),
            ("contributory", contributory, "contributions", self.contributions, "a contribution is taken on lines:"),
        ):
            if any(marked) != bool(stated):
                raise InvalidValueError(
                    f"the document {self.number} has lines marked {mark} and no {name}, or the reverse",
                    value=stated,
                    why=f"{why} both or neither",
                    remedy=f"mark the lines with {mark}=True and give {name}=",
                )

    @property
    def amounts(self) -> DocumentAmounts:
        """What the document amounts to, with the net payable.

        Raises:
            NoValueInForceError: a treatment is not in force on the date of the document.
        """
        return _computed(self).amounts


@frozen
class _Computed:
    """Everything about a draft that follows from its lines."""

    lines: tuple[PricedLine, ...]
    contributions: tuple[PricedContribution, ...]
    groups: tuple[Group, ...]
    kept: tuple[DatiRitenuta, ...]
    amounts: DocumentAmounts


def _computed(draft: Draft) -> _Computed:
    lines = tuple(priced(line, number, draft.date) for number, line in enumerate(draft.lines, 1))
    contributions = tuple(contributed(lines, each, draft.date) for each in draft.contributions)
    groups = groups_of((*lines, *contributions))
    kept = tuple(withheld((*lines, *contributions), each.on(draft.date)) for each in draft.withholding)
    amounts = amounts_of(
        groups,
        contributions=contributions,
        kept=kept,
        changed=lambda total: changed(total, draft.changes),
        day=draft.date,
    )
    return _Computed(lines, contributions, groups, kept, amounts)


def build(heading: Heading, drafts: Iterable[Draft]) -> FatturaElettronica:
    """The file that holds these documents; one is a lot of one.

    Totals of lines, VAT summaries, the total of each document, stamp duty, withholding and payments are derived. Text
    is taken as it is: what the schema does not admit ``fatturapa.write`` refuses.

    Args:
        heading: seller, buyer, recipient.
        drafts: the documents, one or more.

    Raises:
        InvalidValueError: there is no document, or two have one number (SDI 00409).
        NoValueInForceError: a treatment is not in force on the date of a document.
        InvalidAmountError: payments do not add up to what is payable.
    """
    require(heading, Heading, meant="the heading of a file")
    chosen = require_each(drafts, Draft, meant="a document")
    if not chosen:
        raise InvalidValueError("a file holds one document or more", value=chosen, remedy="give at least one draft")
    _require_own_numbers(chosen)
    return FatturaElettronica(
        versione=heading.format,
        fattura_elettronica_header=header_of(heading),
        fattura_elettronica_body=tuple(map(_body, chosen)),
    )


def _require_own_numbers(drafts: tuple[Draft, ...]) -> None:
    """No two documents of a file have one number in one year; credit notes count apart (SDI 00409)."""
    seen: set[tuple[str, int, bool]] = set()
    for draft in drafts:
        key = draft.number, draft.date.year, draft.kind is TipoDocumento.TD04
        if key in seen:
            raise InvalidValueError(
                f"two documents of the file have the number {draft.number}", value=draft.number, why="SDI 00409"
            )
        seen.add(key)


def _body(draft: Draft) -> FatturaElettronicaBody:
    computed = _computed(draft)
    return FatturaElettronicaBody(
        dati_generali=_general(draft, computed),
        dati_beni_servizi=DatiBeniServizi(
            dettaglio_linee=tuple(line.detail for line in computed.lines),
            dati_riepilogo=tuple(group.summary for group in computed.groups),
        ),
        dati_pagamento=payment_block(draft.payments, computed.amounts.payable),
        allegati=draft.attachments,
    )


def _general(draft: Draft, computed: _Computed) -> DatiGenerali:
    return DatiGenerali(
        dati_generali_documento=DatiGeneraliDocumento(
            tipo_documento=draft.kind,
            divisa="EUR",
            data=draft.date,
            numero=draft.number,
            dati_ritenuta=computed.kept,
            dati_bollo=_stamp(computed.amounts.stamp),
            dati_cassa_previdenziale=tuple(each.detail for each in computed.contributions),
            sconto_maggiorazione=draft.changes,
            importo_totale_documento=computed.amounts.total,
            causale=tuple(draft.subject[at : at + _CAUSALE] for at in range(0, len(draft.subject), _CAUSALE)),
        ),
        dati_ordine_acquisto=draft.orders,
        dati_contratto=draft.contracts,
        dati_convenzione=draft.conventions,
        dati_fatture_collegate=draft.corrects,
    )


def _stamp(duty: Decimal) -> DatiBollo | None:
    return DatiBollo(bollo_virtuale=BolloVirtuale.SI, importo_bollo=duty) if duty else None
