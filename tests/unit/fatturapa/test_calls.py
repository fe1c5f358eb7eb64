"""How much Python runs per element of the file: a figure that no clock disturbs."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable

import pytest
from lxml import etree

from gse_billing import fatturapa
from tests.unit.fatturapa import samples


def calls_per_element(work: Callable[[], object], elements: int) -> float:
    work()  # what is compiled once is compiled now
    profile = cProfile.Profile()
    profile.enable()
    work()
    profile.disable()
    return pstats.Stats(profile).total_calls / elements  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("lines", [1, 100, 2_000])
@pytest.mark.parametrize("indented", [False, True])
def test_calls_of_python_per_element(lines: int, indented: bool) -> None:
    data = fatturapa.write(samples.ordinary(lines))
    tree = etree.fromstring(data)
    if indented:
        data = etree.tostring(tree, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    elements = int(tree.xpath("count(//*)"))  # type: ignore[arg-type]
    document = fatturapa.read(data)
    assert calls_per_element(lambda: fatturapa.read(data), elements) <= 1.6
    assert calls_per_element(lambda: fatturapa.write(document), elements) <= (1.0 if lines == 1 else 0.3)
