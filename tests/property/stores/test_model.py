"""Whatever is asked, the register in a database answers like the one in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gse_billing import evolve
from gse_billing.core.errors import InvalidValueError, NumberingError
from gse_billing.core.identifiers import InvoiceNumber
from gse_billing.numbering import Entry, EntryState, MemoryRegister, NumberRegister, Request, Series
from gse_billing.stores import open_store
from tests.support.postgres import fresh_schema

ISSUERS = st.sampled_from(["me", "you"])
KEYS = st.sampled_from("abcdefgh")
SERIES = st.sampled_from(
    [
        Series(name="pa", format="PA/{n}"),
        Series(name="books", format="{n}", first=3),
        Series(name="whole", format="W{n:03}", yearly=False),
        Series(name="pa", format="P-{n}"),
        Series(name="whole", format="W{n:03}"),
    ]
)
DAYS = st.sampled_from([dt.date(2026, 12, 30), dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 2, 1)])
MOMENTS = st.none() | st.sampled_from([dt.datetime(2026, 12, 31, hour, tzinfo=dt.UTC) for hour in (9, 8)])
NUMBERS = st.none() | st.sampled_from(
    [InvoiceNumber(text) for text in ("PA/2", "PA/5", "4", "W002", "x1", "X1", "9" * 20)]
)
CONTENTS = st.sampled_from(["data", "data", "data", "other"])


def answer(call: Callable[[], object]) -> object:
    """What a call gives back, or the refusal with its words."""
    try:
        return call()
    except (NumberingError, InvalidValueError) as error:
        return type(error), str(error)


class Registers(RuleBasedStateMachine):
    """Two registers that are asked the same."""

    def __init__(self) -> None:
        super().__init__()
        self.store = open_store(self.place())
        self.model, self.register = MemoryRegister(), self.store.register

    def place(self) -> str:
        return "sqlite://"

    def teardown(self) -> None:
        self.store.close()

    def both(self, call: Callable[[NumberRegister], object]) -> None:
        assert answer(lambda: call(self.register)) == answer(lambda: call(self.model))

    @rule(
        request=st.builds(
            Request,
            issuer=ISSUERS,
            series=SERIES,
            day=DAYS,
            key=KEYS,
            content=CONTENTS,
            number=NUMBERS,
            owner=st.sampled_from(["", "me"]),
            at=MOMENTS,
        )
    )
    def reserve(self, request: Request) -> None:
        self.both(lambda register: register.reserve(request))

    @rule(issuer=ISSUERS, key=KEYS, by=st.sampled_from(["", "Rossi"]), at=MOMENTS)
    def accept(self, issuer: str, key: str, by: str, at: dt.datetime | None) -> None:
        self.both(lambda register: register.accept(issuer, key, by=by, at=at))

    @rule(issuer=ISSUERS, key=KEYS, reason=st.sampled_from(["withdrawn", "other", " "]), at=MOMENTS)
    def void(self, issuer: str, key: str, reason: str, at: dt.datetime | None) -> None:
        self.both(lambda register: register.void(issuer, key, reason, at=at))

    @rule(
        numbers=st.lists(st.tuples(KEYS, st.integers(1, 6)), max_size=3),
        issuer=ISSUERS,
        state=st.sampled_from(EntryState),
        day=DAYS,
        reason=st.sampled_from(["not used", "not used", " "]),
    )
    def load(self, numbers: list[tuple[str, int]], issuer: str, state: EntryState, day: dt.date, reason: str) -> None:
        entries = [
            Entry(
                issuer=issuer,
                series="pa",
                number=InvoiceNumber(f"PA/{position}"),
                position=position,
                period=day.year,
                day=day,
                key=key,
                content="",
                state=state,
                reason=reason if state is EntryState.VOID else "",
            )
            for key, position in numbers
        ]
        self.both(lambda register: register.load(entries, by="import"))

    @invariant()
    def same_entries(self) -> None:
        assert self.register.entries() == self.model.entries()

    @invariant()
    def same_steps(self) -> None:
        ours, theirs = self.register.steps(), self.model.steps()
        assert [evolve(step, sequence=0) for step in ours] == [evolve(step, sequence=0) for step in theirs]


def test_in_sqlite_as_in_memory() -> None:
    """INV-12, INV-13: the same numbers, the same refusals in the same words, the same trail."""
    run_state_machine_as_test(Registers, settings=settings(stateful_step_count=25))


def test_in_postgresql_as_in_memory(postgres_server: str) -> None:
    """INV-12, INV-13: the same numbers, the same refusals in the same words, the same trail."""
    few = settings(max_examples=15, stateful_step_count=25)

    class InPostgres(Registers):
        def place(self) -> str:
            return fresh_schema(postgres_server)

    run_state_machine_as_test(InPostgres, settings=few)


def test_threads_share_a_store(place: str) -> None:
    """DPR 633/72 art. 21 c. 2 lett. b, for the threads of one process."""
    series = Series(name="pa")
    with open_store(place) as store, ThreadPoolExecutor(8) as threads:
        requests = [
            Request(issuer="me", series=series, day=dt.date(2026, 3, 10), key=str(turn % 40), content="")
            for turn in range(80)
        ]
        taken = list(threads.map(store.register.reserve, requests))
    assert {entry.position for entry in taken} == set(range(1, 41))
    assert len({(entry.key, entry.number) for entry in taken}) == 40


def test_two_registers_on_one_store_see_each_other(place: str) -> None:
    """The store is the register; the values in front of it hold nothing."""
    stores = [open_store(place) for _ in range(2)]
    series = Series(name="pa")
    for turn in range(6):
        request = Request(issuer="me", series=series, day=dt.date(2026, 3, 10), key=str(turn), content="")
        assert stores[turn % 2].register.reserve(request).number == str(turn + 1)
    for store in stores:
        store.close()
