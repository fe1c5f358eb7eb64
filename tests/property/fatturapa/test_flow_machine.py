"""The flow against a model of its own: whatever comes, in whatever order, both tell the same of the document."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gse_billing import evolve
from gse_billing.core.errors import InvalidValueError
from gse_billing.fatturapa.codelists import EsitoCommittente, Flow, FormatoTrasmissione, ScartoEsito
from gse_billing.fatturapa.flow import Arrival, History, Position, position, sent
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
    write_notification,
)
from tests.property.fatturapa.flow_model import STEPS, File, Told, bag_of, ending
from tests.unit.fatturapa.notifications.samples import DUPLICATE, PRIVATE, PUBLIC, ROME

SENT_ON = dt.date(2020, 12, 11)
DOCUMENTS = {
    None: None,
    1: RiferimentoFattura(numero_fattura="1", anno_fattura=2020),
    2: RiferimentoFattura(numero_fattura="2", anno_fattura=2020),
}
FILES = {"pa": PUBLIC, "private": PRIVATE}
ALL = {"pa": ["NS", "RC", "MC", "MT", "EC", "EC01", "EC02", "SE", "DT", "AT"], "private": ["NS", "RC", "MC", "MT"]}
ANSWERS = ("EC", "EC01", "EC02", "SE", "DT")
"""What may be about one document of the file."""

DAYS = st.integers(0, 40).map(lambda days: SENT_ON + dt.timedelta(days=days))
ABOUT = st.sampled_from([None, None, 1, 2])
Step = tuple[int, int, dt.date]
"""Which of the possible messages, how many days after the sending an RC is dated, and the day the message comes."""

STEPS_OF_SDI = st.tuples(st.integers(0, 11), st.integers(0, 20), DAYS)
WALKS = st.lists(STEPS_OF_SDI, max_size=6)


def _answer(file: Submission, told: Told, kind: EsitoCommittente, ident: str | None) -> Message:
    text = str(told.content) if told.what == "EC" else None
    return buyers_outcome(file, kind, reference=DOCUMENTS[told.about], description=text, message_id=ident)


def _forwarded_answer(file: Submission, told: Told) -> Message:
    answer = buyers_outcome(file, EsitoCommittente(told.what), reference=DOCUMENTS[told.about], message_id="A")
    return outcome(file, evolve(answer, descrizione=str(told.content)), message_id=told.ident)


def _refused_answer(file: Submission, told: Told) -> Message:
    answer = buyers_outcome(file, EsitoCommittente.EC02, reference=DOCUMENTS[told.about])
    made = outcome_refused(answer, ScartoEsito.EN01, message_id=told.ident)
    return evolve(made, note=str(told.content))


def _receipt(file: Submission, told: Told) -> Message:
    assert told.delivered is not None
    return delivered(file, at=dt.datetime.combine(told.delivered, dt.time(9), ROME), message_id=told.ident)


def _failure(file: Submission, told: Told) -> Message:
    return undelivered(file, message_id=told.ident, available_from=SENT_ON, description=str(told.content))


MAKERS: dict[str, Callable[[Submission, Told], Message]] = {
    "RC": _receipt,
    "MC": _failure,
    "NS": lambda file, told: discarded(file, [(DUPLICATE[0], str(told.content))], message_id=told.ident),
    "MT": lambda file, told: evolve(
        forwarded(file, FormatoTrasmissione.FPA12, message_id=told.ident), note=str(told.content)
    ),
    "EC": lambda file, told: _answer(file, told, EsitoCommittente.EC01, told.ident or None),
    "EC01": _forwarded_answer,
    "EC02": _forwarded_answer,
    "SE": _refused_answer,
    "DT": lambda file, told: expired(
        file, message_id=told.ident, reference=DOCUMENTS[told.about], description=str(told.content)
    ),
    "AT": lambda file, told: evolve(attested(file, message_id=told.ident), note=str(told.content)),
}


@functools.cache
def written(flow: str, told: Told) -> bytes:
    """The message in bytes."""
    return write_notification(MAKERS[told.what](evolve(FILES[flow], sdi_id=int(told.sdi)), told))


class FlowMachine(RuleBasedStateMachine):
    """Sends a file, lets SDI answer in every way, and asks both sides after every step."""

    @initialize(flow=st.sampled_from(["pa", "pa", "private"]), walk=WALKS, about=ABOUT)
    def send(self, flow: str, walk: list[Step], about: int | None) -> None:
        """The file is sent, and SDI does some steps as it should."""
        self.flow = flow
        self.model = File(flow, SENT_ON)
        self.history = _sent(flow)
        for step in walk:
            self.step(step, about)
            self.agree()

    def step(self, step: Step, about: int | None) -> None:
        """One of the messages that SDI may send next."""
        place = ending(self.flow, bag_of(self.model.known(dt.date.max, about)))
        possible = [message for message, _ in STEPS[self.flow](place)] if place else []
        if possible:
            which, days, on = step
            self.hear(self.told(possible[which % len(possible)], about, days), on)

    def told(self, what: str, about: int | None, days: int, ident: str = "") -> Told:
        """A message of that kind; one that comes once for a document has an id of its own."""
        about = about if what in ANSWERS else None
        return Told(
            what=what,
            ident=ident or f"{what}{about or ''}",
            content=(days,) if what == "RC" else (),
            about=about,
            sdi="111",
            delivered=SENT_ON + dt.timedelta(days=days) if what == "RC" else None,
        )

    def hear(self, told: Told, on: dt.date) -> None:
        self.history = self.history.receive(written(self.flow, told), on=on)
        self.model.hear(told, on)

    @rule(step=STEPS_OF_SDI, about=ABOUT)
    def go_on(self, step: Step, about: int | None) -> None:
        """SDI does its next step."""
        self.step(step, about)

    @rule(data=st.data(), about=ABOUT, days=st.integers(0, 20), on=DAYS, last=st.integers(0, 3))
    def hear_anything(self, data: st.DataObject, about: int | None, days: int, on: dt.date, last: int) -> None:
        """Anything comes: late, early, out of order, impossible."""
        what = data.draw(st.sampled_from(ALL[self.flow]))
        several = what in ("EC", "SE")
        self.hear(self.told(what, about, days, ident=f"{what}-{last}" if several else ""), on)

    @precondition(lambda self: self.model.first)
    @rule(data=st.data(), on=DAYS)
    def hear_again(self, data: st.DataObject, on: dt.date) -> None:
        """The same message once more, on whatever day."""
        self.hear(data.draw(st.sampled_from(list(self.model.first))), on)

    @precondition(lambda self: len(self.model.first) > 2)
    @rule(data=st.data(), on=DAYS, doubled=st.sampled_from(["content", "sdi", "no id"]))
    def contradict(self, data: st.DataObject, on: dt.date, doubled: str) -> None:
        """The same id with other words; another number of SDI; an answer of the buyer without any id."""
        told = data.draw(st.sampled_from(list(self.model.first)))
        if doubled == "content" and told.what != "RC":
            told = told._replace(content=("other",))
        elif doubled == "sdi":
            told = told._replace(ident=f"{told.what}x", sdi="0" if told.what == "SE" else "999")
        elif told.what == "EC":
            told = told._replace(ident="")
        self.hear(told, on)

    @rule(data=st.data(), on=DAYS, wrong=st.sampled_from(["file", "flow", "day"]))
    def hear_of_something_else(self, data: st.DataObject, on: dt.date, wrong: str) -> None:
        """What is about another file, of the other flow, or older than the file changes nothing."""
        other = "private" if self.flow == "pa" else "pa"
        flow = other if wrong == "flow" else self.flow
        file = evolve(FILES[flow], file_name="IT01234567890_99999.xml") if wrong == "file" else FILES[flow]
        message = write_notification(
            MAKERS[data.draw(st.sampled_from(["RC", "NS", "MC"]))](file, self.told("RC", None, 1))
        )
        before = self.history
        with pytest.raises(InvalidValueError, match="is no answer to"):
            before.receive(message, on=SENT_ON - dt.timedelta(days=1) if wrong == "day" else on)
        assert self.history == before

    @rule(data=st.data())
    def store_and_replay(self, data: st.DataObject) -> None:
        """The history is stored and replayed; then heard once more in another order."""
        again = History.from_json(self.history.to_json())
        assert again == self.history
        again = sent(again.flow, again.file_name, on=again.sent_on)
        for each in data.draw(st.permutations(self.history.arrivals)):
            again = again.receive(each.data, on=each.on)
        assert again == self.history
        self.history = again

    @rule(on=DAYS, about=ABOUT)
    def ask(self, on: dt.date, about: int | None) -> None:
        """On any day, about any document."""
        self.compare(on, about)

    @invariant()
    def agree(self) -> None:
        for about in DOCUMENTS:
            self.compare(SENT_ON + dt.timedelta(days=99), about)

    def compare(self, on: dt.date, about: int | None) -> None:
        """What the flow answers is what the model does."""
        if about is None and self.model.is_of_several(on):
            with pytest.raises(InvalidValueError, match="several documents"):
                position(self.history, on=on)
            return
        wanted = self.model.answer(on, about)
        found = position(self.history, on=on, document=DOCUMENTS[about])
        assert (found.stage.name.lower(), set(found.report.codes)) == (wanted.stage, wanted.codes)
        assert (found.closed, found.issued, found.number_free) == (wanted.closed, wanted.issued, wanted.number_free)
        assert _expected(found) == wanted.expected
        assert tuple(duty.by for duty in found.duties) == wanted.duties


def _expected(found: Position) -> dict[str, tuple[dt.date | None, dt.date | None]]:
    return {each.kind.value: (each.since, each.by) for each in found.expected}


# SDI fails to deliver on the tenth day, delivers on the twentieth, and we hear of all else on the thirtieth
FAILED, DELIVERED, HEARD = (SENT_ON + dt.timedelta(days=days) for days in (10, 20, 30))


def _told(what: str) -> tuple[Told, dt.date]:
    sdi = "0" if what == "SE" else "111"
    delivered_on = DELIVERED if what == "RC" else None
    return Told(what, what, (), None, sdi, delivered_on), FAILED if what == "MC" else HEARD


@pytest.mark.parametrize("flow", ALL)
def test_every_bag_of_messages_has_one_position(flow: str) -> None:
    """Each kind is known or not: a thousand bags of an invoice to a public body, sixteen between private parties."""
    heard = {what: _heard(flow, *_told(what)) for what in ALL[flow]}
    for length in range(len(heard) + 1):
        for bag in itertools.combinations(heard, length):
            model = File(flow, SENT_ON)
            for what in bag:
                model.hear(*_told(what))
            history = evolve(_sent(flow), arrivals=tuple(heard[what] for what in bag))
            found, wanted = position(history, on=HEARD), model.answer(HEARD, None)
            assert (bag, found.stage.name.lower(), found.report.ok) == (bag, wanted.stage, not wanted.codes)
            assert (bag, _expected(found)) == (bag, wanted.expected)


def _sent(flow: str) -> History:
    return sent(Flow(flow), FILES[flow].file_name, on=SENT_ON)


def _heard(flow: str, told: Told, on: dt.date) -> Arrival:
    (arrival,) = _sent(flow).receive(written(flow, told), on=on).arrivals
    return arrival


TestFlow = FlowMachine.TestCase
TestFlow.settings = settings(max_examples=200, stateful_step_count=12, deadline=None)
