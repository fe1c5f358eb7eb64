"""What is done to an element of a legal file, so that it breaks one rule."""

from __future__ import annotations

import copy
from collections.abc import Callable
from xml.etree import ElementTree as ET

__all__ = [
    "Edit",
    "exchanging",
    "inserting",
    "qualified",
    "removing",
    "renaming",
    "repeating",
    "setting",
    "trailing",
    "writing",
]

Edit = Callable[[ET.Element], object]
"""Changes an element in place."""


def setting(name: str, text: str) -> Edit:
    """The element with an attribute."""
    return lambda element: element.set(name, text)


def writing(text: str) -> Edit:
    """The element with a text before its first child."""
    return lambda element: setattr(element, "text", text)


def trailing(index: int, text: str) -> Edit:
    """A child with a text behind it."""
    return lambda element: setattr(element[index], "tail", text)


def renaming(name: str) -> Edit:
    """The element under another name."""
    return lambda element: setattr(element, "tag", name)


def removing(index: int) -> Edit:
    """The element without a child."""
    return lambda element: element.remove(element[index])


def inserting(index: int, name: str, text: str = "") -> Edit:
    """The element with one more child."""

    def edit(element: ET.Element) -> None:
        stranger = ET.Element(name)
        stranger.text = text
        element.insert(index, stranger)

    return edit


def repeating(index: int, times: int) -> Edit:
    """The element with a child some more times."""

    def edit(element: ET.Element) -> None:
        for _ in range(times):
            element.insert(index, copy.deepcopy(element[index]))

    return edit


def exchanging(index: int) -> Edit:
    """A child behind the next one."""

    def edit(element: ET.Element) -> None:
        element[index : index + 2] = [element[index + 1], element[index]]

    return edit


def qualified(index: int, namespace: str) -> Edit:
    """The element with a copy of a child, in a namespace, before it."""

    def edit(element: ET.Element) -> None:
        twin = copy.deepcopy(element[index])
        twin.tag = f"{{{namespace}}}{twin.tag}"
        element.insert(index, twin)

    return edit
