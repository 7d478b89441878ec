"""PDF: which cells of a table are the headings of which (ISO 32000-1, 14.8.5.7).

A heading in the table's head, or in a row of nothing but headings, stands over columns; any other
stands before its row or rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.writers.pdf_tree import Node

_HEAD, _ROW, _HEADING = "THead", "TR", "TH"


def name_headings(table: Node, prefix: str) -> None:
    """Tell every cell of a table the headings it stands under, whose ids begin with `prefix`."""
    taken: set[tuple[int, int]] = set()
    over: dict[int, list[str]] = {}
    before: dict[int, list[str]] = {}
    for number, (row, in_head) in enumerate(_rows(table, in_head=False)):
        cells = list(nodes(row))
        heads_columns = in_head or all(cell.role == _HEADING for cell in cells)
        placed = list(zip(cells, _columns(cells, number, taken), strict=True))
        for cell, columns in placed:
            if cell.role != _HEADING:
                continue
            cell.facts["ID"] = f"{prefix}-{number}-{columns.start}"
            cell.attributes["Scope"] = "/Column" if heads_columns else "/Row"
            lines, headed = (columns, over) if heads_columns else (_lines(cell, number), before)
            for line in lines:
                headed.setdefault(line, []).append(cell.facts["ID"])
        for cell, columns in placed:
            if cell.role != _HEADING:
                named = [before.get(n, []) for n in _lines(cell, number)]
                named += [over.get(column, []) for column in columns]
                headers = [key for keys in named for key in keys]
                cell.attributes["Headers"] = list(dict.fromkeys(headers))


def nodes(node: Node) -> Iterator[Node]:
    """The nodes right under a node."""
    return (kid for kid in node.kids if isinstance(kid, Node))


def _rows(node: Node, *, in_head: bool) -> Iterator[tuple[Node, bool]]:
    """The rows under a node in their order, and whether each is part of the table's head."""
    for kid in nodes(node):
        if kid.role == _ROW:
            yield kid, in_head
        else:
            yield from _rows(kid, in_head=kid.role == _HEAD)


def _columns(cells: list[Node], row: int, taken: set[tuple[int, int]]) -> Iterator[range]:
    """The columns of each cell of a row; `taken` holds the places (row, column) in use."""
    column = 0
    for cell in cells:
        while (row, column) in taken:
            column += 1
        columns = range(column, column + cell.attributes.get("ColSpan", 1))
        taken.update((line, c) for line in _lines(cell, row) for c in columns)
        column = columns.stop
        yield columns


def _lines(cell: Node, row: int) -> range:
    """The rows of a cell."""
    return range(row, row + cell.attributes.get("RowSpan", 1))
