"""A strict fake of Crossref's deposit system, written from its documentation.

"XML deposit via HTTPS POST": a multipart form with operation, login_id, login_passwd and the file
as `fname`; the answer is a web page that says the batch was received. "Polling for submission
status": submissionDownload, which knows a batch as queued, in_process or completed.
"""

from __future__ import annotations

import email.parser
import email.policy
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from lxml import etree

from tests.deposit.loopback import Answer, Asked

PAGE = "<html><head><title>{0}</title></head><body><h2>{0}</h2><p>{1}</p></body></html>"


def page(status: int, title: str, text: str) -> Answer:
    return Answer(status, PAGE.format(title, text).encode(), {"Content-Type": "text/html"})


@dataclass
class Crossref:
    user: str
    password: str
    waiting: int = 1
    verdict: str = "Success"
    batches: dict[str, bytes] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)
    received: int = 0

    def __call__(self, asked: Asked) -> Answer:
        assert asked.method == "POST", "user and password must not stand in an address"
        assert asked.query == ""
        if asked.path == "/servlet/deposit":
            return self.deposit(asked)
        if asked.path == "/servlet/submissionDownload":
            return self.result(asked)
        return page(404, "NOT FOUND", "")

    def deposit(self, asked: Asked) -> Answer:
        form = _form(asked)
        if (form["login_id"], form["login_passwd"]) != (self.user.encode(), self.password.encode()):
            return page(401, "UNAUTHORIZED", "Wrong credentials")
        assert form["operation"] == b"doMDUpload"
        batch = etree.fromstring(form["fname"]).findtext(".//{*}doi_batch_id")
        assert batch
        self.received += 1
        self.batches[batch] = form["fname"]
        return page(200, "SUCCESS", "Your batch submission was successfully received.")

    def result(self, asked: Asked) -> Answer:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if (form["usr"], form["pwd"]) != (self.user, self.password):
            return page(401, "UNAUTHORIZED", "Wrong credentials")
        batch = form["doi_batch_id"]
        if batch not in self.batches:
            return _diagnostic("unknown_submission", "")
        if self.waiting:
            self.waiting -= 1
            return _diagnostic("queued", "")
        doi = etree.fromstring(self.batches[batch]).findtext(".//{*}content_item//{*}doi")
        said = "Successfully added" if self.verdict == "Success" else "Record not processed"
        record = (
            f'<record_diagnostic status="{self.verdict}"><doi>{doi}</doi><msg>{said}</msg>'
            "</record_diagnostic>"
        )
        return _diagnostic("completed", record)


def _diagnostic(status: str, inside: str) -> Answer:
    text = f'<?xml version="1.0"?><doi_batch_diagnostic status="{status}">{inside}'
    return Answer(200, f"{text}</doi_batch_diagnostic>".encode(), {"Content-Type": "text/xml"})


def _form(asked: Asked) -> dict[str, bytes]:
    """The fields of a multipart form, read by the standard library."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + asked.body)
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in message.iter_parts()
    }
