"""Users: the persons who follow files with GSE, and the contacts that are shown to them masked (ACC-3, ACC-18)."""

from __future__ import annotations

import re
from enum import Enum

from attrs import field, frozen

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import CodiceFiscale

__all__ = ["ContactChannel", "Contacts", "User", "masked_email", "masked_phone"]

_EMAIL = re.compile(r"(?P<local>[^@\s]+)@(?P<first>[^@\s.]+)(?P<rest>(?:\.[^@\s.]+)+)")
_PHONE = re.compile(r"(?P<country>\+[0-9]{2})(?P<digits>[0-9]{8,13})", re.ASCII)


class ContactChannel(Enum):
    """The ways to reach a user who forgot something."""

    EMAIL = "email"
    SMS = "sms"


@guarded
def _email_parts(text: str) -> re.Match[str]:
    found = _EMAIL.fullmatch(text)
    if found is None:
        raise InvalidValueError(f"{text!r} is no e-mail address", value=text, remedy="write it like nome@ente.it")
    return found


@guarded
def _phone_parts(text: str) -> re.Match[str]:
    found = _PHONE.fullmatch(text)
    if found is None:
        raise InvalidValueError(
            f"{text!r} is no telephone number", value=text, remedy="write it with its country: +393391234497"
        )
    return found


def _email(_: object, __: object, text: str) -> None:
    _email_parts(text)


def _phone(_: object, __: object, text: str) -> None:
    _phone_parts(text)


@frozen
class Contacts:
    """Where a user is reached; both are needed, since he may choose either (ACC-16, ACC-17)."""

    email: str = field(validator=_email)
    phone: str = field(validator=_phone)

    @guarded
    def masked(self, channel: ContactChannel) -> str:
        """The contact as it is shown to somebody who may not be its owner (ACC-18)."""
        return masked_email(self.email) if channel is ContactChannel.EMAIL else masked_phone(self.phone)


def masked_email(email: str) -> str:
    """An e-mail address with its first two letters, its last one, and the first of the domain; a star for each other.

    A shorter one shows less: up to three letters the first one, a single letter nothing.

    Raises:
        InvalidValueError: it is no e-mail address.

    >>> masked_email("gjrossi2@gmail.com")
    'gj*****2@g****.com'
    """
    found = _email_parts(email)
    local, first = found["local"], found["first"]
    shown = 2 if len(local) > 3 else min(1, len(local) - 1)
    last = local[-1] if len(local) > 3 else ""
    stars = "*" * (len(local) - shown - len(last))
    return f"{local[:shown]}{stars}{last}@{first[0]}{'*' * (len(first) - 1)}{found['rest']}"


def masked_phone(phone: str) -> str:
    """A telephone number with its country, its first three and its last three digits; a star for each other.

    Raises:
        InvalidValueError: it is no telephone number.

    >>> masked_phone("+393391234497")
    '+39339****497'
    """
    found = _phone_parts(phone)
    digits = found["digits"]
    return f"{found['country']}{digits[:3]}{'*' * (len(digits) - 6)}{digits[-3:]}"


@frozen(kw_only=True)
class User:
    """A person who registered and follows files with GSE, for himself or for operators (ACC-3).

    Attributes:
        id: the user id, unique among users.
        name: surname and name.
        codice_fiscale: of the person, by which he finds a forgotten user id (ACC-16).
        contacts: where codes are sent to.
    """

    id: str
    name: str
    codice_fiscale: CodiceFiscale
    contacts: Contacts

    def __attrs_post_init__(self) -> None:
        require_fields(self)
        if self.codice_fiscale.is_body:
            raise InvalidValueError(
                f"{self.codice_fiscale} is the tax code of a body and cannot be a user's",
                value=self.codice_fiscale,
                why="a user is the person who registers",
                remedy="register the person, then the body as an operator",
            )
