"""What became of a run over chapters, for programs: JSON, and the XML of JUnit.

The JSON is described by docs/report.schema.json. In JUnit's terms a chapter is a test suite, an
artifact a test case; findings on the chapter itself are a test case named "chapter".
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from pubtool import __version__
from pubtool.diagnostics import Diagnostic, errors
from pubtool.outcome import Done, Job, Outcome
from pubtool.report import as_row, concise

SCHEMA = "pubtool-report-1"
JSON_NAME, JUNIT_NAME = "report.json", "report.junit.xml"
_STATES = {True: "passed", False: "failed", None: "not checked"}
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(done: Sequence[Done], left: Sequence[Job], seconds: float) -> str:
    """The run as a JSON object; `left` are jobs that were not begun."""
    chapters = [_chapter(one) for one in done] + [_not_begun(job) for job in left]
    told = {
        "schema": SCHEMA,
        "pubtool": __version__,
        "seconds": round(seconds, 3),
        "chapters": sorted(chapters, key=lambda row: str(row["chapter"])),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _chapter(done: Done) -> dict[str, object]:
    return {
        "chapter": str(done.job.path),
        "state": "failed" if done.failed else "exported",
        "cached": done.cached,
        "seconds": round(done.seconds, 3),
        "artifacts": [_artifact(outcome) for outcome in done.outcomes],
        "findings": [as_row(finding) for finding in done.findings],
    }


def _not_begun(job: Job) -> dict[str, object]:
    return {
        "chapter": str(job.path),
        "state": "not begun",
        "cached": False,
        "seconds": 0.0,
        "artifacts": [],
        "findings": [],
    }


def _artifact(outcome: Outcome) -> dict[str, object]:
    return {
        "format": outcome.format,
        "file": str(outcome.path),
        "beside": [str(path) for path in outcome.beside],
        "bytes": outcome.size,
        "state": _STATES[outcome.passed],
        "seconds": round(outcome.seconds, 3),
    }


def as_junit(done: Sequence[Done], left: Sequence[Job], seconds: float) -> bytes:
    """The run as JUnit's XML, which services for continuous integration read."""
    root = Xml.Element("testsuites", name="pubtool", time=f"{seconds:.3f}")
    root.extend([*map(_suite, done), *map(_skipped, left)])
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    Xml.indent(root)
    text = Xml.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _suite(done: Done) -> Xml.Element:
    of_artifacts = {finding for outcome in done.outcomes for finding in outcome.findings}
    on_chapter = [finding for finding in done.findings if finding not in of_artifacts]
    name = _plain(str(done.job.path))
    cases = [_case(name, "chapter", 0.0, on_chapter)]
    cases += [_case(name, o.format, o.seconds, o.findings) for o in done.outcomes]
    failures = sum(case.find("failure") is not None for case in cases)
    suite = _counted(name, len(cases), failures, 0, done.seconds)
    suite.extend(cases)
    return suite


def _skipped(job: Job) -> Xml.Element:
    name = _plain(str(job.path))
    suite = _counted(name, 1, 0, 1, 0.0)
    case = _case(name, "chapter", 0.0, ())
    Xml.SubElement(case, "skipped", message="not begun")
    suite.append(case)
    return suite


def _counted(name: str, tests: int, failures: int, skipped: int, seconds: float) -> Xml.Element:
    counts = {"tests": tests, "failures": failures, "errors": 0, "skipped": skipped}
    said = {key: str(value) for key, value in counts.items()}
    return Xml.Element("testsuite", {"name": name, **said, "time": f"{seconds:.3f}"})


def _case(chapter: str, name: str, seconds: float, findings: Sequence[Diagnostic]) -> Xml.Element:
    case = Xml.Element("testcase", classname=chapter, name=name, time=f"{seconds:.3f}")
    wrong = errors(findings)
    if wrong:
        said = _plain(wrong[0].message)
        failure = Xml.SubElement(case, "failure", message=said, type=wrong[0].rule)
        failure.text = _plain(concise(wrong))
    rest = [finding for finding in findings if not finding.is_error]
    if rest:
        Xml.SubElement(case, "system-out").text = _plain(concise(rest))
    return case


def _plain(text: str) -> str:
    """Text without the characters XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
