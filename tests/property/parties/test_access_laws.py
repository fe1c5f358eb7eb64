"""Laws of users and operators over any sequence of acts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gse_billing import evolve
from gse_billing.core.errors import IllegalTransitionError
from gse_billing.core.identifiers import CodiceFiscale
from gse_billing.parties import Access, Address, Contacts, Operator, OperatorKind, User

CONTACTS = Contacts("rossi@ente.it", "+393391234497")
USERS = [
    User(id=name, name=name, codice_fiscale=CodiceFiscale(code), contacts=CONTACTS)
    for name, code in (("boss", "RSSMRA85T10A562S"), ("one", "CGNNMO51A01H501H"), ("two", "RSSMRA80A01H501U"))
]
BODY = Operator(
    key="comune",
    name="Comune",
    kind=OperatorKind.PUBLIC_BODY,
    codice_fiscale=CodiceFiscale("80012340446"),
    address=Address(indirizzo="Piazza", cap="63062", comune="Montefiore"),
)
COMPANY = evolve(BODY, key="company", codice_fiscale=CodiceFiscale("05754381001"))
NAMES = st.sampled_from(["boss", "one", "two"])
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["pin", "join", "leave", "dissociate"]),
        st.sampled_from(["comune", "company"]),
        NAMES,
        NAMES,
        st.sampled_from(["1", "2"]),
    ),
    max_size=25,
)


@given(ACTS)
def test_who_follows_an_operator_came_with_a_pin_and_went_by_his_will_or_the_legal_representatives(
    acts: list[tuple[str, str, str, str, str]],
) -> None:
    """ACC-7, ACC-10 to ACC-13: a PIN for each joining; nobody but the two of them ends it."""
    access = Access(users=USERS).with_operator(BODY, by="boss", legal_representative="boss")
    access = access.with_operator(COMPANY, by="one")
    follows = {"comune": {"boss"}, "company": {"one"}}
    pins: dict[str, set[str]] = {"comune": set(), "company": set()}
    for act, operator, user, other, pin in acts:
        allowed = {
            "pin": user in follows[operator],
            "join": pin in pins[operator],
            "leave": user in follows[operator] and (user, operator) != ("boss", "comune"),
            "dissociate": operator == "comune" and other == "boss" != user and user in follows[operator],
        }[act]
        try:
            match act:
                case "pin":
                    access = access.with_pin(operator, pin, by=user)
                    pins[operator].add(pin)
                case "join":
                    access = access.joined(user, operator, pin)
                    pins[operator].discard(pin)
                    follows[operator].add(user)
                case "leave":
                    access = access.left(user, operator)
                    follows[operator].discard(user)
                case _:
                    access = access.dissociated(user, operator, by=other)
                    follows[operator].discard(user)
        except IllegalTransitionError:
            assert not allowed
        else:
            assert allowed
        for key, users in follows.items():
            assert {one.id for one in access.users_of(key)} == users
            assert all((key in {one.key for one in access.operators_of(name)}) == (name in users) for name in users)
