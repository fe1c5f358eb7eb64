"""The words that options take; apart from the code lists, so that a command starts without loading them."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ChannelChoice", "FlowChoice", "Form", "KeyStyle", "Language", "NumberState", "Shape"]


class FlowChoice(StrEnum):
    """Whose rules hold."""

    AUTO = "auto"
    PA = "pa"
    PRIVATE = "private"


class ChannelChoice(StrEnum):
    """How a file goes to SDI."""

    PEC = "pec"
    SDICOOP = "sdicoop"
    SPCOOP = "spcoop"
    SDIFTP = "sdiftp"
    WEB = "web"


class Language(StrEnum):
    """The language of the messages."""

    EN = "en"
    IT = "it"


class Form(StrEnum):
    """What a document is written as."""

    XML = "xml"
    JSON = "json"


class KeyStyle(StrEnum):
    """How the keys of JSON are called: as the standard names its elements, or as the classes name their fields."""

    OFFICIAL = "official"
    PYTHON = "python"


class NumberState(StrEnum):
    """The state of a number."""

    RESERVED = "reserved"
    ACCEPTED = "accepted"
    VOID = "void"


class Shape(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
