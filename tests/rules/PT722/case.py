from pathlib import Path

from pubtool.resources import find

SAYS = "nowhere"
COMMAND = ["export", "chapter.xml", "--format", "html"]


def spoil(folder: Path) -> None:
    (folder / "templates").mkdir()
    link = '<a href="#nowhere" data-generated="yes">Away</a></main>'
    page = find("templates", "page.html").read_text().replace("</main>", link)
    (folder / "templates" / "page.html").write_text(page)
