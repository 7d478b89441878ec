from pathlib import Path

from tests.deposit.loopback import Answer, Asked, Cut
from tests.deposit.rule_cases import project, started

COMMAND = ["deposit", "here", "chapter.xml"]
SAYS = "not known whether"
SERVICE = (
    '<service xmlns="http://www.w3.org/2007/app"><workspace><collection href="/chapters"/>'
    "</workspace></service>"
)


def setup(folder: Path) -> None:
    """A server that answers nothing but its service document, and a journal of its own."""
    project(folder, started(silent), kind="sword", user="x", collection="chapters",
            package="crossref", profile="http://example.org/packaging")  # fmt: skip
    with (folder / "pubtool.toml").open("a") as settings:
        settings.write('\n[crossref]\nemail = "doi@example.org"\n')


def silent(asked: Asked) -> Answer:
    if asked.method == "POST" and not CUT:
        return Answer(400, b"")
    if asked.method == "POST":
        raise Cut
    return Answer(200, SERVICE.encode(), {"Content-Type": "application/atomsvc+xml"})


CUT: list[bool] = []


def spoil(folder: Path) -> None:
    CUT.append(True)
