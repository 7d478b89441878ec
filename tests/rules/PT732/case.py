from pathlib import Path

import pikepdf
from tests.spoiling import export

SAYS = ""
COMMAND = ["check", "build/chapter.pdf"]


def setup(folder: Path) -> None:
    export(folder, "pdf")


def spoil(folder: Path) -> None:
    path = folder / "build" / "chapter.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for font in pdf.objects:
            if isinstance(font, pikepdf.Dictionary):
                for key in [k for k in font if k.startswith("/FontFile")]:
                    del font[key]
        pdf.save(path)
