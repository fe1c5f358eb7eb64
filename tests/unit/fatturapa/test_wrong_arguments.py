"""Every door refuses what is of a wrong kind with an error of ours, whichever argument it is."""

from __future__ import annotations

import datetime as dt
import hashlib
import inspect
from io import BytesIO

import pytest

from gse_billing import fatturapa
from gse_billing.fatturapa.catalogue import sdi_code
from gse_billing.fatturapa.codelists import Flow, FormatoTrasmissione
from gse_billing.fatturapa.context import OfficeList, SentDocuments
from gse_billing.fatturapa.envelope import SigningKey, signature_report, unwrap
from gse_billing.fatturapa.filenames import FileName, MessageName
from gse_billing.fatturapa.flow import History, position, write_attestation
from gse_billing.fatturapa.notifications import (
    Submission,
    attested,
    delivered,
    forwarded,
    notification_of,
    write_notification,
)
from tests.support.authority import issued
from tests.support.wrong_arguments import Door, assert_open, assert_refused, wrong_calls
from tests.unit.fatturapa import samples
from tests.unit.fatturapa.building import samples as drafts

DOCUMENT = samples.ordinary()
DATA = fatturapa.write(DOCUMENT)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
KEY = SigningKey.from_pem(issued().key, issued().certificate)
FILE = Submission(
    flow=Flow.PA,
    sdi_id=7,
    file_name="IT01234567890_00001.xml",
    received=NOON,
    recipient="UF1234",
    digest=hashlib.sha256(DATA).hexdigest(),
)
MESSAGE = attested(FILE, message_id="1")
ANY_NUMBER, ANY_TEXT, ANY_BYTES, NONE = ["a whole number"], ["text"], ["bytes"], ["nothing"]
EMPTY = ["an empty list", "an empty dict"]

DOORS = {
    "build": Door(fatturapa.build, {"heading": drafts.heading(), "drafts": [drafts.draft()]}),
    "check": Door(
        fatturapa.check,
        {
            "source": DATA,
            "on": NOON.date(),
            "flow": "pa",
            "channel": "sdicoop",
            "filename": "x",
            "history": SentDocuments(()),
            "offices": OfficeList(()),
        },
        dict.fromkeys(["on", "flow", "channel", "history", "offices"], NONE)
        | {"source": ANY_BYTES, "filename": [*NONE, *ANY_TEXT]},
    ),
    "diff": Door(fatturapa.diff, {"left": DOCUMENT, "right": DOCUMENT}),
    "from_dict": Door(fatturapa.from_dict, {"fields": fatturapa.to_dict(DOCUMENT), "names": "official"}),
    "inspect": Door(fatturapa.inspect, {"source": DATA, "limit": 10**6}, {"source": ANY_BYTES, "limit": ANY_NUMBER}),
    "json_schema": Door(fatturapa.json_schema, {"kind": "ordinaria", "names": "official"}),
    "pack": Door(fatturapa.pack, {"files": [("a.xml", b"")], "target": BytesIO()}, {"files": EMPTY}),
    "read": Door(fatturapa.read, {"source": DATA, "limit": 10**6}),
    "read_notification": Door(
        fatturapa.read_notification,
        {"data": write_notification(MESSAGE), "filename": "x"},
        {"filename": [*NONE, *ANY_TEXT]},
    ),
    "schema": Door(fatturapa.schema, {"kind": "ordinaria"}),
    "sign": Door(fatturapa.sign, {"document": DATA, "key": KEY, "at": NOON}, {"document": ANY_BYTES}),
    "to_dict": Door(fatturapa.to_dict, {"document": DOCUMENT, "names": "official"}),
    "transliterate": Door(fatturapa.transliterate, {"document": DOCUMENT}),
    "unpack": Door(fatturapa.unpack, {"source": DATA, "limits": None}, {"source": ANY_BYTES, "limits": NONE}),
    "unwrap": Door(fatturapa.unwrap, {"data": DATA, "limit": 10**6}, {"data": ANY_BYTES, "limit": ANY_NUMBER}),
    "verify": Door(fatturapa.verify, {"source": DATA, "at": NOON, "roots": ()}, {"source": ANY_BYTES, "roots": EMPTY}),
    "write": Door(fatturapa.write, {"document": DOCUMENT, "stylesheet": "a.xsl"}, {"stylesheet": [*NONE, *ANY_TEXT]}),
    "xsd": Door(fatturapa.xsd, {"kind": "ordinaria"}),
}
OTHERS = {
    "FileName.parse": Door(FileName.parse, {"name": "IT01234567890_00001.xml"}),
    "FileName": Door(FileName, {"country": "IT", "tax_id": "01234567890", "progressive": "1"}),
    "MessageName.parse": Door(MessageName.parse, {"name": "IT01234567890_00001_RC_001.xml"}),
    "sdi_code": Door(sdi_code, {"code": "00421"}),
    "signature_report": Door(signature_report, {"envelope": unwrap(DATA), "on": NOON.date()}, {"on": NONE}),
    "position": Door(
        position,
        {
            "history": History(flow=Flow.PA, file_name=FILE.file_name, sent_on=NOON.date()),
            "on": NOON.date(),
            "document": None,
        },
        {"document": NONE},
    ),
    "delivered": Door(delivered, {"file": FILE, "at": NOON, "message_id": "1"}, {"message_id": ANY_TEXT}),
    "forwarded": Door(
        forwarded,
        {"file": FILE, "form": FormatoTrasmissione.FPA12, "message_id": "1", "attempts": 1},
        {"message_id": ANY_TEXT, "attempts": ANY_NUMBER},
    ),
    "write_attestation": Door(write_attestation, {"message": MESSAGE, "invoice": DATA, "progressive": "001"}),
    "notification_of": Door(notification_of, {"record": MESSAGE, "report": None}, {"report": NONE}),
}


def test_no_door_is_forgotten() -> None:
    public = {name for name in fatturapa.__all__ if inspect.isfunction(getattr(fatturapa, name))}
    assert public == DOORS.keys()
    for door in DOORS.values():
        assert inspect.signature(door.call).parameters.keys() == door.given.keys()


@pytest.mark.parametrize("door", [pytest.param(door, id=name) for name, door in (DOORS | OTHERS).items()])
def test_the_doors_are_open(door: Door) -> None:
    assert_open(door)


@pytest.mark.parametrize(("door", "argument", "value"), wrong_calls(DOORS | OTHERS))
def test_only_errors_of_ours(door: Door, argument: str, value: object) -> None:
    assert_refused(door, argument, value)
