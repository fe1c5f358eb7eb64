from __future__ import annotations

import datetime as dt
import pickle

import pytest

from gse_billing.core.errors import InvalidDocumentError, InvalidValueError
from gse_billing.core.findings import Finding, Severity
from gse_billing.fatturapa.catalogue import sdi_code
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, ScartoEsito, TipoMessaggio
from gse_billing.fatturapa.notifications import (
    Message,
    Notification,
    discarded,
    notification_of,
    pa,
    read_notification,
    write_notification,
)
from tests.unit.fatturapa.notifications.samples import (
    BARE_RECEIPT,
    DELIVERED,
    DIGEST,
    DOCUMENT,
    PRIVATE,
    PRIVATE_MESSAGES,
    PUBLIC,
    PUBLIC_MESSAGES,
    RECEIVED,
)

ALL = [*PUBLIC_MESSAGES.items(), *PRIVATE_MESSAGES.items()]
UNSIGNED_BY_RIGHT = {TipoMessaggio.MT, TipoMessaggio.EC}


def _read(kind: TipoMessaggio, flow: Flow = Flow.PA) -> Notification:
    messages = PUBLIC_MESSAGES if flow is Flow.PA else PRIVATE_MESSAGES
    return read_notification(write_notification(messages[kind]))


@pytest.mark.parametrize(("kind", "message"), ALL, ids=[f"{kind} {type(message).__name__}" for kind, message in ALL])
def test_every_kind_says_what_it_is(kind: TipoMessaggio, message: Message) -> None:
    notification = read_notification(write_notification(message))
    assert notification.kind is kind
    assert notification.record == message
    assert notification.flow is (Flow.PA if isinstance(message, tuple(_public())) else Flow.PRIVATE)
    assert notification.sdi_id == str(PUBLIC.sdi_id if notification.flow is Flow.PA else PRIVATE.sdi_id)
    assert not notification.signed
    assert notification.report.ok
    assert len(notification.report) == (0 if kind in UNSIGNED_BY_RIGHT else 1)


def _public() -> list[type[object]]:
    return list(pa.MESSAGGI_PA.roots.values())


def test_a_receipt_of_delivery() -> None:
    for flow, file in ((Flow.PA, PUBLIC), (Flow.PRIVATE, PRIVATE)):
        said = _read(TipoMessaggio.RC, flow)
        assert (said.file_name, said.message_id) == (file.file_name, "1")
        assert (said.received, said.delivered) == (RECEIVED, DELIVERED)
        assert said.recipient == file.recipient
    assert _read(TipoMessaggio.RC).digest is None
    assert _read(TipoMessaggio.RC, Flow.PRIVATE).digest == DIGEST


@pytest.mark.requirement("INV-14")
def test_the_errors_of_a_discard_are_findings() -> None:
    (error,) = _read(TipoMessaggio.NS).errors
    assert (error.code, error.message_it) == ("sdi:00404", "Fattura duplicata")
    assert error.message_en == "an invoice of the same number was sent before"
    assert error.severity is Severity.ERROR


def _error(code: str, advice: str = "") -> Finding:
    file = PRIVATE if advice else PUBLIC
    (error,) = notification_of(discarded(file, [(code, "testo")], message_id="1", advice=advice)).errors
    return error


def test_our_advice_stands_beside_the_text_of_sdi() -> None:
    assert _error("00417").hint == sdi_code("00417").hint
    assert _error("00421").element == "2.2.2.6"
    assert _error("00421").hint == ""  # it would tell figures that the notice does not have
    assert _error("00424").message_en == "the rate … is not a percentage"
    assert _error("00417", "Indicare la partita IVA").hint == "Indicare la partita IVA"


def test_a_code_that_no_text_knows_is_taken_as_it_stands() -> None:
    unknown = _error("99999")
    assert (unknown.code, unknown.message_it, unknown.element) == ("sdi:99999", "testo", "")
    assert unknown.message_en == "SDI reports the code 99999"


def test_a_failed_delivery() -> None:
    assert _read(TipoMessaggio.MC).description == "casella piena"
    assert _read(TipoMessaggio.MC, Flow.PRIVATE).available_from == DELIVERED.date()


def test_the_outcome_of_the_buyer() -> None:
    for kind in (TipoMessaggio.NE, TipoMessaggio.EC):
        said = _read(kind)
        assert said.outcome is EsitoCommittente.EC02
        assert said.reference == DOCUMENT
        assert said.description == "CIG errato"
    assert _read(TipoMessaggio.NE).message_id == "4"
    assert _read(TipoMessaggio.EC).message_id == "EC1"
    assert _read(TipoMessaggio.EC).file_name is None


def test_the_refusal_of_an_outcome() -> None:
    said = _read(TipoMessaggio.SE)
    assert (said.refusal, said.outcome, said.reference) == (ScartoEsito.EN01, None, DOCUMENT)


def test_attestation_and_metadata() -> None:
    assert _read(TipoMessaggio.AT).digest == DIGEST
    assert _read(TipoMessaggio.MT).recipient == "UFABCD"
    assert _read(TipoMessaggio.DT).reference is None


def test_what_the_published_samples_lack_is_taken_with_a_warning() -> None:
    said = read_notification(BARE_RECEIPT.encode())
    assert [finding.path for finding in said.report] == ["/RicevutaConsegna/@versione", "/RicevutaConsegna/Signature"]
    assert {finding.severity for finding in said.report} == {Severity.WARNING}
    assert said.record.versione is None
    assert said.received == dt.datetime(2020, 12, 11, 12, 0, tzinfo=dt.UTC)


def test_a_signature_is_kept_and_not_verified() -> None:
    signature = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>'
    text = BARE_RECEIPT.replace("</a:Ric", f"{signature}</a:Ric")
    said = read_notification(text.encode())
    assert said.signed
    assert [finding.path for finding in said.report] == ["/RicevutaConsegna/@versione"]
    assert b"<ds:SignedInfo/>" in write_notification(said.record)


BROKEN = {
    "nothing": ("", "file is empty"),
    "no XML": ("ricevuta", "not well-formed"),
    "an invoice": ("<FatturaElettronica/>", "the root of the document"),
    "the name without the namespace": (BARE_RECEIPT.replace("sdi/messaggi/v1.0", "sdi/messaggi/v9"), "the root"),
    "a kind of the other family": (
        BARE_RECEIPT.replace("a:RicevutaConsegna", "a:RicevutaScarto"),
        "the root of the document",
    ),
    "no file name": (
        BARE_RECEIPT.replace("<NomeFile>IT01234567890_11111.xml.p7m</NomeFile>", ""),
        "NomeFile is missing",
    ),
    "a moment without time": (BARE_RECEIPT.replace("2020-12-11T12:30:00Z", "2020-12-11"), "no date with a time"),
    "an id of 13 digits": (BARE_RECEIPT.replace(">111<", ">1234567890123<"), "at most 12 digits"),
    "another version": (BARE_RECEIPT.replace("xmlns:a=", 'versione="1.1" xmlns:a='), "must be 1.0"),
    "an element too many": (BARE_RECEIPT.replace("<MessageId>", "<Hash/><MessageId>"), "not an element known here"),
    "a document type": (BARE_RECEIPT.replace("<a:Ric", '<!DOCTYPE a [<!ENTITY b "c">]><a:Ric', 1), "document type"),
    "a truncated file": (BARE_RECEIPT[:-30], "not well-formed"),
}


@pytest.mark.parametrize(("text", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_message_is_refused_with_a_report(text: str, says: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        read_notification(text.encode())
    assert says in str(caught.value.report)
    assert {error.code for error in caught.value.report.errors} == {"notification:schema"}


def test_text_is_no_message() -> None:
    with pytest.raises(InvalidValueError, match="from bytes"):
        read_notification(BARE_RECEIPT)  # type: ignore[arg-type]


NAMES = {
    "the right name": ("IT01234567890_11111_RC_001.xml", []),
    "no name of a message": ("ricevuta.xml", ["breaks the rules of messages"]),
    "another kind": ("IT01234567890_11111_MC_001.xml", ["says MC, the content is RC"]),
    "another file": ("IT01234567890_22222_RC_001.xml", ["speaks of IT01234567890_22222"]),
    "another kind and file": ("IT01234567890_22222_DT_001.xml", ["says DT", "speaks of IT01234567890_22222"]),
}


@pytest.mark.parametrize(("name", "says"), NAMES.values(), ids=NAMES)
def test_name_and_content_are_compared(name: str, says: list[str]) -> None:
    report = read_notification(write_notification(PUBLIC_MESSAGES[TipoMessaggio.RC]), filename=name).report
    found = [finding for finding in report if finding.code == "notification:name"]
    assert report.ok
    assert len(found) == len(says)
    assert all(text in finding.message_en for text, finding in zip(says, found, strict=True))


def test_an_outcome_without_a_file_name_agrees_with_any_file() -> None:
    data = write_notification(PUBLIC_MESSAGES[TipoMessaggio.EC])
    assert len(read_notification(data, filename="IT01234567890_33333_EC_001.xml").report) == 0


def test_a_notification_is_a_value() -> None:
    said = _read(TipoMessaggio.NS)
    assert pickle.loads(pickle.dumps(said)) == said
    assert notification_of(said.record) != said  # the one that was read has the warning
    assert notification_of(said.record).report.ok


def test_a_notification_shows_itself_in_a_notebook() -> None:
    html = _read(TipoMessaggio.NS)._repr_html_()
    assert "NS: notice of discard" in html
    assert "<td>sdi:00404</td><td>Fattura duplicata</td>" in html
