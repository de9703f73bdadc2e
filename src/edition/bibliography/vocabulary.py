"""What BibTeX and biblatex call by several names: types, keys for words, people, facts."""

# Other names of a type, with what the type says about the work, if anything. Those in two words,
# `case`, `film` and `generic` are Mendeley's.
TYPES = {
    **dict.fromkeys(("conference", "conference_proceedings"), ("inproceedings", "")),
    **dict.fromkeys(("electronic", "www", "web_page"), ("online", "")),
    "phdthesis": ("thesis", "phdthesis"),
    "mastersthesis": ("thesis", "mathesis"),
    "techreport": ("report", "techreport"),
    "working_paper": ("report", ""),
    **dict.fromkeys(("movie", "film"), ("video", "")),
    **dict.fromkeys("softwaremodule softwareversion codefragment".split(), ("software", "")),
    "computer_program": ("software", ""),
    **dict.fromkeys("suppperiodical review".split(), ("article", "")),
    **dict.fromkeys(("magazine_article", "newspaper_article"), ("article", "")),
    "book_section": ("incollection", ""),
    "encyclopedia_article": ("inreference", ""),
    "case": ("jurisdiction", ""),
    "generic": ("misc", ""),
}
# What biblatex's keys in `type`, `relatedtype` and `pubstate` mean.
_COUNTRIES = {"us": "US", "eu": "European", "uk": "UK", "de": "German", "fr": "French"}
WORDS = {
    **{f"patent{code}": f"{whose} Patent" for code, whose in _COUNTRIES.items()},
    **{f"patreq{code}": f"{whose} Patent Application" for code, whose in _COUNTRIES.items()},
    "phdthesis": "PhD diss.",
    "mathesis": "master’s thesis",
    "bathesis": "bachelor’s thesis",
    "candthesis": "candidate thesis",
    "techreport": "Technical Report",
    "resreport": "Research Report",
    "software": "software",
    "datacd": "data CD",
    "audiocd": "audio CD",
    "manual": "manual",
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "prepublished": "prepublished",
    "patent": "Patent",
    "patreq": "Patent Application",
    "multivolume": "In",
    "origpubas": "Originally published as",
    "origpubin": "Originally published in",
    "reprintas": "Reprinted as",
    "reprintof": "Reprint of",
    "reprintfrom": "Reprinted from",
    "translationas": "Translated as",
    "translationof": "Translation of",
    "translationfrom": "Translated from",
    "reviewof": "Review of",
    "bytranslator": "Translated as",
}

PEOPLE = tuple(
    "author editor editora editorb editorc translator bookauthor annotator commentator introduction"
    " foreword afterword holder shortauthor shorteditor".split()
)

# One fact under several names, the first that an entry has counts.
ALIASES = {
    "journal": ("journaltitle", "journal", "shortjournal"),
    "place": ("location", "address"),
    "publisher": ("publisher",),
    "institution": ("institution", "school", "organization"),
    "organization": ("organization", "institution"),
    "shelfmark": ("shelfmark", "callnumber", "call-number", "archivelocation"),
    "library": ("library", "archive"),
    "eprint_type": ("eprinttype", "archiveprefix"),
    "eprint_class": ("eprintclass", "primaryclass"),
    "accessed": ("urldate", "accessed", "lastaccessed", "lastchecked", "lastvisited"),
}

# The archives of e-prints: how each is called, and where its numbers lead.
ARCHIVES = {
    "arxiv": ("arXiv", "https://arxiv.org/abs/"),
    "jstor": ("JSTOR", "https://www.jstor.org/stable/"),
    "pubmed": ("PMID", "https://pubmed.ncbi.nlm.nih.gov/"),
    "hdl": ("hdl", "https://hdl.handle.net/"),
    "googlebooks": ("Google Books", "https://books.google.com/books?id="),
}
