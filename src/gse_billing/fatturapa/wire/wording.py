"""What each kind of flaw is called, in Italian and English, and what one does about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

__all__ = ["WORDINGS", "Wording"]


@frozen
class Wording:
    """Message templates; ``{tag}``, ``{expected}``, ``{actual}`` and ``{at}`` are filled in.

    Attributes:
        it: in Italian.
        en: in English.
        hint: what to do about it.
    """

    it: str
    en: str
    hint: str = ""


_VALUES = {
    "not-in-list": Wording(
        "{tag} vale {actual}, che non è fra i codici ammessi",
        "{tag} is {actual}, which is not one of the admitted codes",
        "use one of: {expected}",
    ),
    "pattern": Wording(
        "{tag} vale {actual}, che non ha la forma richiesta",
        "{tag} is {actual}, which does not have the form asked for",
        "the form is {expected}",
    ),
    "length": Wording(
        "{tag} deve avere {expected} caratteri, ne ha {actual}",
        "{tag} must have {expected} characters, it has {actual}",
    ),
    "too-short": Wording(
        "{tag} deve avere almeno {expected} caratteri, ne ha {actual}",
        "{tag} must have at least {expected} characters, it has {actual}",
        "leave an optional element out instead of leaving it empty",
    ),
    "too-long": Wording(
        "{tag} può avere al più {expected} caratteri, ne ha {actual}",
        "{tag} may have at most {expected} characters, it has {actual}",
        "shorten the text, or split it where the element may be repeated",
    ),
    "character": Wording(
        "{tag} contiene {actual} al carattere {at}, che non fa parte dell'alfabeto {expected}",
        "{tag} holds {actual} at character {at}, which is outside {expected}",
        "replace the character, or let fatturapa.transliterate do it",
    ),
    "illegal-character": Wording(
        "{tag} contiene {actual} al carattere {at}, che XML non ammette",
        "{tag} holds {actual} at character {at}, which XML does not admit",
        "remove the character",
    ),
    "blanks": Wording(
        "{tag} vale {actual}: tabulazioni, a capo o spazi ai margini non fanno parte di un {expected}",
        "{tag} is {actual}: tabs, line ends or outer blanks are no part of an {expected}",
        "replace tabs and line ends by single blanks",
    ),
    "decimal": Wording(
        "{tag} vale {actual}, che non è un numero nella forma richiesta",
        "{tag} is {actual}, which is not a number in the form asked for",
        "digits, a point and decimals as in {expected}; no exponent, plus sign or thousands separator",
    ),
    "not-an-integer": Wording(
        "{tag} vale {actual}, che non è un numero intero", "{tag} is {actual}, not a whole number"
    ),
    "digits": Wording(
        "{tag} può avere al più {expected} cifre: {actual}", "{tag} may have at most {expected} digits: {actual}"
    ),
    "too-small": Wording("{tag} vale {actual}, meno di {expected}", "{tag} is {actual}, less than {expected}"),
    "too-large": Wording("{tag} vale {actual}, più di {expected}", "{tag} is {actual}, more than {expected}"),
    "too-early": Wording("{tag} vale {actual}, prima del {expected}", "{tag} is {actual}, before {expected}"),
    "not-a-date": Wording(
        "{tag} vale {actual}, che non è una data", "{tag} is {actual}, which is no date", "write it as 2026-11-22"
    ),
    "not-a-moment": Wording(
        "{tag} vale {actual}, che non è data e ora",
        "{tag} is {actual}, which is no date with a time",
        "write it as 2026-11-22T10:30:00",
    ),
    "not-base64": Wording(
        "{tag} non è in base 64: {actual}", "{tag} is not in base 64: {actual}", "encode the bytes in base 64"
    ),
    "fixed": Wording("{tag} vale {actual} ma deve valere {expected}", "{tag} is {actual} but must be {expected}"),
}

_STRUCTURE = {
    "missing": Wording("manca {tag}, che è obbligatorio", "{tag} is missing and must be there"),
    "too-many": Wording(
        "{tag} compare {actual} volte, al più {expected}", "{tag} stands {actual} times, at most {expected}"
    ),
    "choice-none": Wording(
        "in {tag} manca l'alternativa obbligatoria: {expected}", "{tag} holds none of the alternatives: {expected}"
    ),
    "choice-both": Wording(
        "in {tag} ci sono più alternative insieme ({actual}), ne vale una sola: {expected}",
        "{tag} holds more than one alternative ({actual}), only one may stand: {expected}",
    ),
    "unknown-element": Wording(
        "{tag} non è un elemento previsto qui",
        "{tag} is not an element known here",
        "the elements here are: {expected}",
    ),
    "misplaced": Wording(
        "{tag} è fuori posto: deve precedere {expected}",
        "{tag} is out of place: it must stand before {expected}",
        "the order of the elements is fixed",
    ),
    "namespace": Wording(
        "{tag} è nello spazio dei nomi {actual}, atteso {expected}",
        "{tag} is in the namespace {actual}, expected {expected}",
        "only the root element is in the namespace of the standard",
    ),
    "unknown-attribute": Wording(
        "l'attributo {actual} non è previsto in {tag}",
        "the attribute {actual} is not known in {tag}",
        "remove the attribute",
    ),
    "nil": Wording(
        "{tag} ha l'attributo xsi:nil, che nessun elemento ammette",
        "{tag} has the attribute xsi:nil, which no element admits",
        "leave the element out",
    ),
    "type": Wording(
        "{tag} dichiara con xsi:type il tipo {actual}, atteso {expected}",
        "{tag} declares the type {actual} with xsi:type, expected {expected}",
        "remove the attribute",
    ),
    "stray-text": Wording(
        "in {tag} c'è testo fuori dagli elementi: {actual}",
        "{tag} holds text outside of its elements: {actual}",
        "remove the text",
    ),
    "element-in-leaf": Wording(
        "{tag} deve contenere solo testo, contiene {actual}", "{tag} must hold only text, it holds {actual}"
    ),
    "foreign": Wording(
        "{tag} non è l'elemento atteso {expected}: {actual}", "{tag} is not the expected element {expected}: {actual}"
    ),
    "misspelt-namespace": Wording(
        "{tag} dichiara lo spazio dei nomi {actual}, scritto male: {expected}",
        "{tag} declares the misspelt namespace {actual}, for {expected}",
        "correct the declaration: an element in that namespace would not be known",
    ),
}

_FILE = {
    "root": Wording(
        "la radice del documento è {actual}, attesa {expected}",
        "the root of the document is {actual}, expected {expected}",
        "check that the file is a document of this standard, and its namespace",
    ),
    "not-well-formed": Wording("il file non è XML ben formato: {actual}", "the file is not well-formed XML: {actual}"),
    "document-type": Wording(
        "il file dichiara un DOCTYPE, che non è ammesso",
        "the file declares a document type, which is not admitted",
        "remove the DOCTYPE: it can define entities and read other files",
    ),
    "empty-file": Wording("il file è vuoto", "the file is empty"),
    "too-many-findings": Wording(
        "{tag} ha più di {expected} errori: la lettura si ferma qui",
        "{tag} has more than {expected} errors: reading stops here",
        "correct these first",
    ),
    "file-size": Wording(
        "il file è di {actual} byte, il limite è {expected}", "the file has {actual} bytes, the limit is {expected}"
    ),
}

_JSON = {
    "root-key": Wording(
        "{tag} deve avere una sola chiave, il nome della radice ({expected}): {actual}",
        "{tag} must have one key, the name of the root ({expected}): {actual}",
        "put the document under the name of its root element",
    ),
    "unknown-key": Wording(
        "{tag} non è una chiave prevista qui", "{tag} is not a key known here", "the keys here are: {expected}"
    ),
    "other-names": Wording(
        "{tag} è una chiave dell'altro stile di nomi",
        "{tag} is a key of the other style of names",
        "give names={expected!r} if all keys are in that style",
    ),
    "wrong-type": Wording(
        "{tag} è di tipo JSON {actual}, atteso {expected}",
        "{tag} is of the JSON type {actual}, expected {expected}",
        "figures, codes and days are strings, counts are integers, elements that may be repeated are arrays",
    ),
    "null": Wording("{tag} vale null", "{tag} is null", "leave out the key of what is not there"),
    "float": Wording(
        "{tag} vale {actual}, un numero in virgola mobile, che non conserva le cifre decimali",
        "{tag} is {actual}, a binary float, which does not hold decimal figures exactly",
        'write a figure as a string, as in "22.00", and a count without decimals',
    ),
}

WORDINGS: Mapping[str, Wording] = MappingProxyType({**_VALUES, **_STRUCTURE, **_FILE, **_JSON})
"""Every kind of flaw with its wording."""
