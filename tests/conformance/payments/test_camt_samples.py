"""The three public samples of camt.053: all read, and the one that does not add up is said not to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from gse_billing.payments import read_camt053
from tests.conftest import needed
from tests.support.fetched import Member, Wheel, member_bytes

WHEEL = Wheel(
    "odoo-addon-account-statement-import-camt==19.0.1.0.0.8",
    "18e4d7f054d929dbcc142ee1a56a6b72ae253a3568b536b2493e5647047b3c6e",
)
FOLDER = "odoo/addons/account_statement_import_camt/tests/samples"
HASHES = {
    "test-camt053": "8b4959d587ee701be0315eff082c77848a313ea44596fefbcc359858d6143630",
    "test-camt053-txdtls": "147bcb8e7b579a0bcd606e9e3e2058c9fc088c6ea8f5bf92df4fe06d942887b5",
    "test-camt053-no-ntry": "084000b2879c54262ffbdc06168685c0e5a97aaeff3b2b7db932b19f493d58ec",
}


@pytest.fixture(scope="module")
def samples() -> Mapping[str, bytes]:
    return needed(
        lambda: {name: member_bytes(Member(WHEEL, f"{FOLDER}/{name}", sha256)) for name, sha256 in HASHES.items()}
    )


def test_a_sample_of_single_movements(samples: Mapping[str, bytes]) -> None:
    file = read_camt053(samples["test-camt053"])
    (statement,) = file.statements
    assert (statement.account, statement.currency) == ("NL77ABNA0574908765", "EUR")
    assert [booking.amount for booking in file.bookings] == list(
        map(Decimal, ("-754.25", "-564.05", "-100", "1405.31"))
    )
    first, back, _, received = file.bookings
    assert (first.end_to_end_id, first.counterparty, first.counterparty_iban) == (
        "435005714488-ABNO33052620",
        "INSURANCE COMPANY TESTX",
        "NL46ABNA0499998748",
    )
    assert first.remittance == "Insurance policy 857239PERIOD 01.01.2014 - 31.12.2014"
    assert (back.reversal, back.entry, received.reversal) == (True, 2, False)
    # 15568.27 - 754.25 - 664.05 + 1405.31 is not 15121.12: the sample was edited by hand
    assert file.report.codes == ("statement:balance",)
    assert file.report.findings[0].parameters == {"expected": "15121.12", "actual": "15555.28"}


def test_a_sample_of_a_movement_with_two_payments(samples: Mapping[str, bytes]) -> None:
    file = read_camt053(samples["test-camt053-txdtls"])
    assert (file.report.ok, file.report.skipped) == (True, ())
    assert [(one.amount, one.counterparty_iban, one.entry) for one in file.bookings] == [
        (Decimal("2187.00"), "CH2222000000123456789", 1),
        (Decimal("1296.00"), "CH3333000000123456789", 1),
    ]
    assert file.bookings[0].remittance.startswith("302388292000011111111111111")


def test_a_sample_without_movements(samples: Mapping[str, bytes]) -> None:
    file = read_camt053(samples["test-camt053-no-ntry"])
    (statement,) = file.statements
    assert file.report.ok
    assert (statement.opening, statement.closing, statement.bookings) == (Decimal("1520.76"), Decimal("1520.76"), ())
