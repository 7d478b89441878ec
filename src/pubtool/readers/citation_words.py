"""The words of citations in running text, in several languages."""

from __future__ import annotations

# What stands before a place cited → the kind of place, as `<cite label>` has it.
LOCATORS: dict[str, tuple[str, ...]] = {
    "page": ("p.", "pp.", "p", "pp", "page", "pages", "s.", "ss.", "S.", "sf.", "səh.", "с.",
             "стр.", "pág.", "págs.", "pg."),
    "chapter": ("ch.", "chap.", "chapter", "chapters", "bölüm", "fəsil", "Kap.", "гл.", "chapitre",
                "cap."),
    "volume": ("vol.", "vols.", "volume", "c.", "cilt", "cild", "Bd.", "т.", "t.", "tome"),
    "section": ("sec.", "section", "§", "§§", "kısım", "Abschn."),
    "note": ("n.", "nn.", "note", "notes", "fn.", "dn.", "dipnot", "Anm."),
    "line": ("line", "lines", "satır"),
    "verse": ("verse", "verses", "beyit", "ayet", "ayə"),
    "paragraph": ("para.", "paras.", "paragraph", "¶", "par.", "prgf.", "Abs.", "абз."),
    "figure": ("fig.", "figure", "şekil", "Abb.", "рис."),
}  # fmt: skip
# What may stand before the author in a bracket.
LEADS = (
    "see also", "see e.g.,", "see e.g.", "see, e.g.,", "see", "cf.", "e.g.,", "e.g.",
    "as cited in", "quoted in", "cited in", "compare", "also", "ayrıca bkz.", "bkz.", "bk.",
    "bax:", "bax.", "vgl.", "siehe", "voir", "véase", "см. также", "см.", "цит. по", "akt.",
    "aktaran",
)  # fmt: skip
# "In the same place" as the citation before, and "in the work cited" of an author.
SAME_PLACE = (
    "ibid.",
    "ibid",
    "ibidem",
    "a.g.y.",
    "ebd.",
    "ebenda",
    "там же",
    "yenə orada",
    "aynı yerde",
    "id.",
)
WORK_CITED = (
    "op. cit.", "op.cit.", "a.g.e.", "a.g.m.", "age.", "agm.", "göst. yer.", "göstərilən əsər",
    "указ. соч.", "loc. cit.", "a. a. O.", "a.a.O.",
)  # fmt: skip
NO_DATE = (
    "n.d.",
    "t.y.",
    "o. J.",
    "s.d.",
    "s. f.",
    "б. г.",
    "in press",
    "forthcoming",
    "baskıda",
    "çapda",
)
# Capitalised words before a year that name no author.
NOT_AUTHORS = frozenset(
    """in since from until by after before during spring summer autumn winter early late mid about
    circa ca born died reigned act law treaty article as also like while when where thus so but see
    both although however because according even only""".split()
)
