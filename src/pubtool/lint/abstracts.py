"""Title, abstract and keywords."""

from __future__ import annotations

import re

from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule
from pubtool.lint.wordings import BRACKETED, items
from pubtool.model import children, language_of, plain
from pubtool.text import fold


@rule("PT430")
def long_abstract(c: Context) -> Said:
    for e in c.all("abstract"):
        count = len(" ".join(e.itertext()).split())
        if e.get("kind", "abstract") == "abstract" and count > c.limits.abstract_words:
            first = next(e.iter("{*}p"), e)
            yield first, f"the abstract has {count} words; the limit is {c.limits.abstract_words}"


@rule("PT431")
def citation_in_abstract(c: Context) -> Said:
    for abstract in c.all("abstract"):
        for e in abstract.iter("{*}cite"):
            yield e, "the abstract cites a reference, which does not travel with it"
        words = plain(abstract)
        for m in BRACKETED.finditer(words):
            if any(items(m[1])):
                yield abstract, f"the abstract cites {m[0]}, which does not travel with it"


@rule("PT432")
def number_of_keywords(c: Context) -> Said:
    least, most = c.limits.keywords_least, c.limits.keywords_most
    for e in c.all("keywords"):
        if not least <= len(e) <= most:
            yield e, f"the number of keywords is {len(e)}; {least} to {most} are usual"


@rule("PT433")
def keyword_not_in_text(c: Context) -> Said:
    text = " ".join(fold(p.text) for p in c.prose)
    for keywords in c.all("keywords"):
        if language_of(keywords).partition("-")[0].lower() != c.language:
            continue
        for e in children(keywords, "keyword"):
            if fold(plain(e)) not in text:
                yield e, f"the keyword “{plain(e)}” stands nowhere in the chapter"


@rule("PT434")
def keyword_twice(c: Context) -> Said:
    for keywords in c.all("keywords"):
        seen: set[str] = set()
        for e in children(keywords, "keyword"):
            if fold(plain(e)) in seen:
                yield e, f"the keyword “{plain(e)}” stands twice"
            seen.add(fold(plain(e)))


@rule("PT435")
def several_in_one_keyword(c: Context) -> Said:
    for e in c.all("keyword"):
        if re.search(r"[;|•]|,\s", plain(e)):
            yield e, f"“{plain(e)}” looks like several keywords"


@rule("PT436")
def long_title(c: Context) -> Said:
    if len(c.record.full_title) > c.limits.title_characters and not c.record.short_title:
        yield (
            c.root[0][0],
            f"the title has {len(c.record.full_title)} characters, and no short form",
        )


@rule("PT446")
def subtitle_in_title(c: Context) -> Said:
    if c.record.title.endswith((":", "–", "—")):
        yield c.root[0][0], f"the title ends with “{c.record.title[-1]}”"
