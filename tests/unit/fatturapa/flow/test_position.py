from __future__ import annotations

import datetime as dt
import itertools

import pytest

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.values import evolve
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, ScartoEsito, TipoMessaggio
from gse_billing.fatturapa.flow import History, Position, Stage, position, sent
from gse_billing.fatturapa.notifications import (
    Message,
    RiferimentoFattura,
    Submission,
    buyers_outcome,
    delivered,
    discarded,
    outcome,
    outcome_refused,
    undelivered,
    write_notification,
)
from tests.unit.fatturapa.notifications.samples import (
    DUPLICATE,
    PRIVATE,
    PRIVATE_MESSAGES,
    PUBLIC,
    PUBLIC_MESSAGES,
    ROME,
)

RC, NS, MC, NE, MT, EC, SE, DT, AT = TipoMessaggio
SENT_ON = dt.date(2020, 12, 11)
LATER = dt.date(2021, 6, 1)


def _history(file: Submission) -> History:
    return sent(file.flow, file.file_name, on=SENT_ON)


def _with(file: Submission, *messages: tuple[Message, int]) -> History:
    """The history of a file with messages, each on a day counted from the sending."""
    history = _history(file)
    for message, days in messages:
        history = history.receive(write_notification(message), on=SENT_ON + dt.timedelta(days=days))
    return history


def _public(*kinds: TipoMessaggio, on: dt.date = LATER) -> Position:
    return position(_with(PUBLIC, *((PUBLIC_MESSAGES[kind], 1) for kind in kinds)), on=on)


def _private(*kinds: TipoMessaggio) -> Position:
    return position(_with(PRIVATE, *((PRIVATE_MESSAGES[kind], 1) for kind in kinds)), on=LATER)


PUBLIC_STAGES = [
    ((), Stage.SENT),
    ((NS,), Stage.DISCARDED),
    ((RC,), Stage.DELIVERED),
    ((MC,), Stage.UNDELIVERED),
    ((MC, RC), Stage.DELIVERED),
    ((MC, AT), Stage.ATTESTED),
    ((RC, NE), Stage.REFUSED),
    ((NE,), Stage.REFUSED),
    ((RC, DT), Stage.EXPIRED),
    ((DT,), Stage.EXPIRED),
    ((RC, EC), Stage.ANSWERED),
    ((RC, EC, SE), Stage.DELIVERED),
    ((RC, EC, SE, DT), Stage.EXPIRED),
    ((RC, EC, NE), Stage.REFUSED),
    ((RC, MT), Stage.DELIVERED),
    ((MT,), Stage.DELIVERED),
    ((EC,), Stage.ANSWERED),
    ((EC, SE), Stage.DELIVERED),
]


@pytest.mark.parametrize(("kinds", "stage"), PUBLIC_STAGES, ids=str)
def test_the_stages_of_public_bodies(kinds: tuple[TipoMessaggio, ...], stage: Stage) -> None:
    found = _public(*kinds)
    assert found.stage is stage
    assert found.report.ok
    assert found.closed is (stage in {Stage.DISCARDED, Stage.REFUSED, Stage.EXPIRED, Stage.ATTESTED})
    assert found.number_free is (stage in {Stage.DISCARDED, Stage.REFUSED})


@pytest.mark.parametrize(
    ("kinds", "stage"), [((NS,), Stage.DISCARDED), ((RC,), Stage.DELIVERED), ((MC,), Stage.UNDELIVERED)]
)
def test_the_stages_of_private_parties(kinds: tuple[TipoMessaggio, ...], stage: Stage) -> None:
    found = _private(*kinds)
    assert (found.stage, found.closed) == (stage, True)
    assert found.issued is (stage is not Stage.DISCARDED)
    assert found.expected == ()


def test_an_accepted_document() -> None:
    accepted = outcome(PUBLIC, buyers_outcome(PUBLIC, EsitoCommittente.EC01), message_id="9")
    found = position(_with(PUBLIC, (PUBLIC_MESSAGES[RC], 1), (accepted, 5)), on=LATER)
    assert (found.stage, found.closed, found.number_free, found.duties) == (Stage.ACCEPTED, True, False, ())


IMPOSSIBLE = [(NS, RC), (NS, MC), (NS, NE), (NS, DT), (NS, AT), (AT, RC), (AT, NE), (AT, DT), (NE, DT)]


@pytest.mark.parametrize("pair", IMPOSSIBLE, ids=str)
def test_an_impossible_pair_is_reported_and_nothing_is_overwritten(pair: tuple[TipoMessaggio, TipoMessaggio]) -> None:
    for kinds in (pair, pair[::-1]):
        found = _public(*kinds)
        assert found.stage is Stage.CONTRADICTED
        assert found.report.codes == ("flow:contradiction",)
        assert (found.issued, found.closed, found.number_free, found.expected) == (None, False, False, ())
        assert [duty.what for duty in found.duties] == ["ask SDI which message holds"]


def test_two_outcomes_of_one_document_contradict_each_other() -> None:
    accepted = outcome(PUBLIC, buyers_outcome(PUBLIC, EsitoCommittente.EC01), message_id="9")
    found = position(_with(PUBLIC, (PUBLIC_MESSAGES[NE], 1), (accepted, 2)), on=LATER)
    assert "EC01 and EC02" in found.report.findings[0].message_en


def test_two_numbers_of_sdi_contradict_each_other() -> None:
    other = delivered(evolve(PUBLIC, sdi_id=999), at=PUBLIC.received, message_id="9")
    found = position(_with(PUBLIC, (PUBLIC_MESSAGES[RC], 1), (other, 1)), on=LATER)
    assert found.report.codes == ("flow:contradiction",)


def test_the_same_key_with_other_bytes_is_a_conflict() -> None:
    other = delivered(PUBLIC, at=PUBLIC.received, message_id="1")
    found = position(_with(PUBLIC, (PUBLIC_MESSAGES[RC], 1), (other, 1)), on=LATER)
    assert (found.stage, found.report.codes) == (Stage.CONTRADICTED, ("flow:conflict",))
    assert "the message RC 1 came with different contents" in str(found.report)


def test_a_message_that_comes_twice_changes_nothing_but_its_first_day() -> None:
    once = _with(PUBLIC, (PUBLIC_MESSAGES[MC], 3))
    assert _with(PUBLIC, (PUBLIC_MESSAGES[MC], 3), (PUBLIC_MESSAGES[MC], 8)) == once
    assert _with(PUBLIC, (PUBLIC_MESSAGES[MC], 8), (PUBLIC_MESSAGES[MC], 3)) == once


def test_every_order_of_six_messages_ends_in_the_same_position() -> None:
    first = RiferimentoFattura(numero_fattura="1", anno_fattura=2020)
    second = RiferimentoFattura(numero_fattura="2", anno_fattura=2020)
    refused = buyers_outcome(PUBLIC, EsitoCommittente.EC02, reference=first, message_id="A")
    accepted = buyers_outcome(PUBLIC, EsitoCommittente.EC01, reference=second, message_id="B")
    six: list[tuple[Message, int]] = [
        (PUBLIC_MESSAGES[MC], 2),
        (PUBLIC_MESSAGES[RC], 4),
        (refused, 5),
        (outcome_refused(refused, ScartoEsito.EN01, message_id="20"), 6),
        (outcome(PUBLIC, accepted, message_id="21"), 7),
        (outcome(PUBLIC, evolve(refused, message_id_committente="C"), message_id="22"), 8),
    ]
    ends = {_with(PUBLIC, *order) for order in itertools.permutations(six)}
    assert len(ends) == 1
    (history,) = ends
    assert position(history, on=LATER, document=first).stage is Stage.REFUSED
    assert position(history, on=LATER, document=second).stage is Stage.ACCEPTED
    third = RiferimentoFattura(numero_fattura="3", anno_fattura=2020)
    assert position(history, on=LATER, document=third).stage is Stage.DELIVERED
    with pytest.raises(InvalidValueError, match="several documents"):
        position(history, on=LATER)


def test_the_place_in_the_lot_tells_documents_apart_where_both_say_it() -> None:
    second = RiferimentoFattura(numero_fattura="SSP/2020/1", anno_fattura=2020, posizione_fattura=2)
    history = _with(PUBLIC, (PUBLIC_MESSAGES[RC], 1), (PUBLIC_MESSAGES[NE], 2))
    assert position(history, on=LATER, document=second).stage is Stage.DELIVERED
    unplaced = evolve(second, posizione_fattura=None)
    assert position(history, on=LATER, document=unplaced).stage is Stage.REFUSED


def test_what_came_after_the_day_of_the_question_does_not_count() -> None:
    history = _with(PUBLIC, (PUBLIC_MESSAGES[RC], 1), (PUBLIC_MESSAGES[NE], 9))
    assert position(history, on=SENT_ON).stage is Stage.SENT
    assert position(history, on=SENT_ON + dt.timedelta(days=8)).stage is Stage.DELIVERED
    assert position(history, on=SENT_ON + dt.timedelta(days=9)).stage is Stage.REFUSED


def _expected(found: Position) -> dict[str, tuple[dt.date | None, dt.date | None]]:
    return {each.kind.value: (each.since, each.by) for each in found.expected}


def test_what_can_come_after_the_sending() -> None:
    assert _expected(_public()) == {"NS": (None, None), "RC": (None, None), "MC": (None, None)}
    assert _expected(_private()) == {"NS": (None, dt.date(2020, 12, 16)), "RC": (None, None), "MC": (None, None)}
    assert _public().issued is None


def test_after_a_failed_delivery_sdi_tries_for_ten_days() -> None:
    found = position(_with(PUBLIC, (PUBLIC_MESSAGES[MC], 1)), on=dt.date(2020, 12, 13))
    assert _expected(found) == {"RC": (None, None), "AT": (dt.date(2020, 12, 22), None)}
    assert found.issued


def test_the_buyer_has_fifteen_days_from_the_date_in_the_receipt() -> None:
    """The receipt says 2020-12-12, whenever it came."""
    found = position(_with(PUBLIC, (PUBLIC_MESSAGES[RC], 6)), on=LATER)
    assert _expected(found) == {"NE": (None, dt.date(2020, 12, 27)), "DT": (dt.date(2020, 12, 28), None)}
    assert "4.5 f)" in str(found.expected[0].basis)


def test_the_fifteen_days_run_from_the_failed_delivery_when_that_came_first() -> None:
    late = delivered(PUBLIC, at=dt.datetime(2020, 12, 20, 9, 0, tzinfo=ROME), message_id="1")
    found = position(_with(PUBLIC, (PUBLIC_MESSAGES[MC], 4), (late, 9)), on=LATER)
    assert _expected(found)["NE"] == (None, dt.date(2020, 12, 30))


def test_an_answer_is_forwarded_or_refused_by_sdi() -> None:
    assert _expected(_public(RC, EC)) == {"NE": (None, None), "SE": (None, None)}


def test_without_the_receipt_the_term_is_not_known() -> None:
    assert _expected(_public(EC, SE)) == {"NE": (None, None), "DT": (None, None)}


def test_a_discarded_invoice_is_sent_again_within_five_days() -> None:
    history = _with(PRIVATE, (PRIVATE_MESSAGES[NS], 3))
    (duty,) = position(history, on=LATER).duties
    assert "same number and date, a new name" in duty.what
    assert duty.by == dt.date(2020, 12, 19)
    assert "13/E" in str(duty.basis)


def test_what_the_sender_has_to_do_otherwise() -> None:
    assert "its number is free" in _public(NE).duties[0].what
    assert "by other means" in _public(AT).duties[0].what
    assert "reserved area" in _private(MC).duties[0].what
    assert _public(MC).duties == _public(RC).duties == _public(DT).duties == ()


WRONG = {
    "another flow": (PRIVATE_MESSAGES[RC], 1, "belongs to the flow private"),
    "another file": (
        delivered(evolve(PUBLIC, file_name="IT01234567890_99999.xml"), at=PUBLIC.received, message_id="1"),
        1,
        "it is about IT01234567890_99999.xml",
    ),
    "another file discarded": (
        discarded(evolve(PUBLIC, file_name="IT01234567890_99999.xml"), [DUPLICATE], message_id="1"),
        1,
        "it is about IT01234567890_99999.xml",
    ),
    "before the sending": (PUBLIC_MESSAGES[RC], -1, "it came on 2020-12-10"),
}


@pytest.mark.parametrize(("message", "days", "why"), WRONG.values(), ids=WRONG)
def test_a_message_that_is_no_answer_to_the_file_is_refused(message: Message, days: int, why: str) -> None:
    with pytest.raises(InvalidValueError, match="is no answer to IT01234567890_11111") as caught:
        _with(PUBLIC, (message, days))
    assert why in caught.value.why


def test_a_bad_name_is_found_again_in_its_cut_form() -> None:
    bad = evolve(PRIVATE, file_name="x" * 45 + ".xml")
    notice = discarded(evolve(bad, file_name="x" * 36), [("00001", "Nome file non valido")], message_id="1")
    assert position(_with(bad, (notice, 0)), on=LATER).stage is Stage.DISCARDED


def test_a_history_is_stored_and_replayed() -> None:
    history = _with(PUBLIC, (PUBLIC_MESSAGES[MC], 2), (PUBLIC_MESSAGES[RC], 3), (PUBLIC_MESSAGES[NE], 4))
    assert History.from_json(history.to_json()) == history


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"flow": "x", "file_name": "a", "sent_on": "2020-12-11", "messages": []}'],
    ids=["nothing", "a list", "no fields", "no flow"],
)
def test_a_text_that_is_no_history_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="no history of a file"):
        History.from_json(text)


def test_a_position_shows_itself_in_a_notebook() -> None:
    html = _public(RC)._repr_html_()
    assert "<caption>delivered</caption>" in html
    assert "notice that the time for an outcome has passed" in html
    assert "cannot both be true" in _public(NS, RC)._repr_html_()
    assert "by other means" in _public(AT)._repr_html_()


def test_a_private_document_undelivered_then_delivered() -> None:
    found = position(
        _with(PRIVATE, (undelivered(PRIVATE, message_id="3", available_from=SENT_ON), 1), (PRIVATE_MESSAGES[RC], 2)),
        on=LATER,
    )
    assert (found.stage, found.closed) == (Stage.DELIVERED, True)
    assert PRIVATE.flow is Flow.PRIVATE


def test_a_flow_may_be_given_by_its_name() -> None:
    assert sent("private", PRIVATE.file_name, on=SENT_ON).flow is Flow.PRIVATE  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("flow", "name", "on", "message"),
    [
        ("foo", "IT01234567890_00001.xml", SENT_ON, "'foo' is no flow; give one of pa, private"),
        (Flow.PA, 5, SENT_ON, "5 is no name of a file"),
        (Flow.PA, "", SENT_ON, "'' is no name of a file"),
        (Flow.PA, "IT01234567890_00001.xml", "2021-01-01", "'2021-01-01' cannot be the day of sending"),
    ],
)
def test_a_history_begins_with_what_it_can_count_with(flow: Flow, name: str, on: dt.date, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        sent(flow, name, on=on)


@pytest.mark.parametrize("day", ["2021-01-01", dt.datetime(2021, 1, 1), None])  # noqa: DTZ001 - that it has a time
def test_days_of_a_flow_are_plain_days(day: dt.date) -> None:
    history = sent(Flow.PA, "IT01234567890_00001.xml", on=SENT_ON)
    with pytest.raises(InvalidValueError, match="cannot be the day of the question"):
        position(history, on=day)
    with pytest.raises(InvalidValueError, match="cannot be the day on which a message came"):
        history.receive(write_notification(PUBLIC_MESSAGES[RC]), on=day)


def test_endless_nesting_is_no_history() -> None:
    with pytest.raises(InvalidValueError, match="no history of a file"):
        History.from_json("[" * 100_000)
