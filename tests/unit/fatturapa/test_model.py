from __future__ import annotations

import datetime as dt
import pickle
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from gse_billing.core.values import evolve
from gse_billing.fatturapa import model
from gse_billing.fatturapa.codelists import Natura, TipoDocumento
from gse_billing.fatturapa.model import ORDINARIA, SEMPLIFICATA, DatiRiepilogo, IdFiscale, Indirizzo, semplificata
from gse_billing.fatturapa.model.types import (
    NaturaSemplificataType,
    NaturaType,
    TipoDocumentoSemplificataType,
    TipoDocumentoType,
)
from gse_billing.fatturapa.wire import Schema
from gse_billing.fatturapa.wire.shapes import AttributeField, ElementField, OpaqueField

# Tags whose parts a rule over capital letters cannot tell apart.
NAMES = {"CodEORI": "cod_eori", "NumeroREA": "numero_rea", "Art73": "art73"}


def _fields(schema: Schema) -> Iterator[ElementField | OpaqueField | AttributeField]:
    for shape in schema.shapes:
        yield from shape.attributes
        yield from shape.elements


def _snake(tag: str) -> str:
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+[0-9]*", tag)
    return NAMES.get(tag, "_".join(parts).lower())


@pytest.mark.parametrize("schema", [ORDINARIA, SEMPLIFICATA], ids=lambda schema: schema.name)
def test_every_field_bears_the_name_of_its_element(schema: Schema) -> None:
    for field in _fields(schema):
        assert field.name == _snake(field.tag), field.tag


@pytest.mark.parametrize("module", [model, semplificata], ids=lambda module: module.__name__)
def test_the_public_names_are_sorted_and_there(module: Any) -> None:
    names = module.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert all(hasattr(module, name) for name in names)


def test_every_class_of_the_ordinary_schema_is_public() -> None:
    classes = {value.__wire__.name for name in model.__all__ if hasattr(value := getattr(model, name), "__wire__")}
    assert {shape.name for shape in ORDINARIA.shapes} <= classes


def test_every_class_has_its_italian_name_and_an_english_gloss() -> None:
    for module in (model, semplificata):
        for value in (getattr(module, name) for name in module.__all__):
            if hasattr(value, "__wire__"):
                assert re.match(r"[A-Z][A-Za-zà' ]+: \S", value.__doc__), value.__name__


def test_the_formats_share_the_lists_and_admit_their_own_codes() -> None:
    ordinary, simplified = set(TipoDocumentoType.by_code), set(TipoDocumentoSemplificataType.by_code)
    assert ordinary.isdisjoint(simplified)
    assert ordinary | simplified == {code.value for code in TipoDocumento}
    assert set(NaturaType.by_code) == {code.value for code in Natura}
    assert max(NaturaSemplificataType.by_code) == "N5"


def test_records_are_values() -> None:
    summary = DatiRiepilogo(
        aliquota_iva=Decimal("0.00"), natura=Natura.N6_8, imponibile_importo=Decimal("216.22"), imposta=Decimal("0.00")
    )
    assert evolve(summary, imposta=Decimal("0.00")) == summary
    assert evolve(summary, natura=Natura.N2_2) != summary
    assert pickle.loads(pickle.dumps(summary)) == summary
    assert {summary: 1}[evolve(summary)] == 1
    assert "natura=" in repr(summary)
    with pytest.raises(AttributeError):
        summary.imposta = Decimal(1)  # type: ignore[misc]


def test_an_address_is_in_italy_unless_it_says_otherwise() -> None:
    """The schema gives Nazione the default IT."""
    assert Indirizzo(indirizzo="Viale Maresciallo Pilsudski 92", cap="00197", comune="Roma").nazione == "IT"


def test_the_blocks_of_the_two_formats_are_different_classes() -> None:
    assert {semplificata.DatiBeniServizi.__name__} == {model.DatiBeniServizi.__name__}
    assert len({semplificata.DatiBeniServizi, model.DatiBeniServizi}) == 2
    line = semplificata.DatiBeniServizi(
        descrizione="Energia", importo=Decimal("10.00"), dati_iva=semplificata.DatiIVA(aliquota=Decimal("22.00"))
    )
    assert line.natura is None
    correction = semplificata.DatiFatturaRettificata(
        numero_fr="1", data_fr=dt.date(2025, 1, 1), elementi_rettificati="Importo"
    )
    assert correction.numero_fr == "1"


def test_positional_arguments_are_refused() -> None:
    with pytest.raises(TypeError):
        IdFiscale("IT", "01234567890")  # type: ignore[call-arg]
