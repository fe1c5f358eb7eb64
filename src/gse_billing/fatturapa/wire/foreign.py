"""Elements of other schemas, which are kept as they stand."""

from __future__ import annotations

import re

from lxml import etree

from gse_billing.fatturapa.wire.flaws import Flaw
from gse_billing.fatturapa.wire.parsing import Unreadable, parsed
from gse_billing.fatturapa.wire.schema import Schema
from gse_billing.fatturapa.wire.shapes import Foreign, Opaque

__all__ = ["opaque_flaw", "opaque_from"]


def opaque_from(element: etree._Element, schema: Schema) -> Opaque:
    """The element as it stands, with the declarations of the namespaces in scope.

    The namespace of the schema is left out where the element does not use it: the writer declares it above.
    """
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    if re.search(rf"(?<![\w.-]){schema.prefix}:", text):
        return Opaque(text)
    opening, end, rest = text.partition(">")  # inside of a tag it is escaped
    opening = opening.replace(f' xmlns:{schema.prefix}="{schema.namespace}"', "")
    return Opaque(f"{opening}{end}{rest}")


def opaque_flaw(value: Opaque, foreign: Foreign) -> Flaw | None:
    """What is wrong with an opaque element made by hand, or ``None``.

    It must be one element alone: a declaration or a document type before it has no place inside a document.
    """
    tree = parsed(f"<_>{value.xml}</_>".encode("utf-8", "surrogatepass"))
    if isinstance(tree, Unreadable):
        return Flaw("foreign", foreign.clark, tree.flaw.actual or tree.flaw.kind)
    found = [str(child.tag) for child in tree]
    text = "".join([tree.text or "", *(child.tail or "" for child in tree)])
    return None if found == [foreign.clark] and not text else Flaw("foreign", foreign.clark, ", ".join(found) or text)
