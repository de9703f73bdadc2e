"""Which quotations a reader finds, and which citations it takes to be theirs.

Each case is a small text with the lines on which a quotation wants a reference, and the keys
whose citation wants a locator; a good text has neither.
"""

from time import process_time

import pytest

from edition.model import Bibliography, Document, Edition, MarkFaultKind, QuotationForm
from edition.myst import read_document
from edition.rules import find_rule

A = "{cite:p}`hart{p. 19}`"
B = "{cite:p}`aves{p. 3}`"
HART = "{cite:t}`hart`"
WORDS = "the tide went out and never came back"


EXTENSIONS = frozenset({"attrs_block", "attrs_inline", "colon_fence", "deflist"})


def read(text: str) -> Document:
    return read_document(text, "a.md", extensions=EXTENSIONS)


def findings(text: str) -> tuple[list[int], list[str]]:
    edition = Edition(documents=(read(text),), bibliography=Bibliography())
    unreferenced = [d.location.line for d in find_rule("Q101").check(edition)]
    lines = text.split("\n")
    unlocated = []
    for found in find_rule("L101").check(edition):
        rest = lines[found.location.line - 1][found.location.column - 1 :]
        unlocated.append(rest.split("`")[0].split("{")[0].split(",")[0])
    return unreferenced, unlocated


GOOD = {
    # What no author said
    "a title in Chinese marks": "他读《中华人民共和国宪法修正案及其说明》。",
    "an example": f"Rules of thumb such as “{WORDS}” are old.",
    "so-called": f"The so-called “{WORDS}” is old, und der sogenannte „{WORDS}“ auch.",
    "a gloss": f"The Latin motto, meaning “{WORDS}”, is carved there.",
    "a question that is asked": "To the question “where does the harbour end and the sea begin?”",
    "a warning as a block quote": "> **Warning**\n> Do not cross the bar at low water.",
    "code as a block quote": "> `tide = ebb(10, 40, 4)`",
    "a warning by its sign": "> ⚡ To end the watch, ring the bell three times.",
    "a warning by the name of its sign": "> :warning: Ring the bell at low water and not before.",
    "names in a list without blanks": 'The units are "em", "px","in" ,"cm".',
    "names with a letter for ‘": "The Qur’an, ‘Ā’isha and the ‘ulama’.",
    # Where the reference stands
    "right after": f"She wrote “{WORDS}” {A}.",
    "after the stop": f"She wrote “{WORDS}.” {A}",
    "after the stop outside": f"She wrote “{WORDS}”. {A}",
    "in brackets": f"She wrote “{WORDS}” ({A}).",
    "alone in the next paragraph": f"She wrote “{WORDS}”.\n\n{A}",
    "in a row of a list that is a table": f"```{{list-table}}\n* - “{WORDS}”\n  - {A}\n```",
    "closed by a typewriter’s mark": f'Sie schrieb „{WORDS}" {A}.',
    "attribution after a long dash": f"> {WORDS}\n> ― {A}",
    "attribution typed by hand": f"> {WORDS}\n>\n> — Hart, *Log*, p. 3",
    "later in the sentence": f"She wrote “{WORDS}” in that winter {A}.",
    "reference typed by hand in its note": f"She wrote “{WORDS}”.[^a]\n\n[^a]: Hart, *Log*, p. 3.",
    "reference typed by hand behind it": f"She wrote “{WORDS}” (Hart 1831, p. 3).",
    "attribution as an attribute": (
        f'{{attribution="Ann Dove, {{cite:t}}`hart{{p. 3}}`"}}\n> {WORDS}\n'
    ),
    "before in the sentence": f"In {{cite:t}}`hart{{p. 19}}` we read “{WORDS}”.",
    "before, past abbreviations": f"In {{cite:t}}`hart{{p. 19}}`, cf. Mr. A. B. Hart, “{WORDS}”.",
    "in a footnote": f"She wrote “{WORDS}”.[^a]\n\n[^a]: {A}",
    "in a footnote that names more": f"She wrote “{WORDS}”.[^a]\n\n[^a]: {A}; see {HART} too.",
    "in a footnote above": f"[^a]: {A}\n\nShe wrote “{WORDS}”.[^a]",
    "footnote before the reference": f"She wrote “{WORDS}”[^a] {A}.\n\n[^a]: So it is.",
    "on the next line": f"She wrote “{WORDS}”\n{A}.",
    "role broken over lines": f"She wrote “{WORDS}” {{cite:p}}`hart\n{{p. 19}}`.",
    "chapter as locator": f"She wrote “{WORDS}” {{cite:p}}`hart{{chap. 3}}`.",
    "bare number as locator": f"She wrote “{WORDS}” {{cite:p}}`hart{{19}}`.",
    "work named before, located after": f"As {HART} wrote, “{WORDS}” {A}.",
    "work named between, located after": f"“{WORDS}”, as {HART} has it {A}.",
    "work named beside the reference": f"“{WORDS}” {A} {{cite:t}}`aves`.",
    "work named in a later sentence": f"“{WORDS}” {A}. Her letters {{cite:p}}`hart` were late.",
    "located reference before, work after": (
        f"In {{cite:t}}`hart{{p. 19}}` “{WORDS}” is what {{cite:t}}`aves` copied."
    ),
    "two under one reference": f"“{WORDS}” and “{WORDS} to us” {A}.",
    "second after a shared reference": f"“{WORDS}” {A}, and “no pilot came to the harbour”.",
    "two with one each": f"“{WORDS}” {A}, but “no pilot came to the harbour” {B}.",
    "broken by he said": f"“The tide,” he said, “went out and never came back” {A}.",
    "bold and italic": f"She wrote *“{WORDS}”* {A} and **“{WORDS}”** {B}.",
    # Marks
    "British": f"She wrote ‘{WORDS}’ {A}.",
    "British with a possessive": f"She wrote ‘the workers’ state went out and never came’ {A}.",
    "British with it’s": f"She wrote ‘it’s the tide that never came back’ {A}.",
    "British short before apostrophes": "The ‘tide’ of the dogs’ leader and the cats’ was out.",
    "British scare quote ending in s": "The ‘boats’ were lost, and the men’s wives waited.",
    "straight": f'She wrote "{WORDS}" {A}.',
    "straight single": f"She wrote '{WORDS}' {A}.",
    "straight apostrophes": "The dogs' leader and the cats' wife weren't pilots' friends.",
    "elisions": "’Tis the tide of ’17, ‘tis the tide, 'twas the dogs' own and the cats' tide.",
    "French": f"Elle écrit « {WORDS} » {A}.",
    "French, no-break spaces": f"Elle écrit «\u00a0{WORDS}\u00a0» {A}.",
    "German": f"Sie schrieb „{WORDS}“ {A}.",
    "German guillemets": f"Sie schrieb »{WORDS}« {A}, und »{WORDS}« {B}.",
    "Polish": f"Ona „{WORDS}” {A}.",
    "Japanese": f"彼女は「潮が引いて二度と戻って来なかった」と書いた {A}。",
    "entities": f"She wrote &ldquo;{WORDS}&rdquo; {A}.",
    "over a list": (
        f"She wrote: “there are three tides:\n\n- the ebb,\n- the flood,\n- the third.” {A}"
    ),
    "over a list and behind it": (
        f"She: “there are tides:\n\n- the ebb,\n- the flood,\n\nand no other” {A}."
    ),
    "LaTeX": f"She wrote ``{WORDS}'' {A}.",
    "blanks within straight marks": f'She wrote " {WORDS} " {A}.',
    "nested": f"She wrote “the tide, ‘my tide and yours’, went out” {A}.",
    "nested British": f"She wrote ‘the tide, “my tide and yours”, went out’ {A}.",
    "inches": 'A 6" gun and a 12" gun stood on the shore all that long winter.',
    "unclosed": "She wrote “the tide went out and never came back, and left it there.",
    # What wants none
    "five words": "He spoke of “the tide going out again”.",
    "editor’s bracket makes no word": "He spoke of “[t]he tide that goes out” often.",
    "accent made of two characters": "Of “l’e\u0301te\u0301 a\u0300 mare\u0301e si haute” now.",
    "scare quotes": "The “harbour” of the “free” pilots.",
    "headline": "In a chapter called “The Harbour and What the Pilots Said” she is silent.",
    "headline of short words": "See “The Tide and the Sea in It” for more.",
    "title after its noun": "In her essay “The harbour and what the pilots said” she is silent.",
    "title by its owner and year": "See his “The tide and what it left behind” (1831) for more.",
    "title in a periodical": "See her “Tide: what it left behind on the shore” in *Aves*.",
    "title after its noun in Italian": "Nel saggio «Della marea e di quel che lascia» è detto.",
    "title after its noun in Spanish": "En el artículo «De la marea y de lo que deja» se dice.",
    "title after its noun in Russian": "В очерке «О приливе и о том, что он оставляет» сказано.",
    "sense of a word": "The *ebb* (“that which goes out from the shore”) is long.",
    "sense of a Greek word": "Is ἀλήθεια (“that which is not hidden from men”) truth?",
    "sense of a term": "By “tide” we mean “the rise and fall of the sea in a day”.",
    "motto": "Its motto is “time and tide wait for no man at all”.",
    "proverb in German": "Das Sprichwort „Zeit und Flut warten auf keinen Mann der See“ ist alt.",
    "what is typed": "Enter “yes I want to go on now please” there.",
    "pandoc’s citation, of which another rule speaks": f"She wrote “{WORDS}” [@hart, p. 3].",
    "code": f"Type `“{WORDS}”` there.",
    "code block": f"```\n“{WORDS}”\n```",
    "directive of code": f"```{{code-block}} text\n“{WORDS}”\n```",
    "comment": f"% “{WORDS}”\n\nText.",
    "HTML comment": f"<!-- “{WORDS}” -->\n\nText.",
    "inline HTML comment": f"Text <!-- “{WORDS}” --> more.",
    "link address": f'See [here](x "“{WORDS}”").',
    "heading": f"# “{WORDS}”",
    "front matter": f"---\ntitle: “{WORDS}”\n---\n\nText.",
    "image": f"![“{WORDS}”](a.png)",
    "title of an admonition": f":::{{admonition}} “{WORDS}”\nText.\n:::",
    "ayn": "The tomb of ‘Ali and of ‘Abd al-Malik, and the ‘ulama of Isma‘il, stand there.",
    "ayn and a possessive": "The boats of ‘Umar and of all the old pilots’ wives were lost.",
    "Dutch and Hawaiian": "In ‘s-Gravenhage ‘t was late; the ‘ōkina of ‘Iolani is a letter.",
    "Hebrew abbreviation": 'The צה"ל and the ארה"ב are abbreviations.',
    "address": "The address is “https://example.org/a/b/c/d/e/f”, or “www.example.org/a b c d e”.",
    "file name": "Open “My notes on the tide and the harbour.docx” or “C:\\Users\\a b c d e f g”.",
    "one long word": "The key “a-b_c.d.e.f.g.h” is set.",
    "code in marks": "Then “if tide = 1 then go out now” runs.",
    "title in a link": "See the paper [“Growth in the time of debt and of the tide”](https://a.org).",
    "all that a link to a website says": f"See [“{WORDS}”](https://example.org/tide) for it.",
    "prompt": "We gave ChatGPT the prompt “write me a long poem on the tide”.",
    "error message": "It ends in the error message “the tide went out and never came”.",
    "title of a paper": "See the paper “A short history of the harbour and its pilots” for more.",
    "Japanese title": "『吾輩は猫である』は小説だ。",
    "inches between blanks": 'A board of 5 " by 6 " and a mast of ten feet lay on the quay.',
    # Displayed
    "last paragraph": f"> {WORDS}\n>\n> {A}",
    "same paragraph": f"> {WORDS} {A}",
    "attribution": f"> {WORDS}\n>\n> -- {{cite:t}}`hart{{p. 19}}`",
    "attribution on the next line": f"> {WORDS}\n> — Ada, in {{cite:t}}`hart{{p. 19}}`",
    "attribution at second hand": f"> {WORDS}\n>\n> — {HART}, in {B}",
    "paragraph right after": f"> {WORDS}\n\n{A}",
    "paragraph right after, with a remark": f"> {WORDS}\n\n{A} Emphasis in the original.",
    "long remark": f"> {WORDS}\n>\n> {A} Emphasis in the original; the translation is ours.",
    "remark before": f"> {WORDS}\n\n(Emphasis added. {A})",
    "a footnote": f"> {WORDS}[^a]\n\n[^a]: {A}",
    "a footnote right after": f"> {WORDS}\n\n[^a]\n\n[^a]: {A}",
    "comment between": f"> {WORDS}\n\n<!-- checked -->\n\n{A}",
    "MyST comment between": f"> {WORDS}\n\n% checked\n\n{A}",
    "several paragraphs": f"> {WORDS}\n>\n> No pilot came.\n>\n> {A}",
    "reference in the first of several paragraphs": f"> {WORDS} {A}\n>\n> No pilot came.",
    "work named within": f"> The tide, as {{cite:t}}`aves` says, went out. {A}",
    "marks within": f"> “{WORDS}”, she said, “and no pilot came to the harbour”.\n>\n> {A}",
    "introduced with a reference": f"In {{cite:t}}`hart{{p. 19}}` we read:\n\n> {WORDS}",
    "nested block quotes": f"> > {WORDS}\n>\n> {A}",
    "epigraph": f"```{{epigraph}}\n{WORDS}\n\n-- {{cite:t}}`hart{{p. 19}}`\n```",
    "epigraph from its first line": f":::{{epigraph}} {WORDS}\n{A}\n:::",
    "pull-quote": f":::{{pull-quote}}\n{WORDS}\n\n{A}\n:::",
    "epigraph, paragraph after": f":::{{epigraph}}\n{WORDS}\n:::\n\n{A}",
    "quotation": f":::{{quotation}} hart\n:page: 19\n\n{WORDS}\n:::",
    "quotation without argument": f":::{{quotation}}\n{WORDS}\n\n{A}\n:::",
    "block quote of a picture": "> ![A boat](a.png)",
    "empty block quote": ">",
    # Where they stand
    "list item": f"- “{WORDS}” {A}\n- Text.",
    "block quote in a list item": f"- Text.\n\n  > {WORDS}\n  >\n  > {A}",
    "list introduced with a reference": f"So {{cite:t}}`hart{{19}}`:\n\n- “{WORDS}”\n- a",
    "cell": f"| a | b |\n|---|---|\n| “{WORDS}” {A} | c |",
    "cell beside": f"| a | b |\n|---|---|\n| “{WORDS}” | {A} |",
    "definition": f"tide\n: “{WORDS}” {A}",
    "commentary": f":::{{commentary}}\n“{WORDS}” {A}\n:::",
    "within a footnote": f"Text.[^a]\n\n[^a]: “{WORDS}” {A}.",
    "two paragraphs in marks": f"“The tide went out.\n\n“It never came back to us” {A}.",
    "link within": f"She wrote “the [tide](b.md) went out and never came back” {A}.",
    # One fault, one finding: another rule speaks of these
    "reference that cannot be read": f"She wrote “{WORDS}” {{cite:p}}`hart{{fol. 3{{r}}}}`.",
    "empty braces": f"> {WORDS}\n>\n> {{cite:p}}`hart{{}}`",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_good_text_has_no_finding(text: str) -> None:
    assert findings(text) == ([], [])


# The text, the lines of quotations without a reference, the keys without a locator.
BAD = {
    "a sentence in Chinese marks": (
        "他说《潮水退去再也没有回来过，港口里的人都这样说》。",
        [1],
        [],
    ),
    "cited in another clause": (
        f"{{cite:t}}`hart{{p. 19}}` is wrong; a pilot wrote “{WORDS}”.",
        [1],
        [],
    ),
    "inline": (f"Text.\n\nShe wrote “{WORDS}” once.", [3], []),
    "on the second line": (f"Text and\nshe wrote “{WORDS}”.", [2], []),
    "over lines": ("She wrote “the tide\nwent out and never came\nback”.", [1], []),
    "British": (f"She wrote ‘{WORDS}’ once.", [1], []),
    "British after a possessive": (f"The pilots’ wives wrote ‘{WORDS}’ once.", [1], []),
    "straight": (f'She wrote "{WORDS}" once.', [1], []),
    "straight single": (f"She wrote '{WORDS}' once.", [1], []),
    "French": (f"Elle écrit « {WORDS} ».", [1], []),
    "German": (f"Sie schrieb „{WORDS}“.", [1], []),
    "Chinese": ("她寫道「潮水退去再也沒有回來過」。", [1], []),
    "Japanese": ("彼は『潮が引いて二度と戻って来なかった』と書いた。", [1], []),
    "entities": (f"Text &ldquo;{WORDS}&rdquo;.", [1], []),
    "numeric entities": (f"Text &#8220;{WORDS}&#8221;.", [1], []),
    "LaTeX": (f"Text ``{WORDS}'' there.", [1], []),
    "blanks within": (f'She wrote " {WORDS} " once.', [1], []),
    "over a list": ("She: “there are three tides:\n\n- the ebb,\n- the flood.”", [1], []),
    "name with an ayn": (f"The poet ‘Ali wrote “{WORDS}”.", [1], []),
    "six words": ("She wrote “the tide went out at night” once.", [1], []),
    "broken by he said": ("“The tide,” he said, “went out and never came”.", [1], []),
    "nested": ("She wrote “the tide, ‘mine’, went out at night”.", [1], []),
    "emphasis": (f"She wrote *“{WORDS}”* once.", [1], []),
    "in a link": (f"See [“{WORDS}”](b.md).", [1], []),
    "starting like a title": ("“The Tide went out and never came back”.", [1], []),
    "what he called": (f"What she called “{WORDS}”.", [1], []),
    "reference in the paragraph above": (f"Text {A}.\n\nShe wrote “{WORDS}”.", [3], []),
    "reference in the sentence before": (f"Text {A}. She wrote “{WORDS}”.", [1], []),
    "reference in the paragraph below": (f"She wrote “{WORDS}”.\n\nText {A}.", [1], []),
    "work named in a later sentence": (f"She wrote “{WORDS}”. {HART} was late.", [1], []),
    "footnote without citation": (f"She wrote “{WORDS}”.[^a]\n\n[^a]: So it is.", [1], []),
    "reference in a later sentence": (f"She wrote “{WORDS}”. So she had in May {A}.", [1], []),
    "what another claim cites": (f"The tide is old {A}, and he wrote “{WORDS}”.", [1], []),
    "introduced by another claim": (f"The tide is old {A}, and he wrote:\n\n> {WORDS}", [3], []),
    "paragraph below that goes on": (
        f"> {WORDS}\n\n{A} and in May of that year the tide turned.",
        [1],
        [],
    ),
    "two": (f"She wrote “{WORDS}” and he “{WORDS} to us”.", [1, 1], []),
    "list item": (f"- Text.\n- “{WORDS}”", [2], []),
    "cell": (f"| a | b |\n|---|---|\n| “{WORDS}” | c |", [3], []),
    "cell of another row": (f"| a | b |\n|---|---|\n| “{WORDS}” | c |\n| d | {A} |", [3], []),
    "definition": (f"tide\n: “{WORDS}”", [2], []),
    "commentary": (f":::{{commentary}}\n“{WORDS}”\n:::", [2], []),
    "passage": (f"(p1)=\n:::{{passage}}\n“{WORDS}”\n:::", [3], []),
    "first line of a note": (f":::{{note}} She wrote “{WORDS}”.\n:::", [1], []),
    "within a footnote": (f"Text.[^a]\n\n[^a]: “{WORDS}”.", [3], []),
    "two paragraphs in marks": (
        "Text: “the tide went out.\n\n“It never came back to us.”",
        [1],
        [],
    ),
    "block quote": (f"Text.\n\n> {WORDS}", [3], []),
    "short block quote": ("> The tide.", [1], []),
    "block quote with a dash": ("> The tide—my tide—went out.", [1], []),
    "block quote, name as attribution": (f"> {WORDS}\n>\n> -- Ada Hart", [1], []),
    "block quote, prose after": (
        f"> {WORDS}\n\nThe pilots of that harbour went home {A}.",
        [1],
        [],
    ),
    "block quote, reference too late": (f"> {WORDS}\n\nText.\n\n{A}", [1], []),
    "two block quotes": (f"> {WORDS}\n\nText.\n\n> {WORDS}\n>\n> {A}", [1], []),
    "epigraph": (f"Text.\n\n```{{epigraph}}\n{WORDS}\n```", [3], []),
    "quotation": (f":::{{quotation}}\n{WORDS}\n:::", [1], []),
    "block quote in a list": (f"- Text.\n\n  > {WORDS}", [3], []),
    "block quote in a passage": (f":::{{passage}}\nText.\n\n> {WORDS}\n:::", [4], []),
    # Locators
    "no locator": (f"She wrote “{WORDS}” {{cite:p}}`hart`.", [], ["hart"]),
    "no locator, after the stop": (f"She wrote “{WORDS}.” {{cite:p}}`hart`", [], ["hart"]),
    "no locator, before": (f"As {HART} wrote, “{WORDS}”.", [], ["hart"]),
    "no locator, in a footnote": (
        f"She wrote “{WORDS}”.[^a]\n\n[^a]: {HART}; see {{cite:t}}`aves`.",
        [],
        ["hart"],
    ),
    "no locator, block quote": (f"> {WORDS}\n>\n> {{cite:p}}`hart`", [], ["hart"]),
    "no locator, attribution": (f"> {WORDS}\n>\n> -- {HART}", [], ["hart"]),
    "no locator, below": (f"> {WORDS}\n\n{{cite:p}}`hart`", [], ["hart"]),
    "no locator, second key": (
        f"She wrote “{WORDS}” {{cite:p}}`hart{{p. 19}}, aves`.",
        [],
        ["aves"],
    ),
    "no page": (f":::{{quotation}} hart\n{WORDS}\n:::", [], ["hart"]),
    "no locator, second quotation": (
        f"“{WORDS}” {A} and, as {{cite:t}}`aves` puts it, “no pilot came to the harbour”.",
        [],
        ["aves"],
    ),
}


@pytest.mark.parametrize(("text", "unreferenced", "unlocated"), BAD.values(), ids=BAD.keys())
def test_bad_text_has_its_finding(text: str, unreferenced: list[int], unlocated: list[str]) -> None:
    assert findings(text) == (unreferenced, unlocated)


@pytest.mark.parametrize(
    "before",
    [
        "The press reported that",
        "The command of the army wrote that",
        "The agent reported to the ministry:",
        "Claude Lévi-Strauss writes that",
        "This prompted her to write that",
        "To my query he answered that",
        "She told it to her sister:",
        "The model of the ship was, she said,",
    ],
)
def test_words_of_the_office_do_not_hide_a_quotation(before: str) -> None:
    assert findings(f"{before} “{WORDS}”.") == ([1], [])


@pytest.mark.parametrize(
    "before",
    [
        "We gave the model the prompt",
        "ChatGPT answered:",
        "Click on",
        "The button labelled",
        "I prompted Claude to do it:",
        "Claude Code answered",
        "Then press",
        "We searched for",
        "It failed with the error message",
    ],
)
def test_words_of_machines_are_no_quotation(before: str) -> None:
    assert findings(f"{before} “{WORDS}”.") == ([], [])


@pytest.mark.parametrize(
    "date",
    [
        "November 2020",
        "in May 1917",
        "14 December 1799",
        "December 14, 1799",
        "May–June 1917",
        "im März 1917",
        "5 мая 1917",
        "1er mai 1917",
        "June",
    ],
)
def test_a_date_in_parentheses_is_no_reference(date: str) -> None:
    [quotation] = read(f"She wrote “{WORDS}” ({date}).").quotations
    assert quotation.typed is None


@pytest.mark.parametrize(
    "typed", ["Hart 1831", "Hart, Mai 1831, p. 3", "Letter of 5 May 1917, f. 3"]
)
def test_a_reference_with_a_date_is_one(typed: str) -> None:
    [quotation] = read(f"She wrote “{WORDS}” ({typed}).").quotations
    assert quotation.typed is not None


@pytest.mark.parametrize(
    "typed", ["Gen. 1:3", "Gn 1, 3", "*Il.* 1.1", "Hom. *Od.* 4.12", "§ 12", "art. 12", "fol. 3r"]
)
def test_a_place_alone_is_a_reference(typed: str) -> None:
    [quotation] = read(f"She wrote “{WORDS}” ({typed}).").quotations
    assert quotation.typed is not None
    assert quotation.typed.text == typed


@pytest.mark.parametrize(
    "remark",
    [
        "figure 3",
        "Figure 3",
        "Abb. 2",
        "see Fig. 4b",
        "chapter 2",
        "table 4 below",
        "in 1917 and 1921",
        "12 men",
        "p’s",
        "grant NSF 1912266",
    ],
)
def test_a_remark_with_a_number_is_no_reference(remark: str) -> None:
    [quotation] = read(f"She wrote “{WORDS}” ({remark}).").quotations
    assert quotation.typed is None


def test_a_translation_with_a_year_is_no_reference() -> None:
    found = read(f"She wrote “{WORDS}” (‘die Flut ging aus im Jahr 1831–32 und kam nie wieder’).")
    assert [q.typed for q in found.quotations] == [None, None]


def test_what_an_unknown_directive_holds_may_be_code() -> None:
    code = 'df = read("tide.csv")\n   for row in df:\n       write(*row, name="x\n   end'
    found = read_document(f".. listing-of-ours:: a\n   :lines: 2\n\n   {code}\n\nEnd.\n", "a.rst")
    assert (found.refused, found.mark_faults) == ((), ())
    text = read_document(".. box-of-ours::\n\n   She wrote “out :cite:p:`hart`.\n", "a.rst")
    assert [len(text.mark_faults), len(text.citations)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        f"“{WORDS}”.[^a] The reply came in May.[^b]\n\n[^a]: Hart, *Log*, p. 9.\n[^b]: {B}",
        f"It has it {B}, and so she meant it:\n\n> {WORDS}[^a]\n\n[^a]: Hart, *Log*, p. 38.",
        f"“{WORDS}” (Hart, *Log*, p. 38), and later {B}.",
    ],
)
def test_a_reference_typed_by_hand_is_the_quotations_own(text: str) -> None:
    [quotation] = read(text).quotations
    assert quotation.citations == ()
    assert quotation.typed is not None
    assert quotation.typed.text.startswith("Hart, *Log*")


def bound(text: str) -> list[list[str]]:
    return [[c.key for c in q.citations] for q in read(text).quotations]


def test_two_quotations_under_one_reference_are_two() -> None:
    assert bound(f"“{WORDS}” and “{WORDS} to us” {A}.") == [["hart"], ["hart"]]


@pytest.mark.parametrize(
    "text",
    [
        f"“The tide,” he said, “went out and never came back” {A}.",
        f"‘The tide’, she wrote in May, ‘went out and never came back’ {A}.",
        f"“The tide”—so she wrote—“went out and never came back” {A}.",
        f"«\u00a0The tide\u00a0», écrit-elle, «\u00a0went out and never came back\u00a0» {A}.",
        f"“The tide went out of the harbour,” she wrote. “It never came back” {A}.",
    ],
)
def test_a_quotation_broken_by_he_said_is_one(text: str) -> None:
    assert bound(text) == [["hart"]]
    quotation = read(text).quotations[0]
    assert quotation.text is not None
    assert quotation.text.strip().startswith("The tide")
    assert quotation.text.strip().endswith("never came back")
    assert quotation.location.column == 1


def test_each_of_two_quotations_takes_its_own_reference() -> None:
    assert bound(f"“{WORDS}” {A}, but “no pilot came to the harbour” {B}.") == [["hart"], ["aves"]]


def test_adjacent_references_belong_to_one_quotation() -> None:
    assert bound(f"“{WORDS}” {A} {B}.") == [["hart", "aves"]]


def test_a_short_quotation_counts_with_a_located_reference_right_behind() -> None:
    assert bound(f"a “workers’ state” {A}, “free” as the pilots") == [["hart"]]
    assert bound("a “workers’ state” {cite:p}`hart`") == []


def test_the_setting_moves_the_limit() -> None:
    text = "She wrote “the tide went” once."
    assert not read_document(text, "a.md").quotations
    assert len(read_document(text, "a.md", inline_words=3).quotations) == 1


def test_the_same_reference_within_and_below_is_bound_twice() -> None:
    assert bound(f"> {WORDS}\n>\n> {A}\n\n{A}") == [["hart", "hart"]]
    assert bound(f"> {WORDS} {A}\n>\n> -- {{cite:t}}`hart{{p. 19}}`") == [["hart", "hart"]]
    assert bound(f"“{WORDS}”.[^a] {A}\n\n[^a]: {A}") == [["hart", "hart"]]


def test_a_quotation_of_several_paragraphs_is_one() -> None:
    text = f"She: “the tide went out.\n\n“No pilot came.\n\n“It never came back” {A}."
    [quotation] = read(text).quotations
    assert quotation.text == "the tide went out.\n\nNo pilot came.\n\nIt never came back"
    assert (quotation.location.line, quotation.location.column) == (1, 6)
    assert [c.key for c in quotation.citations] == ["hart"]
    assert not read(text).mark_faults


def test_the_text_of_a_displayed_quotation_is_without_reference_and_attribution() -> None:
    for text in (
        f"> The tide—my tide—went out.\n>\n> {A} Emphasis in the original.",
        "> The tide—my tide—went out.\n> — Ada, in {cite:t}`hart{p. 19}`",
        f"> The tide—my tide—went out. {A}",
        f"> The tide—my tide—went out. ({A}, emphasis in the original)",
        f"```{{pull-quote}}\nThe tide—my tide—went out.[^a]\n\n-- Ada Hart\n```\n\n[^a]: {A}",
        f":::{{quotation}} hart\nThe tide—my tide—went out.\n\n{A}\n:::",
    ):
        assert [q.text for q in read(text).quotations] == ["The tide—my tide—went out."]


def test_forms() -> None:
    text = f"“{WORDS}”\n\n> {WORDS}\n\n:::{{quotation}} hart\n:opening: The tide\n:::"
    assert [q.form for q in read(text).quotations] == [
        QuotationForm.INLINE,
        QuotationForm.DISPLAYED,
        QuotationForm.STRUCTURED,
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("She “went out.", [(MarkFaultKind.UNCLOSED, 5)]),
        ("She went out” then.", [(MarkFaultKind.UNOPENED, 13)]),
        ('She "went out.', [(MarkFaultKind.UNCLOSED, 5)]),
        ("She “went “far” out”.", [(MarkFaultKind.NESTED, 11)]),
        ("She “went ‘far “away”’ out”.", []),
        ("Sie „ging „weit“ fort“.", [(MarkFaultKind.NESTED, 11)]),
        ("The dogs’ 6\" bowl, ‘tis 'em, rock ’n’ roll.", []),
        ("> “One.\n>\n> “Two.”", []),
        ("“One.\n\n“Two.”", []),
        ("“One:\n\n- two,\n- three.”", []),
        ("“One:\n\n- two,\n- “three.”", [(MarkFaultKind.UNCLOSED, 1)]),
        ("“One.\n\nTwo.”", [(MarkFaultKind.UNCLOSED, 1), (MarkFaultKind.UNOPENED, 5)]),
        ("`“` and “a”.", []),
        ('Put " " for each blank, and "-" for "to ebb".', []),
        ('The tide "ebbs" (="goes out"), so:"wait".', []),
        ('Put " where the tide "ebbs".', [(MarkFaultKind.UNCLOSED, 5)]),
        ('Das »Watt«1 und „die Ebbe“23 sinkt; a "tide"4 of 5\'10" and the ‘ebb’5.', []),
    ],
)
def test_quotation_marks_without_a_partner_or_within_their_kind(
    text: str, faults: list[tuple[MarkFaultKind, int]]
) -> None:
    found = read(text).mark_faults
    assert [(f.kind, f.location.column) for f in found] == faults


@pytest.mark.parametrize(
    ("text", "quoted", "column"),
    [
        (f"Text &ldquo;{WORDS}&rdquo;.", WORDS, 6),
        (f"Text ``{WORDS}''.", WORDS, 6),
        (f"Text ‟{WORDS}”.", WORDS, 6),
        ("הוא אמר ”המהפכה אינה סעודה חגיגית כפי שאמר“.", "המהפכה אינה סעודה חגיגית כפי שאמר", 9),
        ("她「潮水退去再也沒有回來過」。", "潮水退去再也沒有回來過", 2),
    ],
)
def test_the_words_between_typed_marks(text: str, quoted: str, column: int) -> None:
    [quotation] = read(text).quotations
    assert quotation.text == quoted
    assert quotation.location.column == column


# What grows, and what of it: the time must grow with the length of the text, and no faster.
GROWING = {
    "opening marks": "“a ",
    "closing marks": "a” ",
    "typewriter marks": 'a "b ',
    "single marks": "‘b ",
    "CJK marks": "「あ",
    "entities": "&ldquo;a ",
    "quotations": f"“{WORDS}” {A}. ",
    "quotations without references": f"“{WORDS}”. ",
    "broken quotations": f"“{WORDS},” he said, ",
    "parentheses": "(Hart 1831, p. 3) ",
    "open parentheses": "(a ",
    "open lists": "She: “a:\n\n- b\n\n",
    "open paragraphs": "“a b.\n\n",
    "notes": f"“{WORDS}”.[^a] ",
}


@pytest.mark.usefixtures("time_of_its_own")
@pytest.mark.parametrize("piece", GROWING.values(), ids=GROWING.keys())
def test_the_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(count: int) -> float:
        start = process_time()
        read(piece * count)
        return process_time() - start

    read(piece)
    assert seconds(4000) <= 8 * seconds(1000) + 0.2


def test_one_long_quotation_and_one_long_citation() -> None:
    [quotation] = read(f"“{WORDS * 5000}” {A}").quotations
    assert quotation.text is not None
    assert len(quotation.text) == len(WORDS) * 5000
    assert len(read("{cite:p}`" + ", ".join(["h{p. 3}"] * 20000) + "`").citations) == 20000
    assert len(read("“a " * 50_000).mark_faults) >= 50_000
