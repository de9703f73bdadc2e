"""Scripts that the PDF has no letters for."""

import re
import unicodedata

from edition.rules.rule import Edition, Finding, Findings, Severity, rule

# By the first word of their characters' names, the scripts that no font of Typst has (0.13, each
# tried in tests/test_typst.py); Latin, Greek, Cyrillic, Hebrew, Arabic and Armenian it has.
WITHOUT_FACE = frozenset(
    """
    ADLAM BENGALI BOPOMOFO CANADIAN CJK CUNEIFORM EGYPTIAN ETHIOPIC GLAGOLITIC GOTHIC GUJARATI
    GURMUKHI HANGUL HIRAGANA JAVANESE KANNADA KATAKANA KHMER LINEAR MALAYALAM MONGOLIAN MYANMAR
    NKO OGHAM ORIYA PHOENICIAN RUNIC SINHALA SYRIAC TAMIL TELUGU THAI TIBETAN TIFINAGH UGARITIC
    VAI YI
    """.split()
)
_OLDER = re.compile(r"[^\0-\u06ff]")


@rule("S121", Severity.NOTE)
def script_without_face(edition: Edition) -> Findings:
    if edition.build is None or edition.build.pdf_fonts:
        return
    told: set[str] = set()
    for document in edition.documents:
        for prose in document.prose:
            for found in _OLDER.finditer(prose.text):
                script = unicodedata.name(found[0], "").partition(" ")[0]
                if script not in WITHOUT_FACE or script in told:
                    continue
                told.add(script)
                yield Finding(
                    prose.location(found.start()),
                    f"the PDF has no font for “{found[0]}” and the other "
                    f"{script.capitalize() if script != 'CJK' else 'Chinese'} characters",
                    "Put a font that has them, such as one of Noto's, into a folder and name it in "
                    'conf.py: edition_pdf_fonts = ["fonts"].',
                )
