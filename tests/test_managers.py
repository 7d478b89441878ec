"""References from the files of reference managers, alone and with a manuscript."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from pubtool.cli import main
from pubtool.diagnostics import Unreadable
from pubtool.model import Reference, q
from pubtool.readers import Imported, manuscript, read
from pubtool.record import reference
from pubtool.settings import Settings

BIB = r"""
@string{elm = {Elm}}
@comment{nothing}
@book{demir99, title = {The Making of a Nation}, author = {Demir, Ay{\c s}e and van der Berg, Jan},
  publisher = elm, address = {Baku}, year = 1999, edition = {2}, abstract = {Long}}
@article{kaya, title = "X {\&} Y: Some Notes", author = {Kaya, B.}, journal = {The Journal},
  year = {2000}, month = may, pages = {103--9}, number = 3, volume = 2, doi = {10.1000/182}}
@book{open, title = {Unclosed
@incollection{part, title = {A Part}, booktitle = {The Whole}, author = {{World Bank}},
  editor = {Ak, C.}, pages = {1--2}, publisher = {Elm}, year = 2001}
@book{demir99, title = {Twice}}
@book{, title = {Keyless}}
"""
RIS = """TY  - BOOK
AU  - Demir, Ayşe
TI  - Roads of the North
PY  - 1999
PB  - Elm
CY  - Baku
ER  -

TY  - JOUR
AU  - Kaya, B.
TI  - Seas
JO  - The Journal
PY  - 2001
SP  - 3
EP  - 9
ER  -

TY  - BOOK
TI  - Never closed
"""
CSL = [
    {
        "id": "a b",
        "type": "article-newspaper",
        "title": "News of <i>Baku</i>",
        "container-title": "The Paper",
        "issued": {"date-parts": [[1994, 2, 9], [1994, 2, 12]]},
        "author": [{"family": "Berg", "given": "J.", "non-dropping-particle": "van der"}],
    },
    5,
    {"id": "empty"},
    {"id": "law", "type": "legislation", "title": "An Act", "issued": {"raw": "n.d."}},
]


def references(path: Path) -> tuple[list[Reference], list[tuple[str, int, str]]]:
    imported = read(path, Settings())
    root = etree.fromstring(imported.data)
    told = [(d.rule, d.line, d.message) for d in imported.findings]
    return [reference(ref) for ref in root.iter(q("ref"))], told


def test_a_bad_entry_of_a_bib_file_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(BIB)
    refs, told = references(path)
    assert [r.id for r in refs] == ["demir99", "kaya", "part"]
    faults = {line: message for rule, line, message in told if rule == "PT686"}
    assert sorted(faults) == [8, 11, 12]
    assert "not closed" in faults[8]
    assert "same key" in faults[11]
    assert "no key" in faults[12]
    assert any(rule == "PT687" and "abstract (1)" in message for rule, _, message in told)


def test_the_fields_of_a_bib_file(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(BIB)
    book, article, part = references(path)[0]
    assert [n.display for n in book.names] == ["Ayşe Demir", "Jan van der Berg"]
    assert book.get("title") == "The Making of a Nation"
    assert [book.get(n) for n in ("place", "publisher", "edition")] == ["Baku", "Elm", "2"]
    assert article.get("title") == "X & Y: Some Notes"
    assert article.get("container-title") == "The Journal"
    assert [article.get(n) for n in ("volume", "issue", "date", "doi")] == [
        "2", "3", "2000-05", "10.1000/182",
    ]  # fmt: skip
    assert part.type == "chapter"
    assert [(n.collab or n.family, n.role) for n in part.names] == [
        ("World Bank", "author"),
        ("Ak", "editor"),
    ]
    assert all(
        r.as_written.startswith(("Demir, Ayşe", "Kaya, B.", "World Bank"))
        for r in (book, article, part)
    )


def test_the_fields_of_a_ris_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ris"
    path.write_text(RIS)
    refs, told = references(path)
    assert [(r.type, r.year, r.get("title")) for r in refs] == [
        ("book", "1999", "Roads of the North"),
        ("article-journal", "2001", "Seas"),
    ]
    assert [(rule, line) for rule, line, _ in told if rule == "PT686"] == [("PT686", 18)]


@pytest.mark.parametrize("sign", ["\U0001f4dc", "\x7f", "\x85", "\u2028", "\U000f0000"])
def test_any_character_may_stand_in_a_title(sign: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ris"
    path.write_text(RIS.replace("Roads of", f"Roads{sign}of"))
    first = references(path)[0][0]
    assert "Roads" in (first.get("title") or "")
    assert first.as_written.startswith("Demir, Ayşe")


def test_the_fields_of_a_csl_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(CSL))
    refs, told = references(path)
    assert [(r.id, r.type) for r in refs] == [("a-b", "article-newspaper"), ("law", "legal")]
    assert refs[0].get("date") == "1994-02-09/1994-02-12"
    assert refs[0].names[0].family == "van der Berg"
    assert refs[0].get("title") == "News of Baku"
    assert refs[1].get("year") == "n.d."
    assert sum(rule == "PT686" for rule, _, _ in told) == 2


def test_references_of_one_author_have_no_dash_for_his_name(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    entries = (
        f"@book{{b{n}, title={{B{n}}}, author={{Demir, A.}}, year=199{n}}}" for n in range(5)
    )
    path.write_text("\n".join(entries))
    assert all(r.as_written.startswith("Demir, A. 199") for r in references(path)[0])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "no entry at all"),
        ("a.bib", "@book{a, title = {{{"),
        ("a.ris", "TY  - "),
        ("a.json", "{"),
        ("a.json", '"text"'),
        ("a.json", "[[[]]]"),
    ],
)
def test_a_file_without_references_is_refused(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(Unreadable) as raised:
        read(path, Settings())
    assert raised.value.finding.rule == "PT605"


MANUSCRIPT = """A plain title

Introduction

So it is (Demir & van der Berg, 1999, p. 3; Kaya, 2000).

References

Demir, A., & van der Berg, J. (1999). *The making of a nation*. Elm.
"""


def test_a_bibliography_completes_the_list_and_adds_what_is_cited(tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text(MANUSCRIPT)
    (tmp_path / "a.bib").write_text(BIB)
    out = tmp_path / "out.xml"
    arguments = ["import", str(tmp_path / "m.txt"), "-o", str(out)]
    done = CliRunner().invoke(main, [*arguments, "--bibliography", str(tmp_path / "a.bib")])
    assert done.exit_code == 0, done.stderr
    root = etree.parse(out)
    refs = {e.get("id"): reference(e) for e in root.iter(q("ref"))}
    assert list(refs) == ["demir-1999", "kaya"]
    assert refs["demir-1999"].names[0].given == "Ayşe"
    assert refs["demir-1999"].as_written.startswith("Demir, A., & van der Berg")
    assert [cite.get("ref") for cite in root.iter(q("cite"))] == ["demir-1999", "kaya"]
    assert "PT688" in done.stderr
    assert "part" in done.stderr


def test_a_header_names_the_bibliography_and_keys_cite_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    entry = "@book{{{}, title = {{Roads}}, author = {{Demir, A.}}, year = 1999}}\n"
    Path("refs.bib").write_text(entry.format("demir") + entry.format("kaya"))
    head = "---\ntitle: Roads\nbibliography: refs.bib\n---\n\n"
    text = head + "Words of the text [@demir, chap. 2] and [@none, p. 3] end here.\n"
    made = manuscript.read(text.encode(), "in.md", Settings())
    said = made.data.decode()
    assert '<cite ref="demir" locator="2" label="chapter"/>' in said
    assert "[@none, p. 3] end here" in said
    assert said.count("<ref ") == 1
    rules = {finding.rule for finding in made.findings}
    assert {"PT619", "PT688"} <= rules
    assert not rules & {"PT602", "PT633", "PT690"}


TEX = r"""\documentclass{article}
PREAMBLE
\begin{document}
\section{One}
The words of the text \citep[see][p.~4]{demir} and \cite{demir,kaya} and \cite[p.~5]{none} end here.
LIST
\end{document}
"""


def tex(folder: Path, preamble: str = "", listed: str = "") -> Imported:
    """A LaTeX manuscript with a bibliography beside it."""
    entry = "@book{{{}, title = {{Roads}}, author = {{Demir, A.}}, year = 1999}}\n"
    (folder / "refs.bib").write_text(entry.format("demir") + entry.format("kaya"))
    text = TEX.replace("PREAMBLE", preamble).replace("LIST", listed)
    return manuscript.read(text.encode(), "in.tex", Settings())


@pytest.mark.parametrize(
    "named",
    [
        {"listed": r"\bibliographystyle{plain} \bibliography{refs}"},
        {"preamble": r"\usepackage{biblatex} \addbibresource{refs.bib}"},
    ],
    ids=["bibtex", "biblatex"],
)
def test_latex_cites_the_bibliography_it_names(
    named: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = tex(tmp_path, **named)
    root = etree.fromstring(made.data)
    cites = [dict(cite.attrib) for cite in root.iter(q("cite"))]
    assert cites == [{"ref": "demir", "locator": "4", "prefix": "see"}, {"ref": "demir kaya"}]
    assert [ref.get("id") for ref in root.iter(q("ref"))] == ["demir", "kaya"]
    assert "[none, p. 5] end here" in "".join(root.itertext())
    rules = {finding.rule for finding in made.findings}
    assert "PT619" in rules
    assert not rules & {"PT602", "PT633", "PT690"}


def test_latex_whose_bibliography_is_not_there_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = tex(tmp_path, listed=r"\bibliography{library}")
    told = {finding.rule: finding.message for finding in made.findings}
    assert "“library.bib”, a bibliography that the manuscript names, is not beside" in told["PT690"]
    assert "none" in told["PT619"]
    words = "".join(etree.fromstring(made.data).itertext())
    assert "[see demir, p. 4] and [demir, kaya] and [none, p. 5] end here" in words
