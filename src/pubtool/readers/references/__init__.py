"""References: from text, and from the files of reference managers.

wording ─▶ links taken ─▶ grammar of the style ─▶ fields ─▶ set again and compared ─▶ `<ref>`
.bib .ris .json ─▶ entries ─▶ pandoc ─▶ CSL records ─▶ fields and wording ─▶ `<ref>`

`words` and `layouts` are tables; `apa`, `chicago`, `mla`, `harvard` and `vancouver` are grammars,
of the small parts in `parts`, `pieces`, `people` and `leading`; `choice` tells the style of a list.
"""
