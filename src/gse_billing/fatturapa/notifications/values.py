"""A message of SDI as one value, whatever its family and its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from gse_billing.core.arguments import require
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.findings import Finding, Report
from gse_billing.core.html import table
from gse_billing.fatturapa.catalogue import sdi_codes
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, ScartoEsito, TipoMessaggio
from gse_billing.fatturapa.notifications import pa, private
from gse_billing.fatturapa.notifications.types import RiferimentoFattura

__all__ = ["Message", "Notification", "notification_of"]

Message = (
    pa.RicevutaConsegna
    | pa.NotificaScarto
    | pa.NotificaMancataConsegna
    | pa.NotificaEsito
    | pa.NotificaEsitoCommittente
    | pa.ScartoEsitoCommittente
    | pa.NotificaDecorrenzaTermini
    | pa.AttestazioneTrasmissioneFattura
    | pa.MetadatiInvioFile
    | private.RicevutaConsegna
    | private.RicevutaScarto
    | private.RicevutaImpossibilitaRecapito
    | private.FileMetadati
)
"""A message as its schema declares it."""

_KINDS: Mapping[type[Any], tuple[Flow, TipoMessaggio]] = MappingProxyType(
    {
        pa.RicevutaConsegna: (Flow.PA, TipoMessaggio.RC),
        pa.NotificaScarto: (Flow.PA, TipoMessaggio.NS),
        pa.NotificaMancataConsegna: (Flow.PA, TipoMessaggio.MC),
        pa.NotificaEsito: (Flow.PA, TipoMessaggio.NE),
        pa.NotificaEsitoCommittente: (Flow.PA, TipoMessaggio.EC),
        pa.ScartoEsitoCommittente: (Flow.PA, TipoMessaggio.SE),
        pa.NotificaDecorrenzaTermini: (Flow.PA, TipoMessaggio.DT),
        pa.AttestazioneTrasmissioneFattura: (Flow.PA, TipoMessaggio.AT),
        pa.MetadatiInvioFile: (Flow.PA, TipoMessaggio.MT),
        private.RicevutaConsegna: (Flow.PRIVATE, TipoMessaggio.RC),
        private.RicevutaScarto: (Flow.PRIVATE, TipoMessaggio.NS),
        private.RicevutaImpossibilitaRecapito: (Flow.PRIVATE, TipoMessaggio.MC),
        private.FileMetadati: (Flow.PRIVATE, TipoMessaggio.MT),
    }
)


@frozen(kw_only=True)
class Notification:
    """What a message of SDI says.

    Attributes:
        flow: the family: public bodies or private parties.
        kind: what happened; the private family uses RC, NS, MC and MT.
        sdi_id: the number SDI gave to the invoice file; ``"0"`` in an SE about no known file.
        file_name: name of the invoice file, ``None`` in EC and SE, which do not say it.
        message_id: of this message, ``None`` where the buyer gave none to his EC.
        received: when SDI received the invoice file, as written: without zone where the message has none.
        delivered: when the recipient received it (RC).
        available_from: since when it waits in the buyer's reserved area (private MC).
        recipient: code of the office or channel it goes to.
        digest: SHA-256 of the invoice file, where the message says it.
        outcome: accepted or refused by the buyer (NE, EC).
        refusal: why SDI refuses the buyer's outcome (SE).
        reference: which document of the file the message is about, ``None`` for all.
        description: free text of the message.
        errors: the failed checks of an NS as findings: SDI's text in Italian, ours in English, and what to do.
        record: the message as its schema declares it.
        report: what is unusual in the message; only warnings, an invalid one is not read.
    """

    flow: Flow
    kind: TipoMessaggio
    sdi_id: str
    file_name: str | None
    message_id: str | None
    received: dt.datetime | None
    delivered: dt.datetime | None
    available_from: dt.date | None
    recipient: str | None
    digest: str | None
    outcome: EsitoCommittente | None
    refusal: ScartoEsito | None
    reference: RiferimentoFattura | None
    description: str | None
    errors: tuple[Finding, ...]
    record: Message = field(repr=False)
    report: Report = field(factory=Report, repr=False)

    @property
    def signed(self) -> bool:
        """Whether the message carries a signature; it is not verified."""
        return getattr(self.record, "signature", None) is not None

    def _repr_html_(self) -> str:
        names = ("file_name", "sdi_id", "received", "delivered", "available_from", "recipient", "outcome", "refusal")
        said = [(name.replace("_", " "), getattr(self, name)) for name in names]
        rows = [(name, value) for name, value in said if value is not None]
        rows += [(error.code, error.message_it) for error in self.errors]
        return table(("what", "value"), rows, caption=f"{self.kind.value}: {self.kind.english}")


def notification_of(record: Message, *, report: Report | None = None) -> Notification:
    """The value of a message that was read or built.

    Args:
        record: the message as its schema declares it.
        report: what was unusual when it was read.

    Raises:
        InvalidValueError: it is no message.
    """
    if type(record) not in _KINDS:
        raise InvalidValueError(
            f"{type(record).__name__} is no message of SDI",
            value=record,
            remedy="give a record of notifications.pa or notifications.private",
        )
    flow, kind = _KINDS[type(record)]
    said: Any = record
    outcome = said.esito_committente if kind is TipoMessaggio.NE else said
    addressee = getattr(said, "destinatario", None)
    return Notification(
        flow=flow,
        kind=kind,
        sdi_id=str(said.identificativo_sdi),
        file_name=getattr(said, "nome_file", None),
        message_id=getattr(said, "message_id", None) or getattr(said, "message_id_committente", None),
        received=getattr(said, "data_ora_ricezione", None),
        delivered=getattr(said, "data_ora_consegna", None),
        available_from=getattr(said, "data_messa_a_disposizione", None),
        recipient=addressee.codice if addressee else getattr(said, "codice_destinatario", None),
        digest=getattr(said, "hash", None) or getattr(said, "hash_file_originale", None),
        outcome=getattr(outcome, "esito", None),
        refusal=getattr(said, "scarto", None),
        reference=getattr(outcome, "riferimento_fattura", None),
        description=getattr(outcome, "descrizione", None),
        errors=tuple(_errors(getattr(said, "lista_errori", None))),
        record=record,
        report=Report() if report is None else require(report, Report, meant="what was unusual"),
    )


def _errors(listed: pa.ListaErrori | private.ListaErrori | None) -> Iterator[Finding]:
    for error in listed.errore if listed else ():
        known = sdi_codes().get(error.codice)
        advice = error.suggerimento if isinstance(error, private.Errore) else ""
        yield Finding(
            code=f"sdi:{error.codice}",
            message_it=error.descrizione,
            message_en=_without_figures(known.english) if known else f"SDI reports the code {error.codice}",
            element=known.elements[0] if known and len(known.elements) == 1 else "",
            hint=advice or (known.hint if known and "{" not in known.hint else ""),
        )


def _without_figures(template: str) -> str:
    """The message of a code whose figures the notice of discard does not tell."""
    return template.format(expected="…", actual="…")
