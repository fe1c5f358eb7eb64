"""Where the rules of the services were read: the acts and articles that several rows share."""

from __future__ import annotations

from gse_billing.core.dated import Basis, Certainty

__all__ = [
    "ADMINISTRATIVE_COSTS",
    "BIOFUEL_INSTRUCTIONS",
    "BIO_PMG_TERMS",
    "CONTO_ENERGIA_PAYMENTS",
    "CONTO_TERMICO_PAYMENTS",
    "CONVENTION_CODES",
    "INVESTIGATION_FEES",
    "NEGATIVE_BALANCE",
    "PMG_TERMS",
    "RETEE_TERMS",
    "RID_THRESHOLDS",
    "SSP_LOWEST_PAYMENT",
    "SSP_PAYMENTS",
    "SSP_SETTLEMENTS",
    "V_CONTO_ENERGIA_CHARGE",
    "WECARE",
]


def _gse(act: str, source: str) -> Basis:
    return Basis(act=act, source=source, certainty=Certainty.GSE)


def _read(act: str, source: str) -> Basis:
    return Basis(act=act, source=source, certainty=Certainty.SECONDARY)


WECARE = _gse(
    "GSE, WeCare: accesso Area Clienti, fatturazione, pagamenti",
    "presentation of GSE for public bodies, 2020",
)
BIOFUEL_INSTRUCTIONS = _gse(
    "DM 24/12/2014, all. 1 p. 7; GSE, Istruzioni operative, par. 3.1",
    "Istruzioni operative sulle modalità di fatturazione e pagamento, biocarburanti",
)
ADMINISTRATIVE_COSTS = _gse(
    "DM 24/12/2014, all. 1; GSE, costi di gestione",
    "assistenza.clienti.gse.it, articles 73b52ff2 and 30d71f02; WeCare presentation",
)
INVESTIGATION_FEES = _gse(
    "DM 24/12/2014, all. 1 par. 13.2; GSE, costi di istruttoria",
    "assistenza.clienti.gse.it, articles 73b52ff2 and 4725d77f",
)
NEGATIVE_BALANCE = _gse(
    "GSE, compensazione degli importi a debito",
    "assistenza.clienti.gse.it, article ba092846; column IMPONIBILE A DEBITO in the WeCare presentation",
)
V_CONTO_ENERGIA_CHARGE = _gse(
    "GSE, corrispettivo di gestione sull'energia incentivata",
    "assistenza.clienti.gse.it, article 213aab85",
)
SSP_PAYMENTS = _gse(
    "GSE, quando viene pagato il contributo in conto scambio",
    "assistenza.clienti.gse.it, article 89d60047",
)
SSP_SETTLEMENTS = _gse(
    "GSE, avvisi sul conguaglio dello scambio sul posto (2016, 2025)",
    "gse.it, news of 2016-04-14; eco-domus.com, quoting GSE",
)
SSP_LOWEST_PAYMENT = _read(
    "GSE, avviso sugli acconti dello scambio sul posto (2024)",
    "eco-domus.com/scambio-sul-posto-per-il-tuo-impianto-fotovoltaico-attivato-nel-2024, quoting GSE",
)
RID_THRESHOLDS = _gse(
    "GSE, importo minimo e tempi di pagamento nel ritiro dedicato (KB0016542)",
    "assistenza.clienti.gse.it, article 08e324e4",
)
PMG_TERMS = _gse(
    "GSE, tempistiche di fatturazione e pagamento dei PMG",
    "assistenza.clienti.gse.it, article 76a90733",
)
BIO_PMG_TERMS = _gse(
    "GSE, tempi di pagamento BIO-PMG",
    "assistenza.clienti.gse.it, article f4c30047",
)
RETEE_TERMS = _gse(
    "GSE, erogazione dei corrispettivi RETEE",
    "assistenza.clienti.gse.it, article b8eebea0",
)
CONTO_ENERGIA_PAYMENTS = _read(
    "GSE, calendario dei pagamenti del Conto Energia",
    "esiprj.it and ingsrl.it/funzionano-pagamenti-conto-energia-gse, quoting GSE",
)
CONTO_TERMICO_PAYMENTS = _gse(
    "GSE, erogazione degli incentivi del Conto Termico",
    "assistenza.clienti.gse.it, article f6058ae7",
)
CONVENTION_CODES = _gse(
    "GSE, comunicazione del 25/03/2014 sulle contestazioni RID e TO",
    "gse.it, news of 2014-03-25",
)
