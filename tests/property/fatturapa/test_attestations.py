"""What holds for every attestation in its zip, and for any bytes at all."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gse_billing import evolve
from gse_billing.core.errors import InvalidDocumentError
from gse_billing.fatturapa.flow import read_attestation, write_attestation
from gse_billing.fatturapa.notifications import attested
from tests.unit.fatturapa.flow.test_attestations import FILE, INVOICE, message

NAME, ARCHIVE = write_attestation(message(), INVOICE)


@given(invoice=st.binary(max_size=2_000), progressive=st.from_regex(r"[A-Za-z0-9]{1,3}", fullmatch=True))
def test_what_is_written_is_read(invoice: bytes, progressive: str) -> None:
    """Allegato B-1, 1.10: the invoice file as it was received, whatever it is, and what attests it."""
    file = evolve(FILE, digest=hashlib.sha256(invoice).hexdigest())
    name, data = write_attestation(attested(file, message_id="8"), invoice, progressive=progressive)
    found = read_attestation(data, filename=name)
    assert (found.invoice, found.notification.digest) == (invoice, file.digest)
    assert [finding.code for finding in found.notification.report] == ["notification:schema"]  # it is not signed


@given(cuts=st.lists(st.tuples(st.integers(0), st.integers(0, 9), st.binary(max_size=6)), min_size=1, max_size=4))
@settings(max_examples=300)
def test_no_mutilated_archive_attests_another_invoice(cuts: list[tuple[int, int, bytes]]) -> None:
    """Whatever is cut out and put in: it is refused, or still attests the very same bytes."""
    data = ARCHIVE
    for at, length, other in cuts:
        place = at % (len(data) + 1)
        data = data[:place] + other + data[place + length :]
    try:
        attested_bytes = read_attestation(data, filename=NAME).invoice
    except InvalidDocumentError:
        return
    assert attested_bytes == INVOICE


@given(data=st.binary(max_size=300) | st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data))
def test_no_bytes_make_anything_else_raise(data: bytes) -> None:
    """Content ends in a report."""
    with pytest.raises(InvalidDocumentError) as caught:
        read_attestation(data)
    assert not caught.value.report.ok
