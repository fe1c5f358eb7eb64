"""How the tests run: the profiles of hypothesis, and the fixtures that stand on fetched files.

The profile is chosen by the variable ``HYPOTHESIS_PROFILE``: ``ci`` (the default: the same examples at every run),
``dev`` (few and random) or ``deep`` (many and random; ``make test-deep``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from tests.support.fetched import FetchedFileUnavailableError
from tests.support.official_schema import Judge, odoo_samples, official_validator
from tests.support.postgres import NoServerError, fresh_schema, running_server
from tests.support.spark import NoSparkError, local_spark

Loaded = TypeVar("Loaded")

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100, print_blob=True)
settings.register_profile("dev", derandomize=False, deadline=None, max_examples=25)
settings.register_profile(
    "deep",
    derandomize=False,
    deadline=None,
    max_examples=5_000,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def needed(load: Callable[[], Loaded]) -> Loaded:
    """What ``load`` fetches; a test without it is skipped, but never in CI."""
    try:
        return load()
    except FetchedFileUnavailableError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def official_ordinary() -> Judge:
    """The official schema 1.2.3 of the ordinary invoice: the defects that libxml2 finds in a document."""
    return needed(lambda: official_validator("ordinaria"))


@pytest.fixture(scope="session")
def official_simplified() -> Judge:
    """The same for the simplified invoice, schema 1.0.2."""
    return needed(lambda: official_validator("semplificata"))


@pytest.fixture(scope="session")
def public_samples() -> Mapping[str, Path]:
    """The 19 ordinary invoices of a public package, by file name."""
    return needed(odoo_samples)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server that runs as long as the tests; without one they are skipped, but never in CI."""
    with ExitStack() as running:
        try:
            url = running.enter_context(running_server())
        except NoServerError as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(error))
        yield url


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A local Spark that runs as long as the tests; without Java or pyspark they are skipped, and say so."""
    with ExitStack() as running:
        try:
            session = running.enter_context(local_spark())
        except NoSparkError as error:
            pytest.skip(str(error))
        yield session


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store can be opened: a SQLite file, then a schema in PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite")
    return fresh_schema(request.getfixturevalue("postgres_server"))
