from __future__ import annotations

from collections.abc import Callable

import pytest

from gse_billing.core.errors import InvalidDocumentError, InvalidValueError
from gse_billing.fatturapa import notifications
from gse_billing.fatturapa.codelists import EsitoCommittente, TipoMessaggio
from gse_billing.fatturapa.notifications import (
    attested,
    buyers_outcome,
    discarded,
    expired,
    outcome,
    undelivered,
    write_notification,
)
from tests.unit.fatturapa.notifications.samples import DUPLICATE, PRIVATE, PUBLIC, PUBLIC_MESSAGES, REFUSAL

PUBLIC_ONLY: dict[str, Callable[[], object]] = {
    "outcome of the buyer": lambda: buyers_outcome(PRIVATE, EsitoCommittente.EC01),
    "outcome": lambda: outcome(PRIVATE, REFUSAL, message_id="1"),
    "term": lambda: expired(PRIVATE, message_id="1"),
    "attestation": lambda: attested(PRIVATE, message_id="1"),
}


@pytest.mark.parametrize("build", PUBLIC_ONLY.values(), ids=PUBLIC_ONLY)
def test_the_private_flow_lacks_the_messages_of_public_bodies(build: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError, match="the private flow has no"):
        build()


def test_a_private_failure_says_where_the_invoice_waits() -> None:
    with pytest.raises(InvalidValueError, match="give available_from"):
        undelivered(PRIVATE, message_id="1")


def test_what_the_schema_refuses_is_not_written() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        write_notification(discarded(PUBLIC, [("404", "Fattura duplicata")], message_id="2"))
    assert "must have 5 characters" in str(caught.value.report)
    with pytest.raises(InvalidDocumentError, match="Errore is missing"):
        write_notification(discarded(PUBLIC, [], message_id="2"))
    with pytest.raises(InvalidDocumentError, match="at most 200"):
        write_notification(discarded(PUBLIC, [DUPLICATE] * 201, message_id="2"))


def test_only_messages_are_written() -> None:
    with pytest.raises(InvalidValueError, match="a Submission is no message of SDI"):
        write_notification(PUBLIC)  # type: ignore[arg-type]


def test_a_message_is_written_in_its_namespace() -> None:
    text = write_notification(PUBLIC_MESSAGES[TipoMessaggio.DT]).decode()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<types:NotificaDecorrenzaTermini ')
    assert 'xmlns:types="http://www.fatturapa.gov.it/sdi/messaggi/v1.0" versione="1.0">' in text


def test_the_public_names_are_there() -> None:
    assert all(hasattr(notifications, name) for name in notifications.__all__)
