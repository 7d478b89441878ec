from pathlib import Path

from pubtool.resources import find

COMMAND = ["export", "chapter.xml", "--format", "html"]


def spoil(folder: Path) -> None:
    (folder / "templates").mkdir()
    page = find("templates", "page.html").read_text().replace("</main>", "</mian>")
    (folder / "templates" / "page.html").write_text(page)
