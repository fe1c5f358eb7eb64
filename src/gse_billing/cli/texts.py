"""Text that came from outside, on its way to a terminal."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["counted", "in_options", "shown"]

_OPTIONS = {
    "(on=)": "(--on)",
    "(filename=)": "(--file-names)",
    "(channel=)": "(--channel)",
    "(history=)": "(history= of fatturapa.check, in Python)",
    "(offices=)": "(offices= of fatturapa.check, in Python)",
    "(fatturapa.unpack)": "(give the zip)",
    "names='python'": "--names python",
    "names='official'": "--names official",
}


@lru_cache(maxsize=256)
def in_options(text: str) -> str:
    """What the library says of its arguments, said of the options of the command line.

    >>> in_options("needs the channel (channel=)")
    'needs the channel (--channel)'
    """
    for argument, option in _OPTIONS.items():
        text = text.replace(argument, option)
    return text


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
