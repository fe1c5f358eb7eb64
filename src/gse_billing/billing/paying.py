"""From payouts to bank transfers: the IBAN of the single contract, and a text that names every document paid."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import count, groupby
from typing import cast

from gse_billing.billing.portfolio.model import Portfolio
from gse_billing.core.errors import InvalidValueError, LimitExceededError
from gse_billing.core.identifiers import Iban, InvoiceNumber
from gse_billing.netting import PaidDocument, Payout
from gse_billing.netting.results import in_euro
from gse_billing.payments import InvoiceReference, SettlementKey, Transfer, write_remittance
from gse_billing.payments.sepa import AMOUNT_LIMIT

__all__ = ["transfers_of"]


def transfers_of(
    portfolio: Portfolio,
    payouts: Iterable[Payout],
    *,
    ordered: Iterable[Transfer] = (),
    taken: Container[str] = (),
) -> Iterator[Transfer]:
    """The transfers of some payouts, in their order, each with an identification that no transfer had before.

    A payout is one transfer; where its text cannot name all its documents it is spread over as many as it takes, in
    the order of the documents, and so is money paid on documents and money paid without.

    Args:
        portfolio: the parties.
        payouts: what netting pays.
        ordered: the transfers of earlier runs.
        taken: identifications of earlier runs, where their transfers are not at hand.

    Raises:
        InvalidValueError: the number of a document cannot stand in the text of a SEPA transfer.
    """
    used = {transfer.end_to_end_id for transfer in ordered}
    for payout in payouts:
        keys = (SettlementKey(payout.contract, payout.value_date, sequence) for sequence in count(1))
        names = (key.end_to_end_id for key in keys)
        free = (name for name in names if name not in used and name not in taken)
        for part, identification in zip(_parts(payout), free, strict=False):
            yield _transfer(portfolio, payout, part, identification)


def _parts(payout: Payout) -> Iterator[tuple[PaidDocument, ...]]:
    for invoiced, together in groupby(payout.documents, key=lambda paid: paid.credit.document is not None):
        if invoiced:
            yield from _named(tuple(together))
        else:
            yield from _named(tuple(together))


def _named(documents: tuple[PaidDocument, ...]) -> Iterator[tuple[PaidDocument, ...]]:
    part: tuple[PaidDocument, ...] = ()
    for paid in documents:
        if part and not _fits((*part, paid)):
            yield part
            part = ()
        part = (*part, paid)
    yield part


def _fits(documents: tuple[PaidDocument, ...]) -> bool:
    if in_euro(sum(paid.cents for paid in documents)) > AMOUNT_LIMIT:
        return False
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


def _transfer(portfolio: Portfolio, payout: Payout, part: tuple[PaidDocument, ...], identification: str) -> Transfer:
    operator, contract = portfolio.holders[payout.contract]
    return Transfer(
        debtor_name=portfolio.gse.name,
        creditor_name=operator.name,
        creditor_iban=cast("Iban", contract.iban),  # the gate lets nothing through without one
        amount=in_euro(sum(paid.cents for paid in part)),
        value_date=payout.value_date,
        remittance=_text(part),
        end_to_end_id=identification,
    )
