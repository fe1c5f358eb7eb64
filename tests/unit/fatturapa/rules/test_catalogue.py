from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from importlib import resources

import pytest

from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.fatturapa.catalogue import Decided, Regime, ReportedBy, SdiCode, sdi_code, sdi_codes, sdi_codes_html
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA
from gse_billing.fatturapa.wire import Schema
from gse_billing.fatturapa.wire.places import Place
from gse_billing.fatturapa.wire.shapes import ElementField, Shape, shape_of

CODES = tuple(sdi_codes().values())
ARGUMENTS = {"filename", "size", "channel", "history", "offices", "on", "signature", "archive"}


def numbers(schema: Schema) -> set[str]:
    """Every element number of a format."""

    def below(shape: Shape, place: Place) -> Iterator[str]:
        for field in shape.elements:
            if isinstance(field, ElementField):
                child = place.child(field)
                yield child.number
                if field.record is not None:
                    yield from below(shape_of(field.record), child)

    ((tag, cls),) = schema.roots.items()
    return set(below(shape_of(cls), Place.root(schema, tag)))


def test_each_code_stands_once_and_in_order() -> None:
    text = resources.files("gse_billing.fatturapa").joinpath("data/sdi_codes.csv").read_text(encoding="utf-8")
    written = [row["code"] for row in csv.DictReader(text.splitlines())]
    assert written == sorted(set(written)) == [each.code for each in CODES]


@pytest.mark.parametrize("each", CODES, ids=lambda each: each.code)
def test_a_code_says_everything_about_itself(each: SdiCode) -> None:
    assert re.fullmatch(r"00[0-9]{3}", each.code)
    assert each.italian
    assert each.english
    assert each.italian != each.english
    assert each.official
    assert not set(each.needs) - ARGUMENTS
    assert bool(each.needs) is (each.decided is Decided.ARGUMENT)
    assert (each.decided is Decided.NEVER) is (each.reported_by is ReportedBy.NEVER)
    # what only others decide says who does; what is never reported has nothing left
    assert bool(each.left) or each.decided is not Decided.SDI
    assert not each.left or each.decided is not Decided.NEVER
    for text in (each.italian, each.english, each.hint):
        assert set(re.findall(r"{(\w*)}", text)) <= {"expected", "actual"}
        assert not text.endswith(".")


@pytest.mark.parametrize("each", CODES, ids=lambda each: each.code)
def test_the_elements_of_a_code_are_elements_of_its_formats(each: SdiCode) -> None:
    assert set(each.elements) <= numbers(ORDINARIA)
    assert set(each.elements_simplified) <= numbers(SEMPLIFICATA)
    assert bool(each.elements_simplified) <= (Regime.SIMPLIFIED in each.regimes)
    assert bool(each.elements) <= (each.regimes != {Regime.SIMPLIFIED})


def test_codes_of_other_files_and_withdrawn_codes_apply_to_nothing_that_is_reported() -> None:
    never = {each.code for each in CODES if each.decided is Decided.NEVER}
    assert never == {each.code for each in CODES if not each.regimes}
    assert {"00426", "00433", "00434", "00448", "00461", "00470", "00500"} <= never
    assert "00460" not in never
    assert {each.stage for each in CODES if each.code in never} == {"withdrawn", "other files"}


@pytest.mark.parametrize(
    ("code", "day", "applies"),
    [
        ("00327", dt.date(2026, 5, 14), False),
        ("00327", dt.date(2026, 5, 15), True),
        ("00327", None, True),
        ("00445", dt.date(2020, 12, 31), False),
        ("00445", dt.date(2021, 1, 1), True),
        ("00476", dt.date(2022, 9, 30), False),
        ("00476", dt.date(2022, 10, 1), True),
        ("00400", dt.date(2014, 6, 6), True),
    ],
)
def test_a_code_applies_from_its_first_day(code: str, day: dt.date | None, applies: bool) -> None:
    assert sdi_code(code).applies(Regime.PRIVATE, day) is applies


def test_a_code_applies_in_its_own_regimes() -> None:
    assert [regime for regime in Regime if sdi_code("00313").applies(regime)] == [Regime.PRIVATE, Regime.SIMPLIFIED]
    assert [regime for regime in Regime if sdi_code("00304").applies(regime)] == [Regime.PA]


def test_a_code_is_found_with_its_prefix_and_an_invented_one_is_refused() -> None:
    assert sdi_code("sdi:00404") is sdi_code("00404")
    with pytest.raises(InvalidIdentifierError, match="'00202' is no code of SDI; no official text names it"):
        sdi_code("00202")


def test_the_catalogue_is_a_table_in_a_notebook() -> None:
    html = sdi_codes_html()
    assert html.count("<tr>") == len(CODES) + 1
    assert "from 2026-05-15" in html
