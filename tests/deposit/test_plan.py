"""A dry run of every kind: every request, in braces what only the server will know."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtool.deposit.kinds import kinds
from pubtool.deposit.plan import request_lines
from pubtool.edition import Edition
from tests.deposit.conftest import job_for

ADDRESSES = {"sftp": "sftp://127.0.0.1"}
# The requests of a first deposit that publishes, by kind; {…} stands for what is not known yet.
SEEN = {
    "invenio": "POST http://127.0.0.1/api/records/{id}/draft/actions/publish",
    "dspace": "PATCH http://127.0.0.1/api/submission/workspaceitems/{id}",
    "sword": "POST {collection}",
    "crossref": "POST http://127.0.0.1/servlet/deposit",
    "figshare": "PUT http://127.0.0.1/v2/account/articles/{id}",
    "sftp": "PUT sftp://127.0.0.1/place/chapter.pdf.part",
    "s3": "PUT http://127.0.0.1/place/chapter.pdf",
}


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_kind_can_say_what_it_would_send(name: str, good: Edition, tmp_path: Path) -> None:
    address = ADDRESSES.get(name, "http://127.0.0.1")
    job = job_for(good, name, address, user="press", collection="place", publish=True)
    lines = list(request_lines(job, kinds()[name], tmp_path))
    assert SEEN[name] in lines
    assert not any("Authorization" in line for line in lines)
    assert list(tmp_path.iterdir()) == []
