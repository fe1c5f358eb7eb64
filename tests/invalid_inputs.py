"""Known-bad codes, each with the reason it is bad and what the message must say about it.

A checker that repairs what it is given (strips blanks, makes letters capital, drops a prefix) would let many of these
through: they are the reason why raw text is judged as it stands.
"""

from __future__ import annotations

from attrs import frozen

from gse_billing.core.identifiers import (
    CheckedText,
    CodiceFiscale,
    ContractCode,
    Iban,
    InvoiceNumber,
    OfficeCode,
    PartitaIva,
    RecipientCode,
)

ELEVEN_DIGITS = "it has 11 digits, without blanks, dots or the prefix IT"
CF_FORM = "it has 16 capital letters and digits for a person, 11 digits for a body"
IBAN_FORM = "two letters of the country, two digits and 11 to 30 capital letters and digits"
CUU_FORM = "it has exactly 6 characters, out of A to Z and 0 to 9"
PRINTABLE = "is not one of the printable Basic Latin characters"


@frozen
class Invalid:
    """A text that a type refuses."""

    kind: type[CheckedText]
    text: str
    reason: str
    says: str

    def __str__(self) -> str:
        return f"{self.kind.__name__} {self.reason}"


INVALID = (
    Invalid(PartitaIva, "", "empty", ELEVEN_DIGITS),
    Invalid(PartitaIva, "0575438100", "a digit short", ELEVEN_DIGITS),
    Invalid(PartitaIva, "057543810011", "a digit too many", ELEVEN_DIGITS),
    Invalid(PartitaIva, "05754381002", "wrong check digit", "check digit is 2 where the other digits give 1"),
    Invalid(PartitaIva, "05754831001", "two digits swapped", "check digit is 1 where the other digits give 5"),
    Invalid(PartitaIva, "IT05754381001", "prefix", "normalise_partita_iva makes '05754381001' of it"),
    Invalid(PartitaIva, "IT05754381002", "prefix and wrong digit", "the prefix IT; read it again"),
    Invalid(PartitaIva, " 05754381001", "blank before", "normalise_partita_iva makes '05754381001' of it"),
    Invalid(PartitaIva, "05754381001\n", "line end", "normalise_partita_iva makes '05754381001' of it"),
    Invalid(PartitaIva, "0575.4381.001", "dots", "normalise_partita_iva makes '05754381001' of it"),
    Invalid(PartitaIva, "05754381OO1", "letters O for zeros, twice", ELEVEN_DIGITS),
    Invalid(PartitaIva, "O5754381001", "letter O for a zero", "was '0' read as 'O' at character 1?"),
    Invalid(PartitaIva, "٠٥٧٥٤٣٨١٠٠١", "Arabic digits", ELEVEN_DIGITS),
    Invalid(PartitaIva, "０５７５４３８１００１", "wide digits", ELEVEN_DIGITS),
    Invalid(PartitaIva, "00000000000", "all zero, with a right check digit", "are all zero"),
    Invalid(PartitaIva, "12345678903", "no office 890, with a right check digit", "digits 8 to 10 (890)"),
    Invalid(CodiceFiscale, "", "empty", CF_FORM),
    Invalid(
        CodiceFiscale, "CGNNMOS1A01H501H", "misprint of the source", "control character is H where the others give G"
    ),
    Invalid(CodiceFiscale, "CGNNMOS1A01H501H", "misprint of the source", "'CGNNMO51A01H501H' would be valid: was '5'"),
    Invalid(CodiceFiscale, "CGNNMO51A01H501G", "wrong control character", "is G where the others give H"),
    Invalid(CodiceFiscale, "RSSMRA85T10A562T", "wrong control character", "is T where the others give S; read it"),
    Invalid(CodiceFiscale, "cgnnmo51a01h501h", "small letters", "normalise_codice_fiscale makes 'CGNNMO51A01H501H'"),
    Invalid(CodiceFiscale, "CGN NMO 51A01 H501H", "blanks", "normalise_codice_fiscale makes 'CGNNMO51A01H501H'"),
    Invalid(CodiceFiscale, "CGNNMO51A01H501", "control character missing", CF_FORM),
    Invalid(CodiceFiscale, "CGNNMO51A01H501HH", "a character too many", CF_FORM),
    Invalid(CodiceFiscale, "CGNNMO51F01H501T", "no month F", "a person's code is six letters, year"),
    Invalid(CodiceFiscale, "1GNNMO51A01H501H", "a digit in the name", "a person's code is six letters, year"),
    Invalid(CodiceFiscale, "RSSMRA85B30A562G", "30 February", "no date of birth (day 30, month B)"),
    Invalid(CodiceFiscale, "RSSMRA85T00A562R", "day 0", "no date of birth (day 00, month T)"),
    Invalid(CodiceFiscale, "RSSMRA85T85A562L", "day 85, which stdnum takes for 5", "no date of birth (day 85)"),
    Invalid(CodiceFiscale, "RSSMRA85TULA562O", "day 80 in omocodia letters", "no date of birth (day UL, month T)"),
    Invalid(CodiceFiscale, "05754381002", "body with a wrong check digit", "where the other digits give 1"),
    Invalid(CodiceFiscale, "IT05754381001", "body with a prefix", CF_FORM),
    Invalid(CodiceFiscale, "ＣGNNMO51A01H501H", "a wide letter", CF_FORM),
    Invalid(Iban, "", "empty", IBAN_FORM),
    Invalid(Iban, "IT60X05428111010000001234567", "a digit too many", "28 characters, which is not the length of IT"),
    Invalid(
        Iban, "IT61X0542811101000000123456", "wrong check digits", "check digits are 61 where the rest of it gives 60"
    ),
    Invalid(
        Iban,
        "IT64Y0542811101000000123456",
        "wrong CIN, right check digits",
        "is Y where bank, branch and account give X",
    ),
    Invalid(Iban, "IT60Y0542811101000000123456", "wrong CIN, both checks fail", "gives 64, and its CIN, the fifth"),
    Invalid(Iban, "FR8420041010050500013M02607", "wrong French key", "national check characters do not agree"),
    Invalid(Iban, "SE4450000000058398257466", "wrong check digits, national rule unknown", "gives 45; read it again"),
    Invalid(Iban, "XX60X0542811101000000123456", "no such country", "XX is not a country that has IBANs"),
    Invalid(Iban, "IT60305428111010000A0123456", "digit where a letter stands", "do not stand where IT has them"),
    Invalid(Iban, "it60x0542811101000000123456", "small letters", "normalise_iban makes 'IT60X0542811101000000123456'"),
    Invalid(
        Iban, "IT60 X054 2811 1010 0000 0123 456", "paper form", "normalise_iban makes 'IT60X0542811101000000123456'"
    ),
    Invalid(
        Iban,
        "IT61 X054 2811 1010 0000 0123 456",
        "paper form, wrong check digits",
        "capital letters and digits; read it",
    ),
    Invalid(Iban, "IT60X0542811101000000123456 ", "blank behind", "normalise_iban makes 'IT60X0542811101000000123456'"),
    Invalid(Iban, "IT60X05428111010000001234٥6", "an Arabic digit", IBAN_FORM),
    Invalid(OfficeCode, "UF4NU", "a character short", CUU_FORM),
    Invalid(OfficeCode, "UF4NU99", "the 7 characters of a private recipient", CUU_FORM),
    Invalid(OfficeCode, "uf4nu9", "small letters", CUU_FORM),
    Invalid(OfficeCode, "UF4NU9\n", "line end, which $ of a pattern lets pass", CUU_FORM),
    Invalid(OfficeCode, "UF4NÙ9", "a letter outside A to Z", CUU_FORM),
    Invalid(RecipientCode, "000000", "6 characters", "it has exactly 7 characters"),
    Invalid(RecipientCode, "xxxxxxx", "small letters", "it has exactly 7 characters"),
    Invalid(ContractCode, "SS", "too short", "it has 3 to 20 characters"),
    Invalid(ContractCode, "SSP 00030614", "blank", "it has 3 to 20 characters"),
    Invalid(ContractCode, "ssp00030614", "small letters", "write it as the service prints it, SSP00030614"),
    Invalid(
        ContractCode,
        "SSP000306140003061400",
        "21 characters, more than IdDocumento carries",
        "it has 3 to 20 characters",
    ),
    Invalid(InvoiceNumber, "", "empty", "it has 1 to 20 characters, not 0"),
    Invalid(InvoiceNumber, "123456789012345678901", "21 characters", "it has 1 to 20 characters, not 21"),
    Invalid(InvoiceNumber, "A", "one letter, no digit", "it has no digit (SDI 00425)"),
    Invalid(InvoiceNumber, "PA/A", "no digit", "it has no digit (SDI 00425)"),
    Invalid(InvoiceNumber, "PA/²", "a digit that is none", f"'²' {PRINTABLE}"),
    Invalid(InvoiceNumber, " 7", "blank before", "a blank stands at one of its ends"),
    Invalid(InvoiceNumber, "7 ", "blank behind", "a blank stands at one of its ends"),
    Invalid(InvoiceNumber, "7\t8", "tab", PRINTABLE),
    Invalid(InvoiceNumber, "7\n", "line end", PRINTABLE),
    Invalid(InvoiceNumber, "n°7", "degree sign, beyond Basic Latin", f"'°' {PRINTABLE}"),
    Invalid(InvoiceNumber, "7\x7f", "delete character", PRINTABLE),
)
"""Each row stands alone: one text, one reason."""
