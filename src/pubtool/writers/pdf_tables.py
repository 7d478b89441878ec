"""PDF: which cells of a table are the headings of which (ISO 32000-1, 14.8.5.7).

WeasyPrint counts columns wrongly beneath a cell that spans rows, and takes the heading of a group
of rows for that of a column; so every table is counted again. A heading in the table's head, or in
a row of nothing but headings, stands over columns; any other stands before its row or rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Elements = dict[bytes, Any]
_HEAD, _ROW, _HEADING = "/THead", "/TR", "/TH"


def name_headings(table: Any, elements: Elements) -> None:
    """Tell every cell of a table (its element in the tag tree) the headings it stands under."""
    import pydyf

    taken: set[tuple[int, int]] = set()
    over: dict[int, list[Any]] = {}
    before: dict[int, list[Any]] = {}
    for number, (row, in_head) in enumerate(_rows(table, elements, in_head=False)):
        cells = [elements[kid] for kid in row["K"] if kid in elements]
        heads_columns = in_head or all(cell["S"] == _HEADING for cell in cells)
        placed = list(zip(cells, _columns(cells, number, taken), strict=True))
        for cell, columns in placed:
            if cell["S"] != _HEADING:
                continue
            cell["A"]["Scope"] = "/Column" if heads_columns else "/Row"
            lines, headed = (columns, over) if heads_columns else (_lines(cell, number), before)
            for line in lines:
                headed.setdefault(line, []).append(cell["ID"])
        for cell, columns in placed:
            if cell["S"] != _HEADING:
                named = [before.get(n, []) for n in _lines(cell, number)]
                named += [over.get(column, []) for column in columns]
                unique = {key.string: key for keys in named for key in keys}
                cell["A"]["Headers"] = pydyf.Array(unique.values())


def _rows(element: Any, elements: Elements, *, in_head: bool) -> Iterator[tuple[Any, bool]]:
    """The rows under an element in their order, and whether each is part of the table's head."""
    for kid in (elements[key] for key in element["K"] if key in elements):
        if kid["S"] == _ROW:
            yield kid, in_head
        else:
            yield from _rows(kid, elements, in_head=kid["S"] == _HEAD)


def _columns(cells: list[Any], row: int, taken: set[tuple[int, int]]) -> Iterator[range]:
    """The columns of each cell of a row; `taken` holds the places (row, column) in use."""
    column = 0
    for cell in cells:
        while (row, column) in taken:
            column += 1
        columns = range(column, column + cell["A"].get("ColSpan", 1))
        taken.update((line, c) for line in _lines(cell, row) for c in columns)
        column = columns.stop
        yield columns


def _lines(cell: Any, row: int) -> range:
    """The rows of a cell."""
    return range(row, row + cell["A"].get("RowSpan", 1))
