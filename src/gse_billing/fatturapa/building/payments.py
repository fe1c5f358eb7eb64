"""How a document is paid: the payment block, whose amounts add up to the net payable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from attrs import field, frozen

from gse_billing.core.errors import InvalidAmountError
from gse_billing.core.identifiers import Iban
from gse_billing.core.money import euro, exact
from gse_billing.fatturapa.building.figures import Figure
from gse_billing.fatturapa.codelists import CondizioniPagamento, ModalitaPagamento
from gse_billing.fatturapa.model import DatiPagamento, DettaglioPagamento

__all__ = ["Payment", "payment_block"]


def _amount(given: Figure | None) -> Decimal | None:
    return None if given is None else euro(given, meant="an amount to be paid")


@frozen(kw_only=True)
class Payment:
    """One payment that is asked for.

    Args:
        method: how.
        due: by when; a day before that of the document is stated as it is, and ``check`` speaks of it.
        iban: to which account, checked; none where nobody is to transfer anything.
        amount: how much, in EUR; without it the net payable of the document.
        beneficiary: who gets it, when it is not the seller.
        bank: of the account.
        code: that the payer is to repeat.

    Raises:
        InvalidIdentifierError: the IBAN is wrong.
    """

    method: ModalitaPagamento = ModalitaPagamento.MP05
    due: dt.date | None = None
    iban: str | None = None
    amount: Decimal | None = field(default=None, converter=_amount)
    beneficiary: str | None = None
    bank: str | None = None
    code: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.iban is not None:
            Iban(self.iban)


def payment_block(payments: Sequence[Payment], payable: Decimal) -> tuple[DatiPagamento, ...]:
    """The payment element of a document; none without payments, as where it is set off.

    Raises:
        InvalidAmountError: several payments do not add up to what is payable.
    """
    if not payments:
        return ()
    amounts = _amounts(payments, payable)
    terms = CondizioniPagamento.TP02 if len(payments) == 1 else CondizioniPagamento.TP01
    details = tuple(map(_detail, payments, amounts))
    return (DatiPagamento(condizioni_pagamento=terms, dettaglio_pagamento=details),)


def _amounts(payments: Sequence[Payment], payable: Decimal) -> list[Decimal]:
    amounts = [each.amount for each in payments if each.amount is not None]
    if not amounts and len(payments) == 1:
        return [payable]
    with exact():
        if len(amounts) != len(payments) or sum(amounts) != payable:
            raise InvalidAmountError(
                f"the payments do not add up to {payable} EUR",
                value=tuple(amounts),
                why="that is what the buyer pays the seller: the total without tax under split payment and withholding",
                remedy="give one payment without amount, or every amount",
            )
    return amounts


def _detail(payment: Payment, amount: Decimal) -> DettaglioPagamento:
    return DettaglioPagamento(
        beneficiario=payment.beneficiary,
        modalita_pagamento=payment.method,
        data_scadenza_pagamento=payment.due,
        importo_pagamento=amount,
        istituto_finanziario=payment.bank,
        iban=payment.iban,
        codice_pagamento=payment.code,
    )
