# ruff: noqa: E501  (the parts of these files are as long as their names)
"""DOCX and ODT files with what only a word processor writes: fields, tracked changes, breaks."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{''.join(runs)}</w:p>"


def field(code: str, shown: str) -> str:
    """A complex field, its code in two runs as Word divides it."""
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(part)}</w:instrText></w:r>'
        for part in (code[:half], code[half:])
    )
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'{codes}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def csl(*items: dict[str, Any]) -> str:
    return json.dumps({"citationID": "x1", "properties": {}, "citationItems": list(items)})


def docx(
    *paragraphs: str,
    comments: str = "",
    styles: str = "",
    sources: str = "",
    notes: str = "",
    numbering: str = "",
) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{_OFFICE}.footnotes+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_OFFICE}.numbering+xml"/>'
        f'<Override PartName="/word/comments.xml" ContentType="{_OFFICE}.comments+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATIONS}/comments" Target="comments.xml"/>'
        f'<Relationship Id="r3" Type="{_RELATIONS}/footnotes" Target="footnotes.xml"/>'
        f'<Relationship Id="r4" Type="{_RELATIONS}/numbering" Target="numbering.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr>'
        f"</w:rPrDefault></w:docDefaults>{styles}</w:styles>",
        "word/comments.xml": f"<w:comments {_W}>{comments}</w:comments>",
        "word/footnotes.xml": f"<w:footnotes {_W}>{notes}</w:footnotes>",
        "word/numbering.xml": f"<w:numbering {_W}>{numbering}</w:numbering>",
        "word/document.xml": f"<w:document {_W}><w:body>{''.join(paragraphs)}</w:body></w:document>",
    }
    if sources:
        parts["customXml/item1.xml"] = (
            '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
            f"{sources}</b:Sources>"
        )
    return zipped(parts)


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "style": "style", "fo": "xsl-fo-compatible",
        "draw": "drawing", "svg": "svg-compatible", "table": "table",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip


def odt(*paragraphs: str, styles: str = "", parts: dict[str, str] | None = None) -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "styles.xml": f"<office:document-styles {_ODF}><office:styles>{styles}</office:styles></office:document-styles>",
            "content.xml": f"<office:document-content {_ODF}><office:body><office:text>"
            f"{''.join(paragraphs)}</office:text></office:body></office:document-content>",
            **(parts or {}),
        }
    )


def reference_mark(name: str, shown: str) -> str:
    """What Zotero puts into an ODT: the data as the mark's name."""
    typed = quoteattr(name)
    return (
        f"<text:reference-mark-start text:name={typed}/>{escape(shown)}"
        f"<text:reference-mark-end text:name={typed}/>"
    )
