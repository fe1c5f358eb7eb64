"""Who acts for whom, the contracts, the code that receives GSE's invoices, the IBAN in use, and the standing."""

from gse_billing.parties.access import Access, OperatorAccount, Ticket, ask_for_pin
from gse_billing.parties.activation import Activation, ActivationStep
from gse_billing.parties.contracts import Contract
from gse_billing.parties.iban_changes import (
    IBAN_CHANGE_DELAY,
    ContractAnswer,
    ContractOutcome,
    IbanChange,
    IbanChangeObstacle,
    IbanChangeState,
    iban_on,
    request_iban_change,
)
from gse_billing.parties.ipa_files import read_ipa_answer, read_ipa_offices
from gse_billing.parties.offices import CENTRAL_OFFICE_NAME, ChannelState, Office, OfficeSnapshot
from gse_billing.parties.operators import Address, Operator, OperatorKind
from gse_billing.parties.recipients import ABSENT_FROM_IPA, FOREIGN_CODE, NO_CODE, Recipient, choose_recipient
from gse_billing.parties.recovery import Recovery, RecoveryStep, recover_password, recover_user_id
from gse_billing.parties.refusals import ADMITTED_GROUNDS, RECOGNISED_GROUNDS, BlockPolicy, RefusalGround
from gse_billing.parties.standing import SUSPENDING_CODES, Notice, Restriction, RestrictionKind, Standing, notices
from gse_billing.parties.standing_events import StandingEvent, StandingEventKind, standing_after
from gse_billing.parties.users import ContactChannel, Contacts, User, masked_email, masked_phone

__all__ = [
    "ABSENT_FROM_IPA",
    "ADMITTED_GROUNDS",
    "CENTRAL_OFFICE_NAME",
    "FOREIGN_CODE",
    "IBAN_CHANGE_DELAY",
    "NO_CODE",
    "RECOGNISED_GROUNDS",
    "SUSPENDING_CODES",
    "Access",
    "Activation",
    "ActivationStep",
    "Address",
    "BlockPolicy",
    "ChannelState",
    "ContactChannel",
    "Contacts",
    "Contract",
    "ContractAnswer",
    "ContractOutcome",
    "IbanChange",
    "IbanChangeObstacle",
    "IbanChangeState",
    "Notice",
    "Office",
    "OfficeSnapshot",
    "Operator",
    "OperatorAccount",
    "OperatorKind",
    "Recipient",
    "Recovery",
    "RecoveryStep",
    "RefusalGround",
    "Restriction",
    "RestrictionKind",
    "Standing",
    "StandingEvent",
    "StandingEventKind",
    "Ticket",
    "User",
    "ask_for_pin",
    "choose_recipient",
    "iban_on",
    "masked_email",
    "masked_phone",
    "notices",
    "read_ipa_answer",
    "read_ipa_offices",
    "recover_password",
    "recover_user_id",
    "request_iban_change",
    "standing_after",
]
