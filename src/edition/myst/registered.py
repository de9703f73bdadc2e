"""The roles and directives that docutils, Sphinx, MyST and sphinxcontrib-bibtex register.

Taken from their registries (docutils 0.22, Sphinx 9.0, MyST-Parser 5.2, sphinxcontrib-bibtex
2.7), since the checker does without Sphinx; a test compares the two. A directive without options
reads them as its text.
"""

from collections.abc import Container
from typing import NamedTuple

from edition.model.directive_options import DIRECTIVE_OPTIONS

# What a directive takes: 1 an argument, ? one that may be left out, w of several words, c content;
# its names, and its options. A group goes on where a line is indented.
_DIRECTIVES = """
c acks date epigraph eval-rst footer header highlights meta pull-quote replace role:
c attention caution danger error hint important note seealso tip warning: class collapsible name
c caption: class
c compound line-block parsed-literal: class name
c glossary: sorted
c hlist: columns
c toctree: caption class glob hidden includehidden maxdepth name numbered reversed titlesonly
- downloads footbibliography quotation-register quoted-works timeline:
- section-numbering sectnum: depth prefix start suffix
- target-notes: class
1 default-domain:
1 highlight: force linenothreshold
1w centered codeauthor moduleauthor productionlist program sectionauthor tabularcolumns title:
1w image: align alt class height loading name scale target width
1w include: class code encoding end-before end-line heading-offset literal name number-lines
  parser relative-docs relative-images start-after start-line tab-width
1w index: name
1w literalinclude: append caption class dedent diff emphasize-lines encoding end-at end-before
  force language lineno-match lineno-start linenos lines name prepend pyobject start-after
  start-at tab-width
1w rubric: class heading-level name
1w unicode: ltrim rtrim trim
1wc admonition: class collapsible name
1wc class cssclass deprecated only rst-class version-added version-changed version-deprecated
  version-removed versionadded versionchanged versionremoved:
1wc cmdoption describe envvar object option: no-contents-entry no-index no-index-entry
  no-typesetting nocontentsentry noindex noindexentry
1wc confval: default no-contents-entry no-index no-index-entry no-typesetting type
1wc figure: align alt class figclass figname figwidth height loading name scale target width
1wc raw: class encoding file url
1wc topic: class name
? default-role:
?c code: class force name number-lines
?c code-block sourcecode: caption class dedent emphasize-lines force lineno-start linenos name
?w contents: backlinks class depth local
?wc bibliography: all cited enumtype filter keyprefix labelprefix list notcited start style
?wc container: name
?wc csv-table: align class delim encoding escape file header header-rows keepspace name quote
  stub-columns url width widths
?wc figure-md: align class name width
?wc list-table: align class header-rows name stub-columns width widths
?wc math: class label name no-wrap nowrap
?wc restructuredtext-test-directive: option
?wc sidebar: class name subtitle
?wc table: align class name width widths
"""

_ROLES = """
ab abbr abbreviation ac acronym any cite cite:alp cite:alps cite:author cite:authorpar
cite:authorpars cite:authors cite:cauthor cite:cauthors cite:ct cite:cts cite:empty cite:label
cite:labelpar cite:p cite:ps cite:t cite:ts cite:typed cite:year cite:yearpar code command confval
cve cwe dfn doc download emphasis envvar eq file footcite footcite:ct footcite:cts footcite:p
footcite:ps footcite:t footcite:ts guilabel i index kbd keyword literal mailheader makevar manpage
math menuselection mimetype newsgroup numref option pep pep-reference program raw ref regexp rfc
rfc-reference samp strong sub sub-ref subscript sup superscript t term title title-reference token
url
"""
# Registered by docutils, only to say that they are “not implemented”.
UNIMPLEMENTED_ROLES = frozenset(
    "anonymous-reference citation-reference footnote-reference named-reference"
    " restructuredtext-unimplemented-role substitution-reference target uri uri-reference".split()
)

# A domain: its directives | its roles.
_DOMAINS = """
c: alias enum enumerator function macro member namespace namespace-pop namespace-push struct type
  union var | data enum enumerator expr func macro member struct texpr type union var
cpp: alias class concept enum enum-class enum-struct enumerator function member namespace
  namespace-pop namespace-push struct type union var | any class concept enum enumerator expr func
  member struct texpr type union var
js: attribute class data function method module | attr class data func meth mod
math: | numref
py: attribute class classmethod currentmodule data decorator decoratormethod exception function
  method module property staticmethod type | attr class const data deco exc func meth mod obj type
rst: directive directive:option role | dir role
std: cmdoption confval envvar glossary option productionlist program | confval doc envvar keyword
  numref option ref term token
"""

_OUR_ROLES = "person gloss event sic lem supplied lacuna textnote"


class Signature(NamedTuple):
    """What a directive takes; `words` says that its argument may be of several words."""

    needs_argument: bool
    takes_argument: bool
    words: bool
    holds_content: bool
    options: frozenset[str]


def _groups(text: str) -> list[tuple[str, str]]:
    lines = text.strip().replace("\n  ", " ").split("\n")
    return [(before, after) for before, _, after in (line.partition(":") for line in lines)]


def _signatures(text: str) -> dict[str, Signature]:
    found: dict[str, Signature] = {}
    for before, options in _groups(text):
        takes, *names = before.split()
        signature = Signature(
            needs_argument="1" in takes,
            takes_argument="1" in takes or "?" in takes,
            words="w" in takes,
            holds_content="c" in takes,
            options=frozenset(options.split()),
        )
        found |= dict.fromkeys(names, signature)
    return found


# What ours take is told by rules of their own.
_OURS = {
    name: Signature(False, True, True, True, options) for name, options in DIRECTIVE_OPTIONS.items()
}
REGISTERED_DIRECTIVES = _signatures(_DIRECTIVES) | _OURS
REGISTERED_ROLES = frozenset(_ROLES.split()) | frozenset(_OUR_ROLES.split())
# Directives of other extensions that hold text; what yet others hold may be code.
HOLDS_TEXT = frozenset(
    "card details dropdown exercise grid grid-item grid-item-card margin panels solution tab"
    " tab-item tab-set tabs".split()
)
DOMAINS = {
    name: (frozenset(directives.split()), frozenset(roles.split()))
    for name, parts in _groups(_DOMAINS)
    for directives, _, roles in [parts.partition("|")]
}


def is_known(name: str, registered: Container[str], kind: int) -> bool:
    """Tell whether a name is registered, with its domain or as one of the domain of Python.

    `kind` is 0 for a directive, 1 for a role.
    """
    prefix, colon, rest = name.partition(":")
    if not colon:
        return name in registered or name in DOMAINS["py"][kind]
    return name in registered or (prefix in DOMAINS and rest in DOMAINS[prefix][kind])


def is_known_directive(name: str) -> bool:
    """Tell whether every build has a directive of this name."""
    return is_known(name, REGISTERED_DIRECTIVES, 0)
