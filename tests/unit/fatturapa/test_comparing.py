"""The doors: diff and transliterate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gse_billing import evolve, fatturapa
from gse_billing.core.errors import InvalidValueError
from tests.unit.fatturapa import samples


def with_name(name: str) -> fatturapa.FatturaElettronica:
    document = samples.ordinary()
    header = document.fattura_elettronica_header
    buyer = header.cessionario_committente
    person = evolve(buyer.dati_anagrafici, anagrafica=evolve(buyer.dati_anagrafici.anagrafica, denominazione=name))
    header = evolve(header, cessionario_committente=evolve(buyer, dati_anagrafici=person))
    return evolve(document, fattura_elettronica_header=header)


PATH = "/FatturaElettronica/FatturaElettronicaHeader/CessionarioCommittente/DatiAnagrafici/Anagrafica/Denominazione"


def test_a_document_with_the_euro_sign_can_be_written_after_transliteration() -> None:
    repaired = fatturapa.transliterate(with_name("Società “A” – 1 €"))
    assert [(each.path, each.after) for each in repaired.replacements] == [(PATH, 'Società "A" - 1 EUR')]
    assert fatturapa.write(repaired.document)
    assert "1 EUR" in repaired._repr_html_()


def test_two_documents_are_told_apart() -> None:
    (difference,) = fatturapa.diff(with_name("Comune di Roma"), with_name("Comune di Milano"))
    assert str(difference) == f"{PATH}: Comune di Roma -> Comune di Milano"
    assert difference.element == "1.4.1.3.1"
    assert fatturapa.diff(samples.simplified(), samples.simplified()) == ()


@pytest.mark.parametrize("figure", [Decimal("sNaN"), Decimal("NaN")])
def test_what_is_no_number_differs_from_every_number(figure: Decimal) -> None:
    document = samples.ordinary()
    body = document.fattura_elettronica_body[0]
    line = evolve(body.dati_beni_servizi.dettaglio_linee[0], prezzo_unitario=figure)
    goods = evolve(body.dati_beni_servizi, dettaglio_linee=(line,))
    other = evolve(document, fattura_elettronica_body=(evolve(body, dati_beni_servizi=goods),))
    (difference,) = fatturapa.diff(document, other)
    assert difference.path.endswith("/DettaglioLinee[1]/PrezzoUnitario")
    assert difference.right is figure


def test_documents_of_two_formats_cannot_be_compared() -> None:
    other: Any = samples.simplified()
    with pytest.raises(
        InvalidValueError, match="a FatturaElettronicaSemplificata cannot be compared with a FatturaElettronica;"
    ):
        fatturapa.diff(samples.ordinary(), other)
