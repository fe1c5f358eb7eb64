"""The attestation in its zip: read, built, held against the invoice beside it; hostile archives are refused."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import stat
import struct
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from gse_billing import evolve, fatturapa
from gse_billing.core.errors import InvalidDocumentError, InvalidIdentifierError, InvalidValueError
from gse_billing.core.findings import Severity
from gse_billing.fatturapa.codelists import TipoMessaggio
from gse_billing.fatturapa.flow import History, Stage, position, read_attestation, sent, write_attestation
from gse_billing.fatturapa.notifications import Submission, attested, pa, write_notification
from tests.unit.fatturapa import samples
from tests.unit.fatturapa.notifications.samples import PUBLIC, PUBLIC_MESSAGES

INVOICE = fatturapa.write(samples.ordinary())
FILE = evolve(PUBLIC, file_name="IT01234567890_11111.xml", digest=hashlib.sha256(INVOICE).hexdigest())
INVOICE_NAME, MESSAGE_NAME = "IT01234567890_11111.xml", "IT01234567890_11111_AT_001.xml"
SENT_ON = dt.date(2020, 12, 11)
# what measures coverage makes Python several times slower, and is none of the reader's
LONGEST = 5.0 if sys.gettrace() is None else 20.0


def message(file: Submission = FILE) -> pa.AttestazioneTrasmissioneFattura:
    return attested(file, message_id="8")


def written(file: Submission = FILE) -> bytes:
    return write_notification(message(file))


def archive(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as writer:
        for name, data in files:
            writer.writestr(name, data)
    return target.getvalue()


def test_an_attestation_is_written_and_read() -> None:
    name, data = write_attestation(message(), INVOICE)
    assert name == "IT01234567890_11111_AT_001.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as reader:
        assert reader.namelist() == [INVOICE_NAME, MESSAGE_NAME]
    found = read_attestation(data, filename=name)
    assert (found.notification.kind, found.notification.sdi_id) == (TipoMessaggio.AT, "111")
    assert (found.notification.file_name, found.invoice, found.data) == (INVOICE_NAME, INVOICE, written())
    assert [(each.code, each.path) for each in found.notification.report] == [
        ("notification:schema", "/AttestazioneTrasmissioneFattura/Signature")
    ]
    assert write_attestation(message(), INVOICE) == (name, data)


def test_a_signed_invoice_and_an_archive_in_the_other_order_are_read() -> None:
    file = evolve(FILE, file_name="IT01234567890_11111.xml.p7m")
    found = read_attestation(archive((MESSAGE_NAME, written(file)), ("IT01234567890_11111.xml.p7m", INVOICE)))
    assert found.invoice == INVOICE


@pytest.mark.parametrize(
    "spelled",
    [str.upper, lambda text: f" {text}\n", lambda text: base64.b64encode(bytes.fromhex(text)).decode()],
    ids=["capitals", "blanks", "base 64"],
)
def test_the_hash_counts_however_it_is_spelled(spelled: Callable[[str], str]) -> None:
    data = archive((INVOICE_NAME, INVOICE), (MESSAGE_NAME, written(evolve(FILE, digest=spelled(FILE.digest)))))
    assert read_attestation(data).invoice == INVOICE


def test_a_name_that_disagrees_is_a_warning() -> None:
    _, data = write_attestation(message(), INVOICE)
    for name in ("attestazione.zip", MESSAGE_NAME, "IT01234567890_11111_AT_002.zip"):
        warning = read_attestation(data, filename=name).notification.report.findings[-1]
        assert (warning.code, warning.severity) == ("notification:attestation", Severity.WARNING)
        assert warning.message_en == f"the archive is called {name}, the attestation {MESSAGE_NAME}"
    odd = archive((INVOICE_NAME, INVOICE), ("IT01234567890_22222_AT_001.xml", written()))
    assert "speaks of IT01234567890_22222, the content of IT01234567890_11111.xml" in str(
        read_attestation(odd).notification.report
    )


# Archives that attest nothing; what is said.
CONTRADICTING: dict[str, tuple[Callable[[], bytes], str]] = {
    "a byte changed": (
        lambda: archive((INVOICE_NAME, INVOICE.replace(b"12/2026", b"13/2026")), (MESSAGE_NAME, written())),
        "the hash in the attestation is not that of the invoice file",
    ),
    "a hash that is none": (
        lambda: archive((INVOICE_NAME, INVOICE), (MESSAGE_NAME, written(evolve(FILE, digest="é")))),
        "the hash in the attestation is not that of the invoice file",
    ),
    "another invoice file": (
        lambda: archive(("IT01234567890_22222.xml", INVOICE), (MESSAGE_NAME, written())),
        "speaks of IT01234567890_11111.xml, the archive holds IT01234567890_22222.xml",
    ),
    "a folder": (
        lambda: archive((f"cartella/{INVOICE_NAME}", INVOICE), (MESSAGE_NAME, written())),
        "the archive holds cartella/IT01234567890_11111.xml",
    ),
    "another message": (
        lambda: archive((INVOICE_NAME, INVOICE), (MESSAGE_NAME, write_notification(PUBLIC_MESSAGES[TipoMessaggio.RC]))),
        "the message is RC, no attestation",
    ),
    "no attestation": (
        lambda: archive((INVOICE_NAME, INVOICE), ("IT01234567890_11111_RC_001.xml", written())),
        "the archive holds IT01234567890_11111.xml, IT01234567890_11111_RC_001.xml, not the invoice file with its",
    ),
    "two attestations": (
        lambda: archive((MESSAGE_NAME, written()), ("IT01234567890_11111_AT_002.xml", written())),
        "not the invoice file with its attestation",
    ),
    "the invoice alone": (lambda: archive((INVOICE_NAME, INVOICE)), "not the invoice file with its attestation"),
    "an archive inside": (
        lambda: archive(
            (INVOICE_NAME, INVOICE), ("IT01234567890_11111_AT_001.zip", archive((MESSAGE_NAME, written())))
        ),
        "not the invoice file with its attestation",
    ),
    "a broken message": (lambda: archive((INVOICE_NAME, INVOICE), (MESSAGE_NAME, b"<x/>")), "the root of the document"),
    "three files": (
        lambda: archive((INVOICE_NAME, INVOICE), (MESSAGE_NAME, written()), ("x.xml", b"")),
        "more than 2 files",
    ),
    "no archive": (lambda: b"PK\x03\x04", "the archive is empty or cannot be read"),
    "nothing": (lambda: b"", "the archive is empty or cannot be read"),
}


@pytest.mark.parametrize("case", CONTRADICTING)
def test_an_archive_that_attests_nothing_is_refused(case: str) -> None:
    make, said = CONTRADICTING[case]
    with pytest.raises(InvalidDocumentError) as caught:
        read_attestation(make())
    assert said in str(caught.value.report)


def linked() -> bytes:
    info = zipfile.ZipInfo(INVOICE_NAME)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return archive((info, b"/etc/passwd"), (MESSAGE_NAME, written()))


def encrypted() -> bytes:
    data = bytearray(archive((INVOICE_NAME, INVOICE), (MESSAGE_NAME, written())))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


def many_entries() -> bytes:
    """A directory that claims 60,000 files."""
    central = b"".join(
        struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0)
        + b"%05d" % number
        for number in range(60_000)
    )
    return central + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, len(central), 0, 0)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a bomb for an invoice": lambda: archive((INVOICE_NAME, bytes(500_000_000)), (MESSAGE_NAME, written())),
    "a bomb for a message": lambda: archive((INVOICE_NAME, INVOICE), (MESSAGE_NAME, b"<a>" * 100_000_000)),
    "a name that leads out": lambda: archive((f"../{INVOICE_NAME}", INVOICE), (MESSAGE_NAME, written())),
    "an absolute name": lambda: archive((f"/{INVOICE_NAME}", INVOICE), (MESSAGE_NAME, written())),
    "a link": linked,
    "a password": encrypted,
    "one name twice, letter case aside": lambda: archive((INVOICE_NAME, INVOICE), (INVOICE_NAME.upper(), INVOICE)),
    "entries without end": many_entries,
    "entities in the message": lambda: archive(
        (INVOICE_NAME, INVOICE), (MESSAGE_NAME, b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + written())
    ),
    "a message of deep elements": lambda: archive((INVOICE_NAME, INVOICE), (MESSAGE_NAME, b"<a>" * 300_000)),
    "half an archive": lambda: write_attestation(message(), INVOICE)[1][:-30],
    "archives without end": lambda: b"PK\x03\x04" * 2_000_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_is_refused_in_time_and_memory(case: str) -> None:
    data = HOSTILE[case]()
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(InvalidDocumentError) as caught:
        read_attestation(data)
    assert time.process_time() - start < LONGEST * 2  # tracemalloc takes its part
    assert tracemalloc.get_traced_memory()[1] < 512 * 1024 * 1024
    tracemalloc.stop()
    assert not caught.value.report.ok


def test_bad_calls_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="an attestation is read from bytes, not from str"):
        read_attestation("attestation.zip")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="the attestation is of other bytes; the hash of the file is"):
        write_attestation(message(), INVOICE + b" ")
    with pytest.raises(InvalidIdentifierError, match="only NS may repeat such a name"):
        write_attestation(message(evolve(FILE, file_name="fattura.xml")), INVOICE)


def history() -> History:
    return sent(FILE.flow, FILE.file_name, on=SENT_ON)


def test_a_history_takes_the_zip_and_keeps_the_message() -> None:
    """The message in the zip is the message: it may come once with its file and once without."""
    name, data = write_attestation(message(), INVOICE)
    day = SENT_ON + dt.timedelta(days=12)
    zipped = history().receive(data, on=day, filename=name)
    assert zipped == history().receive(written(), on=day, filename=MESSAGE_NAME)
    assert zipped == zipped.receive(written(), on=day)
    assert zipped.arrivals[0].data == written()
    assert position(zipped, on=day).stage is Stage.ATTESTED
    assert History.from_json(zipped.to_json()) == zipped


def test_a_history_refuses_an_attestation_of_other_bytes_or_of_another_file() -> None:
    other = archive((INVOICE_NAME, b"<x/>"), (MESSAGE_NAME, written()))
    with pytest.raises(InvalidDocumentError, match="the hash in the attestation"):
        history().receive(other, on=SENT_ON)
    elsewhere = evolve(FILE, file_name="IT01234567890_33333.xml")
    with pytest.raises(InvalidValueError, match="is no answer to IT01234567890_11111"):
        history().receive(write_attestation(message(elsewhere), INVOICE)[1], on=SENT_ON)
