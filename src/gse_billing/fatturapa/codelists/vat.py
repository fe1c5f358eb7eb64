"""Codes of VAT: why none is charged, and when it falls due."""

from __future__ import annotations

from gse_billing.fatturapa.codelists._code import FROM_OCTOBER_2020, UNTIL_2020, Code

__all__ = ["EsigibilitaIVA", "Natura"]


class EsigibilitaIVA(Code):
    """When the VAT of a group falls due (2.2.2.7)."""

    D = "D", "esigibilità differita", "due when the price is paid"
    I = "I", "esigibilità immediata", "due at once"  # noqa: E741 - the code of the standard
    S = "S", "scissione dei pagamenti", "split payment: the public buyer pays the VAT to the treasury"


class Natura(Code):
    """Why no VAT is charged (2.2.1.14, 2.2.2.2). The simplified format knows N1 to N5 only."""

    N1 = "N1", "esclusa ex art. 15 DPR 633/72", "excluded under art. 15 DPR 633/72"
    N2 = "N2", "non soggetta", "outside the scope of VAT", UNTIL_2020
    N2_1 = (
        "N2.1",
        "non soggetta per territorialità (artt. da 7 a 7-septies DPR 633/72)",
        "outside the scope by place of supply (art. 7 to 7-septies DPR 633/72)",
        FROM_OCTOBER_2020,
    )
    N2_2 = "N2.2", "non soggetta, altri casi", "outside the scope, other cases", FROM_OCTOBER_2020
    N3 = "N3", "non imponibile", "zero-rated", UNTIL_2020
    N3_1 = "N3.1", "non imponibile: esportazione", "zero-rated: export", FROM_OCTOBER_2020
    N3_2 = "N3.2", "non imponibile: cessione intracomunitaria", "zero-rated: supply within the EU", FROM_OCTOBER_2020
    N3_3 = "N3.3", "non imponibile: cessione a San Marino", "zero-rated: supply to San Marino", FROM_OCTOBER_2020
    N3_4 = (
        "N3.4",
        "non imponibile: operazione assimilata alle esportazioni",
        "zero-rated: treated as an export",
        FROM_OCTOBER_2020,
    )
    N3_5 = (
        "N3.5",
        "non imponibile: dichiarazione d'intento dell'acquirente",
        "zero-rated: on the buyer's declaration of intent",
        FROM_OCTOBER_2020,
    )
    N3_6 = (
        "N3.6",
        "non imponibile: operazione che non forma il plafond",
        "zero-rated: does not count towards the plafond",
        FROM_OCTOBER_2020,
    )
    N4 = "N4", "esente", "exempt"
    N5 = "N5", "regime del margine, IVA non esposta", "margin scheme, VAT not shown"
    N6 = "N6", "inversione contabile", "reverse charge", UNTIL_2020
    N6_1 = (
        "N6.1",
        "inversione contabile: rottami e materiali di recupero",
        "reverse charge: scrap and recovered materials",
        FROM_OCTOBER_2020,
    )
    N6_2 = (
        "N6.2",
        "inversione contabile: oro, argento e oreficeria usata (L. 7/2000)",
        "reverse charge: gold, silver and used jewellery (L. 7/2000)",
        FROM_OCTOBER_2020,
    )
    N6_3 = (
        "N6.3",
        "inversione contabile: subappalto edile",
        "reverse charge: construction subcontracts",
        FROM_OCTOBER_2020,
    )
    N6_4 = "N6.4", "inversione contabile: cessione di fabbricati", "reverse charge: buildings", FROM_OCTOBER_2020
    N6_5 = "N6.5", "inversione contabile: telefoni cellulari", "reverse charge: mobile phones", FROM_OCTOBER_2020
    N6_6 = "N6.6", "inversione contabile: prodotti elettronici", "reverse charge: electronics", FROM_OCTOBER_2020
    N6_7 = (
        "N6.7",
        "inversione contabile: servizi edili e connessi",
        "reverse charge: construction and related services",
        FROM_OCTOBER_2020,
    )
    N6_8 = "N6.8", "inversione contabile: settore energetico", "reverse charge: energy", FROM_OCTOBER_2020
    N6_9 = "N6.9", "inversione contabile, altri casi", "reverse charge, other cases", FROM_OCTOBER_2020
    N7 = (
        "N7",
        "IVA assolta in un altro Stato UE (artt. 7-octies e 74-sexies DPR 633/72)",
        "VAT paid in another EU state (art. 7-octies and 74-sexies DPR 633/72)",
    )
