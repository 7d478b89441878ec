"""`pubtool check --report`: the page for the author, looked at by a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from pubtool.cli import main
from tests.conftest import EVERYTHING

CHAPTER = """<chapter xmlns="urn:pubtool:chapter:1" id="c" xml:lang="en"><front>
<title>Roads &amp; <italic>rivers</italic> &lt;script&gt;alert(1)&lt;/script&gt;</title></front>
<body>
<p>Two  spaces, and the the word.<fn><p>A note of 1912-1913.</p></fn></p>
<p>A question.<query>Which year?</query></p><p>Nothing here.</p></body></chapter>"""


def browser() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("there is no Chromium")
        pytest.skip("there is no Chromium")
    return found


def dom(page: Path, choice: str = "") -> html.HtmlElement:
    """The page as Chromium has it after its script has run, without any network."""
    command = [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += [
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={page.parent / 'profile'}",
    ]
    address = f"{page.as_uri()}{choice}"
    done = subprocess.run([*command, address], capture_output=True, timeout=120, check=True)
    return html.document_fromstring(done.stdout.decode())


def shown(tree: html.HtmlElement) -> list[str]:
    """The rules of the remarks that are not hidden."""
    remarks = tree.xpath('//li[contains(@class, "remark")][not(@hidden)]')
    return [re.search(r"PT\d{3}", r.text_content())[0] for r in remarks]  # type: ignore[index]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "c.xml").write_text(CHAPTER)
    report = tmp_path / "out" / "report.html"
    result = CliRunner().invoke(main, ["check", str(tmp_path / "c.xml"), "--report", str(report)])
    assert result.exit_code == 0, result.output
    return report


def test_each_finding_stands_beside_its_words(page: Path) -> None:
    tree = html.document_fromstring(page.read_text())
    for rule, words in {"PT237": "the", "PT231": "1912-1913.", "PT224": ""}.items():
        (remark,) = tree.xpath(f'//li[contains(@class, "remark")][contains(., "{rule}")]')
        (mark,) = tree.xpath(f'//mark[@id="{remark.get("id").replace("-r", "-m")}"]')
        assert (mark.text or "").strip() == words
        row = remark.xpath('ancestor::div[@class="row"]')
        assert row == mark.xpath('ancestor::div[@class="row"]')
    (query,) = tree.xpath('//li[contains(., "Which year?")]')
    assert "A question." in query.xpath('ancestor::div[@class="row"]')[0].text_content()


def test_the_page_needs_nothing_else_and_runs_nothing_of_the_text(page: Path) -> None:
    text = page.read_text()
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"|url\(|@import", text) == []
    assert "default-src 'none'" in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert str(page.parent.parent) not in text


def test_a_browser_filters_the_page(page: Path) -> None:
    everything = dom(page)
    count = len(everything.xpath('//li[contains(@class, "remark")]'))
    assert everything.get_element_by_id("count").text == f"{count} of {count} shown"
    assert len(shown(everything)) == count
    notes = dom(page, "#severity=note&family=text")
    assert set(shown(notes)) == {"PT224"}
    assert notes.get_element_by_id("count").text == f"1 of {count} shown"
    assert "hidden" not in notes.xpath('//div[@class="row"]')[0].attrib
    only = dom(page, "#family=text&only")
    rows = only.xpath('//div[@class="row"][not(@hidden)]')
    assert ["Nothing here." in row.text_content() for row in rows] == [False] * len(rows)
    assert set(shown(only)) == {"PT224", "PT231", "PT237"}


def test_the_page_is_accessible_by_its_structure(page: Path) -> None:
    tree = dom(page)
    assert tree.get("lang") == "en"
    ids = [e.get("id") for e in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    for link in tree.xpath('//a[starts-with(@href, "#")]'):
        assert link.get("href")[1:] in ids
        assert link.text_content().strip() or link.get("aria-label")
    for box in tree.xpath("//input"):
        assert box.xpath("ancestor::label")[0].text_content().strip()
    assert tree.xpath('//*[@role="status"]')
    assert tree.xpath('//article//*[contains(@class, "text")][@lang="en"]')


def test_every_passage_of_a_chapter_is_on_the_page(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    CliRunner().invoke(main, ["check", str(EVERYTHING), "--report", str(report)])
    text = " ".join(
        html.document_fromstring(report.read_text()).xpath("//article")[0].text_content().split()
    )
    for words in ("Ravilious", "Boxed words.", "Stanza two", "bound book", "Counted twice."):
        assert words in text


def test_a_chapter_that_cannot_be_read_still_has_its_finding(tmp_path: Path) -> None:
    broken, report = tmp_path / "c.xml", tmp_path / "report.html"
    broken.write_text("<chapter><p></chapter>")
    result = CliRunner().invoke(main, ["check", str(broken), "--report", str(report)])
    assert result.exit_code == 1
    assert shown(html.document_fromstring(report.read_text())) == ["PT001"]
