"""Languages: valid tags, and no foreign words without one."""

from __future__ import annotations

from pubtool.labels import LABELS
from pubtool.lint.context import Context
from pubtool.lint.passages import Passage
from pubtool.lint.registry import Said, rule
from pubtool.lint.tongues import (
    ANY_SCRIPT,
    ISO_639_1,
    LONG_CODES,
    MISTAKEN,
    NATIVE,
    SCRIPTS,
    TELLING,
)
from pubtool.model import language_of, plain
from pubtool.source import LANG


@rule("PT260")
def bad_tag(c: Context) -> Said:
    for e in c.root.iter("*"):
        tag = e.get(LANG)
        if tag is None:
            continue
        primary = tag.lower().partition("-")[0]
        better = LONG_CODES.get(primary) or MISTAKEN.get(primary)
        if better:
            yield e, f"xml:lang=“{tag}” is not the tag of a language; “{better}” is"
        elif (len(primary) == 2 and primary not in ISO_639_1) or len(primary) > 3:
            yield e, f"xml:lang=“{tag}” is not the tag of a language"


def _tagged(p: Passage, i: int) -> bool:
    """True if the words at i say in which language they are."""
    return p.inside(i, "foreign") is not None


@rule("PT261")
def other_script(c: Context) -> Said:
    for p in c.prose:
        if not ANY_SCRIPT.search(p.text):
            continue
        for script, pattern in SCRIPTS.items():
            for m in pattern.finditer(p.prose) if p.tongue not in NATIVE[script] else ():
                if not _tagged(p, m.start()):
                    yield p.place(m.start()), f"{script} words without a language: “{m[0][:40]}”"


@rule("PT262")
def other_language(c: Context) -> Said:
    for p in (*c.prose, *c.wordings):
        for language, (letters, pattern) in TELLING.items():
            telling = p.tongue != language and letters.search(p.text)
            for m in pattern.finditer(p.prose) if telling else ():
                # Two words in capitals are a name, at home in any language.
                name = all(word[0].isupper() for word in m[0].split())
                if not name and not _tagged(p, m.start()):
                    yield (
                        p.place(m.start()),
                        f"“{m[0]}” is {_NAMES[language]} and not marked as such",
                    )


_NAMES = {"az": "Azerbaijani", "pl": "Polish", "ro": "Romanian", "vi": "Vietnamese"}


@rule("PT263")
def abstracts_of_one_language(c: Context) -> Said:
    seen: set[tuple[str, str]] = set()
    for e in c.all("abstract"):
        key = (language_of(e), e.get("kind", "abstract"))
        if key in seen:
            yield e, f"there is already an abstract in “{key[0]}”"
        seen.add(key)


@rule("PT267")
def no_labels(c: Context) -> Said:
    own = {c.language, c.record.language, c.record.language.lower()} & {*LABELS, *c.settings.labels}
    if c.language and not own:
        tag = c.language
        yield (
            c.root,
            f"pubtool has no words for “{tag}”: “{c.chapter.labels['abstract']}”, "
            f"“{c.chapter.labels['references']}” and others are printed in English",
        )


@rule("PT264")
def foreign_without_language(c: Context) -> Said:
    for e in c.all("foreign"):
        if not e.get(LANG):
            yield e, f"“{plain(e)[:40]}” is foreign, but no language is named"


@rule("PT265")
def foreign_at_home(c: Context) -> Said:
    for e in c.all("foreign"):
        around = e.getparent()
        if around is not None and e.get(LANG) and e.get(LANG) == language_of(around):
            yield e, f"“{plain(e)[:40]}” is marked as “{e.get(LANG)}” within text of that language"


@rule("PT266")
def title_not_translated(c: Context) -> Said:
    titles = {c.record.language, *(t.language for t in c.record.trans_titles)}
    for e in c.all("abstract"):
        if language_of(e) not in titles:
            yield e, f"there is an abstract in “{language_of(e)}”, but no title"
