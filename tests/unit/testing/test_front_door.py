"""The front door of the testing room: modules, imported when they are used."""

from __future__ import annotations

import sys

import pytest

from gse_billing import testing
from gse_billing.core.errors import MissingExtraError


@pytest.mark.parametrize("name", testing.__all__)
def test_every_module_is_there(name: str) -> None:
    assert testing.__getattr__(name).__name__ == f"gse_billing.testing.{name}"


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match=r"^module 'gse_billing\.testing' has no attribute 'nothing'$"):
        testing.__getattr__("nothing")


def test_the_names_are_listed() -> None:
    assert dir(testing) == sorted(testing.__all__)


def test_without_hypothesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "gse_billing.testing.netting", raising=False)
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'gse-billing\[testing\]'"):
        testing.__getattr__("netting")


def test_another_missing_module_is_not_taken_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "gse_billing.testing.netting", raising=False)
    monkeypatch.setitem(sys.modules, "gse_billing.netting", None)
    with pytest.raises(ModuleNotFoundError, match=r"gse_billing\.netting"):
        testing.__getattr__("netting")
