"""From payouts to bank transfers: the IBAN of the single contract, and a text that names every document paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.core.errors import InvalidValueError, LimitExceededError
from gse_billing.core.identifiers import Iban, InvoiceNumber
from gse_billing.netting import PaidDocument, Payout
from gse_billing.netting.results import in_euro
from gse_billing.payments import InvoiceReference, SettlementKey, Transfer, write_remittance

__all__ = ["transfers_of"]


def transfers_of(portfolio: Portfolio, payouts: Iterable[Payout]) -> Iterator[Transfer]:
    """The transfers of some payouts, in their order.

    A payout is one transfer; where its text cannot name all its documents it is spread over as many as it takes, in
    the order of the documents, and so is money paid on documents and money paid without.

    Raises:
        InvalidValueError: the number of a document cannot stand in the text of a SEPA transfer.
    """
    for payout in payouts:
        for sequence, part in enumerate(_parts(payout), start=1):
            yield _transfer(portfolio, payout, part, sequence)


def _parts(payout: Payout) -> Iterator[tuple[PaidDocument, ...]]:
    for invoiced, together in groupby(payout.documents, key=lambda paid: paid.credit.document is not None):
        if invoiced:
            yield from _named(tuple(together))
        else:
            yield tuple(together)


def _named(documents: tuple[PaidDocument, ...]) -> Iterator[tuple[PaidDocument, ...]]:
    part: tuple[PaidDocument, ...] = ()
    for paid in documents:
        if part and not _fits((*part, paid)):
            yield part
            part = ()
        part = (*part, paid)
    yield part


def _fits(documents: tuple[PaidDocument, ...]) -> bool:
    try:
        _text(documents)
    except (LimitExceededError, InvalidValueError):
        return False
    return True


def _text(documents: tuple[PaidDocument, ...]) -> str:
    credit = documents[0].credit
    if credit.document is None:
        return f"CONTRATTO {credit.contract} COMPETENZE PUBBLICATE AL {credit.issue_date:%d/%m/%Y}"
    named = [paid.credit.document for paid in documents if paid.credit.document is not None]
    return write_remittance(InvoiceReference(InvoiceNumber(item.number), item.date) for item in named)


def _transfer(portfolio: Portfolio, payout: Payout, part: tuple[PaidDocument, ...], sequence: int) -> Transfer:
    operator, contract = portfolio.holders[payout.contract]
    return Transfer(
        debtor_name=portfolio.gse.name,
        creditor_name=operator.name,
        creditor_iban=cast("Iban", contract.iban),  # the gate lets nothing through without one
        amount=in_euro(sum(paid.cents for paid in part)),
        value_date=payout.value_date,
        remittance=_text(part),
        end_to_end_id=SettlementKey(payout.contract, payout.value_date, sequence).end_to_end_id,
    )
