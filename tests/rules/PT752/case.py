from pathlib import Path

COMMAND = ["export", "chapter.xml", "--format", "markdown", "--check", "none"]
SAYS = "a formula that has only MathML"
FORMULA = (
    '<inline-formula><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
    "<alt>x</alt></inline-formula></p>"
)


def spoil(folder: Path) -> None:
    chapter = folder / "chapter.xml"
    head, body, rest = chapter.read_text().partition("<body>")
    chapter.write_text(head + body + rest.replace("</p>", FORMULA, 1))
