"""Recovering a forgotten user id or password, as small state machines (ACC-16, ACC-17).

No secret passes through here: the portal makes the one-time code, compares it, and keeps the password; these rules say
what may follow what, and what is shown meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import frozen

from gse_billing.core.errors import IllegalTransitionError, InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.identifiers import CodiceFiscale
from gse_billing.core.values import evolve
from gse_billing.parties.users import ContactChannel, User

__all__ = ["Recovery", "RecoveryStep", "recover_password", "recover_user_id"]


class RecoveryStep(Enum):
    """Where a recovery stands."""

    STARTED = "started"
    CODE_SENT = "code sent"
    DONE = "done"
    FAILED = "failed"


@frozen(kw_only=True)
class Recovery:
    """One recovery.

    Attributes:
        user: whose; ``None`` where nobody was found, which the portal must not show.
        of_password: whether a password is recovered and not a user id.
        tries_left: how often a wrong code may still be entered.
        channel: where the message went.
    """

    user: User | None
    of_password: bool
    tries_left: int = 0
    step: RecoveryStep = RecoveryStep.STARTED
    channel: ContactChannel | None = None

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @property
    def choices(self) -> tuple[tuple[ContactChannel, str], ...]:
        """The channels with the masked contacts to choose from; none where nobody was found (ACC-18)."""
        if self.user is None:
            return ()
        return tuple((channel, self.user.contacts.masked(channel)) for channel in ContactChannel)

    @guarded
    def sent(self, channel: ContactChannel) -> Recovery:
        """The user id, or the one-time code, was sent over a channel. A user id needs no more than that.

        Raises:
            IllegalTransitionError: nobody was found, or something was sent already.
        """
        if self.step is not RecoveryStep.STARTED or self.user is None:
            raise self._refused("send", "a message goes out once, to a user who was found")
        return evolve(self, channel=channel, step=RecoveryStep.CODE_SENT if self.of_password else RecoveryStep.DONE)

    @guarded
    def answered(self, *, code_right: bool, password_set: bool) -> Recovery:
        """The user entered the one-time code and a new password, both at once (ACC-17).

        Args:
            code_right: whether the code is the one that was sent and still good; the portal compares.
            password_set: whether the new password was given and taken.

        Raises:
            IllegalTransitionError: no code was sent, or the recovery has ended.
        """
        if self.step is not RecoveryStep.CODE_SENT:
            raise self._refused("answer", "the code is entered after it was sent")
        if code_right:
            return evolve(self, step=RecoveryStep.DONE) if password_set else self
        left = self.tries_left - 1
        return evolve(self, tries_left=left, step=RecoveryStep.CODE_SENT if left > 0 else RecoveryStep.FAILED)

    def _refused(self, event: str, why: str) -> IllegalTransitionError:
        return IllegalTransitionError(
            f"a recovery that is {self.step.value} cannot {event}",
            state=self.step.value,
            event=event,
            why=why,
            remedy="start a new recovery",
        )


@guarded
def recover_user_id(users: Iterable[User], codice_fiscale: CodiceFiscale) -> Recovery:
    """Start the recovery of a user id by the codice fiscale of the user (ACC-16)."""
    found = next((user for user in users if user.codice_fiscale == codice_fiscale), None)
    return Recovery(user=found, of_password=False)


@guarded
def recover_password(users: Iterable[User], user: str, *, tries: int) -> Recovery:
    """Start the recovery of a password by the user id (ACC-17).

    Args:
        users: all of them.
        user: the id that was typed.
        tries: how often a code may be entered; no source gives a number.

    Raises:
        InvalidValueError: not even one try.
    """
    if tries < 1:
        raise InvalidValueError(f"{tries} tries are not enough", value=tries, remedy="allow at least one")
    found = next((one for one in users if one.id == user), None)
    return Recovery(user=found, of_password=True, tries_left=tries)
