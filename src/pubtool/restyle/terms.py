"""The words of citations in languages for which CSL has no locale.

A term is (name, form) as in CSL 1.0.2, Appendix II; "one|several" gives both numbers.
"""

from __future__ import annotations

_MONTHS = "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split()
# The endings of 1st to 9th, and of 10th, 20th … 90th, by vowel harmony.
_UNITS, _TENS = "ci ci cü cü ci cı ci ci cu".split(), "cu ci cu cı ci cı ci ci cı".split()
_ORDINALS = {
    ("ordinal", ""): "-ci",
    **{(f"ordinal-{n:02}", ""): f"-{end}" for n, end in enumerate(_UNITS, 1)},
    **{(f"ordinal-{n}0", ""): f"-{end}" for n, end in enumerate(_TENS, 1)},
    **{(f"ordinal-1{n}", ""): f"-{end}" for n, end in enumerate(_UNITS, 1)},
}

# What a locator may name.
PLACES = "page chapter section volume note line verse paragraph figure".split()
TERMS: dict[str, dict[tuple[str, str], str]] = {
    "az": {
        ("accessed", ""): "müraciət tarixi",
        ("advance-online-publication", ""): "çapdan əvvəl onlayn nəşr",
        ("and", ""): "və",
        ("and others", ""): "və başqaları",
        ("anonymous", ""): "anonim",
        ("anonymous", "short"): "anon.",
        ("at", ""): "ünvan",
        ("available at", ""): "mövcuddur",
        ("by", ""): "müəllif",
        ("circa", ""): "təqribən",
        ("circa", "short"): "təq.",
        ("cited", ""): "istinad edilib",
        ("et-al", ""): "və b.",
        ("forthcoming", ""): "çapda",
        ("from", ""): "mənbə",
        ("ibid", ""): "yenə orada",
        ("in", ""): "kitabda:",
        ("in press", ""): "çapda",
        ("internet", ""): "internet",
        ("interview", ""): "müsahibə",
        ("letter", ""): "məktub",
        ("manuscript", ""): "əlyazma",
        ("no date", ""): "tarixsiz",
        ("no date", "short"): "t.y.",
        ("online", ""): "onlayn",
        ("original-work-published", ""): "əsərin ilk nəşri",
        ("personal-communication", ""): "şəxsi yazışma",
        ("presented at", ""): "təqdim edilib",
        ("reference", ""): "istinad|istinadlar",
        ("retrieved", ""): "əldə edilib",
        ("review-of", ""): "rəy:",
        ("version", ""): "versiya",
        ("open-quote", ""): "“",
        ("close-quote", ""): "”",
        ("open-inner-quote", ""): "‘",
        ("close-inner-quote", ""): "’",
        ("page-range-delimiter", ""): "–",
        **_ORDINALS,
        ("book", ""): "kitab|kitablar",
        ("chapter", ""): "fəsil|fəsillər",
        ("chapter", "short"): "fəs.",
        ("edition", ""): "nəşr|nəşrlər",
        ("edition", "short"): "nəşr",
        ("figure", ""): "şəkil|şəkillər",
        ("issue", ""): "say|saylar",
        ("issue", "short"): "№",
        ("line", ""): "sətir|sətirlər",
        ("note", ""): "qeyd|qeydlər",
        ("number", ""): "nömrə|nömrələr",
        ("number", "short"): "№",
        ("page", ""): "səhifə|səhifələr",
        ("page", "short"): "s.|səh.",
        ("number-of-pages", "short"): "s.|s.",
        ("paragraph", ""): "abzas|abzaslar",
        ("part", ""): "hissə|hissələr",
        ("part", "short"): "his.",
        ("section", ""): "bölmə|bölmələr",
        ("section", "short"): "böl.",
        ("verse", ""): "misra|misralar",
        ("volume", ""): "cild|cildlər",
        ("volume", "short"): "c.",
        ("editor", ""): "redaktor|redaktorlar",
        ("editor", "short"): "red.|red.",
        ("editor", "verb"): "redaktə edən",
        ("editor", "verb-short"): "red.",
        ("container-author", "verb"): "müəllif",
        ("collection-editor", ""): "seriya redaktoru|seriya redaktorları",
        ("collection-editor", "short"): "ser. red.|ser. red.",
        ("director", ""): "rejissor|rejissorlar",
        ("director", "short"): "rej.|rej.",
        ("translator", ""): "tərcüməçi|tərcüməçilər",
        ("translator", "short"): "tərc.|tərc.",
        ("translator", "verb"): "tərcümə edən",
        ("translator", "verb-short"): "tərc.",
        ("editortranslator", ""): "redaktor və tərcüməçi|redaktorlar və tərcüməçilər",
        ("editortranslator", "short"): "red. və tərc.|red. və tərc.",
        ("editortranslator", "verb"): "redaktə və tərcümə edən",
        **{(f"month-{number:02}", ""): name for number, name in enumerate(_MONTHS, 1)},
        **{(f"month-{number:02}", "short"): name for number, name in enumerate(_MONTHS, 1)},
    },
}
# The parts of a date in their order: (name, form, what follows).
DATES: dict[str, dict[str, tuple[tuple[str, str, str], ...]]] = {
    "az": {
        "text": (("day", "", " "), ("month", "", " "), ("year", "", "")),
        "numeric": (
            ("day", "numeric-leading-zeros", "."),
            ("month", "numeric-leading-zeros", "."),
            ("year", "", ""),
        ),
    },
}
