"""Tokens of leaves: what each means when it is plain.

A token of a leaf is the whole of ``CAP>00197</CAP``: whoever finds it in a memory, or matches it, has seen the name of
the element, its text and its end at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from gse_billing.fatturapa.wire.plain import Memo, UnusualError, plain_bytes, plain_expression
from gse_billing.fatturapa.wire.simple import SimpleType
from gse_billing.fatturapa.wire.texts import Base64Text, Text

__all__ = ["leaf_tools", "text_inside"]

_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REFERENCE = re.compile("&(?:(amp|lt|gt|quot|apos);)?")
# Any letter, and any but those of markup: no other expression of plain texts matches markup.
_ANY, _ANY_AS_IT_IS = "[ -", "[ -%'-;=-"


class TokenMemo(Memo):
    """Values of one element by the whole of its plain token."""

    def __init__(self, tag: str, kind: SimpleType[Any]) -> None:
        super().__init__(kind)
        self.tag = tag

    def judged(self, text: str) -> object:
        """The value of a token that was never met."""
        return super().judged(text_inside(text, self.tag))


def leaf_tools(tag: str, kind: SimpleType[Any], index: int) -> dict[str, Any]:
    """What a decoder needs to read one leaf: a memory, or an expression whose group is the text."""
    if isinstance(kind, Base64Text):
        return {f"bytes{index}": partial(_bytes, tag=tag)}
    expression = plain_expression(kind)
    if expression is None:
        return {f"memo{index}": TokenMemo(tag, kind)}
    matches: dict[str, Any] = {f"match{index}": _token_expression(tag, expression).fullmatch}
    if isinstance(kind, Text):
        matches[f"text{index}"] = partial(_text, tag=tag, matches=expression.fullmatch)
    return matches


def text_inside(token: str, tag: str) -> str:
    """The text in the token of a leaf.

    Raises:
        UnusualError: it is no such token, or only the parser knows what it says.
    """
    start, end = len(tag) + 1, len(token) - len(tag) - 2
    if start >= end or token[:start] != f"{tag}>" or token[end:] != f"</{tag}":
        raise UnusualError(token)
    text = token[start:end]
    if "<" in text:
        raise UnusualError(token)
    if "&" in text:
        text = _REFERENCE.sub(_referred, text)
    if not text.isprintable():
        raise UnusualError(token)
    return text


def _referred(reference: re.Match[str]) -> str:
    if reference[1] is None:
        raise UnusualError(reference[0])
    return _ENTITIES[reference[1]]


def _token_expression(tag: str, expression: re.Pattern[str]) -> re.Pattern[str]:
    pattern = expression.pattern
    if pattern.startswith(_ANY):
        pattern = _ANY_AS_IT_IS + pattern.removeprefix(_ANY)
    return re.compile(rf"{re.escape(tag)}>({pattern})</{re.escape(tag)}")


def _text(token: str, *, tag: str, matches: Callable[[str], object]) -> str:
    """The text of a token that the expression did not match: one with references may still be plain."""
    text = text_inside(token, tag)
    if not matches(text):
        raise UnusualError(token)
    return text


def _bytes(token: str, *, tag: str) -> bytes:
    return plain_bytes(text_inside(token, tag))
