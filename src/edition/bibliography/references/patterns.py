"""The words and numbers of typed references, in the languages that they are typed in."""

import re
from functools import lru_cache

from edition.bibliography.pages import volume_number
from edition.model.lazy_pattern import lazy

_NUMBER = r"(?:\d{1,5}(?:[a-enrv]|f(?!\.))?|(?!i[cv]i\b)[ivxlc]{1,7})"
_AND_NEXT = (
    r"(?:\s*(?:(?:ff?|sqq?|sgg?|segg?|ss)\b\.?|(?<=\s)s\b\.?(?!\s?[vl]\.)(?=\W*(?:[;,)]|\Z))|et\s+(?:seqq?|suiv(?:antes?)?|ss?)\b\.?"
    r"|[ey]\s+s(?:s|igs?|e?gg?)?\b\.?|и\s+(?:далее\b|(?:сле?д?|др)\b\.?)|сл(?:л|ед)?\b\.?))?"
)
# `30n2`, `110 n. 5`; a note behind a comma is told apart by its label.
_NOTE_OF = r"(?:\s?nn?\.?\s?\d{1,3}(?:[-–]\d{1,3})?|,?\s(?:n|note)\b(?!\.?\s?\d)\.?)?"
PAGES = rf"{_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?{_NOTE_OF}{_AND_NEXT}"
NOTE_TO_PAGE = (
    r"(?:(?:,?\s*(?:and|und|et|e|y|con|cum|avec|mit|m\.|with|и|с)\s|,|\.(?=\s*[Пп]рим))?\s*(?:nn?|[Ff]n|Anm(?:erkung)?|note|[Ff]ußnote|not[ae]|[Ff]ig(?:ur[ae]|s)?|Abb(?:ildung)?|[Pp]l(?:ate|anche)?|[Tt]ab(?:elle|leau|les?)?|[Tt]bl|[Рр]ис(?:унок)?|[Тт]абл(?:ица)?|[Пп]рим(?:еч)?|adn)\b"
    r"\.?\s*\d{1,3}(?:\.\d{1,2})?(?:[-–]\d{1,3})?)"
)
LABEL = (
    r"(?:pp?\.|P[Pp]?\.(?=\s*\d)|pp?(?=\s*\d)|[Pp]ages?(?=\s+[\divxlc])|pgs?\.|págs?\.|[SsСс]\.(?!\s?[vl]\.)(?=\s*(?:[\divxlc]|[IVXLC]{2}|[VX]\b(?!\.\s?[A-Z])))"
    r"|[Сс]тр\.|Seiten?(?=\s+\d))"
)
AND = r"(?:,?\s*(?:and\b|und\b|u\.|et\b|[ey]\b|и\b|&)|,)"
_LIST = (
    rf"{PAGES}(?:(?:\s*(?:{AND}\s*(?:{LABEL}\s*)?|;\s*)|\.\s(?=\d{{1,3}}(?:[.;,)]|\Z)))(?!\d{{4}}\b){PAGES}"
    rf"(?![\w:]|\.(?!\s*(?:\Z|[^\W\d_a-zß-ÿ]|\d{{1,3}}(?:[.;,)]|\Z)))))*"
)
_CAPITALS = (
    r"[IVXLC]{1,7}(?:\s*[-–—]\s*[IVXLC]{1,7})?(?!\.\s?[^\W\d_a-z])"
    rf"(?:{_AND_NEXT}(?:\s*{AND}\s*(?:{LABEL}\s*)?{PAGES})+|\s*ff?\b\.?)?"
)
LOCATOR = re.compile(rf"(?<![\w.]){LABEL}\s*(?:{_LIST}|{_CAPITALS})(?!\w)")
ESPECIALLY = (
    r"(?:esp(?:ecially\b|\b\.?)|particularly|in\s+particular|mainly|including|bes(?:onders\b|\.)"
    r"|insb(?:esondere\b|es\.|\.)|v\.\s?a\.|notamment|surtout|en\s+particulier|en\s+(?:particular|especial)\b"
    r"|especialmente|sobre\s+todo|in\s+part(?:icolare\b|\.)|spec(?:ialmente\b|ie\b|\.)|soprattutto|особ(?:енно\b|\.)|praes(?:ertim\b|\.))"
)
# `S. 689–758, hier S. 701`, `pp. 103–19 (p. 105)`: the whole, and the page that is meant.
_COLUMN = r"(?:Spp?\.|[Cc]ols?\.|[Сс]тл?б\.)"
# `; la cita en p. 60`: the page that is meant.
_CITED_ON = (
    r"(?:(?:the|das|le|la|il|lo|el|l[’'])\s*)?(?:quot(?:e|ation)|passage|[Zz]itat|citation|citazione|passo|pasaje|cita|cit\.|цитата)\s+"
    rf"(?:is\s+|steht\s+|est\s+|è\s+|está\s+)?(?:(?:on|at|auf|in|a|en|à\s+la|на)\s+)?{LABEL}\s*"
)
MEANT = rf"(?:(?i:hier|ici|here|qui|aquí|здесь)[:,]?\s+(?:{LABEL}\s*)?|{_CITED_ON})(?=\d)"
_HERE = (
    r"(?:[.,;]?\s*\b(?:[Hh]ier|[Ii]ci|[Hh]ere|(?:quotation\s+)?(?:at|on)|ad|qui|aquí|здесь)[:,]?\s+"
    rf"(?:(?:{LABEL}|{_COLUMN})\s*)?|,\s+(?:cit(?:a|ato|\.)?\s*)?(?:a|en|à\s+la|alle?|aux?)?\s+{LABEL}\s*|[,;]\s+{_CITED_ON}|\s*\((?={LABEL}))"
)
# `pp. 665-693: 670`, with a label: `51-52: 15` is of a volume.
_RANGED = "|".join(rf"(?<=[-–]\d{{{n}}})" for n in range(1, 5))
_WITHIN = rf"(?:{_RANGED})\s?:\s*(?=\d)"
HERE = re.compile(
    rf"(?<!\d)(?:(?P<column>\b{_COLUMN}\s*)|(?P<labelled>{LABEL}\s*)|(?!(?:1[4-9]|20)\d\d(?!\d)))"
    rf"{PAGES}(?:\s*{AND}\s*{PAGES})*(?:{_HERE}|(?(labelled){_WITHIN}|(?!)))(?=(?:{LABEL}\s*)?{PAGES}(?!\w|[.:]\d))"
)
# `S. 44, bes. S. 46`, `35–42, esp. 37`: the place, and pages of it that matter most.
ESPECIAL_PAGES = (
    rf",?\s*(?:and\s+|und\s+|et\s+)?{ESPECIALLY}\s*(?P<most>(?:{LABEL}\s*)?{_LIST})(?!\w)"
)
# Of a poem or an ancient work, behind its book: `10.743-45`, `3.1.56–60`.
_DATE = r"(?:\d\d?\.\d\d?\.(?:19|20)\d\d|0\d\.1[5-9]\d\d|(?:0\d|1[0-2])\.(?:19|20)\d\d)(?!\d)"
LINES = rf"(?!{_DATE})\d{{1,3}}(?:\.\d{{1,4}}){{1,3}}[a-f]?(?:[-–]\d[\d.]*)?(?!\w)"
AFTER_PAGE = re.compile(
    rf"(?:(?:{_HERE}|{_WITHIN})(?:{LABEL}\s*)?{PAGES}(?!\w|[.:]\d)\)?)?(?:{ESPECIAL_PAGES})?(?:{NOTE_TO_PAGE})?"
    rf"(?:,?\s+(?:ad|on|zu)\s+{LINES})?(?:,?\s*(?:(?:and|und|et|и)\s+)?passim\b)?"
)

# In Russian two places of an imprint are parted by a semicolon: `М.; Л., 1956`.
SEMICOLON = r"(?<![\s.][А-Я]\.)(?<!Пб\.);"
# The same, or a page of Stephanus or Bekker: `520b`, `1254b`, `564b–e`.
SHARED_PLACE = (
    rf"(?:{LINES}|\d{{2,4}}[a-e]\d{{0,2}}(?:[-–](?:\d{{2,4}}[a-e]?|[a-e])\d{{0,2}})?(?!\w))"
)
YEAR_FORM = r"(?:1[4-9]\d\d|20\d\d)"
# Pages without a label; a letter alone is no roman number.
_NO_YEARS = (
    rf"(?!{YEAR_FORM}(?:(?![\d–-])|\s*[–-]\s*{YEAR_FORM}(?!\d))"
    r"|1[0-3]\d\d\s*[–-]\s*(?:1[4-9]|20)\d\d(?!\d))"
)
# Places that every edition shares: `Ia–IIae, q. 30, a. 1`, `IV.6, 1126b11–20`, `I, 327c`,
# `A33/B49`, `II, iv, 9`.
_OF_KANT = r"[AB]\s?(?:\d{1,3}(?:[–-]\d{1,3}|\s?ff?\.?|n)?|(?=[IVX])(?:XL|X*)(?:I[XV]|V?I*))(?!\w)"
CANONICAL = (
    r"(?:(?:(?:I{1,3}|IV|VI{0,3}|I?X|XI{1,2}|\d{1,2})(?:a|um)?(?:[–-]I{1,2}a?e?)?|d\.\s?\d{1,3}),?\s+)?(?:qq?|lect|dist|disp|tr)\.\s?\d{1,3}(?:[–-]\d{1,3})?"
    r"(?:,?\s+(?:aa?|ad|arg|obj|c|cap|q|nn?)\b\.?\s?\d{1,4})*(?!\w)"
    r"|(?:(?:[IVX]{1,5}|\d{1,2})(?:[.,]\s?\d{1,2})?,?\s+)?\d{1,4}\s?[ab]\s?\d{1,2}(?:[–-](?:\d{0,4}[ab])?\d{1,2})?(?!\w)"
    r"|[IVX]{1,5},?\s+\d{2,3}[a-e]\d{0,2}(?:[–-]\d{0,3}[a-e]?\d{0,2})?(?!\w)"
    rf"|{_OF_KANT}(?:\s?[/=]\s?{_OF_KANT})?"
    r"|(?:[IVXL]{1,6}|[ivxl]{1,4})\.\s?\d{1,2}\.\s?\d{1,3}(?:[–-]\d{1,3})?(?!\w|\.\d)"
    r"|[IVXL]{1,6}(?:,\s?[ivxl]{1,6},|\.\s?[ivxl]{1,6}\.)\s?\d{1,3}(?:[–-]\d{1,3})?(?!\w)"
    r"|[IVXL]{1,6}\.[ivxl]{1,6}(?:,\s\d{1,3}(?:[–-]\d{1,3})?)?(?!\w)"
)
BARE_PAGES = rf"{_NO_YEARS}(?=\d|[ivxlc]{{2}}|[ivx][-–][ivxlc])(?:{PAGES})(?!\w)"
YEAR = re.compile(rf"(?<![\d–:-])({YEAR_FORM})([a-z])?(?!\w|[–-](?!\d{{2,4}}[,)]))")
# Of a work without a year.
UNDATED = re.compile(
    r"\b(?:forthcoming|in press|im (?:erscheinen|druck)|à paraître|sous presse|in corso di stampa"
    r"|en prensa|в печати|n\.\s?d\.|o\.\s?j\.|s\.\s?d\.|s\.\s?a\.|б\.\s?г\.)(?!\w)",
    re.IGNORECASE,
)
CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
# Place, publisher and year behind a title: `. München/Wien 1977`, `, Paris, PUF, 2000`.
IMPRINT = lazy(
    rf"[.,(!?]\s?\(?(?:[^\W\d_]{{2,5}}\.\s){{0,2}}{CAPITAL}[\w’'/–-]*+\.?"
    rf"(?:(?:[\s/;–-]|,\s|;\s|\s(?:&|u\.|am|an\sder|and|und|et|y|e)\s){CAPITAL}[\w’'/–-]*+\.?){{0,4}}"
    rf"(?:\s?[,:]\s(?:il\s)?{CAPITAL}[^;()\d]{{1,60}}?)?,?\s\(?\[?{YEAR_FORM}(?!\w)"
)
VOLUME = re.compile(
    r"(?<!\w)(?:[Vv]olume\b|[Vv]ols?(?![a-z])\.?|v\.(?=\s*\d\d?\b)|[Bb]and|[Bb]d\.|[Tt]om[eo]|[Tt]om\.?|[Tt]\.(?=\s*[\dIVX])"
    r"|[Тт]\.(?=\s*[\dIVX])|[Тт]ом)\s*((?:\d{1,3}(?:[-–]\d{1,3}(?!\d))?|[IVXLC]{1,6}|[ivxlc]{1,6})(?:/(?:\d{1,2}|[IVX]{1,4})|\.\d(?=,|\s*\Z))?)[¹²³⁴]?(?!\w)"
)
# Book and chapter before a page: `IV, 4, p. 8`.
BOOK = r"[IVXL]{1,6}(?:,\s*|\.\s+)(?:\d{1,3}|[ivxl]{1,6})"
# A comma after the volume, or the page's own colon: `3:145`, `2: 380`, `II: 530`.
VOLUME_PAGE = re.compile(r"(?<![\w:])(\d{1,3}|[IVXL]{1,6})\s*:\s*(?=\d{1,4}(?!\d))")
VOLUME_BARE = re.compile(r",\s*((?:\d{1,3}|[ivx]{1,5}|[IVX]{1,5})(?:/\d{1,2})?)\s*(?=,)")
# An ordinal number of an edition is no place: `2nd ed.`, `3., erw. Aufl.`, `2-е изд.`
_REVISED = (
    r",?\s+(?:(?:и|u\.|und|and|et|e|y)\s+)?(?:испр|доп|перераб|стер(?:еотип)?|расш|erw|verb|verm|überarb|durchges|neubearb"
    r"|rev|corr|enl|aum|augm|ampl|riv|accr)\."
)
EDITION = re.compile(
    r"(?<!\w)(?:\d{1,2}\s?(?:\.|st|nd|rd|th|[eè]?r?e|è?me|\.?[aªº°]|-[ея])?,?\s*(?:[^\W\d_]{2,6}(?:\.,?\s*|,?\s+)(?:u\.\s*)?)?"
    r"|(?:second|third|revised|new|zweite|dritte|neue|nouvelle|deuxième|seconda|terza|nuova|segunda|tercera|nueva)\s+)"
    rf"(?<!\w)(?:[Ee]d(?:n|ition|izione|ición)?\b\.?|[Éé]d(?:ition)?\b\.?|Aufl(?:age)?\b\.?|Ausg(?:abe)?\b\.?|[Ии]зд\b\.?|издание)(?:{_REVISED})*"
    rf"|(?<!\w)(?:[Ии]зд(?:\.|ание)|[Ee]d\.|Aufl\.)\s*\d{{1,2}}(?![\w–-]*\d)(?:-?[а-яё]{{1,2}}|[ªª°])?(?:{_REVISED})*[.,]?(?=\s)"
)
NUMBER = (
    r"(?:[Nn](?:os?|rs?)\.|[Nn][°º]|№)\s*\d{1,4}(?:[-–]\d{1,4})?(?:,\s\d{1,4}(?:[-–]\d{1,4})?)*"
)
ISSUE = re.compile(r",?\s*\b(?:no|nr|Nr|H|Heft|№)\.?\s*\d+(?:[-–/]\d+)?|№\s*\d+")

_EMPHASIS = (
    r"(?:[Ee]mphas[ie]s|[Ii]talics?|[Hh]erv(?:orh(?:ebung(?:en)?|\.)|\.)|[Kk]ursiv(?:ierung|e)?|[Ss]perrung|[Ss]oulign[ée]s?|[Ii]taliques?"
    r"|[Cc]orsiv[oi]|[Cc]ursivas?|[Ss]ubrayado|[Éé]nfasis|[Кк]урсив|[Вв]ыделено|[Rr]esaltado)"
)
_TRANSLATION = (
    r"(?:[Tt]ranslations?|[Tt]rans\.|[Üü]bers(?:etzung(?:en)?|\.)"
    r"|[Tt]rad(?:uctions?|uzion[ei]|ucci(?:ón|ones)|\.)|[Пп]еревод)"
)
REMARK = re.compile(
    r"[.,;:(\s\[–—]{0,20}+(?P<remark>\b(?:(?:[Mm]y|[Oo]ur|[Oo]riginal|[Mm]eine?|[Ee]igene|[Uu]nsere)\s+(?:own\s+)?"
    rf"(?:{_EMPHASIS}|{_TRANSLATION})(?!\w)|(?:{_EMPHASIS}|{_TRANSLATION})\s+(?:(?:is|are)\s+)?"
    r"(?:in\s+(?:the\s+)?(?:original|text)|added|mine|ours|his|hers|theirs|supplied|modified|amended|i(?:m|\.)\s?O(?:rig(?:inal|\.)|\.)|hinzugefügt"
    r"|von\s+mir|d\.\s?V(?:erf|f)?\.|d(?:er|es)\s+Verf(?:assers?|asserin|\.)|de\s+l[’']aut(?:eur|rice)|(?:par|dans)\s+l[’'](?:auteur|original)|nostra|nôtre"
    r"|mi[oaei]|nostr[oaie]|nel\s+testo|dell[’']autore|mí[oa]s?|nuestr[oa]s?|en\s+(?:el\s+)?original|añadid[oa]s?|del\s+autor|мой|моё|мое|наш|автора|нами)(?!\w)"
    r"|[Cc][’']est\s+(?:moi|nous)\s+qui\s+soulign\w+)(?:\s*[.–—]+\s*(?:[А-Я]\.\s?){1,3})?)[.)\]\s]*"
)
SECOND_HAND = (
    r"(?:[Aa]s\s+)?(?:[Qq]uoted|[Cc]ited|[Qq]td\.?|[Rr]eproduced|[Rr]eprinted|[Rr]epr\.|[Nn]ow|[Cc]it\.)\s*(?:in|by|from|after)\b"
    r"|[Zz]it\.\s*(?:nach|n\.|in|bei)(?!\w)|[Zz]itiert\s+(?:nach|in|bei)\b|(?:[Jj]etzt|[Ww]ieder(?:abgedruckt)?|[Nn]achgedr\.|[Oo]ra|[Rr]ist\.)\s+in\b|[Rr]epris(?:es?)?\s+dans\b"
    r"|[Cc]it(?:é(?:e|s|es)?|\.)\s+(?:par|dans|in|chez|d[’']après)\b|[Цц]ит(?:\.|ируется)\s*(?:по|в)\b:?|[Aa]pud\b"
    r"|[Cc]it(?:ad[oa]s?|\.)\s+(?:en|por|según|em)\b|[Cc]it(?:at[oaie]|\.)\s+(?:in|da|secondo)\b|[Пп]рив(?:одится|\.)\s*по\b:?"
)
PRENOTE = re.compile(
    rf"\A\s*(?P<note>{SECOND_HAND}"
    r"|(?:(?:[Bb]ut|[Aa]nd|[Mm]ais|[Ee]t|[Ss]ed|[Аа]|[Нн]о)\s+)?(?:[Ss]ee|[Cc]\.?fr?\.?(?=\s)|(?:[Ss]i\s+)?[Vv]ed(?:i|a|ansi)|[Vv]éa(?:se|nse)|[Cc]ontra(?:st)?|[Aa]dde|[Vv]ide|[Vv]id\."
    r"|[Cc]ompare[rz]?|[Cc]o?m?p\.|[Vv]\.(?=\s+(?:anche|in\s+part))|[Ee]\.g\.|[Дд]алее|[Зз]атем|[Tt]hen|[Ww]eiter|[Pp]uis|[Ee]nsuite|[Ii]noltre|[Ff]rom|[Ii]n(?=\s+[A-ZÀ-Þ])|[Vv]gl\.|[Ss]iehe|[Ss]\.(?=\s+(?:auch|dazu|etwa|hierzu))"
    r"|[Ss]owie|[Aa]nders|[Dd]agegen|[Ee]benso|[ÄäA]hnlich|[Kk]ritisch|[Ss]imilarly|[Ll]ikewise|[Ff]erner|[Hh]ierzu|[Dd]azu|[Ss]o(?=\s+[A-ZÀ-Þ]|\s+auch)|[Ww]ie|[Aa]lso"
    r"|[Oo]therwise|[Tt]hus|[Pp]ace|[Ff]ollowing|[Uu]nlike|[Gg]egen(?=\s+[A-ZÀ-Þ])|[Ss]elon|[Aa]insi"
    r"|[Vv]oir|[Пп]одробнее|[Aa]s(?=\s+[A-ZÀ-Þ])|[Ww]ith|[Mm]it|[Aa]vec|[Сс]м\.|[Сс]р\.|[Ee]t(?=\s)|[Aa]nd(?=\s+[A-ZÀ-Þ])|[Uu]nd(?=\s+[A-ZÀ-Þ]))(?!\w)"
    rf"(?:,?\s+(?:also|too|again|e\.g\.|for\s+example|further|generally|in\s+general|auch|dazu|hierzu|zum\s+Folgenden|dagegen"
    rf"|etwa|z\.\s?B\.|ausführlich|aussi|anche|también|par\s+exemple|etiam|et(?=\s)|также|напр(?:имер|\.)|об\s+этом|см\.|{ESPECIALLY})(?!\w))*)[,:]?\s+"
)
# A part of a book that others may have written.
SECTION = (
    r"(?:Einleitung|Vorwort|Nachwort|Geleitwort|Introduction|Preface|Foreword"
    r"|Afterword|Prologue|Epilogue|Conclusion|Avant-propos|Préface|Postface|Introduzione|Prefazione"
    r"|Postfazione|Introducción|Prólogo|Epílogo|Введение|Предисловие|Послесловие)"
)
# `Hart, “Introduction,” in Ness, Letters, p. xi`, `Hart, preface to Ness, Letters, p. xi`
SECTION_OF = re.compile(
    rf"(?:\A|,\s*)(?P<section>(?:(?:the|his|her|[a-z]*e|[Ll][’'])\s?)?[“\"„«]?\s?(?i:{SECTION})[,.]?\s?[”\"“»]?),?\s+(?:in|to|zu[rm]?|dans|à|de|a|к|в)\s+(?=[^\W\d_a-z])"
)
QUOTING = ("quoted", "qtd", "as quoted", "as cited", "cit", "zit", "цит", "прив", "apud")
POINTING = ("see", "but see", "cf", "compare", "e.g", "vgl", "siehe", "s.", "voir", "см", "ср")

# Scans read an I as l or 1, a d as cl.
_IBID = (
    r"(?:[IiLl1|]\s?[bh][ií](?:d|cl)(?:em)?\.?|[Ii]b(?:\.|(?=\W*\Z))|(?:\A|(?<=\()|(?<=[;.,(]\s))(?:[Tt]he\s)?[Ss]ame\s(?:book|work|essay|article|place)(?=,?\s+(?:pp?\.|vols?\.|ch\.|\d)|\s*\Z)|[Ii]m\s?selben\s(?:Buch|Werk)|[Mm]ême\s(?:ouvrage|livre)|[Ii]vi|[IiLl1|]bld\.?|[Ee]bda?\.|[Ee]bd|[Ee]benda|[Ii]d\.(?=\s+at\s+\d)|\A[Ii]d\.?(?=\s*\Z)|[Тт]ам\s+же"
    r"|[Aa]\.?\s?a\.?\s?O\.?)"
)
_WORK = (
    r"(?:[Oo]p\.\s*[CcEe][il1]t\.?|[Oo]p(?:\.|ere)?\s*(?:[Cc]it|laud)(?:ato\b|\.?)|[Oo]\.\s?c(?:\.|(?=\s*\Z))|[Oo]b\.\s*[Cc]it\.?|(?<=,\s)cit(?:ato\b|\.|(?=\Z))(?=\s*(?:[,;)]|\Z))|(?:[Aa]rt|[Oo]uvr|[Éé]d|[Tt]rad)\.\s*(?:[Cc]it|laud)(?:ée?\b|\.?)"
    r"|(?:[Уу]каз|[Цц]ит|[Нн]азв)\.\s*(?:соч|ст|изд|раб|кн|произв)(?!\w)\.?|[Uu](?:bi|t)\s+supra|[Uu]\.\s?s\.|[Ss]upra\s+cit\.|(?<=,\s)as\s(?:already\s|above\s)?cited(?:\sabove)?(?=\s*(?:[,;.)]|\Z)))"
)
_PLACE = r"(?:[Ll]oc\.?\s*(?:[Cc]it|laud)\.?|[Ll]\.\s?[cl](?:\.|(?=\s*\Z)))"
_PERSON = (
    r"(?:(?:[IiLl1|Íí]dem|[Ee]adem)(?!\s+(?!ibi?d|ebd|loc|pp)[a-zà-ÿ]{3})|[Ee]iusdem|[IiÍí]d\.|[Ee]ad\.|[Dd]ers\.|[Dd]ies\.|[Dd]erselbe|[Dd]ieselbe"
    r"|[Оо]на?\s+же)"
)
BACK = re.compile(
    rf"(?<!\w)(?:{_PERSON},?\s+(?={_IBID}|{_WORK}|{_PLACE}))?"
    rf"(?:(?P<ibid>{_IBID})|(?P<work>{_WORK})|(?P<place>{_PLACE})|(?P<person>{_PERSON}))(?!\w)"
)
QUOTED = re.compile(r"[“\"„«‘](?P<title>[^”\"“»]{2,200}?)[,.?!]?(?:[”\"“»]|’(?!\w))")
# `(wie Anm. 6)`, `(see note 4 above)`: where the work was cited first.
NOTED = re.compile(
    r"\s*[(\[][^()\d]{0,12}\b(?:Anm|Fn|nn?|not[ae]|прим)\b\.?\s*(?P<note>\d+)[^()\d]{0,8}[)\]]"
    r"|,?\s*\b(?:supra|above),?\s+(?:nn?|note)\b\.?\s*(?P<above>\d+)"
)
# Pages of the text itself: `see above, p. 12`.
INTERNAL = re.compile(
    r"\b(?:above|below|supra|infra|oben|unten|ci-dessus|ci-dessous|выше|ниже)\b"
    r"|(?:\A|[(\[.;]\s*|\b(?i:see|siehe|voir|cf\.|vgl\.)\s+)"
    r"(?i:above|below|supra|infra|oben|unten|ci-dessus|ci-dessous|выше|ниже)\b"
)
RESPECTIVELY = re.compile(r",?\s*\brespectively\b\.?")

_HERE_VOLUME = re.compile(rf",?\s*\b(?:hier|ici|here|здесь):?\s+(?={VOLUME.pattern})")
_DIGITS = str.maketrans("lI|OoSBgЗО", "1110058930")
_SCANNED_PAGE = r"[\dlI|OoSBgЗО]{1,4}(?:\s?[-–—]\s?[\dlI|OoSBgЗО]{1,4})?"
_SCANNED_NUMBER = re.compile(rf"(?=[^,]*?(?:\d|[lI|]O|O[lI|O])){_SCANNED_PAGE}")
_SCANNED_PAGES = re.compile(
    rf"(?<!\w)(pp?|S|[сС])([.,]\s?|\s)({_SCANNED_PAGE}(?:,\s(?=\w?\d){_SCANNED_PAGE})*)(?=[\s.,;:)\]]|\Z)"
)
_SCANNED_LABEL = re.compile(r"\bvo[1I|](?=s?\.)")
_SCANNED_VOLUME = re.compile(r"(?<=\bvol\.\s)[\dlI|O]{1,4}(?=[,.]?\s)")
_SCANNED_YEAR = re.compile(
    r"(?<!\w)((?:[1lI|][4-9S]|2[0O])[\dlI|OoSBg]{2})(?=[a-z]?(?:[\s.,;:)\]]|\Z))"
)
_YEAR_AND_PAGES = re.compile(
    rf"(?<!\w)([12]\d{{3}}[a-z]?)(:\s?|,\s)({_SCANNED_PAGE}(?:,\s{_SCANNED_PAGE})*)(?=[\s.,;:)\]]|\Z)"
)
_DIVIDED_LETTER = re.compile(
    r"(?<=\bp\.\s)[lI|](?P<blank>\s)(?=\d{2}\W*(?:\n|\Z))|(?<=\d[-–—])[lI|](?=\d\d(?!\d))"
)
_SCANNED_LINE = re.compile(r"(?<=\d,\s)11?(?=\.\s?\d{1,4}(?!\d|\.\s?\d))")
_DIVIDED_PAGE = re.compile(
    r"(?<!\w)(pp?\.\s?(?:\d{3}[-–—]\d|\d{1,2}))\s(\d{1,2})(?=\s*[-–—.,;:)\]]|\s*\Z)"
)

# The label of a volume and page: `p. 5:543`
_ABOVE_ALL = re.compile(r"(?<!\w)v\.\s?a\.(?=\s*(?:S\.\s?)?\d)")  # its v is no page
_LABELLED_VOLUME = re.compile(r"(?<!\w)pp?\.\s?(?=\d{1,2}:\d\d)")
# The year of the first edition behind the page: `1978: 271 [1960]`.
_FIRST_YEAR = re.compile(
    rf"([:,]\s?(?!{YEAR_FORM})\d{{1,4}}(?:[-–]\d{{1,4}})?)\s*\[{YEAR_FORM}\](?=\s*(?:;|\Z))"
)
# A page behind its year, before what a catalogue counts: `1986, 139, no. 218, fig. 2`.
_CATALOGUED = re.compile(
    rf"(?<={YEAR_FORM},\s)(?!{YEAR_FORM})(?=\d+(?:[-–]\d+)?(?:,\s[A-Z]{{1,3}}\s?\d+|\s\([^()]{{1,30}}\))?,\s(?:{NUMBER}(?!,?\s\(|:|,\s(?:{LABEL})?\s?\d)|(?:[Ff]ig|[Pp]l|[Tt]af|[Aa]bb|[Tt]av|cat|[Kk]at|nn?\.)[a-z]*\.?\s?[\dIVXL]|[A-Z]{{1,3}}\s?\d))"
)
_RUSSIAN_OTHERS = re.compile(r"(?<=\w\s)и\s+др(?:\.|угие\b)(?=,?\s+[(\[]?\d{4})")
AND_OTHERS = re.compile(
    r"(?:\b(?:et\s+al|and\s+(?:others|colleagues)|et\s+(?:autres|(?:ses\s+)?collègues)|e\s+(?:altri|colleghi)|y\s+(?:otros|cols|colegas)"
    r"|u(?:nd|\.)\s?(?:a(?:ndere|\.)|(?:Kollegen|Mitarbeiter)))|&\s*al)(?!\w)\.?"
)


def with_figures(text: str) -> str:
    """Return a text of the same length with figures for the letters in its pages: `p. l44`."""
    text = _LABELLED_VOLUME.sub(lambda m: " " * len(m[0]), text)
    text = _ABOVE_ALL.sub(lambda m: "bes.".ljust(len(m[0])), text)
    pages = _SCANNED_PAGES.sub(lambda m: f"{m[1]}{m[2]}{_figures(m[3])}", _joined(text))
    return _with_years(pages)


def _with_years(text: str) -> str:
    """Return a text with figures for the letters in its years, and in the pages behind these."""
    text = _SCANNED_YEAR.sub(lambda m: _figures(m[1]), text)
    return _YEAR_AND_PAGES.sub(lambda m: f"{m[1]}{m[2]}{_figures(m[3])}", text)


def _joined(text: str) -> str:
    """Return a text as long, a figure for the letter apart from its page; `1. 563` is a line."""
    text = _SCANNED_LINE.sub(lambda m: "l" * len(m[0]), text)
    return _DIVIDED_LETTER.sub(lambda m: f"{m['blank'] or ''}1", text)


@lru_cache(maxsize=10_000)  # of one reference it is asked several times
def mended(text: str) -> str:
    """Return a reference with the letters that a scan made of its figures as figures again."""
    text = NOTED.sub("", re.sub(r"(?<=\w)\s+(?=[.,;:](?:\s|\Z))", "", text))
    text = _HERE_VOLUME.sub(", ", EDITION.sub("", text))
    text = _SCANNED_LABEL.sub("vol", text)
    text = _SCANNED_PAGES.sub(lambda m: f"{m[1]}. {_figures(m[3])}", _joined(text))
    text = _with_years(_SCANNED_VOLUME.sub(_numeral, text))
    text = _CATALOGUED.sub("p. ", _FIRST_YEAR.sub(r"\1", text))
    return _RUSSIAN_OTHERS.sub("et al.", _DIVIDED_PAGE.sub(r"\1\2", text))


def _numeral(match: re.Match[str]) -> str:
    """Return a volume's figures, or its roman number: `Il`, `l2`."""
    return _figures(match[0]).replace("l", "I").replace("|", "I")


def _figures(typed: str) -> str:
    """Return figures for the letters of each number that has a figure, or an O beside an I."""
    return _SCANNED_NUMBER.sub(lambda m: m[0].translate(_DIGITS), typed)


def number_of(volume: str) -> str:
    """Return a volume's number in arabic figures, that of its half too: `4/2`."""
    volume = re.sub(r",\s?", "/", volume.replace("-", "–"))
    return re.sub(r"\w+", lambda m: str(volume_number(m[0]) or m[0]), volume)
