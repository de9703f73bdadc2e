"""How the labels of a locator are written, by language.

The names are those of the Citation Style Language 1.0.2 (https://docs.citationstyles.org,
"Locators") with `plate`, `canto`, `stanza`, `letter`, `signature` and `fragment` besides. The
forms of other languages are those of CSL's locale files and of the style guides of the
language. Each entry is `name singular plural`; the usual pair of a name comes first. Full stops
are optional when a label is read.
"""

_TABLES = {
    "en": """
    act act acts; appendix app. apps.; appendix appx. appxs.; appendix appendix appendices;
    article-locator art. arts.; article-locator article articles; book bk. bks.; book book books;
    canon canon canons; canto canto cantos; chapter chap. chaps.; chapter ch. chs.;
    chapter chapter chapters; chapter chapt. chapts.; column col. cols.;
    column column columns; elocation loc. locs.; elocation location locations;
    equation eq. eqs.; equation equation equations;
    figure fig. figs.; figure figure figures; folio fol. fols.; folio fol. foll.; folio fo. fos.;
    folio f. ff.; folio folio folios; fragment frag. frags.; fragment fr. frr.;
    fragment fragment fragments; issue no. nos.; issue issue issues; issue number numbers;
    issue № №№; letter letter letters; line l. ll.; line ln. lns.; line line lines;
    note n. nn.; note fn. fns.; note note notes; note footnote footnotes; note endnote endnotes;
    opus op. opp.; opus opus opera; page p. pp.; page pg. pgs.; page page pages;
    paragraph para. paras.; paragraph par. pars.; paragraph ¶ ¶¶;
    paragraph paragraph paragraphs; part pt. pts.; part part parts; plate pl. pls.;
    plate plate plates; rule r. rr.; rule rule rules;
    scene sc. scs.; scene scene scenes; section § §§; section sec. secs.; section sect. sects.;
    section section sections; signature sig. sigs.; signature signature signatures;
    stanza stanza stanzas; stanza st. sts.; sub-verbo s.v. s.vv.; supplement supp. supps.;
    supplement suppl. suppls.; supplement supplement supplements; table tbl. tbls.;
    table tab. tabs.; table table tables; timestamp timestamp timestamps; timestamp min. mins.;
    timestamp minute minutes; title-locator tit. tits.; title-locator title titles;
    verse v. vv.; verse vs. vss.; verse verse verses; version version versions;
    version ver. ver.; volume vol. vols.; volume volume volumes
    """,
    "de": """
    page S. S.; page Seite Seiten; volume Bd. Bde.; volume Band Bände; chapter Kap. Kap.;
    chapter Kapitel Kapitel; note Anm. Anm.; note Anmerkung Anmerkungen; note Fn. Fn.;
    note Fußn. Fußn.; note Fußnote Fußnoten; column Sp. Sp.; column Spalte Spalten;
    line Z. Z.; line Zeile Zeilen; line Zl. Zl.; verse V. V.; verse Vers Verse; book Buch Bücher;
    part Tl. Tle.; part Teil Teile; section Abschn. Abschn.;
    section Abschnitt Abschnitte; paragraph Abs. Abs.; paragraph Absatz Absätze;
    figure Abb. Abb.; figure Abbildung Abbildungen; plate Taf. Taf.; plate Tafel Tafeln;
    folio Bl. Bl.; folio Blatt Blätter; issue Nr. Nrn.; issue H. H.; issue Heft Hefte;
    issue Nummer Nummern; volume Jg. Jg.; volume Jahrgang Jahrgänge; table Tabelle Tabellen;
    article-locator Artikel Artikel; act Akt Akte; scene Szene Szenen; stanza Strophe Strophen;
    letter Brief Briefe; signature Bogen Bogen; appendix Anhang Anhänge;
    section Ziff. Ziff.; section Rn. Rn.;
    section Rdnr. Rdnr.; section Rdn. Rdn.; section Rz. Rz.; section Tz. Tz.;
    act Aufzug Aufzüge; scene Auftritt Auftritte; canto Gesang Gesänge
    """,
    "fr": """
    page p. p.; volume t. t.; volume tome tomes; chapter chapitre chapitres; chapter c. c.;
    book livre livres; book liv. liv.; line ligne lignes; verse vers vers; verse verset versets;
    paragraph paragr. paragr.; paragraph paragraphe paragraphes; part partie parties;
    column colonne colonnes; folio fᵒ fᵒˢ; folio f° f°; folio fo fos; issue nᵒ nᵒˢ; issue n° n°;
    issue no nos; issue numéro numéros; act acte actes; scene scène scènes; canto chant chants;
    plate planche planches; letter lettre lettres; stanza strophe strophes;
    table tableau tableaux; note note notes; appendix annexe annexes; appendix append. append.
    """,
    "es": """
    page p. pp.; page pág. págs.; page pag. pags.; page página páginas; volume vol. vols.;
    volume tomo tomos; chapter cap. caps.; chapter capítulo capítulos; book lib. libs.;
    book libro libros; issue núm. núms.; issue n.º n.º; issue nº nº; issue número números;
    note nota notas; column columna columnas; line línea líneas; verse verso versos;
    paragraph párr. párrs.; paragraph párrafo párrafos; part parte partes; plate lám. láms.;
    figure figura figuras; act acto actos; act jornada jornadas; scene escena escenas;
    scene esc. escs.; section sección secciones;
    letter carta cartas
    """,
    "it": """
    page p. pp.; page pag. pagg.; page pagina pagine; volume vol. voll.; volume tomo tomi;
    chapter cap. capp.; chapter capitolo capitoli; book libro libri; note nota note;
    column colonna colonne; column col. coll.; line riga righe; line rigo righi;
    verse verso versi; paragraph paragrafo paragrafi; part parte parti; plate tav. tavv.;
    plate tavola tavole; figure figura figure; figure fig. figg.; act atto atti;
    scene scena scene; canto canto canti; folio carta carte; folio cc. cc.; letter lettera lettere
    """,
    "tr": """
    page sf. sf.; page ss. ss.; page sayfa sayfalar; volume cilt ciltler; chapter bölüm bölümler
    """,
    "zh": """
    page 頁 頁; page 页 页
    """,
    "pt": """
    page p. p.; page pág. págs.; page página páginas; volume v. v.; volume vol. vols.;
    chapter cap. caps.; chapter capítulo capítulos; book livro livros; line linha linhas;
    canto canto cantos; section seção seções; folio fólio fólios; folio fl. fls.;
    letter carta cartas
    """,
    "nl": """
    page p. pp.; page blz. blz.; page bladzijde bladzijden; volume dl. dln.; volume deel delen;
    chapter hfst. hfst.; chapter hoofdstuk hoofdstukken; book boek boeken; note noot noten;
    line regel regels; verse vers verzen; column kolom kolommen; issue nr. nrs.;
    issue nummer nummers; figure afb. afb.; figure afbeelding afbeeldingen; letter brief brieven
    """,
    "pl": """
    page s. s.; page str. str.; page strona strony; volume t. t.; volume tom tomy;
    chapter rozdz. rozdz.; chapter rozdział rozdziały; note przyp. przyp.; book ks. ks.;
    part cz. cz.; part część części; verse w. w.; verse wers wersy; line wiersz wiersze;
    column szp. szp.; figure ryc. ryc.; letter list listy; issue numer numery
    """,
    "cs": """
    page s. s.; page strana strany; volume sv. sv.; volume svazek svazky; volume díl díly;
    chapter kapitola kapitoly; note pozn. pozn.; issue č. č.; figure obr. obr.;
    column sloupec sloupce
    """,
    "sv": """
    page s. s.; page sida sidor; volume bd. bd.; volume band band; chapter kap. kap.;
    chapter kapitel kapitel; column spalt spalter; line rad rader;
    page side sider; volume bind bind; letter brev brev; page sid. sid.; note not noter
    """,
    "fi": """
    page s. s.; page sivu sivut; volume osa osat; chapter luku luvut;
    note alaviite alaviitteet; note viite viitteet; line rivi rivit; figure kuva kuvat
    """,
    "la": """
    page p. pp.; page pagina paginae; volume t. tt.; volume tomus tomi; book lib. libb.;
    book liber libri; chapter cap. capp.; chapter caput capita; folio folium folia;
    line linea lineae; verse versus versus; column columna columnae;
    sub-verbo s.u. s.uu.; note adn. adn.; letter ep. epp.; fragment fragmentum fragmenta
    """,
    "ru": """
    page с. с.; page сс. сс.; page стр. стр.; page страница страницы; volume т. тт.;
    volume том тома; chapter гл. гл.; chapter глава главы; book кн. кн.; book книга книги;
    part ч. чч.; part часть части; folio л. лл.; folio лист листы; note прим. прим.;
    note примеч. примеч.; note примечание примечания; note сноска сноски; note сн. сн.;
    column стб. стб.; column стлб. стлб.; column столбец столбцы; issue вып. вып.;
    issue выпуск выпуски; line стк. стк.; line строка строки; verse стих стихи;
    verse ст. ст.; figure рис. рис.; figure рисунок рисунки; table табл. табл.;
    table таблица таблицы; section разд. разд.; section раздел разделы; paragraph п. пп.;
    paragraph пункт пункты; paragraph абз. абз.; plate ил. ил.; act действие действия;
    act акт акты; scene явл. явл.; scene явление явления; scene сцена сцены; letter письмо письма;
    chapter розд. розд.; chapter розділ розділи; page сторінка сторінки;
    page стор. стор.
    """,
    "el": """
    page σ. σσ.; page σελ. σελ.; page σελίδα σελίδες; volume τ. ττ.; volume τόμ. τόμ.;
    volume τόμος τόμοι; chapter κεφ. κεφ.; chapter κεφάλαιο κεφάλαια; line στ. στ.;
    line στίχος στίχοι; note σημ. σημ.; note υποσ. υποσ.; book βιβλίο βιβλία
    """,
    "he": "page עמ׳ עמ׳; page עמ' עמ'; page עמוד עמודים; volume כרך כרכים; chapter פרק פרקים;"
    " folio דף דפים",
    "ar": "page ص ص; page صص صص; page صفحة صفحات; volume ج ج; volume مجلد مجلدات; chapter فصل فصول;"
    " issue عدد أعداد; issue العدد العددان",
}

# What is counted, before or behind its number: 第12頁, 12页, 3巻.
COUNTERS = {
    "頁": "page", "页": "page", "ページ": "page", "쪽": "page", "면": "page",
    "巻": "volume", "卷": "volume", "冊": "volume", "册": "volume", "권": "volume",
    "章": "chapter", "장": "chapter", "節": "section", "节": "section", "行": "line",
    "葉": "folio", "叶": "folio", "条": "article-locator", "條": "article-locator",
    "号": "issue", "號": "issue", "期": "issue", "部": "part", "篇": "part", "幕": "act",
}  # fmt: skip


def _forms(table: str) -> list[tuple[str, str, str]]:
    return [(name, one, many) for name, one, many in map(str.split, table.split(";"))]


FORMS = {language: _forms(table) for language, table in _TABLES.items()}


def usual_form(label: str, *, plural: bool, language: str = "en") -> str:
    """Return the abbreviation by which a label is printed in a language, else in English."""
    for forms in (FORMS.get(language, ()), FORMS["en"]):
        for name, one, many in forms:
            if name == label:
                return many if plural else one
    raise KeyError(label)
