"""Codes of the parties: tax regime, company register."""

from __future__ import annotations

from gse_billing.fatturapa.codelists._code import FROM_APRIL_2025, Code

__all__ = ["RegimeFiscale", "SocioUnico", "StatoLiquidazione"]


class RegimeFiscale(Code):
    """Tax regime of the supplier (1.2.1.8). RF03 was withdrawn by the format specification 1.2.1 of 15/03/2017."""

    RF01 = "RF01", "regime ordinario", "ordinary regime"
    RF02 = "RF02", "contribuenti minimi (art. 1 c. 96-117 L. 244/2007)", "minimum taxpayers (L. 244/2007)"
    RF04 = (
        "RF04",
        "agricoltura, attività connesse e pesca (artt. 34 e 34-bis DPR 633/72)",
        "farming, related activities and fishing (art. 34 and 34-bis DPR 633/72)",
    )
    RF05 = "RF05", "sali e tabacchi (art. 74 c. 1 DPR 633/72)", "salt and tobacco (art. 74(1) DPR 633/72)"
    RF06 = "RF06", "fiammiferi (art. 74 c. 1 DPR 633/72)", "matches (art. 74(1) DPR 633/72)"
    RF07 = "RF07", "editoria (art. 74 c. 1 DPR 633/72)", "publishing (art. 74(1) DPR 633/72)"
    RF08 = "RF08", "telefonia pubblica (art. 74 c. 1 DPR 633/72)", "public telephony (art. 74(1) DPR 633/72)"
    RF09 = (
        "RF09",
        "titoli di trasporto pubblico e di sosta (art. 74 c. 1 DPR 633/72)",
        "public transport and parking tickets (art. 74(1) DPR 633/72)",
    )
    RF10 = (
        "RF10",
        "intrattenimenti e giochi della tariffa del DPR 640/72 (art. 74 c. 6 DPR 633/72)",
        "entertainment and games of the tariff of DPR 640/72 (art. 74(6) DPR 633/72)",
    )
    RF11 = "RF11", "agenzie di viaggi (art. 74-ter DPR 633/72)", "travel agencies (art. 74-ter DPR 633/72)"
    RF12 = "RF12", "agriturismo (art. 5 c. 2 L. 413/91)", "farm holidays (art. 5(2) L. 413/91)"
    RF13 = "RF13", "vendite a domicilio (art. 25-bis c. 6 DPR 600/73)", "door-to-door sales (art. 25-bis(6) DPR 600/73)"
    RF14 = (
        "RF14",
        "beni usati, oggetti d'arte, di antiquariato o da collezione (art. 36 DL 41/95)",
        "second-hand goods, works of art, antiques and collectors' items (art. 36 DL 41/95)",
    )
    RF15 = (
        "RF15",
        "aste di oggetti d'arte, di antiquariato o da collezione (art. 40-bis DL 41/95)",
        "auctions of works of art, antiques and collectors' items (art. 40-bis DL 41/95)",
    )
    RF16 = (
        "RF16",
        "IVA per cassa verso la pubblica amministrazione (art. 6 c. 5 DPR 633/72)",
        "cash accounting of VAT towards public bodies (art. 6(5) DPR 633/72)",
    )
    RF17 = "RF17", "IVA per cassa (art. 32-bis DL 83/2012)", "cash accounting of VAT (art. 32-bis DL 83/2012)"
    RF18 = "RF18", "altro", "other"
    RF19 = "RF19", "regime forfettario (art. 1 c. 54-89 L. 190/2014)", "flat-rate regime (L. 190/2014)"
    RF20 = (
        "RF20",
        "franchigia IVA transfrontaliera (direttiva UE 2020/285)",
        "cross-border VAT exemption for small enterprises (directive EU 2020/285)",
        FROM_APRIL_2025,
    )


class SocioUnico(Code):
    """One shareholder or several (1.2.4.4)."""

    SU = "SU", "socio unico", "sole shareholder"
    SM = "SM", "più soci", "several shareholders"


class StatoLiquidazione(Code):
    """Whether the company is being wound up (1.2.4.5)."""

    LS = "LS", "in liquidazione", "in liquidation"
    LN = "LN", "non in liquidazione", "not in liquidation"
