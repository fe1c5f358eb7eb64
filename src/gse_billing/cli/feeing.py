"""``gse-billing fees``: what a supplier of biofuels owes, and how that comes about."""

from __future__ import annotations

import datetime as dt

import typer

from gse_billing.core.errors import InvalidValueError
from gse_billing.core.explain import figure
from gse_billing.fees import Declaration, biofuel_fee

__all__ = ["print_biofuel_fee"]


def print_biofuel_fee(
    year: int, *, total: str, advanced: str, double_counting: str, obligated: bool, as_json: bool
) -> None:
    """Print the fee that GSE invoices in a year for the biofuel released in the year before.

    Args:
        year: the year of the invoice.
        total: Gcal of all biofuel released, as decimal text, never through a float.
        advanced: Gcal of advanced biofuel, part of the total.
        double_counting: Gcal that count double, part of the total.
        obligated: whether the supplier is an obligated party, who alone owes the additional fee.
        as_json: print the derivation as JSON.

    Raises:
        InvalidValueError: quantities that contradict one another, or what is no year of an invoice.
        NoValueInForceError: no tariff was in force.
    """
    declaration = Declaration(
        year=_year_of_invoice(year) - 1,
        total_gcal=total,
        advanced_gcal=advanced,
        double_counting_gcal=double_counting,
        obligated_party=obligated,
    )
    fee = biofuel_fee(declaration, invoice_year=year)
    if as_json:
        typer.echo(fee.explain().to_json(indent=2))
    else:
        typer.echo(str(fee.explain()))
        if fee.invoiced:
            typer.echo(f"taxable amount: {figure(fee.taxable, 'EUR')}, VAT to be added")


def _year_of_invoice(year: int) -> int:
    """The year as it was typed: a message about the year before would name one that nobody gave."""
    if not dt.MINYEAR < year <= dt.MAXYEAR:
        raise InvalidValueError(
            f"{year} cannot be the year of an invoice", value=year, remedy="give four digits, --year 2016"
        )
    return year
