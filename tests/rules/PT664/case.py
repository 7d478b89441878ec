from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "reply “A reply”"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """An article with a reply to it."""
    path = folder / "in.xml"
    reply = (
        "<response id='reply'><front-stub><title-group><article-title>A reply</article-title>"
        "</title-group></front-stub><body><p>No.</p></body></response></article>"
    )
    path.write_text(path.read_text().replace("</article>", reply))
