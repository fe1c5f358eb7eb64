"""The common ground of the checked texts: one constructor, one form of refusal, pickling without a second check."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from gse_billing.core.errors import InvalidIdentifierError
from gse_billing.core.showing import shown

__all__ = ["CheckedText", "bare", "require_text"]

_SHOWN = 60
_SEPARATORS = str.maketrans("", "", ".-")


class CheckedText(str):
    """Text that passed the check of its type; equal to the plain text, and as cheap.

    A type states its ``kind`` for messages, its ``form`` in words and as a pattern, and the ``remedy`` for wrong text;
    one with a check character also says what is wrong with it. Patterns list their characters (``[0-9]``), since the
    classes of regular expressions let digits and letters of other scripts through.
    """

    __slots__ = ()
    kind: ClassVar[str]
    form: ClassVar[str]
    remedy: ClassVar[str]
    _pattern: ClassVar[re.Pattern[str]]

    def __new__(cls, text: str) -> Self:
        """The checked text; what is already of this type comes back as it is."""
        if isinstance(text, cls):
            return text
        raw = require_text(text, kind=cls.kind)
        defect = cls._defect(raw)
        if defect:
            shown = raw if len(raw) <= _SHOWN else f"{raw[:_SHOWN]}..."
            raise InvalidIdentifierError(
                f"{shown!r} is not a valid {cls.kind}", value=raw, kind=cls.kind, why=defect, remedy=cls._advice(raw)
            )
        return super().__new__(cls, raw)

    @classmethod
    def _defect(cls, text: str) -> str:
        """What is wrong with the text, or an empty text."""
        return "" if cls._pattern.fullmatch(text) else cls.form

    @classmethod
    def _advice(cls, text: str) -> str:  # noqa: ARG003  the types that know more look at the text
        """What to do about wrong text."""
        return cls.remedy

    def __reduce__(self) -> tuple[object, ...]:
        # Shipping millions of them to another process must not check each again.
        return _restore, (type(self), str(self))


def _restore(cls: type[CheckedText], text: str) -> CheckedText:
    return str.__new__(cls, text)


def require_text(value: object, *, kind: str) -> str:
    """The value as plain text.

    Raises:
        InvalidIdentifierError: it is not text; a code read as a number has lost its leading zeros.
    """
    if not isinstance(value, str):
        raise InvalidIdentifierError(
            f"{shown(value)} cannot be a {kind}",
            value=value,
            kind=kind,
            why=f"it is {type(value).__name__}, and a code is text",
            remedy="give it as text, with its leading zeros",
        )
    return str(value)


def bare(text: str, *, kind: str) -> str:
    """Upper case without blanks, dots and hyphens; text of other scripts is left alone, for the constructor to refuse.

    >>> bare(" rssmra-85t10 a562s", kind="codice fiscale")
    'RSSMRA85T10A562S'
    """
    joined = "".join(require_text(text, kind=kind).split())
    return joined.translate(_SEPARATORS).upper() if joined.isascii() else joined
