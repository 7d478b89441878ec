"""What words and values of JATS mean in a chapter: tables only."""

from __future__ import annotations

XLINK = "{http://www.w3.org/1999/xlink}href"

# Elements that stand in a line of text, so that no word ends at their edges.
IN_LINE = frozenset(
    """
    italic bold sc sub sup underline strike monospace overline roman sans-serif fixed-case ruby rb
    rt named-content styled-content abbrev xref ext-link email uri inline-graphic index-term term
    target milestone-start milestone-end price private-char
    """.split()
)
# In a citation everything stands in the line but the parts of a name, and numbers beside it.
NAME_PARTS = frozenset({"surname", "given-names", "prefix", "suffix", "degrees", "object-id"})

# Elements that are read as chapters of their own, by what the chapter is.
CHAPTERS = {
    "book-part": "chapter",
    "foreword": "foreword",
    "preface": "preface",
    "introduction": "introduction",
    "dedication": "chapter",
    "front-matter-part": "chapter",
    "book-app": "chapter",
}
SUB_ARTICLES = frozenset({"sub-article", "response"})
CHAPTER_TYPES = frozenset("introduction conclusion foreword preface afterword".split())

CONTRIBUTORS = frozenset("author editor translator illustrator contributor".split())
EDITORS = {
    "editor": "editor",
    "translator": "translator",
    "series-editor": "series-editor",
    "volume-editor": "editor",
}
# Person groups of a reference → what a name's role may be.
NAME_ROLES = {
    "author": "author",
    "allauthors": "author",
    "editor": "editor",
    "guest-editor": "editor",
    "translator": "translator",
    "transed": "translator",
    "series-editor": "series-editor",
    "interviewer": "interviewer",
    "director": "director",
    "recipient": "recipient",
    "container-author": "container-author",
}
DEPARTMENTS = frozenset({"dept", "department", "orgdiv1", "orgdiv2", "orgdiv3", "division"})

ABSTRACTS = {
    "": "abstract",
    "summary": "summary",
    "executive-summary": "summary",
    "plain-language": "plain-language",
    "plain-language-summary": "plain-language",
    "teaser": "teaser",
    "toc": "teaser",
    "short": "teaser",
}
SECTIONS = {
    "intro": "introduction",
    "introduction": "introduction",
    "methods": "methods",
    "materials": "methods",
    "materials|methods": "methods",
    "results": "results",
    "discussion": "discussion",
    "conclusion": "conclusion",
    "conclusions": "conclusion",
}
STATEMENTS = {
    "coi-statement": "conflict",
    "conflict": "conflict",
    "competing-interest": "conflict",
    "data-availability": "data",
    "data": "data",
    "ethics": "ethics",
    "ethics-statement": "ethics",
    "funding": "funding",
    "financial-disclosure": "funding",
    "supported-by": "funding",
    "con": "contributions",
    "contributions": "contributions",
    "author-contribution": "contributions",
    "author-contributions": "contributions",
}
LISTS = {
    "order": "decimal",
    "ordered": "decimal",
    "alpha-lower": "lower-alpha",
    "alpha-upper": "upper-alpha",
    "roman-lower": "lower-roman",
    "roman-upper": "upper-roman",
}
PLAIN_LISTS = frozenset({"simple", "plain", "none"})

# Types of cited works → types of the chapter.
WORKS = {
    "journal": "article-journal",
    "article-journal": "article-journal",
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "confproc": "paper-conference",
    "conference": "paper-conference",
    "web": "webpage",
    "website": "webpage",
    "data": "dataset",
    "database": "dataset",
    "preprint": "manuscript",
    "working-paper": "report",
    "gov": "report",
    "thesis": "thesis",
    "encyclopedia": "entry-encyclopedia",
    "book-chapter": "chapter",
    "legal-doc": "legal",
    "commun": "other",
    **{
        same: same
        for same in (
            "book chapter thesis report software manuscript patent legal webpage dataset speech "
            "film other article-newspaper article-magazine paper-conference entry-encyclopedia"
        ).split()
    },
}
WHOLE_WORKS = frozenset({"book", "thesis", "report", "software", "manuscript", "film"})
# Elements of a citation → fields of a reference that are the same thing by another name.
FIELDS = {
    "volume": "volume",
    "edition": "edition",
    "series": "series",
    "volume-series": "volume-title",
    "fpage": "first-page",
    "lpage": "last-page",
    "publisher-name": "publisher",
    "publisher-loc": "place",
    "isbn": "isbn",
    "issn": "issn",
    "issn-l": "issn",
    "doi": "doi",
}
TITLES = frozenset({"article-title", "chapter-title", "part-title", "data-title"})
IDENTIFIERS = frozenset({"pub-id", "object-id"})
ISBN_FORMATS = {
    "print": "print",
    "ppub": "print",
    "hardback": "hardback",
    "hardcover": "hardback",
    "paperback": "paperback",
    "softcover": "paperback",
    "pdf": "pdf",
    "epub": "epub",
    "online": "online",
    "electronic": "online",
    "e-book": "online",
}
PUBLISHED = ("pub", "publication", "epub-ppub", "ppub", "epub", "collection", "")
CREDIT = {
    "writing-original-draft": "writing – original draft",
    "writing-review-editing": "writing – review & editing",
}
CREDIT_ROLES = (
    "conceptualization data-curation formal-analysis funding-acquisition investigation "
    "methodology project-administration resources software supervision validation visualization "
    "writing-original-draft writing-review-editing"
).split()
# Words that a chapter says by what it makes of them: the address of a DOI, the name of a field.
UNDERSTOOD = frozenset(
    """
    http https www dx doi org orcid ror al chapter number type url citation line abstract
    acknowledgement acknowledgements acknowledgments
    """.split()
)
MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan janeiro enero janvier januar ocak",
            "february feb fevereiro fev febrero février februar şubat",
            "march mar março marzo mars märz mart",
            "april apr abril abr avril nisan",
            "may maio mayo mai mayıs",
            "june jun junho junio juin juni haziran",
            "july jul julho julio juillet juli temmuz",
            "august aug agosto ago août ağustos",
            "september sep sept setembro set septiembre septembre eylül",
            "october oct outubro out octubre octobre oktober ekim",
            "november nov novembro noviembre novembre kasım",
            "december dec dezembro dez diciembre décembre dezember aralık",
        ),
        1,
    )
    for name in names.split()
}
