"""What type checkers see of codes, file names, SDI's messages and the flow."""

import datetime as dt
from typing import assert_type

from gse_billing import Finding, Report, fatturapa
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, Natura, TipoMessaggio
from gse_billing.fatturapa.filenames import FileName, MessageName, file_names
from gse_billing.fatturapa.flow import (
    Attestation,
    History,
    Position,
    Stage,
    position,
    read_attestation,
    sent,
    write_attestation,
)
from gse_billing.fatturapa.model import semplificata
from gse_billing.fatturapa.notifications import Notification, notification_of, pa

assert_type(Natura("N6.8"), Natura)
assert_type(Natura.N6_8.value, str)
assert_type(Natura.in_force_on(dt.date(2025, 1, 1)), tuple[Natura, ...])

assert_type(next(file_names("IT", "05754381001")), FileName)
assert_type(MessageName.parse("IT05754381001_00001_RC_001.xml").kind, TipoMessaggio)

said = fatturapa.read_notification(b"<a/>")
assert_type(said, Notification)
assert_type(said.outcome, EsitoCommittente | None)
assert_type(said.delivered, dt.datetime | None)
assert_type(said.errors, tuple[Finding, ...])
assert_type(said.report, Report)

answer = pa.NotificaEsitoCommittente(identificativo_sdi=1, esito=EsitoCommittente.EC01)
assert_type(answer.versione, str | None)
assert_type(notification_of(answer).kind, TipoMessaggio)

history = sent(Flow.PA, "IT05754381001_00001.xml", on=dt.date(2025, 1, 1))
assert_type(history, History)
assert_type(position(history, on=dt.date(2025, 1, 2)), Position)
assert_type(position(history, on=dt.date(2025, 1, 2)).stage, Stage)

attestation = read_attestation(b"PK", filename="IT05754381001_00001_AT_001.zip")
assert_type(attestation, Attestation)
assert_type(attestation.notification, Notification)
assert_type(attestation.invoice, bytes)
if isinstance(attestation.notification.record, pa.AttestazioneTrasmissioneFattura):
    assert_type(write_attestation(attestation.notification.record, attestation.invoice), tuple[str, bytes])

vat = semplificata.DatiIVA()
assert_type(vat.imposta is None, bool)
