"""An article of Érudit, its elements given the names of JATS."""

import re
from typing import Any

from lxml import etree

_NAMES = {
    "corps": "body", "partiesann": "back", "titre": "title", "sstitre": "subtitle",
    "surtitre": "subtitle", "alinea": "p", "exposant": "sup", "indice": "sub",
    "bloccitation": "disp-quote", "epigraphe": "disp-quote", "dedicace": "disp-quote",
    "source": "attrib", "grnote": "fn-group", "note": "fn", "no": "label", "renvoi": "xref",
    "listeord": "list", "listenonord": "list", "elemliste": "list-item", "biblio": "ref-list",
    "refbiblio": "ref", "figure": "fig", "legende": "caption", "image": "graphic",
    "tableau": "table-wrap", "tabtexte": "table", "tabentete": "thead", "tabgrligne": "tbody",
    "tabligne": "tr", "tabcelluled": "td", "tabcellulee": "th", "liensimple": "ext-link",
    "verbatim": "verse-group", "bloc": "verse-group", "ligne": "verse-line", "resume": "abstract",
    "merci": "ack", "annexe": "app", "encadre": "boxed-text", "grauteur": "contrib-group",
    "auteur": "contrib", "nompers": "name", "prenom": "given-names", "nomfamille": "surname",
    "para": "statement", "grbiblio": "statement", "grannexe": "app-group", "notebio": "bio",
}  # fmt: skip
_MARKS = {
    "italique": "italic", "gras": "bold", "petitecap": "sc", "souligne": "underline",
    "barre": "strike",
}  # fmt: skip
_CALLED = {"note": "fn", "refbiblio": "bibr"}


def as_jats(root: Any) -> None:
    """Change an article in place."""
    for element in list(root.iter()):
        name = str(element.tag)
        if name == "marquage":
            name = _MARKS.get(element.get("typemarq"), "styled-content")
        elif name == "titre" and element.getparent().tag == "title-group":
            name = "article-title"
        elif name == "renvoi":
            element.set("rid", element.get("idref") or "")
            element.set("ref-type", _CALLED.get(element.get("typeref"), "other"))
        elif name == "listeord":
            element.set("list-type", "order")
        elif name == "grtitre":
            name = "title-group" if element.getparent().tag == "liminaire" else "statement"
        element.tag = "sec" if re.fullmatch(r"section\d", name) else _NAMES.get(name, name)
    front = etree.Element("front")
    for name, theirs in (("journal-meta", "admin"), ("article-meta", "liminaire")):
        for part in root.findall(theirs):
            part.tag = name
            front.append(part)
    root.insert(0, front)
