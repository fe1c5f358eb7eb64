"""Every rule and every piece of advice, in explicit tuples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from attrs import frozen

from gse_billing.fatturapa.catalogue import Regime
from gse_billing.fatturapa.rules import (
    advice,
    advice_sums,
    arithmetic,
    file,
    general,
    natura,
    parties,
    quiet,
    recipient,
    registry,
    simplified,
)
from gse_billing.fatturapa.rules.facts import Outcome

__all__ = ["ADVICE", "GUARDS", "RULES", "Advice", "Rule", "Subject"]


class Subject(Enum):
    """What a rule looks at; rules on one subject are run together, or passed over together by its guard."""

    FILE = "the file, by its context"
    HEAD = "the header"
    OFFICES = "the recipient of the header among the offices of IPA"
    LOT = "the documents of a file that has several"
    GENERAL = "the general data of a document"
    HISTORY = "a document among those sent before"
    KIND = "the kind of a document"
    FUNDS = "the contributions of a document to welfare funds"
    GOODS = "lines and summary of a document: rates, natures, prices and sums"
    TEXTS = "texts and treatments of VAT in a document"
    PAYMENTS = "the payments of a document"
    SUMS = "the sums of a document without an error"


GUARDS: Mapping[Subject, Callable[[Any], bool]] = MappingProxyType(
    {
        Subject.HEAD: lambda head: quiet.quiet_head(head.document),
        Subject.LOT: lambda bodies: quiet.quiet_lot([body.record for body in bodies]),
        Subject.GENERAL: lambda body: quiet.quiet_general(body.record, body.head.context.on),
        Subject.KIND: lambda body: quiet.quiet_kind(body.record, body.head.header),
        Subject.FUNDS: lambda body: quiet.quiet_funds(body.record),
        Subject.GOODS: lambda body: quiet.quiet_goods(body.record),
        Subject.TEXTS: lambda body: quiet.quiet_texts(body.record),
        Subject.PAYMENTS: lambda body: quiet.quiet_payments(body.record),
        Subject.SUMS: lambda body: quiet.quiet_sums(body.record),
    }
)
"""For ordinary invoices: what proves that the rules on a subject have nothing to say."""


@frozen
class Rule:
    """A check of SDI.

    Attributes:
        check: yields what is wrong; named by its code, ``sdi_00421``.
        subject: what it looks at.
    """

    check: Callable[[Any], Iterator[Outcome]]
    subject: Subject

    @property
    def code(self) -> str:
        """Five digits."""
        return self.check.__name__.removeprefix("sdi_")


@frozen
class Advice:
    """Advice beyond SDI.

    Attributes:
        check: yields what is odd.
        subject: what it looks at.
        simplified: whether it is given for simplified invoices as well.
    """

    check: Callable[[Any], Iterator[Outcome]]
    subject: Subject
    simplified: bool = False

    def given_in(self, regime: Regime) -> bool:
        """Whether it is given in that regime."""
        return self.simplified or regime is not Regime.SIMPLIFIED


RULES: tuple[Rule, ...] = (
    Rule(file.sdi_00001, Subject.FILE),
    Rule(file.sdi_00002, Subject.FILE),
    Rule(file.sdi_00003, Subject.FILE),
    Rule(registry.sdi_00300, Subject.HEAD),
    Rule(registry.sdi_00301, Subject.HEAD),
    Rule(registry.sdi_00302, Subject.HEAD),
    Rule(registry.sdi_00303, Subject.HEAD),
    Rule(registry.sdi_00304, Subject.HEAD),
    Rule(registry.sdi_00305, Subject.HEAD),
    Rule(registry.sdi_00306, Subject.HEAD),
    Rule(recipient.sdi_00311, Subject.OFFICES),
    Rule(recipient.sdi_00312, Subject.OFFICES),
    Rule(recipient.sdi_00313, Subject.HEAD),
    Rule(recipient.sdi_00330, Subject.HEAD),
    Rule(recipient.sdi_00398, Subject.OFFICES),
    Rule(recipient.sdi_00399, Subject.OFFICES),
    Rule(natura.sdi_00400, Subject.GOODS),
    Rule(natura.sdi_00401, Subject.GOODS),
    Rule(general.sdi_00403, Subject.GENERAL),
    Rule(general.sdi_00404, Subject.HISTORY),
    Rule(general.sdi_00409, Subject.LOT),
    Rule(general.sdi_00411, Subject.GOODS),
    Rule(natura.sdi_00413, Subject.FUNDS),
    Rule(natura.sdi_00414, Subject.FUNDS),
    Rule(general.sdi_00415, Subject.FUNDS),
    Rule(parties.sdi_00417, Subject.HEAD),
    Rule(general.sdi_00418, Subject.GENERAL),
    Rule(natura.sdi_00419, Subject.GOODS),
    Rule(natura.sdi_00420, Subject.GOODS),
    Rule(arithmetic.sdi_00421, Subject.GOODS),
    Rule(arithmetic.sdi_00422, Subject.GOODS),
    Rule(arithmetic.sdi_00423, Subject.GOODS),
    Rule(natura.sdi_00424, Subject.GOODS),
    Rule(general.sdi_00425, Subject.GENERAL),
    Rule(recipient.sdi_00427, Subject.HEAD),
    Rule(recipient.sdi_00428, Subject.HEAD),
    Rule(natura.sdi_00429, Subject.GOODS),
    Rule(natura.sdi_00430, Subject.GOODS),
    Rule(general.sdi_00437, Subject.GENERAL),
    Rule(general.sdi_00438, Subject.GOODS),
    Rule(natura.sdi_00443, Subject.GOODS),
    Rule(natura.sdi_00444, Subject.GOODS),
    Rule(natura.sdi_00445, Subject.GOODS),
    Rule(simplified.sdi_00460, Subject.GOODS),
    Rule(parties.sdi_00471, Subject.KIND),
    Rule(parties.sdi_00472, Subject.KIND),
    Rule(parties.sdi_00473, Subject.KIND),
    Rule(parties.sdi_00474, Subject.KIND),
    Rule(parties.sdi_00475, Subject.KIND),
    Rule(parties.sdi_00476, Subject.HEAD),
)
"""The checks of SDI that can be made outside it, in the order of the codes."""

ADVICE: tuple[Advice, ...] = (
    Advice(advice.advice_check_digit, Subject.HEAD, simplified=True),
    Advice(advice.advice_check_digit_of_payee, Subject.PAYMENTS),
    Advice(advice.advice_due_before_date, Subject.PAYMENTS),
    Advice(advice.advice_iban, Subject.PAYMENTS),
    Advice(advice.advice_number_in_text, Subject.TEXTS),
    Advice(advice.advice_reverse_charge_energy, Subject.TEXTS),
    Advice(advice.advice_split_payment, Subject.TEXTS),
    Advice(advice_sums.advice_document_total, Subject.SUMS),
    Advice(advice_sums.advice_payment_sum, Subject.SUMS),
    Advice(advice_sums.advice_stamp_duty, Subject.SUMS),
)
"""Advice beyond SDI."""
