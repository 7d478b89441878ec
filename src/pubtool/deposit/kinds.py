"""The kinds of targets by name: the built-in ones, then those of publishers' packages.

A package adds a kind through the entry-point group `pubtool.deposits`: each entry point loads a
`Kind`.
"""

from __future__ import annotations

from functools import cache

from pubtool.deposit import crossref, dspace, figshare, invenio, s3, sftp, sword
from pubtool.deposit.kind import Kind
from pubtool.resources import entry_points

BUILT_IN = (invenio.KIND, dspace.KIND, sword.KIND, crossref.KIND, figshare.KIND, sftp.KIND, s3.KIND)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of target by its name in [deposit.NAME] kind."""
    added = (point.load() for point in entry_points("pubtool.deposits"))
    return {row.name: row for row in (*BUILT_IN, *added)}
