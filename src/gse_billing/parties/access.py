"""Who may act for whom: users and operators, many to many, and the rules by which they find and leave each other.

Values and pure rules for a portal to embed (ACC-3 to ACC-13): each function gives the access after the act, or refuses.
There are no passwords here, and PINs are made by the portal, which alone has a source of chance.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from attrs import field, frozen

from gse_billing.core.arguments import require_each
from gse_billing.core.errors import IllegalTransitionError, InvalidValueError
from gse_billing.core.guards import guarded, require_fields
from gse_billing.core.values import evolve
from gse_billing.parties.operators import Operator
from gse_billing.parties.users import User

__all__ = ["Access", "OperatorAccount", "Ticket", "ask_for_pin"]


def _bytes(pin: str) -> bytes:
    return pin.encode(errors="surrogatepass")  # what was typed may be anything


def _users(given: Iterable[User]) -> tuple[User, ...]:
    return require_each(given, User, meant="a user")


def _accounts(given: Iterable[OperatorAccount]) -> tuple[OperatorAccount, ...]:
    return require_each(given, OperatorAccount, meant="an account")


@frozen(kw_only=True)
class OperatorAccount:
    """An operator in the portal.

    Attributes:
        operator: with his codice fiscale and, if he has one, his partita IVA: both were checked when they were made
            (ACC-5, ACC-6).
        users: the ids of the users who follow him (UTENTI ASSOCIATI).
        legal_representative: the id of the one user who may remove others, or ``None`` while nobody is known (ACC-13).
        pins: those that were given out and not used yet; never shown.
    """

    operator: Operator
    users: frozenset[str] = frozenset()
    legal_representative: str | None = None
    pins: frozenset[str] = field(default=frozenset(), repr=False)

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @guarded
    def accepts(self, pin: str) -> bool:
        """Whether a PIN is one of those that were given out and not used yet; takes the same time for any PIN."""
        matches = [hmac.compare_digest(_bytes(pin), _bytes(known)) for known in self.pins]
        return any(matches)


@frozen(kw_only=True)
class Access:
    """All users and operators of a portal, and who follows whom (ACC-11)."""

    users: tuple[User, ...] = field(default=(), converter=_users)
    accounts: tuple[OperatorAccount, ...] = field(default=(), converter=_accounts)

    def __attrs_post_init__(self) -> None:
        require_fields(self)

    @guarded
    def user(self, user: str) -> User:
        """The user with an id.

        Raises:
            InvalidValueError: nobody has it.
        """
        found = next((one for one in self.users if one.id == user), None)
        if found is None:
            raise InvalidValueError(f"there is no user {user!r}", value=user, remedy="register him first")
        return found

    @guarded
    def account(self, operator: str) -> OperatorAccount:
        """The operator with a key.

        Raises:
            InvalidValueError: nobody has it.
        """
        found = next((one for one in self.accounts if one.operator.key == operator), None)
        if found is None:
            raise InvalidValueError(f"there is no operator {operator!r}", value=operator, remedy="register it first")
        return found

    @guarded
    def operators_of(self, user: str) -> tuple[Operator, ...]:
        """The operators that a user follows (OPERATORI associati)."""
        return tuple(account.operator for account in self.accounts if user in account.users)

    @guarded
    def users_of(self, operator: str) -> tuple[User, ...]:
        """The users who follow an operator (UTENTI ASSOCIATI)."""
        return tuple(user for user in self.users if user.id in self.account(operator).users)

    @guarded
    def with_user(self, user: User) -> Access:
        """The access after a person registered (ACC-3).

        Raises:
            InvalidValueError: the id or the codice fiscale is registered already.
        """
        for known in self.users:
            if user.id == known.id or user.codice_fiscale == known.codice_fiscale:
                raise InvalidValueError(
                    f"{user.id!r} is registered already", value=user.id, remedy="recover the user id instead"
                )
        return evolve(self, users=(*self.users, user))

    @guarded
    def with_operator(self, operator: Operator, *, by: str, legal_representative: str | None = None) -> Access:
        """The access after a user registered an operator, whom he follows from then on (ACC-4, ACC-5).

        Raises:
            InvalidValueError: the operator is registered already, or the user is not.
        """
        for known in self.accounts:
            if operator.key == known.operator.key or operator.codice_fiscale == known.operator.codice_fiscale:
                raise InvalidValueError(
                    f"operator {operator.codice_fiscale} is registered already",
                    value=operator.key,
                    remedy="join it with its PIN",
                )
        users = {self.user(by).id} | ({self.user(legal_representative).id} if legal_representative else set())
        account = OperatorAccount(operator=operator, users=frozenset(users), legal_representative=legal_representative)
        return evolve(self, accounts=(*self.accounts, account))

    @guarded
    def with_pin(self, operator: str, pin: str, *, by: str) -> Access:
        """The access after somebody who follows an operator sent out a PIN, which lets one new user in (ACC-10).

        Raises:
            InvalidValueError: the PIN is empty.
            IllegalTransitionError: he does not follow the operator.
        """
        account = self._followed(operator, by, "send out a PIN")
        if not pin:
            raise InvalidValueError("a PIN cannot be empty", value=pin, remedy="make one by chance")
        return self._with(evolve(account, pins=account.pins | {pin}))

    @guarded
    def joined(self, user: str, operator: str, pin: str) -> Access:
        """The access after a user joined an operator that is registered already, with its PIN (ACC-7).

        Raises:
            IllegalTransitionError: the PIN is not one of the operator's.
        """
        account = self.account(operator)
        if not account.accepts(pin):
            raise IllegalTransitionError(
                f"{user!r} cannot join operator {operator!r}",
                state="outside",
                event="join",
                why="the PIN is not one of those that the operator sent out",
                remedy="ask a user of the operator for a PIN, or GSE with a ticket and the signed form",
            )
        joined = evolve(account, users=account.users | {self.user(user).id}, pins=account.pins - {pin})
        return self._with(joined)

    @guarded
    def left(self, user: str, operator: str) -> Access:
        """The access after a user removed an operator that he no longer follows (ACC-12).

        Raises:
            IllegalTransitionError: he does not follow it, or is its legal representative.
        """
        account = self._followed(operator, user, "leave")
        if user == account.legal_representative:
            raise IllegalTransitionError(
                f"{user!r} cannot leave operator {operator!r}",
                state="legal representative",
                event="leave",
                why="he represents it",
                remedy="register the new legal representative first",
            )
        return self._with(evolve(account, users=account.users - {user}))

    @guarded
    def dissociated(self, user: str, operator: str, *, by: str) -> Access:
        """The access after the legal representative removed another user, a former employee (ACC-13).

        Raises:
            IllegalTransitionError: somebody else asked, or the user does not follow the operator.
        """
        account = self._followed(operator, user, "be dissociated from")
        if by != account.legal_representative:
            raise IllegalTransitionError(
                f"{by!r} cannot remove {user!r} from operator {operator!r}",
                state="not the legal representative",
                event="dissociate",
                why="only the legal representative of the body removes another user",
                remedy="log in as the legal representative",
            )
        return self.left(user, operator)

    def _followed(self, operator: str, user: str, act: str) -> OperatorAccount:
        account = self.account(operator)
        if user not in account.users:
            raise IllegalTransitionError(
                f"{user!r} cannot {act} operator {operator!r}",
                state="outside",
                event=act,
                why="he does not follow it",
                remedy="join it with its PIN",
            )
        return account

    def _with(self, changed: OperatorAccount) -> Access:
        accounts = (changed if one.operator.key == changed.operator.key else one for one in self.accounts)
        return evolve(self, accounts=tuple(accounts))


@frozen(kw_only=True)
class Ticket:
    """A request on the Portale di Assistenza, with the words that lead it to its place."""

    category: str
    subject: str
    word: str
    user: str
    operator: str
    signed_form: str

    def __attrs_post_init__(self) -> None:
        require_fields(self)


@guarded
def ask_for_pin(user: User, operator: Operator, *, signed_form: str) -> Ticket:
    """The ticket by which a user asks GSE for the PIN of an operator that he does not know (ACC-9).

    Args:
        user: who asks.
        operator: whom he wants to follow.
        signed_form: the name of the file with the signed form.

    Raises:
        InvalidValueError: there is no signed form.
    """
    if not signed_form:
        raise InvalidValueError(
            "a PIN is asked for with the signed form", value=signed_form, remedy="attach the form, signed"
        )
    return Ticket(
        category="Area Clienti",
        subject="Accesso",
        word="PIN",
        user=user.id,
        operator=operator.codice_fiscale,
        signed_form=signed_form,
    )
