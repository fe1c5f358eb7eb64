"""Joining an operator in the three steps of the portal: PIN, service, summary (ACC-7, ACC-8)."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from gse_billing.core.errors import IllegalTransitionError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.values import evolve
from gse_billing.parties.access import Access

__all__ = ["Activation", "ActivationStep"]


class ActivationStep(Enum):
    """Where an activation stands, in the words of the portal; the last two are its ends."""

    PIN = "Inserisci PIN"
    SERVICE = "Sottoscrivi servizio"
    SUMMARY = "Riepilogo attivazione servizi"
    DONE = "attivato"
    CANCELLED = "annullato"


@frozen(kw_only=True)
class Activation:
    """One request of a user to follow an operator (*Richiesta attivazione servizi*).

    Attributes:
        access: the users and operators, as they are before the last step.
        user: the id of who asks.
        operator: the key of the operator.
        pin: as it was typed in the first step.
        service: the code of the service chosen in the second.
    """

    access: Access
    user: str
    operator: str
    step: ActivationStep = ActivationStep.PIN
    pin: str = field(default="", repr=False)
    service: str = ""

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What the first step shows: the tax code, and the VAT number or a dash."""
        operator = self.access.account(self.operator).operator
        return (("CODICE FISCALE", operator.codice_fiscale), ("PARTITA IVA", operator.partita_iva or "-"))

    @guarded
    def with_pin(self, pin: str) -> Activation:
        """*Prosegui* on the first step.

        Raises:
            IllegalTransitionError: the PIN is not one of the operator's, or this is another step.
        """
        self._at(ActivationStep.PIN, "enter the PIN")
        self.access.joined(self.user, self.operator, pin)
        return evolve(self, pin=pin, step=ActivationStep.SERVICE)

    @guarded
    def with_service(self, service: str) -> Activation:
        """*Prosegui* on the second step.

        Raises:
            IllegalTransitionError: no service was chosen, or this is another step.
        """
        self._at(ActivationStep.SERVICE, "choose a service")
        if not service:
            raise self._refused("choose a service", "no service was chosen")
        return evolve(self, service=service, step=ActivationStep.SUMMARY)

    def confirmed(self) -> Activation:
        """The end of the third step: from now on the user follows the operator.

        Raises:
            IllegalTransitionError: this is another step.
        """
        self._at(ActivationStep.SUMMARY, "confirm")
        return evolve(
            self, access=self.access.joined(self.user, self.operator, self.pin), step=ActivationStep.DONE, pin=""
        )

    def cancelled(self) -> Activation:
        """*Annulla*, on any of the three steps: nothing changes.

        Raises:
            IllegalTransitionError: it has ended already.
        """
        if self.step in (ActivationStep.DONE, ActivationStep.CANCELLED):
            raise self._refused("cancel", "it has ended already")
        return evolve(self, step=ActivationStep.CANCELLED, pin="")

    def _at(self, step: ActivationStep, event: str) -> None:
        if self.step is not step:
            raise self._refused(event, f"that belongs to the step {step.value!r}")

    def _refused(self, event: str, why: str) -> IllegalTransitionError:
        return IllegalTransitionError(
            f"an activation at {self.step.value!r} cannot {event}",
            state=self.step.value,
            event=event,
            why=why,
            remedy="take the steps in their order: PIN, service, summary",
        )
