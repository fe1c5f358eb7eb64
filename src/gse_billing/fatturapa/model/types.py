r"""The simple types of the schemas 1.2.3 and 1.0.2, each with every facet, under its official name.

``Basic Latin`` is U+0000 to U+007F and ``Latin`` adds U+0080 to U+00FF: the euro sign, dashes and typographic quotes
are outside both.
"""

from __future__ import annotations

from gse_billing.fatturapa.codelists import (
    Art73,
    BolloVirtuale,
    CausalePagamento,
    CondizioniPagamento,
    EsigibilitaIVA,
    FormatoTrasmissione,
    ModalitaPagamento,
    Natura,
    RegimeFiscale,
    Ritenuta,
    SocioUnico,
    SoggettoEmittente,
    StatoLiquidazione,
    TipoCassa,
    TipoCessionePrestazione,
    TipoDocumento,
    TipoRitenuta,
    TipoScontoMaggiorazione,
)
from gse_billing.fatturapa.wire import Base64Text, DateText, DateTimeText, DecimalText, Enumeration, IntegerText, Text


def _basic(name: str, shortest: int, longest: int) -> Text:
    return Text(name, base="xs:normalizedString", pattern=rf"(\p{{IsBasicLatin}}{{{shortest},{longest}}})")


def _latin(name: str, longest: int) -> Text:
    return Text(
        name, base="xs:normalizedString", pattern=rf"[\p{{IsBasicLatin}}\p{{IsLatin-1Supplement}}]{{1,{longest}}}"
    )


# Built-in types.
Date = DateText("xs:date")
DateTime = DateTimeText("xs:dateTime")
Base64Binary = Base64Text("xs:base64Binary")

# Texts.
String10Type = _basic("String10Type", 1, 10)
String15Type = _basic("String15Type", 1, 15)
String20Type = _basic("String20Type", 1, 20)
String35Type = _basic("String35Type", 1, 35)
String60Type = _basic("String60Type", 1, 60)
String80Type = _basic("String80Type", 1, 80)
String100Type = _basic("String100Type", 1, 100)
String35LatinExtType = Text("String35LatinExtType", base="xs:normalizedString", min_length=1, max_length=35)
String60LatinType = _latin("String60LatinType", 60)
String80LatinType = _latin("String80LatinType", 80)
String100LatinType = _latin("String100LatinType", 100)
String200LatinType = _latin("String200LatinType", 200)
String1000LatinType = _latin("String1000LatinType", 1000)
NumeroCivicoType = _basic("NumeroCivicoType", 1, 8)
TelFaxType = _basic("TelFaxType", 5, 12)
TitoloType = Text("TitoloType", base="xs:normalizedString", white_space="collapse", pattern=r"(\p{IsBasicLatin}{2,10})")

# Identifiers.
CodiceType = Text("CodiceType", min_length=1, max_length=28)
CodEORIType = Text("CodEORIType", min_length=13, max_length=17)
CodiceFiscaleType = Text("CodiceFiscaleType", pattern="[A-Z0-9]{11,16}")
CodiceFiscalePFType = Text("CodiceFiscalePFType", pattern="[A-Z0-9]{16}")
CodiceDestinatarioType = Text("CodiceDestinatarioType", pattern="[A-Z0-9]{6,7}")
EmailType = Text(
    "EmailType",
    base="xs:token",
    max_length=256,
    pattern=(
        r"([!#-'*+/-9=?A-Z^-~-]+(\.[!#-'*+/-9=?A-Z^-~-]+)*|"
        r'"(\[\]!#-[^-~ \t]|(\\[\t -~]))+")@'
        r"([!#-'*+/-9=?A-Z^-~-]+(\.[!#-'*+/-9=?A-Z^-~-]+)*|\[[\t -Z^-~]*\])"
    ),
)
EmailContattiType = Text("EmailContattiType", min_length=7, max_length=256, pattern=".+@.+[.]+.+")

# Places, currency, bank codes.
NazioneType = Text("NazioneType", pattern="[A-Z]{2}")
ProvinciaType = Text("ProvinciaType", pattern="[A-Z]{2}")
CAPType = Text("CAPType", pattern="[0-9][0-9][0-9][0-9][0-9]")
DivisaType = Text("DivisaType", pattern="[A-Z]{3}")
TipoResaType = Text("TipoResaType", pattern="[A-Z]{3}")
IBANType = Text("IBANType", pattern="[a-zA-Z]{2}[0-9]{2}[a-zA-Z0-9]{11,30}")
BICType = Text("BICType", pattern="[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3}){0,1}")
ABIType = Text("ABIType", pattern="[0-9][0-9][0-9][0-9][0-9]")
CABType = Text("CABType", pattern="[0-9][0-9][0-9][0-9][0-9]")

# Numbers and days.
Amount2DecimalType = DecimalText("Amount2DecimalType", pattern=r"[\-]?[0-9]{1,11}\.[0-9]{2}")
Amount8DecimalType = DecimalText("Amount8DecimalType", pattern=r"[\-]?[0-9]{1,11}\.[0-9]{2,8}")
QuantitaType = DecimalText("QuantitaType", pattern=r"[0-9]{1,12}\.[0-9]{2,8}")
PesoType = DecimalText("PesoType", pattern=r"[0-9]{1,4}\.[0-9]{1,2}")
RateType = DecimalText("RateType", max_inclusive="100.00", pattern=r"[0-9]{1,3}\.[0-9]{2}")
NumeroLineaType = IntegerText("NumeroLineaType", min_inclusive=1, max_inclusive=9999)
RiferimentoNumeroLineaType = IntegerText("RiferimentoNumeroLineaType", min_inclusive=1, max_inclusive=9999)
RiferimentoFaseType = IntegerText("RiferimentoFaseType", min_inclusive=1, max_inclusive=999)
NumeroColliType = IntegerText("NumeroColliType", min_inclusive=1, max_inclusive=9999)
GiorniTerminePagamentoType = IntegerText("GiorniTerminePagamentoType", min_inclusive=0, max_inclusive=999)
DataFatturaType = DateText("DataFatturaType", min_inclusive="1970-01-01")

# Code lists of both formats.
RegimeFiscaleType = Enumeration("RegimeFiscaleType", RegimeFiscale, length=4)
SocioUnicoType = Enumeration("SocioUnicoType", SocioUnico)
StatoLiquidazioneType = Enumeration("StatoLiquidazioneType", StatoLiquidazione)
SoggettoEmittenteType = Enumeration("SoggettoEmittenteType", SoggettoEmittente, length=2)
BolloVirtualeType = Enumeration("BolloVirtualeType", BolloVirtuale)

# Code lists of the ordinary format alone, or with codes of its own.
_SIMPLIFIED_ONLY = (TipoDocumento.TD07, TipoDocumento.TD08, TipoDocumento.TD09)
FormatoTrasmissioneType = Enumeration(
    "FormatoTrasmissioneType",
    FormatoTrasmissione,
    members=(FormatoTrasmissione.FPA12, FormatoTrasmissione.FPR12),
    length=5,
)
TipoDocumentoType = Enumeration(
    "TipoDocumentoType",
    TipoDocumento,
    members=tuple(code for code in TipoDocumento if code not in _SIMPLIFIED_ONLY),
    length=4,
)
NaturaType = Enumeration("NaturaType", Natura)
EsigibilitaIVAType = Enumeration("EsigibilitaIVAType", EsigibilitaIVA, min_length=1, max_length=1)
CondizioniPagamentoType = Enumeration("CondizioniPagamentoType", CondizioniPagamento, min_length=4, max_length=4)
ModalitaPagamentoType = Enumeration("ModalitaPagamentoType", ModalitaPagamento, length=4)
CausalePagamentoType = Enumeration("CausalePagamentoType", CausalePagamento)
TipoRitenutaType = Enumeration("TipoRitenutaType", TipoRitenuta, length=4)
TipoCassaType = Enumeration("TipoCassaType", TipoCassa, length=4)
RitenutaType = Enumeration("RitenutaType", Ritenuta, length=2)
Art73Type = Enumeration("Art73Type", Art73, length=2)
TipoScontoMaggiorazioneType = Enumeration("TipoScontoMaggiorazioneType", TipoScontoMaggiorazione, length=2)
TipoCessionePrestazioneType = Enumeration("TipoCessionePrestazioneType", TipoCessionePrestazione, length=2)

# The simplified format where it differs.
CodiceDestinatarioSemplificataType = Text("CodiceDestinatarioType", pattern="[A-Z0-9]{7}")
FormatoTrasmissioneSemplificataType = Enumeration(
    "FormatoTrasmissioneType", FormatoTrasmissione, members=(FormatoTrasmissione.FSM10,), length=5
)
TipoDocumentoSemplificataType = Enumeration("TipoDocumentoType", TipoDocumento, members=_SIMPLIFIED_ONLY, length=4)
NaturaSemplificataType = Enumeration(
    "NaturaType", Natura, members=tuple(code for code in Natura if code.value[:2] not in ("N6", "N7"))
)
