"""Every test here stands on fetched files; offline they are skipped, in CI they are not."""

from __future__ import annotations

import pytest

from tests.conftest import needed
from tests.support.official_schema import odoo_samples, official_schema_path


@pytest.fixture(autouse=True, scope="session")
def official_files() -> None:
    needed(lambda: [official_schema_path(kind) for kind in ("ordinaria", "semplificata", "xmldsig")])
    needed(odoo_samples)
