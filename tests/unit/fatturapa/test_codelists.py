from __future__ import annotations

import datetime as dt
import pickle

import pytest

from gse_billing.fatturapa import codelists
from gse_billing.fatturapa.codelists import (
    CausalePagamento,
    Code,
    EsitoCommittente,
    FormatoTrasmissione,
    ModalitaPagamento,
    Natura,
    RegimeFiscale,
    TipoCassa,
    TipoDocumento,
    TipoMessaggio,
    TipoRitenuta,
)

LISTS = [getattr(codelists, name) for name in codelists.__all__ if name != "Code"]


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.__name__)
def test_every_code_has_both_texts_and_a_source(codes: type[Code]) -> None:
    for code in codes:
        assert code.italian.strip() == code.italian != ""
        assert code.english.strip() == code.english != ""
        assert code.validity.basis.source
        assert codes(code.value) is code
        assert str(code) == code.value


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.__name__)
def test_the_texts_tell_the_codes_of_a_list_apart(codes: type[Code]) -> None:
    if codes is not CausalePagamento:  # Z and ZO follow one another in time and mean the same
        assert len({code.italian for code in codes}) == len(list(codes))


def test_the_numbers_of_codes_are_those_of_the_standard() -> None:
    sizes = {codes: len(list(codes)) for codes in LISTS}
    assert sizes[TipoDocumento] == 20 + 3
    assert sizes[RegimeFiscale] == 19
    assert sizes[Natura] == 24
    assert sizes[ModalitaPagamento] == 23
    assert sizes[TipoCassa] == 22
    assert sizes[TipoRitenuta] == 6
    assert sizes[CausalePagamento] == 29
    assert sizes[TipoMessaggio] == 9
    assert sizes[FormatoTrasmissione] == 3


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        (Natura.N6_8, dt.date(2020, 10, 1), None),
        (Natura.N6, None, dt.date(2020, 12, 31)),
        (Natura.N2, None, dt.date(2020, 12, 31)),
        (Natura.N3, None, dt.date(2020, 12, 31)),
        (CausalePagamento.Z, None, dt.date(2020, 12, 31)),
        (TipoDocumento.TD16, dt.date(2020, 10, 1), None),
        (TipoDocumento.TD28, dt.date(2022, 10, 1), None),
        (TipoDocumento.TD29, dt.date(2025, 4, 1), None),
        (RegimeFiscale.RF20, dt.date(2025, 4, 1), None),
    ],
)
def test_first_and_last_day(code: Code, first: dt.date | None, last: dt.date | None) -> None:
    day = dt.timedelta(days=1)
    if first:
        assert code.in_force(first)
        assert not code.in_force(first - day)
    if last:
        assert code.in_force(last)
        assert not code.in_force(last + day)


def test_the_codes_in_force_on_a_day() -> None:
    in_2021 = Natura.in_force_on(dt.date(2021, 1, 1))
    assert Natura.N6_8 in in_2021
    assert Natura.N6 not in in_2021
    assert {Natura.N6, Natura.N6_8} <= set(Natura.in_force_on(dt.date(2020, 12, 31)))


def test_a_code_without_a_known_start_says_so() -> None:
    assert TipoDocumento.TD01.validity.validity == "start not known"
    assert TipoDocumento.TD01.in_force(dt.date(1990, 1, 1))


def test_codes_pickle_to_themselves() -> None:
    assert pickle.loads(pickle.dumps(Natura.N6_8)) is Natura.N6_8


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="RF03"):
        RegimeFiscale("RF03")


def test_a_list_shows_itself_in_a_notebook() -> None:
    assert "<td>EC01</td><td>accettazione</td><td>acceptance</td>" in EsitoCommittente.to_html()


def test_the_public_names_are_sorted_and_there() -> None:
    assert codelists.__all__ == sorted(codelists.__all__)
    assert all(hasattr(codelists, name) for name in codelists.__all__)
