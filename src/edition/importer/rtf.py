"""RTF as hypertext: paragraphs by their styles, notes, tables, lists, fields and pictures."""

import re
from dataclasses import dataclass, replace
from typing import Any

from edition.importer.citation_fields import items_of_code
from edition.importer.document import Item, Source
from edition.importer.elements import made
from edition.importer.html import read_html
from edition.importer.rtf_blocks import Blocks
from edition.importer.rtf_tokens import Token, tokens

_ON = {"i": "i", "b": "b", "scaps": "small-caps", "ul": "u", "strike": "s"}
_CHANGES = {"deleted": "span.deletion", "revised": "span.insertion"}
_PLACES = {"super": "sup", "sub": "sub", "nosupersub": ""}
_STYLED = frozenset((*_ON, *_PLACES, *_CHANGES, "plain", "lang", "v", "ulnone"))
_LANGUAGES = {
    9: "en", 7: "de", 12: "fr", 16: "it", 10: "es", 25: "ru", 8: "el", 19: "nl", 21: "pl",
    22: "pt", 29: "sv", 118: "la", 1: "ar", 5: "cs", 6: "da", 11: "fi", 13: "he", 14: "hu",
    20: "no", 24: "ro", 31: "tr", 34: "uk", 41: "fa",
}  # fmt: skip
# Groups that are read although they are marked as an addition, and others that hold no text.
_READ = frozenset("footnote fldinst annotation shpinst ud shppict listtext pntext".split())
_PASSED = frozenset(
    "fonttbl colortbl info listtable listoverridetable revtbl rsidtbl generator xe tc rxe "
    "nonesttables bkmkstart bkmkend pn pnseclvl nonshppict shprslt objdata themedata datastore "
    "latentstyles ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn sp panose falt upr filetbl".split()
)
_RUNNING = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
_COLLECTED = frozenset("listtext pntext fldinst pict running sn sv".split())

_DEEPEST = 20
"""Notes within notes."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a group says of its text; `place` is where the text goes, if not into a paragraph."""

    marks: frozenset[str] = frozenset()
    language: str = ""
    place: str = ""


@dataclass(slots=True)
class _Group:
    """What holds again after a group, and what the group is."""

    look: _Look
    paragraph: dict[str, int]
    flows: int
    kind: str = ""


class _Reader(Blocks):
    def __init__(self) -> None:
        super().__init__()
        self.look = _Look()
        self.groups: list[_Group] = []
        self.starred = False
        self.opened = False
        self.collected = self.words = ""
        self.codes: list[str] = []
        self.items: list[tuple[Item, ...]] = []
        self.left_out: list[str] = []
        self.pictures: dict[str, bytes] = {}
        self.picture = self.property = self.described = ""

    def read(self, data: bytes) -> None:
        """Read a whole document."""
        for token in tokens(data):
            match token.kind:
                case "{":
                    paragraph = dict(self.paragraph)
                    self.groups.append(_Group(self.look, paragraph, len(self.flows)))
                    self.opened = True
                    continue
                case "}":
                    self._close()
                case "text":
                    self._text(token.value)
                case "*":
                    self.starred = True
                    continue
                case _:
                    self._word(token)
            self.opened = self.starred = False
        while self.groups:  # a file that was cut off
            self._close()
        self.end_of_paragraph()
        self.end_of_table()

    # -- groups ---------------------------------------------------------------------------------

    def _word(self, token: Token) -> None:
        word, number = token.kind, token.number
        if self.opened and self.groups and self._begins(word):
            return
        if word == "s" and self.look.place == "stylesheet":
            self.paragraph["style"] = number or 0
        if self.look.place == "pict":
            self.picture = {"pngblip": "png", "jpegblip": "jpg"}.get(word, self.picture)
        elif self.look.place:
            return
        elif word in _STYLED:
            self._style(word, number)
        else:
            self._layout(word, number)

    def _begins(self, word: str) -> bool:
        """Tell whether a word says what its group is, and take note of that."""
        if word == "stylesheet":
            place = "stylesheet"
        elif word in _RUNNING:
            place = "running"
        elif word in _PASSED or (
            self.starred and word not in _READ and self.look.place != "stylesheet"
        ):
            place = "passed"
        elif word in ("listtext", "pntext", "fldinst", "pict"):
            place = word if self.look.place != "passed" else "passed"
        elif word in ("footnote", "annotation") and self.look.place:
            place = "passed"
        elif word in ("footnote", "annotation") and len(self.flows) > _DEEPEST:
            return False
        elif word in ("footnote", "annotation"):
            self.begin_flow()
            place = ""
        elif word in ("fldrslt", "shptxt"):
            place = ""
        elif word in ("sn", "sv") and [g.kind for g in self.groups[-3:-1]] == ["picprop", "sp"]:
            place = word
        else:
            return False
        if place in _COLLECTED:
            self.collected = ""
        self.groups[-1].kind = word
        self.look = replace(self.look, place=place)
        if word == "fldrslt":
            self.line().append(made("a"))
        return True

    def _close(self) -> None:
        if not self.groups:
            return
        group = self.groups.pop()
        match group.kind:
            case "footnote" | "annotation" if len(self.flows) > group.flows:
                self._end_flow(group.kind)
            case "fldinst":
                self.codes.append(self.collected.strip())
            case "fldrslt":
                self._end_field()
            case "listtext" | "pntext":
                self.flows[-1].number = self.collected.strip()
            case "sn" | "sv":
                self._end_property(group.kind)
            case "pict" if self.look.place == "pict":
                self._end_picture()
            case kind if kind in _RUNNING and self.collected.strip():
                self.left_out.append(" ".join(self.collected.split()))
        self.look, self.paragraph = group.look, group.paragraph

    def _end_flow(self, kind: str) -> None:
        self.end_of_paragraph()
        self.end_of_table()
        note = self.flows.pop().body
        if kind == "annotation":
            note = made("a")
            note.set("href", "#_cmnt")
        self.line().append(note)

    def _end_field(self) -> None:
        """Make what was shown since the field began a citation or a link."""
        code, line = self.codes.pop() if self.codes else "", self.line()
        begins = [a for a in line.iterchildren("a") if a.get("href") is None and not len(a)]
        if not begins:
            return
        link = begins[-1]
        link.text, link.tail = link.tail, None
        for after in list(link.itersiblings()):
            link.append(after)
        target = re.match(r'HYPERLINK\s+"?([^"\s]+)', code)
        link.set("href", target[1] if target else "")
        if cited := items_of_code(code, {}):
            self.items.append(cited)
            link.set("data-field", str(len(self.items) - 1))
        elif not target:
            link.tag = "span"

    def _end_property(self, part: str) -> None:
        """Take what is said of a picture, before whose digits its properties stand."""
        words, self.collected = self.collected.strip(), ""
        if part == "sv" and self.property == "wzDescription":
            self.described = words
        self.property = words

    def _end_picture(self) -> None:
        digits = re.sub(r"[^0-9a-fA-F]", "", self.collected)
        if not self.picture or len(digits) % 2:
            self.left_out.append("a picture of a kind that is not read")
            return
        name = f"picture-{len(self.pictures) + 1}.{self.picture}"
        self.pictures[name] = bytes.fromhex(digits)
        shown = made("img")
        shown.set("src", name)
        shown.set("alt", self.described)
        self.described = ""
        self.line().append(shown)

    # -- text -----------------------------------------------------------------------------------

    def _style(self, word: str, number: int | None) -> None:
        marks = self.look.marks
        if word == "plain":
            self.look = replace(self.look, marks=frozenset(), language="")
            return
        if word == "lang":
            self.look = replace(self.look, language=_LANGUAGES.get((number or 0) % 1024, ""))
            return
        if word in _PLACES:
            marks = (marks - {"sup", "sub"}) | ({_PLACES[word]} - {""})
        elif word == "ulnone" or number == 0:
            marks -= {_ON.get("ul" if word == "ulnone" else word, word)}
        else:
            marks |= {_ON.get(word, word)}
        self.look = replace(self.look, marks=marks)

    def _text(self, text: str) -> None:
        place = self.look.place
        if place == "stylesheet":
            name = text.strip().rstrip(";").strip()
            if "style" in self.paragraph and text.rstrip().endswith(";"):
                self.style_names.setdefault(self.paragraph["style"], name)
        elif place in _COLLECTED:
            self.collected += text
        elif "v" in self.look.marks:
            self.left_out.append(f"hidden words: {text.strip()}")
        elif place != "passed":
            comment = any(group.kind == "annotation" for group in self.groups)
            self.words += "" if comment or "deleted" in self.look.marks else text
            self._add(text)

    def _add(self, text: str) -> None:
        line = self.line()
        last = line[-1] if len(line) else None
        marks = sorted(self.look.marks)
        if not marks and not self.look.language:
            if last is None:
                line.text = (line.text or "") + text
            else:
                last.tail = (last.tail or "") + text
            return
        inner: Any = text
        for mark in marks:
            inner = made(_CHANGES.get(mark, mark), inner)
        if self.look.language:
            inner = made("span", inner)
            inner.set("lang", self.look.language)
        line.append(inner)

    def _layout(self, word: str, number: int | None) -> None:
        match word:
            case "par" | "sect" | "nestcell":
                self.end_of_paragraph()
            case "pard":
                self.paragraph = {}
            case "s" | "li" | "fi" | "outlinelevel" | "ilvl":
                self.paragraph[word] = number or 0
            case "intbl" | "pagebb":
                self.paragraph[word] = 1
            case "line":
                self.line().append(made("br"))
            case "page":
                self.page()
            case "trowd":
                self.edges, self.heads = [], False
            case "trhdr":
                self.heads = True
            case "cellx":
                self.edges.append(number or 0)
            case "cell":
                self.end_of_cell()
            case "row":
                self.end_of_row()


def read_rtf(data: bytes) -> Source:
    """Read a document."""
    reader = _Reader()
    reader.read(data)
    return read_html(
        reader.flows[0].body,
        words=reader.words,
        left_out=reader.left_out,
        format="RTF",
        fields=tuple(reader.items),
        pictures=reader.pictures,
    )
