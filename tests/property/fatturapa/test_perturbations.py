"""A law of files that break one rule."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gse_billing import fatturapa
from gse_billing.testing.documents import perturbed


@pytest.mark.parametrize("kind", ["ordinaria", "semplificata"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_one_broken_rule_gives_one_finding(kind: Literal["ordinaria", "semplificata"], data: st.DataObject) -> None:
    """Law: of a file that breaks one rule the report has one finding, at the place and of the kind that is broken."""
    broken = data.draw(perturbed(kind))
    inspection = fatturapa.inspect(broken.data)
    assert inspection.document is None
    (finding,) = inspection.report
    assert (finding.code, finding.path, finding.element) == (broken.code, broken.path, broken.element)
    assert finding.parameters["kind"] == broken.rule
    assert broken.tag in finding.message_it or broken.rule == "root"
