"""Text that came from outside, on its way to a terminal."""

from __future__ import annotations

__all__ = ["counted", "shown"]


def shown(text: str) -> str:
    r"""The text without anything that a terminal would obey or hide: each such character as its escape.

    Names of files and contents of documents may hold any character, those that move the cursor or turn the line
    around among them.

    >>> shown("Città\x1b[2J\n")
    'Città\\x1b[2J\\n'
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


def counted(count: int, what: str) -> str:
    """A number with its noun.

    >>> counted(1, "error"), counted(1200, "document")
    ('1 error', '1,200 documents')
    """
    return f"{count:,} {what}{'' if count == 1 else 's'}"
