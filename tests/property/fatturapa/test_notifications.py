from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gse_billing.core.errors import InvalidDocumentError
from gse_billing.fatturapa.notifications import MESSAGGI_PA, MESSAGGI_PRIVATI, read_notification, write_notification
from tests.support.records import records

MESSAGES = [
    pytest.param(cls, id=f"{schema.name} {tag}")
    for schema in (MESSAGGI_PA, MESSAGGI_PRIVATI)
    for tag, cls in schema.roots.items()
]
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("cls", MESSAGES)
@given(data=st.data())
@SLOW
def test_what_is_written_is_read_back(cls: type[Any], data: st.DataObject) -> None:
    """Read and write come from one declaration: any message that the schema admits comes back unchanged."""
    message = data.draw(records(cls))
    notification = read_notification(write_notification(message))
    assert notification.record == message
    assert notification.report.ok
    assert write_notification(notification.record) == write_notification(message)


@given(st.binary(max_size=300))
def test_no_bytes_make_anything_but_our_own_exception_leave(data: bytes) -> None:
    """Hostile input ends in findings."""
    with suppress(InvalidDocumentError):
        read_notification(data)


@pytest.mark.parametrize("cls", MESSAGES)
@given(data=st.data())
@SLOW
def test_a_message_with_some_bytes_changed_is_read_or_refused(cls: type[Any], data: st.DataObject) -> None:
    """Hostile input ends in findings, near the shape of a true message too."""
    whole = bytearray(write_notification(data.draw(records(cls))))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    with suppress(InvalidDocumentError):
        assert read_notification(bytes(whole)).report.ok
