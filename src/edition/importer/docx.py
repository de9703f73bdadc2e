"""DOCX: signs put into the text where pandoc does not hand something on."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from edition.importer.citation_fields import decoded, items_of_code
from edition.importer.document import Item
from edition.importer.docx_looks import (
    Styles,
    W,
    join_paragraphs,
    leave_out_contents,
    make_even,
    open_shapes,
    part_runs,
    run_of,
    unwrap,
    words_of,
)
from edition.importer.docx_notes import Numbering, sign_marks
from edition.importer.tree_nodes import (
    FIELD,
    FIELD_END,
    FIELD_NUMBER,
    LANGUAGE,
    LANGUAGE_END,
    LANGUAGE_NAME,
    PAGE_BREAK,
)

_B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
    remove_comments=True, remove_pis=True,
)  # fmt: skip

_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml")

Items = list[tuple[Item, ...]]


def prepared(data: bytes) -> tuple[bytes, Items, str]:
    """Return a document with signs in its text, the citations that they number, and its words.

    It loses its macros. Raises lxml's errors where a part is no XML.
    """
    items: Items = []
    words: list[str] = []
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        sources = word_sources(archive)
        styles, lists = (
            etree.fromstring(archive.read(name), PARSER) if name in archive.namelist() else None
            for name in ("word/styles.xml", "word/numbering.xml")
        )
        language = default_language(styles)
        looks = Styles(styles)
        numbering = Numbering(lists, looks)
        kept = _kept_citations(archive)
        for part in archive.infolist():
            if part.filename.endswith((".bin", "/")):
                continue
            content = archive.read(part)
            if _PARTS.fullmatch(part.filename):
                root = etree.fromstring(content, PARSER)
                unwrap(root)
                open_shapes(root)
                join_paragraphs(root)
                part_runs(root)
                make_even(root)
                looks.make_direct(root)
                sign_marks(root)
                if not part.filename.startswith("word/document"):
                    numbering.sign_items(root)
                words += [words_of(p) for p in root.iter(f"{W}p")]
                leave_out_contents(root)
                sign_docx(root, items, sources, language, kept)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(part.filename, content)
    return out.getvalue(), items, "\n".join(words)


def sign_docx(
    root: Any,
    items: Items,
    sources: Mapping[str, Mapping[str, Any]],
    language: str,
    kept: Mapping[str, str],
) -> None:
    """Put signs around citations and runs in another language, and where pages break."""
    _sign_fields(root, items, sources)
    for simple in list(root.iter(f"{W}fldSimple")):
        if cited := items_of_code(simple.get(f"{W}instr") or "", sources):
            simple.insert(0, _begin(items, cited))
            simple.append(run_of(FIELD_END))
    for tag in list(root.iter(f"{W}tag")):
        _sign_control(tag, items)
    for start in list(root.iter(f"{W}bookmarkStart")):
        if cited := items_of_code(kept.get(start.get(f"{W}name") or "", ""), sources):
            number = start.get(f"{W}id")
            ends = (e for e in root.iter(f"{W}bookmarkEnd") if e.get(f"{W}id") == number)
            if (end := next(ends, None)) is not None:
                start.addnext(_begin(items, cited))
                end.addprevious(run_of(FIELD_END))
    for mark in list(root.iter(f"{W}br")):
        if mark.get(f"{W}type") == "page":
            mark.tag = f"{W}t"
            mark.attrib.clear()
            mark.text = PAGE_BREAK
    for mark in list(root.iter(f"{W}pageBreakBefore")):
        paragraph = mark.getparent().getparent()
        if paragraph.tag == f"{W}p" and mark.get(f"{W}val") not in ("0", "false"):
            paragraph.insert(1, run_of(PAGE_BREAK))
    if language:
        for paragraph in root.iter(f"{W}p"):
            _sign_languages(paragraph, language)


def _sign_fields(root: Any, items: Items, sources: Mapping[str, Mapping[str, Any]]) -> None:
    """Put signs around the result of each field that cites."""
    open_fields: list[dict[str, Any]] = []
    for node in list(root.iter(f"{W}fldChar", f"{W}instrText")):
        run = node.getparent()
        if node.tag == f"{W}instrText":
            if open_fields and not open_fields[-1]["separate"]:
                open_fields[-1]["code"].append(node.text or "")
            continue
        match node.get(f"{W}fldCharType"):
            case "begin":
                packed = decoded(node.findtext(f"{W}fldData") or "")
                open_fields.append({"code": [], "data": packed, "separate": False, "signed": False})
            case "separate" if open_fields:
                current = open_fields[-1]
                current["separate"] = True
                code = "".join(current["code"])
                if cited := items_of_code(code, sources) or items_of_code(
                    code + current["data"], {}
                ):
                    current["signed"] = True
                    run.addnext(_begin(items, cited))
            case "end" if open_fields:
                if open_fields.pop()["signed"]:
                    run.addprevious(run_of(FIELD_END))


def _sign_control(tag: Any, items: Items) -> None:
    """Put signs around the content control of a manager that keeps a citation in its tag."""
    kind, _, packed = (tag.get(f"{W}val") or "").partition("MENDELEY_CITATION_v3_")
    control = next(tag.iterancestors(f"{W}sdt"), None)
    content = None if control is None else control.find(f"{W}sdtContent")
    cited = items_of_code(f"CSL_CITATION {decoded(packed)}", {}) if not kind and packed else ()
    runs = [] if content is None else list(content.iter(f"{W}r"))
    if cited and runs:
        runs[0].addprevious(_begin(items, cited))
        runs[-1].addnext(run_of(FIELD_END))


def _begin(items: Items, cited: tuple[Item, ...]) -> Any:
    """Keep a citation, and return the sign that begins it."""
    items.append(cited)
    return run_of(f"{FIELD}{len(items) - 1}{FIELD_NUMBER}")


def _sign_languages(paragraph: Any, usual: str) -> None:
    """Put signs around runs in another language than the document's."""
    runs = [(r, _language(r)) for r in paragraph.iter(f"{W}r")]
    position = 0
    while position < len(runs):
        run, code = runs[position]
        last = position
        while last + 1 < len(runs) and runs[last + 1][1] == code:
            last += 1
        if code and code.split("-")[0] != usual.split("-")[0]:
            run.addprevious(run_of(f"{LANGUAGE}{code}{LANGUAGE_NAME}"))
            runs[last][0].addnext(run_of(LANGUAGE_END))
        position = last + 1


def _language(run: Any) -> str:
    found = run.find(f"{W}rPr/{W}lang")
    kind = "val" if run.find(f"{W}rPr/{W}rtl") is None else "bidi"
    return str(found.get(W + kind) or "") if found is not None else ""


def default_language(styles: Any) -> str:
    """Return the language that a document's styles begin with."""
    for found in () if styles is None else styles.iter(f"{W}lang"):
        return str(found.get(f"{W}val") or "")
    return ""


def _kept_citations(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the citations that Zotero keeps for its bookmarks, in pieces, by their names."""
    found: dict[str, str] = {}
    if "docProps/custom.xml" in archive.namelist():
        root = etree.fromstring(archive.read("docProps/custom.xml"), PARSER)
        for one in root:
            name = str(one.get("name") or "").rpartition("_")[0]
            found[name] = found.get(name, "") + "".join(map(str, one.itertext()))
    return found


_TYPES = {
    "Book": "book", "BookSection": "chapter", "JournalArticle": "article-journal",
    "ArticleInAPeriodical": "article-magazine", "ConferenceProceedings": "paper-conference",
    "Report": "report", "InternetSite": "webpage", "DocumentFromInternetSite": "webpage",
}  # fmt: skip
_FIELDS = {
    "Title": "title", "Publisher": "publisher", "City": "publisher-place", "Volume": "volume",
    "Issue": "issue", "Pages": "page", "JournalName": "container-title",
    "BookTitle": "container-title", "URL": "URL", "Edition": "edition",
}  # fmt: skip


def word_sources(archive: zipfile.ZipFile) -> dict[str, Mapping[str, Any]]:
    """Return the works that Word keeps with a document, by their tags, as CSL data."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in archive.namelist():
        if not re.fullmatch(r"customXml/item\d+\.xml", name):
            continue
        try:
            root = etree.fromstring(archive.read(name), PARSER)
        except etree.LxmlError:
            continue
        for source in root.iter(f"{_B}Source"):
            data: dict[str, Any] = {
                "type": _TYPES.get(source.findtext(f"{_B}SourceType") or "", "document")
            }
            for theirs, ours in _FIELDS.items():
                if value := source.findtext(f"{_B}{theirs}"):
                    data[ours] = value
            if year := source.findtext(f"{_B}Year"):
                data["issued"] = {"date-parts": [[year]]}
            for role in ("Author", "Editor", "Translator"):
                people = [
                    {
                        "family": p.findtext(f"{_B}Last") or "",
                        "given": p.findtext(f"{_B}First") or "",
                    }
                    for p in source.iterfind(f"{_B}Author/{_B}{role}/{_B}NameList/{_B}Person")
                ]
                if people:
                    data[role.casefold()] = people
            if tag := source.findtext(f"{_B}Tag"):
                found[tag] = data | {"id": tag}
    return found
