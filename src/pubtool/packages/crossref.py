"""A Crossref deposit: the one XML file Crossref takes, under a name its queue keeps apart.

Source: Crossref, "XML deposit via HTTPS POST": multipart form field `fname`, one file a request.
"""

from __future__ import annotations

from pubtool.diagnostics import Diagnostic
from pubtool.packages.archive import tree, wrong
from pubtool.packages.package import Delivery, Files, Need

FACTS = (
    Need("DOI", "it is what the deposit registers", must=True),
    Need("URL", "it is where the DOI leads", must=True),
    Need("date", "Crossref asks for the date of publication", must=True),
    Need("title", "Crossref asks for the title of the chapter", must=True),
    Need("book title", "a chapter is registered within its book", must=True),
    Need("publisher", "Crossref asks for the publisher of the book", must=True),
    Need("crossref email", "Crossref sends its answer there", must=True),
    Need("ISBN", "without it the deposit must say that the book has none"),
    Need("licence", "Crossref passes it on to repositories and funders"),
)
_HEAD = ("doi_batch_id", "timestamp", "depositor", "registrant")


def build(delivery: Delivery) -> Files:
    """The deposit alone."""
    return {f"{delivery.name}.xml": delivery.artifacts["crossref"].data}


def only(files: Files) -> bytes:
    """The one file of a package that is no archive."""
    (data,) = files.values()
    return data


def check(data: bytes, name: str) -> list[Diagnostic]:
    """The head Crossref's queue reads, and a DOI with its address for the chapter (PT824)."""
    root = tree(data, name)
    if isinstance(root, str):
        return wrong(name, [root])
    said = [
        f"the head has no <{one}>" for one in _HEAD if root.find(f"{{*}}head/{{*}}{one}") is None
    ]
    stamp = root.findtext("{*}head/{*}timestamp", "")
    if stamp and not stamp.isdigit():
        said.append("the time stamp is not a number")
    data_of = ".//{*}content_item/{*}doi_data/{*}"
    said += [
        f"the chapter has no <{one}>"
        for one in ("doi", "resource")
        if not root.findtext(data_of + one)
    ]
    return wrong(name, said)
