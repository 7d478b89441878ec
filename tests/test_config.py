"""pubtool.toml: what is said is taken, what is misspelt is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtool import config
from pubtool.diagnostics import Diagnostic
from pubtool.settings import Settings


def load(folder: Path, text: str) -> tuple[Settings, list[Diagnostic]]:
    (folder / "pubtool.toml").write_text(text, encoding="utf-8")
    return config.load(folder)


def test_settings_are_taken(tmp_path: Path) -> None:
    settings, findings = load(
        tmp_path,
        '[project]\nchapters = "text/*.xml"\nformats = ["jats"]\n'
        '[book]\ntitle = "Volume"\nyear = 2026\nisbn = { print = "978-0-306-40615-7" }\n'
        '[[book.editor]]\ngiven = "Ömer"\nfamily = "Güneş"\n'
        '[format.jats]\nafter = "house.xsl"\n[labels.en]\nfigure = "Fig. {n}"\n',
    )
    assert findings == []
    assert settings.root == tmp_path.resolve()
    assert settings.project.chapters == ("text/*.xml",)
    assert settings.book.year == "2026"
    assert settings.book.editor[0].family == "Güneş"
    assert settings.book.isbn == {"print": "978-0-306-40615-7"}
    assert settings.format["jats"].after == "house.xsl"
    assert settings.labels["en"]["figure"] == "Fig. {n}"


@pytest.mark.parametrize(
    ("text", "rule", "line", "said"),
    [
        ('[book]\ntitle = "A"\npublsher = "B"\n', "PT010", 3, "publisher"),
        ("[jats]\nversion = 0\n", "PT012", 2, "one of"),
        ("[bok]\n", "PT010", 1, "book"),
        ('[[book.editor]]\ngivn = "A"\n', "PT010", 2, "given"),
        ("[book]\nyear = twenty\n", "PT011", 2, ""),
        ('[project]\nformats = "jats"\n', "PT012", 2, "list"),
        ('[numbering]\nsections = "yes"\n', "PT012", 2, "true or false"),
        ('[check]\nlevel = "half"\n', "PT012", 2, "quick, full, none"),
        ("book = 3\n", "PT012", 1, "table"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, text: str, rule: str, line: int, said: str
) -> None:
    _, findings = load(tmp_path, text)
    assert [(f.rule, f.line) for f in findings] == [(rule, line)]
    assert said in findings[0].message


def test_an_empty_file_is_a_project_with_the_defaults(tmp_path: Path) -> None:
    settings, findings = load(tmp_path, "")
    assert findings == []
    assert settings.project == Settings().project


def test_the_nearest_project_above_holds(tmp_path: Path) -> None:
    (tmp_path / "pubtool.toml").write_text('[book]\ntitle = "Above"\n')
    chapter = tmp_path / "chapters" / "one.xml"
    chapter.parent.mkdir()
    chapter.write_text("<x/>")
    settings, _ = config.load(chapter)
    assert settings.book.title == "Above"


def test_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "pubtool.toml").write_bytes('[book]\ntitle = "\xfe"\n'.encode("latin-1"))
    _, findings = config.load(tmp_path)
    assert [(f.rule, f.line, f.column) for f in findings] == [("PT002", 2, 10)]
