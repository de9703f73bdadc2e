"""The roles and directives that docutils, Sphinx, MyST and sphinxcontrib-bibtex register.

Taken from their registries (docutils 0.22, Sphinx 9.0, MyST-Parser 5.2, sphinxcontrib-bibtex
2.7); a test compares the two. A directive without options takes none and reads them as its text.
"""

from edition.model.directive_options import DIRECTIVE_OPTIONS

# Names of directives: their options. A group goes on where a line is indented.
_DIRECTIVES = """
acks centered class codeauthor cssclass date default-domain default-role deprecated epigraph
  footbibliography footer header highlights meta moduleauthor only productionlist program
  pull-quote replace role rst-class sectionauthor tabularcolumns title version-added
  version-changed version-deprecated version-removed versionadded versionchanged
  versionremoved:
admonition attention caution danger error hint important note seealso tip warning: class
  collapsible name
bibliography: all cited enumtype filter keyprefix labelprefix list notcited start style
cmdoption describe envvar object option: no-contents-entry no-index no-index-entry
  no-typesetting nocontentsentry noindex noindexentry
code: class force name number-lines
code-block sourcecode: caption class dedent emphasize-lines force lineno-start linenos name
compound line-block parsed-literal topic: class name
confval: default no-contents-entry no-index no-index-entry no-typesetting type
container index: name
contents: backlinks class depth local
csv-table: align class delim encoding escape file header header-rows keepspace name quote
  stub-columns url width widths
figure: align alt class figclass figname figwidth height loading name scale target width
figure-md: align class name width
glossary: sorted
highlight: force linenothreshold
hlist: columns
image: align alt class height loading name scale target width
include: class code encoding end-before end-line heading-offset literal name number-lines
  parser relative-docs relative-images start-after start-line tab-width
list-table: align class header-rows name stub-columns width widths
literalinclude: append caption class dedent diff emphasize-lines encoding end-at end-before
  force language lineno-match lineno-start linenos lines name prepend pyobject start-after
  start-at tab-width
math: class label name no-wrap nowrap
raw: class encoding file url
rubric: class heading-level name
section-numbering sectnum: depth prefix start suffix
sidebar: class name subtitle
table: align class name width widths
target-notes: class
toctree: caption class glob hidden includehidden maxdepth name numbered reversed titlesonly
unicode: ltrim rtrim trim
"""

_ROLES = """
ab abbr abbreviation ac acronym anonymous-reference any citation-reference cite cite:alp
cite:alps cite:author cite:authorpar cite:authorpars cite:authors cite:cauthor cite:cauthors
cite:ct cite:cts cite:empty cite:label cite:labelpar cite:p cite:ps cite:t cite:ts cite:typed
cite:year cite:yearpar code command confval cve cwe dfn doc download emphasis envvar eq file
footcite footcite:ct footcite:cts footcite:p footcite:ps footcite:t footcite:ts footnote-reference
guilabel i index kbd keyword literal mailheader makevar manpage math menuselection mimetype
named-reference newsgroup numref option pep pep-reference program raw ref regexp rfc rfc-
reference samp strong sub sub-ref subscript substitution-reference sup superscript t target
term title title-reference token uri uri-reference url
"""

_OURS = "caption downloads eval-rst quotation-register quoted-works timeline"
_OUR_ROLES = "person gloss event sic lem supplied lacuna textnote"


def _table(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in text.strip().replace("\n  ", " ").split("\n"):
        names, _, options = group.partition(":")
        found |= dict.fromkeys(names.split(), frozenset(options.split()))
    return found


REGISTERED_DIRECTIVES = (
    _table(_DIRECTIVES) | dict.fromkeys(_OURS.split(), frozenset[str]()) | DIRECTIVE_OPTIONS
)
REGISTERED_ROLES = frozenset(_ROLES.split()) | frozenset(_OUR_ROLES.split())
