"""Codes of the document as a whole: transmission format, kind of document, who issues it, discounts."""

from __future__ import annotations

from gse_billing.fatturapa.codelists._code import FROM_APRIL_2025, FROM_OCTOBER_2020, FROM_OCTOBER_2022, Code

__all__ = [
    "Art73",
    "BolloVirtuale",
    "FormatoTrasmissione",
    "SoggettoEmittente",
    "TipoCessionePrestazione",
    "TipoDocumento",
    "TipoScontoMaggiorazione",
]


class FormatoTrasmissione(Code):
    """Transmission format (1.1.3), also the value of the attribute ``versione``."""

    FPA12 = "FPA12", "fattura ordinaria verso una pubblica amministrazione", "ordinary invoice to a public office"
    FPR12 = "FPR12", "fattura ordinaria verso un privato", "ordinary invoice to a private party"
    FSM10 = "FSM10", "fattura semplificata verso un privato", "simplified invoice to a private party"


class TipoDocumento(Code):
    """Kind of document (2.1.1.1): TD07 to TD09 belong to the simplified format, the others to the ordinary one."""

    TD01 = "TD01", "fattura", "invoice"
    TD02 = "TD02", "acconto o anticipo su fattura", "advance payment on an invoice"
    TD03 = "TD03", "acconto o anticipo su parcella", "advance payment on a professional's bill"
    TD04 = "TD04", "nota di credito", "credit note"
    TD05 = "TD05", "nota di debito", "debit note"
    TD06 = "TD06", "parcella", "professional's bill"
    TD07 = "TD07", "fattura semplificata", "simplified invoice"
    TD08 = "TD08", "nota di credito semplificata", "simplified credit note"
    TD09 = "TD09", "nota di debito semplificata", "simplified debit note"
    TD16 = (
        "TD16",
        "integrazione di una fattura in inversione contabile interna",
        "buyer's completion of a domestic reverse-charge invoice",
        FROM_OCTOBER_2020,
    )
    TD17 = (
        "TD17",
        "integrazione o autofattura per servizi acquistati dall'estero",
        "completion or self-invoice for services bought abroad",
        FROM_OCTOBER_2020,
    )
    TD18 = (
        "TD18",
        "integrazione per beni acquistati in altri Stati UE",
        "completion for goods bought in other EU states",
        FROM_OCTOBER_2020,
    )
    TD19 = (
        "TD19",
        "integrazione o autofattura per beni ex art. 17 c. 2 DPR 633/72",
        "completion or self-invoice for goods under art. 17(2) DPR 633/72",
        FROM_OCTOBER_2020,
    )
    TD20 = (
        "TD20",
        "autofattura per regolarizzare o integrare fatture (art. 6 c. 9-bis D.Lgs. 471/97, art. 46 c. 5 DL 331/93)",
        "self-invoice that mends or completes invoices (art. 6(9-bis) D.Lgs. 471/97, art. 46(5) DL 331/93)",
        FROM_OCTOBER_2020,
    )
    TD21 = "TD21", "autofattura per splafonamento", "self-invoice for exceeding the plafond", FROM_OCTOBER_2020
    TD22 = "TD22", "estrazione di beni da un deposito IVA", "goods taken out of a VAT warehouse", FROM_OCTOBER_2020
    TD23 = (
        "TD23",
        "estrazione di beni da un deposito IVA con versamento dell'imposta",
        "goods taken out of a VAT warehouse, the VAT being paid",
        FROM_OCTOBER_2020,
    )
    TD24 = (
        "TD24",
        "fattura differita, art. 21 c. 4 lett. a) DPR 633/72",
        "deferred invoice, art. 21(4)(a) DPR 633/72",
        FROM_OCTOBER_2020,
    )
    TD25 = (
        "TD25",
        "fattura differita, art. 21 c. 4 lett. b) DPR 633/72",
        "deferred invoice, art. 21(4)(b) DPR 633/72",
        FROM_OCTOBER_2020,
    )
    TD26 = (
        "TD26",
        "cessione di beni ammortizzabili e passaggi interni (art. 36 DPR 633/72)",
        "sale of depreciable goods and internal transfers (art. 36 DPR 633/72)",
        FROM_OCTOBER_2020,
    )
    TD27 = (
        "TD27",
        "autoconsumo e cessioni gratuite senza rivalsa",
        "own use and free supplies without recharge of VAT",
        FROM_OCTOBER_2020,
    )
    TD28 = (
        "TD28",
        "acquisti da San Marino con IVA, su fattura cartacea",
        "purchases from San Marino with VAT on a paper invoice",
        FROM_OCTOBER_2022,
    )
    TD29 = (
        "TD29",
        "comunicazione di fattura omessa o irregolare del fornitore italiano (art. 6 c. 8 D.Lgs. 471/97)",
        "report of a missing or irregular invoice of an Italian supplier (art. 6(8) D.Lgs. 471/97)",
        FROM_APRIL_2025,
    )


class SoggettoEmittente(Code):
    """Who issues the document when it is not the supplier (1.6)."""

    CC = "CC", "cessionario o committente", "the buyer"
    TZ = "TZ", "un terzo", "a third party"


class TipoScontoMaggiorazione(Code):
    """Whether an amount lowers or raises the price (2.1.1.8.1, 2.2.1.10.1)."""

    SC = "SC", "sconto", "discount"
    MG = "MG", "maggiorazione", "surcharge"


class TipoCessionePrestazione(Code):
    """What a line is when it is no ordinary supply (2.2.1.2)."""

    SC = "SC", "sconto", "discount"
    PR = "PR", "premio", "bonus"
    AB = "AB", "abbuono", "allowance"
    AC = "AC", "spesa accessoria", "ancillary charge"


class BolloVirtuale(Code):
    """Stamp duty paid by way of declaration (2.1.1.6.1): the element is there or not."""

    SI = "SI", "imposta di bollo assolta in modo virtuale", "stamp duty settled without a physical stamp"


class Art73(Code):
    """Document issued under a decree of art. 73 DPR 633/72 (2.1.1.12): numbers may repeat within a year."""

    SI = "SI", "emesso secondo un decreto ex art. 73 DPR 633/72", "issued under a decree of art. 73 DPR 633/72"
