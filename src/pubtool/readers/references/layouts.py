"""How each style sets a reference, for comparing what was read with what was written.

`{name}` is a field; what stands between ⟦ and ⟧ is left out if one of its fields is missing.
`{lead}` is whoever stands first: the authors, else the title, else the container. `{kind}` is the genre of what has no number.
"""

from __future__ import annotations

LAYOUTS: dict[str, dict[str, str]] = {
    "apa": {
        "periodical": "{lead} ({date}). ⟦{title}. ⟧⟦{container-title}⟧⟦, {volume}⟧⟦({issue})⟧⟦, {pages}⟧. {link}",
        "part": "{lead} ({date}). ⟦{title}. ⟧In ⟦{editors} ({eds}), ⟧{container-title}⟦ (⟦{edition} ed., ⟧⟦Vol. {volume}, ⟧pp. {pages})⟧. ⟦{publisher}.⟧ {link}",
        "whole": "{lead} ({date}). ⟦{title}⟧⟦ ({translators}, Trans.)⟧⟦ ({genre} No. {number})⟧⟦ ({edition} ed.)⟧⟦ (Vol. {volume})⟧⟦ [{kind}]⟧. ⟦Volume {volume} ({volume-title}). ⟧⟦{place}: ⟧⟦{publisher}⟧⟦{container-title}⟧. {link}",
    },
    "chicago": {
        "periodical": "{lead}. ⟦{date}. ⟧“{title}.” {container-title}⟦ {volume}⟧⟦ ({issue})⟧⟦, {day}⟧⟦: {pages}⟧. {link}",
        "part": "{lead}. {date}. “{title}.” In {container-title}⟦, {edition} ed.⟧, edited by {editors}⟦, {volume}:⟧⟦, {pages}⟧. ⟦{place}: ⟧{publisher}. {link}",
        "whole": "{lead}⟦, {eds}⟧. {date}. {title}. ⟦{edition} ed. ⟧⟦Translated by {translators}. ⟧⟦Vol. {volume}. ⟧⟦{genre} No. {number}. ⟧⟦{kind}, ⟧⟦{place}: ⟧⟦{publisher}⟧⟦{container-title}⟧. {link}",
    },
    "chicago-notes": {
        "periodical": "{lead}. “{title}.” {container-title}⟦ {volume}⟧⟦, no. {issue}⟧⟦ ({date})⟧⟦, {day}⟧⟦: {pages}⟧. {link}",
        "part": "{lead}. “{title}.” In {container-title}⟦, {edition} ed.⟧, edited by {editors}⟦, {volume}:⟧⟦, {pages}⟧. ⟦{place}: ⟧{publisher}, {date}. {link}",
        "whole": "{lead}⟦, {eds}⟧. {title}. ⟦{edition} ed. ⟧⟦Translated by {translators}. ⟧⟦Vol. {volume}. ⟧⟦{genre} No. {number}. ⟧⟦{kind}, ⟧⟦{place}: ⟧⟦{publisher}⟧⟦{container-title}⟧, {date}. {link}",
    },
    "mla": {
        "periodical": "{lead}. “{title}.” {container-title}⟦, vol. {volume}⟧⟦, no. {issue}⟧, {date}⟦, pp. {pages}⟧⟦, {link}⟧.",
        "part": "{lead}. “{title}.” {container-title}⟦, edited by {editors}⟧⟦, {edition} ed.⟧⟦, vol. {volume}⟧⟦, {publisher}⟧, {date}⟦, pp. {pages}⟧⟦, {link}⟧.",
        "whole": "{lead}⟦, {eds}⟧. {title}. ⟦Translated by {translators}, ⟧⟦{edition} ed., ⟧⟦vol. {volume}, ⟧⟦{genre} no. {number}, ⟧⟦{publisher}, ⟧⟦{kind}, ⟧{date}⟦, {link}⟧.",
    },
    "harvard": {
        "periodical": "{lead} ({date}) ‘{title}’, {container-title}⟦, {volume}⟧⟦({issue})⟧⟦, {day}⟧⟦, pp. {pages}⟧. {link}",
        "part": "{lead} ({date}) ‘{title}’, in {editors} ({eds}) {container-title}. ⟦{edition} ed. ⟧⟦{place}: ⟧{publisher}⟦, pp. {pages}⟧. {link}",
        "whole": "{lead}⟦ ({eds})⟧ ({date}) {title}. ⟦{edition} ed. ⟧⟦Translated by {translators}. ⟧⟦{genre} {number}. ⟧⟦{kind}. ⟧⟦{place}: ⟧⟦{publisher}⟧⟦{container-title}⟧. {link}",
    },
    "vancouver": {
        "periodical": "{lead}. ⟦{title}. ⟧{container-title}. {date};⟦{volume}⟧⟦({issue})⟧⟦:{pages}⟧. {link}",
        "part": "{lead}. {title}. In: {editors}, editors. {container-title}. ⟦{edition} ed. ⟧⟦{place}: ⟧{publisher}; {date}. p. {pages}. {link}",
        "whole": "{lead}⟦, {eds}⟧. {title}⟦ [{kind}]⟧. ⟦{edition} ed. ⟧⟦Vol. {volume}. ⟧⟦{place}: ⟧⟦{publisher}⟧⟦{container-title}⟧; {date}. ⟦Report No.: {number}. ⟧{link}",
    },
}  # fmt: skip

# Which layout a type has; whatever is not named here is a whole.
SHAPES = {
    "article-journal": "periodical",
    "article-newspaper": "periodical",
    "article-magazine": "periodical",
    "paper-conference": "periodical",
    "chapter": "part",
    "entry-encyclopedia": "part",
}
# What tells a style from the others in an entry: the more of an entry's marks, the likelier.
SIGNATURES: dict[str, tuple[str, ...]] = {
    "apa": (
        r"\((?:1[5-9]|20)\d\d[a-z]?(?:, [^()]{3,20})?\)[.,] ",
        r"\), pp?\. |\(pp?\. |\(Eds?\.\)|\(Ed\.\)|(?:[^\W\d_]\. ?)+,? & ",
        r"\.\s[^.]+, \d+\(\d+\), \d+[-–]\d+\.",
    ),
    "chicago": (
        r"\. (?:1[5-9]|20)\d\d[a-z]?\. ",
        r"\d+ \(\d+\): \d+|, edited by ",
        r"[.”] [^.:]{3,30}: [^.:]+\.(?: http|$)",
    ),
    "chicago-notes": (
        r": [^:,]{3,60}, (?:1[5-9]|20)\d\d\.(?: http|$)",
        r"no\. \d+ \((?:[A-Z]\w+ )?(?:1[5-9]|20)\d\d\)|\d \((?:1[5-9]|20)\d\d\): \d",
        r"^[^.(]+\. (?:“|[^.]+\. [^.:]{3,30}: )",
    ),
    "mla": (
        r", vol\. \d+|, pp?\. [\d–-]+[.,]",
        r"[^:]{8}, (?:1[5-9]|20)\d\d[.,]",
        r"[.,]” [^.]+, .*(?:1[5-9]|20)\d\d",
    ),
    "harvard": (
        r"\((?:1[5-9]|20)\d\d[a-z]?\) ?(?![.,])",
        r"Available at:|, pp\. |\(eds?\.?\) ",
        r"\) [‘“'\"]|\) [^.]+\. [^.:]{3,30}: ",
    ),
    "vancouver": (
        r";\s*\d+(?:\(\d|:)|; (?:1[5-9]|20)\d\d\.",
        r"^[^\W\d_][\w’-]+ [A-ZÇĞİÖŞÜА-Я]{1,3}[,.]",
        r"\. (?:1[5-9]|20)\d\d(?: [A-Z][a-z]{2})?[;:.]",
    ),
}
