"""Twenty-five faults planted in one small edition: each is found at its line, and nothing else.

Nine of them (those marked) are found by no reference manager, style checker or typesetter that
was tried. The clean twin of the edition raises no finding at all.
"""

from __future__ import annotations

import re

from edition.check import findings_of
from edition.project.layout import find_project
from tests_support import Write

# `<<` and `>>` hold what is wrong, `||` parts it from what is right; the comment names the rule.
BIBLIOGRAPHY = """\
@book{ash-coast,
  author = {Ash, Vera},
  title = {The Coast in Winter},
  publisher = {Quay Press},
  address = {Whitby},
  year = {<<19o7||1907>>},                    % malformed-date
  pagetotal = {xii, 320},
}

@article{bell-tides,
  author = {Bell, Owen},
  title = {Tides and Tempers},
  journal = {The Harbour Quarterly},
  volume = {9},
  year = {1911},
  pages = {<<51--33||33--51>>},                % inverted-entry-pages, by no other tool
}

@incollection{cole-pilots,
  author = {Cole, Ines},
  title = {The Pilots},
  editor = {Ash, Vera},
  booktitle = {Essays on the Sea},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1922},
  pages = {101<<-||-->>130},                  % hyphen-in-entry-pages
}

@book{dunn-works,
  author = {Dunn, Asa},
  title = {Collected Works},
  publisher = {Quay Press},
  <<adress||address>> = {Whitby},              % misspelt-field
  year = {1938},
  volume = {3},
  edition = {2},
  pagetotal = {410},
}

@book{eddy-fog,
  author = {Eddy, Tom},
  title = {Fog},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1940},
  pagetotal = {96},
  isbn = {978-0-306-40615-<<8||7>>},          % invalid-isbn
}
"""
TEXT = """\
# The harbour

(p1)=
They came home {cite:p}`cole-pilots{p. <<131||130>>}`. <!-- page-outside-entry, by no other -->

(p2)=
The book ends there {cite:p}`ash-coast{p. <<321||320>>}`. <!-- page-beyond-book, by no other -->

(p3)=
The volume is another {cite:p}`dunn-works{vol. <<2||3>>, p. 40}`. <!-- wrong-volume, by no other -->

(p4)=
One page only {cite:p}`ash-coast{<<pp.||p.>> 12}`. <!-- singular-plural, by no other -->

(p5)=
Three pages {cite:p}`ash-coast{<<p.||pp.>> 12–14}`. <!-- singular-plural, by no other -->

(p6)=
Backwards {cite:p}`ash-coast{pp. <<90–83||83–90>>}`. <!-- inverted-range, by no other -->

(p7)=
In the preface {cite:p}`ash-coast{p. <<iix||viii>>}`. <!-- invalid-roman, by no other -->

(p8)=
> The tide went out and never came back.
>
> {cite:p}`ash-coast<<||{p. 19}>>` <!-- missing-locator, by no other -->

(p9)=
Twice {cite:p}`ash-coast{<<p. 12}, ash-coast{p. 19||pp. 12, 19>>}`. <!-- repeated-key -->

(p10)=
A range {cite:p}`ash-coast{pp. 12<<-||–>>14}`. <!-- hyphen-in-range -->

(p11)=
Nobody {cite:p}`<<ash-coats||ash-coast>>{p. 12}`. <!-- unknown-key -->

(p12)=
> Not a single pilot would put out to sea. <!-- quotation-without-reference -->

<<||{cite:p}`cole-pilots{p. 102}`>>

(p13)=
A note[^sea] on it.

[^sea]: <<Ibid., p. 14||{cite:t}`ash-coast{p. 14}`>>. <!-- unresolved-ibid -->

(p14)=
On foot {<<footcite||cite:p>>}`ash-coast{p. 12}`. <!-- footcite-locator -->

(p15)=
A leaf {cite:p}`ash-coast{fol. 3<<{r}||r>>}`. <!-- brace-in-locator -->

(p16)=
Both {cite:p}`<<cole-pilots{p. 104}, bell-tides{p. 33}||bell-tides{p. 33}, cole-pilots{p. 104}>>`. \
<!-- reordered-keys -->

(<<p16||p17>>)= <!-- duplicate-anchor -->
Once more {cite:p}`eddy-fog{p. 12}`.

(p18)=
See [there](#<<p99||p1>>). <!-- dangling-reference -->

(p19)=
He wrote that “the tide went out<<||”>>. <!-- unbalanced-quotation-marks -->

(p20)=
The tide<< <br>||>> came back. <!-- raw-html -->
"""
_FAULT = re.compile(r"<<(.*?)\|\|(.*?)>>")
_RULE = re.compile(r"(?:%|<!--) ([a-z]+(?:-[a-z]+)+)")


def planted(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text with its faults, and the line and rule of each."""
    wanted = [
        (number, found[1])
        for number, line in enumerate(text.split("\n"), 1)
        if (found := _RULE.search(line))
    ]
    return _FAULT.sub(r"\1", text), wanted


def without_comments(text: str) -> str:
    return re.sub(r" *(?:<!-- [a-z]+-.*?-->|% [a-z]+-[a-z].*)", "", text)


def test_each_planted_fault_is_found_at_its_line(project: Write) -> None:
    bibliography, in_entries = planted(BIBLIOGRAPHY)
    text, in_text = planted(TEXT)
    root = project(
        {
            "bibliography.bib": without_comments(bibliography),
            "docs/text.md": without_comments(text),
        }
    )
    found = [(f.location.path, f.location.line, f.rule) for f in findings_of(find_project(root))]
    wanted = [("bibliography.bib", *fault) for fault in in_entries]
    wanted += [("docs/text.md", *fault) for fault in in_text]
    assert len(wanted) == 25
    assert sorted(found) == sorted(wanted)


def test_the_clean_twin_raises_no_finding(project: Write) -> None:
    root = project(
        {
            "bibliography.bib": without_comments(_FAULT.sub(r"\2", BIBLIOGRAPHY)),
            "docs/text.md": without_comments(_FAULT.sub(r"\2", TEXT)),
        }
    )
    assert findings_of(find_project(root)) == []
