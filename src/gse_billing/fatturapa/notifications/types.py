"""Simple types and blocks that SDI's two families of messages share: MessaggiTypes 1.1, MessaggiFatturaTypes 1.0."""

from __future__ import annotations

from gse_billing.fatturapa.codelists import EsitoCommittente, ScartoEsito
from gse_billing.fatturapa.wire import DateText, DateTimeText, Enumeration, IntegerText, Text, element, wire

__all__ = ["RiferimentoFattura"]

# Built-in types.
String = Text("xs:string")
Date = DateText("xs:date")
DateTime = DateTimeText("xs:dateTime")
Integer = IntegerText("xs:integer")
PositiveInteger = IntegerText("xs:positiveInteger")

# Both families.
NomeFile = Text("NomeFile_Type", max_length=50)
CodiceDestinatario = Text("CodiceDestinatario_Type", pattern="[A-Z0-9]{6,7}")
Formato = Text("Formato_Type", max_length=5)
Versione = Text("Versione_Type", max_length=5)
PecMessageId = Text("PecMessageId_Type")
NumeroFattura = Text("NumeroFattura_Type", base="xs:normalizedString", pattern=r"(\p{IsBasicLatin}{1,20})")
AnnoFattura = IntegerText("AnnoFattura_Type", base="xs:nonNegativeInteger")

# Public bodies.
IdentificativoSdI = IntegerText("IdentificativoSdI_Type", total_digits=12)
MessageId = Text("MessageId_Type", min_length=1, max_length=14)
Descrizione = Text("Descrizione_Type", max_length=255)
Codice = Text("Codice_Type", length=5)
Esito = Enumeration("EsitoCommittente_Type", EsitoCommittente)
Scarto = Enumeration("Scarto_Type", ScartoEsito)

# Private parties, where they differ.
IdentificativoSdIPrivate = Text("IdentificativoSdI_Type", min_length=1, max_length=36)
MessageIdPrivate = Text("MessageId_Type", min_length=1, max_length=36)
DescrizionePrivate = Text("Descrizione_Type", max_length=1000)
CodiceErrore = Text("CodiceErrore_Type", min_length=1, max_length=5)
Suggerimento = Text("Suggerimento_Type", max_length=2000)


@wire("RiferimentoFattura_Type")
class RiferimentoFattura:
    """Riferimento a una fattura: one document of the file, by number, year and, where needed, its place in the lot."""

    numero_fattura: str = element("NumeroFattura", NumeroFattura)
    anno_fattura: int = element("AnnoFattura", AnnoFattura)
    posizione_fattura: int | None = element("PosizioneFattura", PositiveInteger, default=None)
