"""The front doors: what a package exports is what its ``__all__`` says, documented, in order."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest

from tests.support.source_tree import Module, bound, constant_docstring, documented_modules, origin_of, packages

FRONT_DOORS = [package for package in packages() if package.public is not None]
PUBLIC_NAMES = [(module, name) for module in documented_modules() for name in module.public or ()]


def in_order(names: list[str]) -> list[str]:
    """Constants, classes, the rest; inside each by name, numbers by value (the order that the linter asks for)."""

    def key(name: str) -> tuple[int, list[tuple[int, str]]]:
        kind = 0 if name.isupper() else 1 if name[:1].isupper() else 2
        return kind, [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]

    return sorted(names, key=key)


def test_there_are_front_doors() -> None:
    assert "gse_billing" in {package.name for package in FRONT_DOORS}


@pytest.mark.parametrize("package", packages(), ids=str)
def test_a_package_that_exports_has_a_literal_all(package: Module) -> None:
    assert package.public is not None or not bound(package.tree, package.name)


@pytest.mark.parametrize("package", FRONT_DOORS, ids=str)
def test_all_equals_what_is_exported(package: Module) -> None:
    assert set(package.public or ()) == bound(package.tree, package.name)


@pytest.mark.parametrize("package", FRONT_DOORS, ids=str)
def test_all_is_in_order_and_names_nothing_twice(package: Module) -> None:
    public = package.public or []
    assert public == in_order(public)
    assert len(public) == len(set(public))


@pytest.mark.parametrize("package", FRONT_DOORS, ids=str)
def test_dir_shows_every_public_name(package: Module) -> None:
    assert set(package.public or ()) <= set(dir(importlib.import_module(package.name)))


def test_the_front_door_has_fewer_than_twenty_names() -> None:
    assert len(FRONT_DOORS[0].public or ()) < 20


@pytest.mark.parametrize(("package", "name"), PUBLIC_NAMES, ids=str)
def test_a_public_name_exists_and_has_a_docstring(package: Module, name: str) -> None:
    value = getattr(importlib.import_module(package.name), name)
    if inspect.ismodule(value) or inspect.isclass(value) or inspect.isroutine(value):
        assert (inspect.getdoc(value) or "").strip()
    else:
        assert constant_docstring(package, name), (
            f"{name} needs a docstring under its assignment, in {origin_of(package, name).module}"
        )


def test_an_unknown_name_of_the_front_door_is_refused() -> None:
    package = importlib.import_module("gse_billing")
    with pytest.raises(AttributeError, match="module 'gse_billing' has no attribute 'no_such_room'"):
        package.no_such_room  # noqa: B018
