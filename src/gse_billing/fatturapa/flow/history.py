"""What came back about a file: a set of messages that does not depend on the order in which they came.

A message that comes twice changes nothing. The history is a value: it can be stored as JSON and replayed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from gse_billing.core.dated import require_day
from gse_billing.core.errors import InvalidValueError
from gse_billing.core.values import evolve
from gse_billing.fatturapa.codelists import Flow, TipoMessaggio
from gse_billing.fatturapa.filenames import MessageName
from gse_billing.fatturapa.flow.attestations import message_in
from gse_billing.fatturapa.notifications import Notification

__all__ = ["Arrival", "History", "sent"]


@frozen(kw_only=True)
class Arrival:
    """A message and the first day it came.

    Attributes:
        on: the day it came; where a term runs from the sending of a message, this day stands for it.
        data: the message as it came.
        notification: what it says.
    """

    on: dt.date
    data: bytes = field(repr=False)
    notification: Notification

    @property
    def digest(self) -> str:
        """SHA-256 of the message."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def key(self) -> tuple[TipoMessaggio, str]:
        """What makes it the same message when it comes again: its kind and id, its bytes where it has no id."""
        return self.notification.kind, self.notification.message_id or self.digest


def _place(arrival: Arrival) -> tuple[dt.date, str, str, str]:
    kind, identity = arrival.key
    return arrival.on, kind.value, identity, arrival.digest


def _in_order(arrivals: Iterable[Arrival]) -> tuple[Arrival, ...]:
    """Each message once, with its first day, in an order of its own."""
    first: dict[str, Arrival] = {}
    for arrival in arrivals:
        known = first.get(arrival.digest)
        if known is None or arrival.on < known.on:
            first[arrival.digest] = arrival
    return tuple(sorted(first.values(), key=_place))


def _flow(value: object) -> Flow:
    try:
        return Flow(str(value))
    except ValueError as error:
        raise InvalidValueError(
            f"{value!r} is no flow", value=value, remedy=f"give one of {', '.join(each.value for each in Flow)}"
        ) from error


def _name(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise InvalidValueError(
        f"{value!r} is no name of a file", value=value, remedy="give the name under which the file was sent"
    )


def _sending_day(value: object) -> dt.date:
    return require_day(value, meant="the day of sending")


@frozen(kw_only=True)
class History:
    """A file that was sent, and every message that came about it.

    Attributes:
        flow: public bodies or private parties.
        file_name: the name under which it was sent.
        sent_on: the day it was sent.
        arrivals: the messages, each once.
    """

    flow: Flow = field(converter=_flow)
    file_name: str = field(converter=_name)
    sent_on: dt.date = field(converter=_sending_day)
    arrivals: tuple[Arrival, ...] = field(default=(), converter=_in_order)

    def receive(self, data: bytes, *, on: dt.date, filename: str | None = None) -> History:
        """The history with one more message; the same bytes once more change nothing but an earlier first day.

        Args:
            data: the message, or the zip in which an attestation (AT) comes; the message in it is kept.
            on: the day it came.
            filename: the name of its file, if known.

        Raises:
            InvalidDocumentError: it is no message of SDI, or the attestation is not of the file beside it.
            InvalidValueError: it is about another file, of the other flow, or older than the sending.
        """
        require_day(on, meant="the day on which a message came")
        message, notification = message_in(data, filename=filename)
        self._require_mine(notification, on)
        arrival = Arrival(on=on, data=message, notification=notification)
        return evolve(self, arrivals=(*self.arrivals, arrival))

    def _require_mine(self, notification: Notification, on: dt.date) -> None:
        why = ""
        if notification.flow is not self.flow:
            why = f"it belongs to the flow {notification.flow}, the file to {self.flow}"
        elif notification.file_name is not None and not _same_file(notification, self.file_name):
            why = f"it is about {notification.file_name}"
        elif on < self.sent_on:
            why = f"it came on {on.isoformat()}, the file was sent on {self.sent_on.isoformat()}"
        if why:
            raise InvalidValueError(
                f"the message {notification.kind.value} is no answer to {self.file_name}",
                value=notification,
                why=why,
                remedy="look for the file it answers",
            )

    def to_json(self) -> str:
        """The history as JSON text; each message stands in it as it came."""
        messages = [{"on": arrival.on.isoformat(), "data": arrival.data.hex()} for arrival in self.arrivals]
        fields = {
            "flow": self.flow.value,
            "file_name": self.file_name,
            "sent_on": self.sent_on.isoformat(),
            "messages": messages,
        }
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> History:
        """The history replayed from its JSON text.

        Raises:
            InvalidValueError: the text is no history, or a message in it is none of its file.
            InvalidDocumentError: a message in it is broken.
        """
        try:
            fields: dict[str, Any] = json.loads(text)
            history = sent(Flow(fields["flow"]), fields["file_name"], on=dt.date.fromisoformat(fields["sent_on"]))
            messages = [(bytes.fromhex(each["data"]), dt.date.fromisoformat(each["on"])) for each in fields["messages"]]
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise InvalidValueError(
                "the text is no history of a file", value=text, why=str(error), remedy="give what to_json gave"
            ) from error
        for data, day in messages:
            history = history.receive(data, on=day)
        return history


def _same_file(notification: Notification, file_name: str) -> bool:
    if notification.kind is TipoMessaggio.NS:
        return MessageName.answering(str(notification.file_name), notification.kind).speaks_of(file_name)
    return notification.file_name == file_name


def sent(flow: Flow, file_name: str, *, on: dt.date) -> History:
    """The history of a file that was sent and has no answer yet.

    Args:
        flow: public bodies or private parties, also by its name (``pa``, ``private``).
        file_name: the name under which it was sent.
        on: the day it was sent.

    Raises:
        InvalidValueError: the flow is unknown, the name empty, or the day no plain day.
    """
    return History(flow=flow, file_name=file_name, sent_on=on)
