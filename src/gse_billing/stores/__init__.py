"""Databases: the register of numbers, the history of what was sent, and an append-only log of events.

A SQLite file needs nothing but the extra ``sql``; PostgreSQL, for many writers, needs ``postgresql``. SQLAlchemy loads
when a name of this room is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from gse_billing.core.errors import MissingExtraError

if TYPE_CHECKING:
    from gse_billing.stores.events import Event, EventLog
    from gse_billing.stores.history import RecordedDocument, SqlHistory
    from gse_billing.stores.outcomes import SentOutcome
    from gse_billing.stores.register import SqlRegister
    from gse_billing.stores.store import Store, open_store

__all__ = ["Event", "EventLog", "RecordedDocument", "SentOutcome", "SqlHistory", "SqlRegister", "Store", "open_store"]

_HOMES = {
    "Event": "events",
    "EventLog": "events",
    "RecordedDocument": "history",
    "SentOutcome": "outcomes",
    "SqlHistory": "history",
    "SqlRegister": "register",
    "Store": "store",
    "open_store": "store",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562).

    Raises:
        MissingExtraError: SQLAlchemy is not installed.
    """
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name != "sqlalchemy":
            raise
        raise MissingExtraError("sql", needed_for="a store in a database") from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
