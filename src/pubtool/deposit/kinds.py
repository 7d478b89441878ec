"""The kinds of targets by name: the built-in ones, then those of publishers' packages.

A package adds a kind through the entry-point group `pubtool.deposits`: each entry point loads a
`Kind`.
"""

from __future__ import annotations

import importlib.metadata
from functools import cache

from pubtool.deposit import crossref, dspace, figshare, invenio, s3, sftp, sword
from pubtool.deposit.kind import Kind

BUILT_IN = (invenio.KIND, dspace.KIND, sword.KIND, crossref.KIND, figshare.KIND, sftp.KIND, s3.KIND)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of target by its name in [deposit.NAME] kind."""
    points = importlib.metadata.entry_points(group="pubtool.deposits")
    added = (point.load() for point in sorted(points, key=lambda point: point.name))
    return {row.name: row for row in (*BUILT_IN, *added)}
