"""Quotation marks: which opening mark and which closing mark belong together.

Everything here works on *prose*: a paragraph's content in which what is no prose (roles, code,
links, mathematics) is masked, character by character, so that offsets stay true. Marks are
paired in one pass with a stack, in linear time.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

MASK = "\0"

# The marks that each mark can close: English, German, Polish, French, Swedish, typewriter.
_CLOSES = {
    "”": "“„”‟",
    "“": "„”‟",  # ”so“ is typed in Hebrew, and by mistake
    "’": "‘‚‛",
    "‘": "‚",
    "»": "«»",
    "«": "»",
    "›": "‹›",
    "‹": "›",
    '"': '"„',
    "'": "'",
    "」": "「",
    "』": "『",
    "〟": "〝",
    "〞": "〝",
    "｣": "｢",
    "》": "《",
    "〉": "〈",
}
_MARKS = re.compile("[“”„‟«»‹›‘’‚‛\"'「」『』〝〟〞｢｣《》〈〉]")
_CJK_OPENING, _CJK_CLOSING = "「『〝｢《〈", "」』〟〞｣》〉"
_BEFORE_OPENING = frozenset("([{—–-/“„«‹‘‚\"'*_" + MASK)
# Words that begin with an apostrophe, often typed as an opening mark.
_ELISION = re.compile(
    r"(?:tis|twas|twere|twill|em|til|till|cause|bout|round|neath|n|t|k)\b|s[- ]|\d\ds?\b", re.I
)
_GENITIVE = re.compile(r"s\b")  # of a formula or of code: $x$'s
_WORD_FOLLOWS = re.compile(r"\s+\w")
_BLANKS = re.compile(r"\s+")
_NOTE_NUMBER = re.compile(r"\d{1,3}(?!\w)")
# ʿAyn typed as ‘ before its vowel, in names; these words begin English sentences instead.
_AYN = re.compile(
    r"(?!(?:A|An?d?|All|Any|As|At|Are|After|Again|Alas|Although|Among|Another|Each|Either|Enough"
    r"|Even|Every\w*|I|If|In|Into|Indeed|Is|It|Its|O|Of|Off|Oh|On|Once|One|Only|Or|Other|Our|Out"
    r"|Over|Under|Unless|Until|Up|Upon|Us)\b)[AEIOUaeiouĀĒĪŌŪāēīōūâêîôûáéíóú][’ʾ]?[^\W\d_]+",
    re.IGNORECASE,
)
# Marks that are typed otherwise: the entities of HTML, and two strokes as LaTeX has them.
_TYPED = re.compile(
    r"&(?P<name>[lr][ds]quo|[bs]dquo|[lr]a?aquo|quot|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
    r"|(?P<open>``)(?=[^\W_])|(?P<close>(?<=[\w.,;:!?…])'')(?!\w)"
)


def with_plain_marks(prose: str) -> str:
    """Return the prose with one mark at the end of each entity or pair of strokes for one."""
    if "&" not in prose and "``" not in prose:
        return prose
    return _TYPED.sub(_plain_mark, prose)


def _plain_mark(found: re.Match[str]) -> str:
    typed = found.group()
    mark = "“" if found["open"] else "”" if found["close"] else unescape(typed)
    if len(mark) != 1 or not _MARKS.match(mark):
        return typed
    return MASK * (len(typed) - 1) + mark


def typed_start(content: str, at: int) -> int:
    """Return where the mark at an offset of the prose begins as it is typed."""
    if content[at] == ";":
        return max(content.rfind("&", 0, at), 0)
    return at - 1 if content[at] in "`'" and content[at - 1 : at] == content[at] else at


class Quoted(NamedTuple):
    """A run of text in quotation marks: offsets of the opening mark and past the closing one."""

    start: int
    end: int

    def inner(self, content: str) -> str:
        """Return the text between the marks."""
        return content[self.start + 1 : self.end - 1]


class Pairing(NamedTuple):
    """The marks of a paragraph.

    `quoted` are the outermost runs, in order. The others are offsets of marks: `nested` open
    a run right within a run of the same marks, `unclosed` open what nothing closes, `unopened`
    close what nothing opened. A mark that may be an apostrophe is never among them.
    """

    quoted: tuple[Quoted, ...] = ()
    nested: tuple[int, ...] = ()
    unclosed: tuple[int, ...] = ()
    unopened: tuple[int, ...] = ()


@dataclass(slots=True)
class _Open:
    """An opening mark; `doubtful` is where it closes if an `s’` was no possessive."""

    mark: str
    at: int
    doubtful: int | None = None


def pair_marks(prose: str) -> Pairing:
    """Pair the quotation marks of a paragraph."""
    if not _MARKS.search(prose):
        return Pairing()
    pairing = _MarkStack(prose)
    for match in _MARKS.finditer(prose):
        pairing.take(match.group(), match.start())
    return pairing.result()


class _MarkStack:
    """The marks met so far that are still open, and what has been paired."""

    def __init__(self, prose: str) -> None:
        self.prose = prose
        self.stack: list[_Open] = []
        self.open: Counter[str] = Counter()
        self.pairs: list[Quoted] = []
        self.unclosed: list[int] = []
        self.unopened: list[int] = []

    def take(self, mark: str, at: int) -> None:
        """Take the next mark of the prose."""
        escaped = at > 0 and self.prose[at - 1] == "\\"
        before = self.prose[at - 1 - escaped] if at > escaped else " "
        after = self.prose[at + 1] if at + 1 < len(self.prose) else " "
        if mark == '"' and before.isalpha() and after.isalpha():
            return  # an abbreviation in Hebrew
        if mark in "'\"" and mark in (before, after):
            return  # half of a mark made of two, ''so'', or of seconds
        at_end = self.prose[at + 1 : at + 2] in ("", MASK)
        top = self.stack[-1] if mark == '"' and before.isspace() and self.stack else None
        if top is not None and top.mark == mark and _BLANKS.fullmatch(self.prose, top.at + 1, at):
            self._close(mark, at)  # a quoted blank, " "
            return
        apart = after.isspace() or (after in ".,;:!?)[" + MASK and self._is_apart(mark))
        if mark == '"' and before.isspace() and apart:
            if self.prose[max(at - 2, 0)].isdigit():
                return  # inches
            if self.open[mark]:
                self._close(mark, at)
            else:
                self._push(mark, at)
            return
        if mark == "»" and before.isspace() and at_end and not any(self.open.values()):
            return  # an arrow: “Next »”
        openers = _CLOSES.get(mark, "")
        noted = after.isdigit() and _NOTE_NUMBER.match(self.prose, at + 1) is not None
        if _may_close(mark, before, after, noted=noted) and any(
            self.open[opener] for opener in openers
        ):
            if mark in "’'":
                self._close_single(openers, at)
            else:
                self._close(openers, at)
        elif self._may_open(mark, at, before, after):
            if mark == "‘" and self.stack and self.stack[-1].doubtful is not None:
                self._drop()
            self._push(mark, at)
        elif mark in "”»›" + _CJK_CLOSING or (mark == '"' and not before.isdigit()):
            self.unopened.append(at)

    def _is_apart(self, mark: str) -> bool:
        """Tell whether a blank is behind the open mark: `" so "`, as old books have it."""
        opened = next((o for o in reversed(self.stack) if o.mark == mark), None)
        return opened is not None and self.prose[opened.at + 1].isspace()

    def _push(self, mark: str, at: int) -> None:
        self.stack.append(_Open(mark, at))
        self.open[mark] += 1

    def _may_open(self, mark: str, at: int, before: str, after: str) -> bool:
        if mark in "“„‟«‹‚‛" + _CJK_OPENING:
            return True
        if mark == "’" or after.isspace():
            return False
        listed = mark == '"' and before in ",;:="  # typed without blanks: "px","in", (="out")
        if not (before.isspace() or before in _BEFORE_OPENING or listed):
            return False
        if before == MASK and mark in "‘'" and _GENITIVE.match(self.prose, at + 1):
            return False
        return mark not in "‘'" or not _ELISION.match(self.prose, at + 1)

    def _close_single(self, openers: str, at: int) -> None:
        """Close with a mark that may be an apostrophe: only what is open right around it.

        After an s, with a word to follow, it may be a possessive; then it closes only what
        nothing else does.
        """
        top = self.stack[-1]
        if top.mark not in openers:
            return
        if self.prose[at - 1] in "sS" and _WORD_FOLLOWS.match(self.prose, at + 1):
            if top.doubtful is None:
                top.doubtful = at
        else:
            self._close(openers, at)

    def _close(self, openers: str, at: int) -> None:
        while self.stack[-1].mark not in openers:
            self._drop()
        opened = self.stack.pop()
        self.open[opened.mark] -= 1
        self.pairs.append(Quoted(opened.at, at + 1))

    def _drop(self) -> None:
        """Take the innermost mark off: closed at its doubtful place, else unclosed."""
        opened = self.stack.pop()
        self.open[opened.mark] -= 1
        is_name = opened.mark == "‘" and _AYN.match(self.prose, opened.at + 1)
        if opened.doubtful is not None and not is_name:
            self.pairs.append(Quoted(opened.at, opened.doubtful + 1))
        elif opened.mark != "'" and not is_name:
            self.unclosed.append(opened.at)

    def result(self) -> Pairing:
        """Return all pairs and all marks without a partner."""
        while self.stack:
            self._drop()
        pairs = sorted(self.pairs, key=lambda pair: pair.start)
        return Pairing(
            quoted=tuple(_outermost(pairs)),
            nested=tuple(_nested(pairs, self.prose)),
            unclosed=tuple(sorted(self.unclosed)),
            unopened=tuple(self.unopened),
        )


def _may_close(mark: str, before: str, after: str, *, noted: bool) -> bool:
    """Tell whether a mark may close; `noted` says that a number of a note follows: `so“3`."""
    if mark in "”" + _CJK_CLOSING:
        return True
    outside = before.isspace() or before in "([{"
    if after.isalnum():
        return noted and not outside and not (mark in "'\"" and before.isdigit())
    return mark in "»«›‹" or not outside


def is_closed_by(opening: str, closing: str) -> bool:
    """Return True if a mark can close what another one opens."""
    return opening in _CLOSES.get(closing, "")


def _outermost(pairs: Sequence[Quoted]) -> Iterator[Quoted]:
    end = 0
    for pair in pairs:
        if pair.start >= end:
            yield pair
            end = pair.end


def _nested(pairs: Sequence[Quoted], prose: str) -> Iterator[int]:
    """Yield the beginnings of runs that are directly within a run of the same marks."""
    around: list[Quoted] = []
    for pair in pairs:
        while around and around[-1].end <= pair.start:
            around.pop()
        if around and prose[around[-1].start] == prose[pair.start]:
            yield pair.start
        around.append(pair)
