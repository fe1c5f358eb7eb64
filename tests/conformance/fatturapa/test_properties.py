"""Any legal document is valid for the official schema."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gse_billing import fatturapa
from gse_billing.testing.documents import documents
from tests.support.official_schema import DocumentKind, official_validator


@pytest.mark.parametrize("kind", ["ordinaria", "semplificata"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_what_is_written_is_valid(kind: DocumentKind, data: st.DataObject) -> None:
    """Law: the official schema takes whatever the writer does not refuse."""
    assert official_validator(kind)(fatturapa.write(data.draw(documents(kind)))) == []
