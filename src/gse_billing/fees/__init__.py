"""What operators owe GSE: the biofuel fee and the other tariffs of the decree of 24 December 2014."""

from gse_billing.fees.administrative import (
    Fee,
    administrative_fee,
    connection_point_fee,
    energy_charge,
    modification_fee,
    scheduled_fee,
)
from gse_billing.fees.biocar import BIOCAR_COLUMNS, NON_PAGATO, BiocarRow, biocar_row
from gse_billing.fees.biofuel import BiofuelFee, biofuel_fee, biofuel_taxable
from gse_billing.fees.brackets import Bracket, Charge, Part, Reading, Schedule
from gse_billing.fees.declarations import BiofuelClass, Declaration
from gse_billing.fees.energy import EnergyUnit, convert_energy
from gse_billing.fees.tariffs import BiofuelCoefficients, EnergySource
from gse_billing.fees.years import reference_day

__all__ = [
    "BIOCAR_COLUMNS",
    "NON_PAGATO",
    "BiocarRow",
    "BiofuelClass",
    "BiofuelCoefficients",
    "BiofuelFee",
    "Bracket",
    "Charge",
    "Declaration",
    "EnergySource",
    "EnergyUnit",
    "Fee",
    "Part",
    "Reading",
    "Schedule",
    "administrative_fee",
    "biocar_row",
    "biofuel_fee",
    "biofuel_taxable",
    "connection_point_fee",
    "convert_energy",
    "energy_charge",
    "modification_fee",
    "reference_day",
    "scheduled_fee",
]
