"""The language of a work as a tag: from biblatex's `langid`, or a name in `language`."""

from functools import lru_cache

from edition.model.language_tags import parse_language_tag

# The names that babel and polyglossia, LaTeX's packages, have for languages, where they are not
# the English ones.
_LATEX_NAMES = {
    **dict.fromkeys(("american", "usenglish", "usamerican"), "en-US"),
    **dict.fromkeys(("british", "ukenglish"), "en-GB"),
    "canadian": "en-CA",
    "australian": "en-AU",
    **dict.fromkeys(("ngerman", "germanb"), "de"),
    **dict.fromkeys(("austrian", "naustrian"), "de-AT"),
    **dict.fromkeys(("swissgerman", "nswissgerman"), "de-CH"),
    **dict.fromkeys(("francais", "acadian", "canadien"), "fr"),
    **dict.fromkeys(("greek", "polutonikogreek"), "el"),
    **dict.fromkeys(("ancientgreek", "classicalgreek"), "grc"),
    **dict.fromkeys(("classiclatin", "medievallatin", "ecclesiasticlatin"), "la"),
    **dict.fromkeys(("brazil", "brazilian"), "pt-BR"),
    "portuges": "pt",
    **dict.fromkeys(("magyar", "hungarian"), "hu"),
    **dict.fromkeys(("norsk", "bokmal"), "nb"),
    "nynorsk": "nn",
    "slovene": "sl",
    "farsi": "fa",
    "serbianc": "sr-Cyrl",
}


def language_tag(*typed: str) -> str:
    """Return the tag of the first of several names or tags that is one; else nothing."""
    for name in typed:
        name = name.strip().lower().removeprefix("lang").replace("_", "-")
        tag = _LATEX_NAMES.get(name) or _english_names().get(name)
        if tag:
            return tag
        if len(name.partition("-")[0]) in (2, 3) and (parts := parse_language_tag(name)):
            return str(parts)
    return ""


@lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    # Imported here, because many entries name no language.
    from babel import Locale

    names = Locale("en").languages
    return {name.lower(): code.replace("_", "-") for code, name in names.items()}
