"""What operators owe GSE, by formula or by bracket, and the biofuel certificates that depend on paying it."""

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
from gse_billing.fees.cic import (
    CERTIFICATE_SIZES,
    Certificates,
    CertificateSizes,
    CicStanding,
    InvoicePayment,
    PaymentOutcome,
    certificates,
    cic_standing,
)
from gse_billing.fees.cycle import DECLARATION_DEADLINES, DayOfYear, DeclarationCycle, DeclarationState
from gse_billing.fees.declarations import BiofuelClass, Declaration
from gse_billing.fees.energy import EnergyUnit, convert_energy
from gse_billing.fees.tariffs import BiofuelCoefficients, EnergySource
from gse_billing.fees.years import reference_day

__all__ = [
    "BIOCAR_COLUMNS",
    "CERTIFICATE_SIZES",
    "DECLARATION_DEADLINES",
    "NON_PAGATO",
    "BiocarRow",
    "BiofuelClass",
    "BiofuelCoefficients",
    "BiofuelFee",
    "Bracket",
    "CertificateSizes",
    "Certificates",
    "Charge",
    "CicStanding",
    "DayOfYear",
    "Declaration",
    "DeclarationCycle",
    "DeclarationState",
    "EnergySource",
    "EnergyUnit",
    "Fee",
    "InvoicePayment",
    "Part",
    "PaymentOutcome",
    "Reading",
    "Schedule",
    "administrative_fee",
    "biocar_row",
    "biofuel_fee",
    "biofuel_taxable",
    "certificates",
    "cic_standing",
    "connection_point_fee",
    "convert_energy",
    "energy_charge",
    "modification_fee",
    "reference_day",
    "scheduled_fee",
]
