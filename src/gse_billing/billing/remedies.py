"""What lets an amount go that stays where it is: for each reason, in the words of the letter (PAY-8)."""

from __future__ import annotations

from collections.abc import Mapping

from gse_billing.netting import CarryReason, HoldReason

__all__ = ["REMEDIES"]

REMEDIES: Mapping[HoldReason | CarryReason, str] = {
    HoldReason.AWAITING_DELIVERY: "la consegna da parte di SDI",
    HoldReason.AWAITING_ACCEPTANCE: "l'accettazione del destinatario",
    HoldReason.DISCARDED: "un nuovo documento corretto, anche con lo stesso numero",
    HoldReason.REFUSED: "un nuovo documento, anche con lo stesso numero",
    HoldReason.OPERATOR_SUSPENDED: "la bonifica ottenuta con un ticket sul Portale di Assistenza",
    HoldReason.OPERATOR_BLOCKED: "la riemissione chiesta e l'accettazione di ogni fattura rifiutata",
    HoldReason.NO_IBAN: "l'IBAN del contratto",
    HoldReason.NO_OFFICE_CODE: "la scelta dell'ufficio destinatario",
    HoldReason.NO_NUMBER: "il numero del documento",
    HoldReason.TAX_COLLECTION_CHECK: "l'esito della verifica",
    HoldReason.DISPUTED: "la fine della contestazione",
    HoldReason.OTHER: "la correzione di quanto indicato",
    CarryReason.NOT_YET_PAYABLE: "la data di valuta",
    CarryReason.NOT_YET_COLLECTABLE: "la scadenza",
    CarryReason.BELOW_PUBLICATION: "altri importi, fino alla soglia di pubblicazione",
    CarryReason.BELOW_PAYMENT: "altri importi, fino alla soglia di pagamento",
    CarryReason.INSUFFICIENT_CREDIT: "i prossimi crediti",
}
"""Every reason of netting has one; a suspension needs the correction *obtained*, a block both halves of BLK-3."""
