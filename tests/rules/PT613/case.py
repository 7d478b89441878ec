"""A deletion that is accepted."""

from pathlib import Path

from tests.manuscripts.word import Word, p

COMMAND = ["import", "in.docx", "-o", "out.xml", "--force", "--track-changes", "accept"]
SAYS = "rather"
GOOD = [
    p("A Plain Title", style="Title"),
    p("Introduction", style="Heading1"),
    p("Words of the text."),
]


def setup(folder: Path) -> None:
    (folder / "in.docx").write_bytes(Word(GOOD).bytes())


def spoil(folder: Path) -> None:
    (folder / "in.docx").write_bytes(
        Word(
            [
                *GOOD,
                p(
                    '<w:del w:id="1" w:author="A"><w:r><w:delText>rather</w:delText></w:r></w:del>',
                    "good",
                ),
            ]
        ).bytes()
    )
