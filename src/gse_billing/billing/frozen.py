"""What is issued stays issued: how an invoice of the books is held against what the portfolio says today."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from gse_billing.billing.books import SentDocument
from gse_billing.billing.drafting import Draft, Gap, Intent
from gse_billing.core.findings import Finding, Severity
from gse_billing.netting import Held, HoldReason

__all__ = ["differences", "last_attempts"]


def last_attempts(sent: Iterable[SentDocument]) -> dict[str, SentDocument]:
    """The last attempt of each record, by the key of the record; attempts come in their order."""
    return {document.draft.key: document for document in sent}


def differences(
    sent: SentDocument, intent: Intent | None, typed: str | None, freed: Container[str]
) -> Iterator[Gap | Finding]:
    """What to say where an invoice and the portfolio differ.

    Data of the parties (name, seat, tax code, account) may change: the invoice keeps what it said, and payments take
    the new account. Anything else that differs holds the operator, for nobody can tell which of the two is meant;
    unless SDI discarded the invoice or its recipient refused it, for then the mended record is issued again.

    Args:
        sent: the invoice.
        intent: what the portfolio makes of its record today.
        typed: the number that the portfolio types today.
        freed: the keys of invoices that were discarded or refused.
    """
    back = "put it back as it was"
    if sent.key in freed and isinstance(intent, Draft):
        return
    if intent is None:
        yield _held(sent, "the portfolio no longer has the record that was invoiced", "put the record back")
    elif not isinstance(intent, Draft):
        yield _held(sent, "by the portfolio of today its record cannot be invoiced", back)
    elif typed not in (None, sent.number):
        yield _held(sent, f"another number is typed now, {typed}", back)
    elif intent.essence != sent.draft.essence:
        yield _held(sent, "its record has changed since", back)
    elif intent != sent.draft:
        yield _kept(sent)


def _held(sent: SentDocument, why: str, hint: str) -> Gap:
    number = f"{sent.number} del {sent.draft.date:%d/%m/%Y}"
    return Gap(
        key=sent.draft.key,
        operator=sent.draft.operator,
        held=Held(HoldReason.OTHER, f"la fattura {number} e i dati di oggi si contraddicono"),
        finding=Finding(
            code="billing:frozen-invoice-contradicted",
            path=sent.draft.key,
            message_it=f"la fattura {number} è emessa e i dati di oggi la contraddicono: {why}",
            message_en=f"invoice {sent.number} of {sent.draft.date} cannot change: {why}",
            hint=hint,
        ),
    )


def _kept(sent: SentDocument) -> Finding:
    return Finding(
        code="billing:frozen-invoice-kept",
        severity=Severity.INFO,
        path=sent.draft.key,
        message_it=f"la fattura {sent.number} conserva i dati delle parti con cui è stata emessa",
        message_en=f"invoice {sent.number} keeps the data of the parties that it was issued with",
        hint="nothing to do: the new data go into new invoices and payments",
    )
