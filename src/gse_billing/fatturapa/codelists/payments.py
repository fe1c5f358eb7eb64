"""Codes of payment: terms and means."""

from __future__ import annotations

from gse_billing.fatturapa.codelists._code import FROM_OCTOBER_2020, Code

__all__ = ["CondizioniPagamento", "ModalitaPagamento"]


class CondizioniPagamento(Code):
    """Terms of payment (2.4.1)."""

    TP01 = "TP01", "pagamento a rate", "in instalments"
    TP02 = "TP02", "pagamento in unica soluzione", "in full"
    TP03 = "TP03", "anticipo", "in advance"


class ModalitaPagamento(Code):
    """Means of payment (2.4.2.2)."""

    MP01 = "MP01", "contanti", "cash"
    MP02 = "MP02", "assegno bancario", "cheque"
    MP03 = "MP03", "assegno circolare", "banker's draft"
    MP04 = "MP04", "contanti presso la Tesoreria", "cash at the Treasury"
    MP05 = "MP05", "bonifico", "credit transfer"
    MP06 = "MP06", "vaglia cambiario", "promissory note"
    MP07 = "MP07", "bollettino bancario", "bank payment slip"
    MP08 = "MP08", "carta di pagamento", "payment card"
    MP09 = "MP09", "RID", "domestic direct debit (RID)"
    MP10 = "MP10", "RID utenze", "domestic direct debit for utilities"
    MP11 = "MP11", "RID veloce", "fast domestic direct debit"
    MP12 = "MP12", "RIBA", "electronic bank receipt (RIBA)"
    MP13 = "MP13", "MAV", "payment by notice (MAV)"
    MP14 = "MP14", "quietanza dell'erario", "receipt of the revenue office"
    MP15 = "MP15", "giroconto su contabilità speciale", "transfer between special Treasury accounts"
    MP16 = "MP16", "domiciliazione bancaria", "standing order with a bank"
    MP17 = "MP17", "domiciliazione postale", "standing order with the post office"
    MP18 = "MP18", "bollettino di conto corrente postale", "post office payment slip"
    MP19 = "MP19", "addebito diretto SEPA", "SEPA direct debit"
    MP20 = "MP20", "addebito diretto SEPA CORE", "SEPA direct debit, CORE scheme"
    MP21 = "MP21", "addebito diretto SEPA B2B", "SEPA direct debit, B2B scheme"
    MP22 = "MP22", "trattenuta su somme già riscosse", "kept back from sums already collected"
    MP23 = "MP23", "PagoPA", "PagoPA", FROM_OCTOBER_2020
