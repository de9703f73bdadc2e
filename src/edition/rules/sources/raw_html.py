"""HTML in the text: a tag that only one of the outputs can show.

The PDF leaves it out without a word, and an unclosed `<br>` makes an EPUB unreadable. MyST has
a word for nearly everything. HTML comments and addresses in angle brackets are no tags, and
the `{raw}` directive says itself which output it is for. Where MyST’s `html_image` or
`html_admonition` is among the extensions, what it translates is no raw HTML.

Bad:

```md
The tide went out<br>and never came back.
```

Good:

```md
The tide went out\
and never came back; see <https://example.org>. <!-- or did it? --> 3 < 4, and `<br>` is code.
```
"""

import re

from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_INSTEAD = {
    "br": "End the line with a backslash.",
    "b": "Write **strong words**.",
    "strong": "Write **strong words**.",
    "i": "Write *emphasis*.",
    "em": "Write *emphasis*.",
    "sup": "Write {sup}`2`.",
    "sub": "Write {sub}`2`.",
    "img": "Write ![what it shows](picture.png), or a {figure}.",
    "a": "Write [words](address), or (anchor)= before the block.",
    "blockquote": "Begin the lines with >.",
    "q": "Type the quotation marks.",
    "hr": "Write --- between blank lines.",
    "span": "Write [words]{.class}.",
    "div": "Write a {div} directive, or an admonition.",
    "table": "Write a Markdown table, or a {list-table}.",
    "p": "Leave a blank line between paragraphs.",
    "cite": "Write {cite:p}`key{p. 19}`.",
}


@rule("S101", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        for tag in document.raw_tags:
            name = _NAME.match(tag.text)
            shown = f"<{name[1]}>" if name else "a tag"
            yield Finding(
                tag.location,
                f"{shown} is HTML: the PDF leaves it out, and it may break the EPUB",
                _INSTEAD.get(name[1].lower() if name else "")
                or "Say it in MyST, or in a {raw} directive that names its output.",
            )
