"""Messages about one file of either flow, and hand-written ones that lack what SDI's published samples lack."""

from __future__ import annotations

import datetime as dt

from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, FormatoTrasmissione, ScartoEsito, TipoMessaggio
from gse_billing.fatturapa.notifications import (
    Message,
    RiferimentoFattura,
    Submission,
    attested,
    buyers_outcome,
    delivered,
    discarded,
    expired,
    forwarded,
    outcome,
    outcome_refused,
    undelivered,
)

ROME = dt.timezone(dt.timedelta(hours=1))
RECEIVED = dt.datetime(2020, 12, 11, 10, 0, tzinfo=ROME)
DELIVERED = dt.datetime(2020, 12, 12, 9, 30, tzinfo=ROME)
DIGEST = "0" * 64
DUPLICATE = ("00404", "Fattura duplicata")
DOCUMENT = RiferimentoFattura(numero_fattura="SSP/2020/1", anno_fattura=2020, posizione_fattura=1)

PUBLIC = Submission(
    flow=Flow.PA,
    sdi_id=111,
    file_name="IT01234567890_11111.xml.p7m",
    received=RECEIVED,
    recipient="UFABCD",
    digest=DIGEST,
    office="Comune di Esempio",
)
PRIVATE = Submission(
    flow=Flow.PRIVATE,
    sdi_id=222,
    file_name="IT01234567890_22222.xml",
    received=RECEIVED,
    recipient="0000000",
    digest=DIGEST,
)

REFUSAL = buyers_outcome(PUBLIC, EsitoCommittente.EC02, reference=DOCUMENT, description="CIG errato", message_id="EC1")

PUBLIC_MESSAGES: dict[TipoMessaggio, Message] = {
    TipoMessaggio.RC: delivered(PUBLIC, at=DELIVERED, message_id="1"),
    TipoMessaggio.NS: discarded(PUBLIC, [DUPLICATE], message_id="2"),
    TipoMessaggio.MC: undelivered(PUBLIC, message_id="3", description="casella piena"),
    TipoMessaggio.NE: outcome(PUBLIC, REFUSAL, message_id="4"),
    TipoMessaggio.MT: forwarded(PUBLIC, FormatoTrasmissione.FPA12, message_id="5"),
    TipoMessaggio.EC: REFUSAL,
    TipoMessaggio.SE: outcome_refused(REFUSAL, ScartoEsito.EN01, message_id="6"),
    TipoMessaggio.DT: expired(PUBLIC, message_id="7", description="15 giorni"),
    TipoMessaggio.AT: attested(PUBLIC, message_id="8"),
}

PRIVATE_MESSAGES: dict[TipoMessaggio, Message] = {
    TipoMessaggio.RC: delivered(PRIVATE, at=DELIVERED, message_id="1"),
    TipoMessaggio.NS: discarded(PRIVATE, [DUPLICATE], message_id="2", advice="Usare un altro numero"),
    TipoMessaggio.MC: undelivered(PRIVATE, message_id="3", available_from=DELIVERED.date()),
    TipoMessaggio.MT: forwarded(PRIVATE, FormatoTrasmissione.FPR12, message_id="5", attempts=2),
}

BARE_RECEIPT = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="RC_v1.0.xsl"?>
<a:RicevutaConsegna xmlns:a="http://www.fatturapa.gov.it/sdi/messaggi/v1.0">
  <IdentificativoSdI>111</IdentificativoSdI>
  <NomeFile>IT01234567890_11111.xml.p7m</NomeFile>
  <DataOraRicezione>2020-12-11T12:00:00Z</DataOraRicezione>
  <DataOraConsegna>2020-12-11T12:30:00Z</DataOraConsegna>
  <Destinatario>
    <Codice>UFABCD</Codice>
    <Descrizione>Comune di Esempio</Descrizione>
  </Destinatario>
  <MessageId>123456</MessageId>
</a:RicevutaConsegna>
"""
