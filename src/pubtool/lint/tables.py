"""Tables: whole rows, and heads that a screen reader can follow."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule
from pubtool.model import child, plain


def _rows(table: etree._Element) -> list[etree._Element]:
    return list(table.iter("{*}tr"))


def widths(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each row with the columns it fills, spans from the rows above counted in."""
    for part in table:
        hanging: list[int] = []
        for row in part:
            count = sum(1 for left in hanging if left > 0)
            hanging = [left - 1 for left in hanging if left > 1]
            for cell in row:
                across, down = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
                count += across
                hanging += [down - 1] * across if down > 1 else []
            yield row, count


@rule("PT517")
def uneven_rows(c: Context) -> Said:
    for table in c.all("table"):
        counted = list(widths(table))
        usual = max(count for _, count in counted)
        for row, count in counted:
            if count != usual:
                yield row, f"the row fills {count} columns of {usual}"


@rule("PT518")
def empty_row(c: Context) -> Said:
    for table in c.all("table"):
        for row in _rows(table):
            if not any(plain(cell) or len(cell) for cell in row):
                yield row, "the row is empty"


@rule("PT534")
def no_head(c: Context) -> Said:
    for table in c.all("table"):
        if next(table.iter("{*}th"), None) is None and len(_rows(table)) > 1:
            yield table, "the table has no heading cell"


@rule("PT535")
def no_scope(c: Context) -> Said:
    for e in c.all("th"):
        if not e.get("scope"):
            yield e, f"the heading cell “{plain(e)}” does not say whether of a row or a column"


@rule("PT536")
def empty_head(c: Context) -> Said:
    for e in c.all("th"):
        if not plain(e) and not len(e):
            yield e, "a heading cell is empty"


@rule("PT537")
def table_as_image(c: Context) -> Said:
    for e in c.all("table-wrap"):
        if child(e, "graphic") is not None:
            yield e, "the table is an image"
