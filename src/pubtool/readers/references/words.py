"""The words by which references announce their parts, in the languages of this press."""

from __future__ import annotations

import re
from collections.abc import Iterable

ABBREVIATIONS = frozenset(
    """vol vols no nos nr nu p pp s ss ed eds edn st dr prof vs ca cf bd jg hrsg hg trans transl tr
    çev red ред пер т c cilt sayı art fig ch dept univ jr sr mr mrs ms mt ft inc ltd co corp
    jan feb mar apr jun jul aug sep sept oct nov dec yay haz der vd al rev repr suppl ser
    pub publ""".split()
)  # fmt: skip
VOLUME_WORDS = frozenset(
    {"volume", "vol", "vols", "cilt", "cild", "band", "bd", "tome", "том", "т"}
)

MONTHS: dict[str, int] = {
    name: number
    for names in (
        """january february march april may june july august september october november december""",
        """jan feb mar apr may jun jul aug sep oct nov dec""",
        """ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık""",
        """yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr""",
        """января февраля марта апреля мая июня июля августа сентября октября ноября декабря""",
        """januar februar märz april mai juni juli august september oktober november dezember""",
        """janvier février mars avril mai juin juillet août septembre octobre novembre décembre""",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(names.split(), 1)
} | {"sept": 9}


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


AND = ("&", "and", "ve", "və", "und", "et", "y", "e", "и")
OTHERS = ("et al.", "et al", "vd.", "v.d.", "ve diğerleri", "və b.", "и др.", "u. a.", "and others")
EDITORS = (
    "coordenadores", "coordinadores", "organizadores", "organizador", "coordenador", "hrsg",
    "compilers", "comp.",
    "ed.", "eds.", "ed", "eds", "edt.", "haz.", "hrsg.", "hg.", "dir.", "red.", "ред.",
    "editor", "editors", "editör", "coord.", "org.", "orgs.",
)  # fmt: skip
TRANSLATORS = (
    "trans.",
    "transl.",
    "çev.",
    "tərc.",
    "пер.",
    "übers.",
    "trad.",
    "translator",
    "translators",
)
IN = ("In", "In:", "in", "in:", "İçinde:", "İçinde", "В кн.:", "В:", "Dans", "En", "Em")
WITHIN = ("içinde", "içerisinde")
PAGES = ("pp.", "p.", "ss.", "s.", "S.", "pág.", "págs.", "с.", "səh.", "pp", "p", "ss")
VOLUME = (
    "Volume", "Volumes", "Vol.", "Vols.", "vol.", "vols.", "Vol", "vol", "Cilt", "C.", "Cild",
    "Band", "Bd.", "Tome", "Том", "Т.", "volume",
)  # fmt: skip
ISSUE = ("no.", "nos.", "No.", "Nos.", "no", "sy.", "sayı", "Sayı", "№", "H.", "issue", "nr.")
EDITION = (
    "ed.", "edn.", "edn", "ed", "edition", "baskı", "bs.", "nəşr", "Aufl.", "Auflage", "изд.",
    "éd.", "baskı.",
)  # fmt: skip
EDITION_NAMES = (
    "Revised", "Rev.", "Expanded", "Updated", "International", "Second", "Third", "Fourth",
    "2nd rev.", "Gözden geçirilmiş",
)  # fmt: skip

THESIS = (
    "thesis", "dissertation", "tezi", "tez", "dissertasiya", "диссертация", "habilitation",
    "diplomarbeit",
)  # fmt: skip
KINDS = (
    "data set", "dataset", "film", "video", "software", "app", "podcast", "map", "photograph",
    "painting", "brochure", "poster", "interview", "speech", "lecture", "review of", "post",
    "manuscript", "conference", "veri seti", "broadcast", "recording", "album", "series",
)  # fmt: skip
REPORT = (
    "report", "working paper", "technical report", "policy brief", "rapor", "raporu", "hesabat",
    "отчет", "white paper", "working draft", "memorandum", "discussion paper", "policy paper",
)  # fmt: skip
CONFERENCE = (
    "proceedings", "conference", "congress", "symposium", "workshop", "kongresi", "sempozyumu",
    "konfransı", "конференц", "tagung", "meeting of", "congreso",
)  # fmt: skip
ENCYCLOPEDIA = (
    "encyclopedia", "encyclopaedia", "ansiklopedi", "ensiklopediya", "энциклопедия",
    "dictionary of", "lexikon",
)  # fmt: skip
NEWSPAPER = (
    "newspaper", "gazetesi", "qəzeti", "газета", "times", "zeitung", "daily", "tribune",
    "guardian", "journal de", "le monde", "gazette", "herald",
)  # fmt: skip
# Whoever publishes names itself with one of these.
PUBLISHER = (
    "press", "publish", "verlag", "yayın", "nəşr", "издат", "books", "university", "univers",
    "éditions", "editions", "kitab", "& sons", "foundation", "institute", "academy", "ministry",
    "bank", "committee", "commission", "organi", "mərkəz", "kurum", "group",
)  # fmt: skip

# Sites, by what their names have.
SITES = (
    "news", "blog", "wiki", "online", "watch", "agency", "portal", "website", "web site", ".com",
    ".org", ".net", ".az", ".tr", "radio", "tv", "encyclop", "database", " data", "azertac", "bbc",
    "cnn", "reuters", "youtube", "facebook", "twitter", "today", "times", "haber", "xəbər",
)  # fmt: skip
# Bodies that publish reports.
BODIES = (
    "ministry", "bank", "committee", "commission", "organi", "unesco", "united nations",
    "council", "agency", "bakanlığı", "nazirliyi", "kurum", "crisis group", "undp",
    "world health", "министерство", "комитет", "parliament", "fund", "office",
)  # fmt: skip

# Cities that stand where a publisher is expected, or before a colon.
CITIES = frozenset(
    city.strip()
    for city in """ankara|baku|bakı|bakü|баку|berlin|boston|cambridge|chicago|frankfurt|ganja|gəncə|
    geneva|istanbul|i̇stanbul|izmir|i̇zmir|kyiv|leiden|leipzig|leningrad|ленинград|london|los angeles|
    madrid|milan|moscow|москва|munich|münchen|nakhchivan|naxçıvan|new delhi|new york|oxford|paris|
    philadelphia|prague|princeton|rome|roma|st. petersburg|санкт-петербург|stanford|stuttgart|
    tabriz|təbriz|tbilisi|tehran|tiflis|tokyo|toronto|vienna|wien|warsaw|washington|washington, dc|
    washington, d.c.|zurich|zürich|almaty|tashkent|astana|brussels|amsterdam|the hague|
    edinburgh""".split("|")
)

# Words that styles put between the parts.
STYLE_WORDS = frozenset(
    """and ve və und et al others in içinde vol vols volume cilt no nos issue sayı pp ss page pages
    ed eds edn edition editor editors edited by trans translated translator translators çev baskı
    available at from accessed retrieved cited internet online erişim tarihi adresi url doi https
    http org www isbn isbn-13 the diğerleri article number on last first second third""".split()
)  # fmt: skip
