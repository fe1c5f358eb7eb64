"""The findings of the envelope: those of SDI in the words of the catalogue, our own in theirs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from gse_billing.core.findings import Finding, Severity
from gse_billing.fatturapa.catalogue import sdi_code

__all__ = ["envelope_finding", "sdi_finding"]


@frozen
class _Wording:
    """How a finding speaks; ``{actual}`` and ``{expected}`` are filled in."""

    it: str
    en: str
    hint: str = ""
    severity: Severity = Severity.ERROR


_WORDINGS: Mapping[str, _Wording] = MappingProxyType(
    {
        # the signed file
        "broken": _Wording(
            "la busta di firma è illeggibile: {actual}",
            "the signed envelope cannot be read: {actual}",
            "take the file again from where it came; a mail program may have changed it",
        ),
        "not-signed-data": _Wording(
            "la busta CMS non è una busta di firma",
            "the CMS envelope is no signed file",
            "if the file is encrypted, it has to be decrypted first",
        ),
        "detached": _Wording(
            "la firma è separata: il documento non è nella busta",
            "the signature is detached: the document is not in the envelope",
            "SDI takes only envelopes that hold the document",
        ),
        "no-signer": _Wording(
            "la busta non ha firmatari",
            "the envelope has no signer",
            "nobody vouches for the content",
            Severity.WARNING,
        ),
        "trailing": _Wording(
            "dopo la busta ci sono altri byte, che nessuno ha firmato",
            "further bytes follow the envelope, which nobody signed",
            "they are not read",
            Severity.WARNING,
        ),
        "too-deep": _Wording(
            "le buste sono una dentro l'altra per più di {expected} volte",
            "the envelopes are nested more than {expected} times",
        ),
        "archive": _Wording(
            "il file è un archivio zip, non un documento",
            "the file is a zip archive and no document",
            "fatturapa.unpack gives the files that it holds",
        ),
        "untrusted": _Wording(
            "la firma è integra, ma il certificato non porta a una radice fidata: {actual}",
            "the signature is intact, but its certificate leads to no trusted root: {actual}",
            "give the certificates of the issuers you trust as roots",
            Severity.WARNING,
        ),
        # a member of an archive
        "member-name": _Wording(
            "il nome del file nell'archivio non è ammesso: {actual}",
            "the name of the file in the archive is not admitted: {actual}",
            "names are relative, with / between folders, and without . and .. as a folder",
        ),
        "member-collision": _Wording(
            "più file dell'archivio hanno questo nome, a parte maiuscole e minuscole: non se ne legge nessuno",
            "more than one file of the archive has this name, letter case aside: none of them is read",
            "give each file its own name",
        ),
        "member-link": _Wording(
            "nell'archivio non c'è un file ma un collegamento o un oggetto speciale",
            "the archive holds no file here but a link or a special object",
        ),
        "member-encrypted": _Wording(
            "il file nell'archivio è cifrato",
            "the file in the archive is encrypted",
            "SDI takes archives without password",
        ),
        "member-compression": _Wording(
            "il file nell'archivio è compresso con il metodo {actual}, che non è letto",
            "the file in the archive is compressed with method {actual}, which is not read",
            "use deflate, the method of every zip program",
        ),
        "member-size": _Wording(
            "il file nell'archivio supera {expected} byte", "the file in the archive has more than {expected} bytes"
        ),
        "member-ratio": _Wording(
            "il file nell'archivio si espande più di {expected} volte: non è un documento",
            "the file in the archive expands more than {expected} times: it is no document",
        ),
        "member-broken": _Wording(
            "il file nell'archivio è illeggibile: {actual}", "the file in the archive cannot be read: {actual}"
        ),
        "archive-members": _Wording(
            "l'archivio ha più di {expected} file", "the archive has more than {expected} files", "split the archive"
        ),
        "archive-size": _Wording(
            "i file dell'archivio superano insieme {expected} byte: la lettura finisce qui",
            "the files of the archive have more than {expected} bytes together: the reading ends here",
            "split the archive",
        ),
    }
)


def envelope_finding(kind: str, *, path: str = "", expected: object = "", actual: object = "") -> Finding:
    """A finding of our own, ``envelope:broken``."""
    wording = _WORDINGS[kind]
    facts = {"expected": str(expected), "actual": str(actual)}
    return Finding(
        code=f"envelope:{kind}",
        message_it=wording.it.format_map(facts),
        message_en=wording.en.format_map(facts),
        severity=wording.severity,
        path=path,
        hint=wording.hint,
        parameters={name: fact for name, fact in facts.items() if fact},
    )


def sdi_finding(code: str, *, expected: object = "", actual: object = "") -> Finding:
    """A finding of SDI that concerns the file as a whole: ``00102``."""
    entry = sdi_code(code)
    facts = {"expected": str(expected), "actual": str(actual)}
    return Finding(
        code=f"sdi:{code}",
        message_it=entry.italian,
        message_en=entry.english,
        hint=entry.hint,
        parameters={name: fact for name, fact in facts.items() if fact},
    )
