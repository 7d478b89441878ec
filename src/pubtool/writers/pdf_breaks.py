"""PDF: the best lines of a whole paragraph.

After D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, Software: Practice and
Experience 11 (1981): of all ways to break a paragraph, the one with the fewest demerits. Lengths
are in any one unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Point(NamedTuple):
    """A place where a line may end: how far the text runs there, how many gaps it has by then.

    `end` is where the line would end, its hyphen included; `start` where the next would begin,
    after the blank that is dropped. `cost` is added to the badness of the line.
    """

    end: float
    end_gaps: int
    start: float
    start_gaps: int
    cost: float = 0.0
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Gaps:
    """The blank between words: its natural width, and how far it may give way, in parts of it.

    Nothing is shrunk beyond `shrink`; `stretch` is a line as bad as that, `most` what is
    suffered at all.
    """

    width: float
    shrink: float = 0.347
    stretch: float = 0.69
    most: float = 1.5


@dataclass(frozen=True, slots=True)
class Taste:
    """What else is disliked about a paragraph, in demerits but for `short`, a length."""

    short: float = 0.0
    short_end: float = 40_000.0
    hyphen_before_end: float = 8_000.0
    hyphens_in_turn: float = 6_000.0
    ladder: int = 2


@dataclass(frozen=True, slots=True)
class Bound:
    """What is fixed beforehand: how many lines there are, and which of them end in no hyphen.

    Lines count from 0.
    """

    count: int
    whole: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Node:
    """The best way to a point, in so many lines; `hyphens` lines in turn end in one."""

    start: float
    gaps: int
    lines: int
    hyphens: int
    demerits: float
    point: int
    before: _Node | None = field(default=None, repr=False)


TASTE = Taste()


def optimal(
    points: Sequence[Point],
    measure: float,
    indent: float,
    gaps: Gaps,
    taste: Taste = TASTE,
    bound: Bound | None = None,
) -> list[int] | None:
    """The points at which lines end, the last of `points` being the end of the paragraph.

    None where no way keeps the bounds of `gaps` and no more than `taste.ladder` hyphens in turn.
    """
    active, last = [_Node(-indent, 0, 0, 0, 0.0, -1)], len(points) - 1
    for number, point in enumerate(points):
        while active and _overfull(point, active[0], measure, gaps):
            del active[0]
        best: dict[tuple[int, int], _Node] = {}
        for node, demerits in _lines(point, active, measure, gaps, number == last):
            hyphens = node.hyphens + 1 if point.hyphen else 0
            if hyphens > taste.ladder or (bound and _forbidden(point, node, bound)):
                continue
            total = node.demerits + demerits + _dislike(point, node, number == last, measure, taste)
            key = (hyphens, node.lines if bound else 0)
            if key not in best or total < best[key].demerits:
                at = (point.start, point.start_gaps, node.lines + 1, hyphens, total, number, node)
                best[key] = _Node(*at)
        if number == last:
            ends = [n for n in best.values() if bound is None or n.lines == bound.count]
            return _way(min(ends, key=lambda n: n.demerits)) if ends else None
        active.extend(best.values())
    return None


def _forbidden(point: Point, node: _Node, bound: Bound) -> bool:
    return node.lines >= bound.count or (point.hyphen and node.lines in bound.whole)


def _overfull(point: Point, node: _Node, measure: float, gaps: Gaps) -> bool:
    """True if no line from a node can end at this point or at a later one."""
    natural = min(point.end, point.start) - node.start
    return natural - (point.end_gaps - node.gaps) * gaps.width * gaps.shrink > measure


def _lines(
    point: Point, active: list[_Node], measure: float, gaps: Gaps, last: bool
) -> Iterator[tuple[_Node, float]]:
    """The nodes from which a line may end at a point, with the demerits of that line."""
    least, most = -gaps.shrink * gaps.width, gaps.most * gaps.width
    for node in active:
        count = point.end_gaps - node.gaps
        room = measure - (point.end - node.start)
        if last and room >= 0:
            yield node, (1 + point.cost) ** 2
        elif room < count * least:
            continue
        elif room > count * most:
            return
        else:
            yield node, _demerits(room / count if count else 0.0, gaps, point.cost)


def _demerits(more: float, gaps: Gaps, cost: float) -> float:
    """The demerits of a line whose gaps are so much wider than they should be."""
    ratio = more / gaps.width / (gaps.stretch if more > 0 else gaps.shrink)
    return float((1 + 100 * abs(ratio) ** 3 + cost) ** 2)


def _dislike(point: Point, node: _Node, last: bool, measure: float, taste: Taste) -> float:
    """Demerits that a line has for where it stands."""
    if last:
        short = point.end - node.start < taste.short
        return (taste.short_end if short else 0) + (taste.hyphen_before_end if node.hyphens else 0)
    return taste.hyphens_in_turn if point.hyphen and node.hyphens else 0.0


def _way(node: _Node) -> list[int]:
    points = []
    while node.before is not None:
        points.append(node.point)
        node = node.before
    return points[::-1]


# ── lines of like length ──

# What a break after a colon is worth, in parts of the measure squared.
_COLON = 0.1


def even(points: Sequence[Point], measure: float, colons: Collection[int] = ()) -> list[int] | None:
    """The points at which ragged lines end: as few lines as can be, as even as can be.

    Lines rather end at the points `colons`, if that costs no line. None where a word is too long.
    """
    best: dict[int, _Ragged] = {-1: _Ragged(0, 0.0, ())}
    for number, point in enumerate(points):
        last = number == len(points) - 1
        ways = []
        for before, way in best.items():
            length = point.end - (points[before].start if before >= 0 else 0.0)
            if length <= measure:
                left = (1 - length / measure) ** 2
                bonus = _COLON if number in colons and not last else 0.0
                ways.append(_Ragged(way.count + 1, way.left + left - bonus, (*way.points, number)))
        if ways:
            best[number] = min(ways)
    return list(best[len(points) - 1].points) if len(points) - 1 in best else None


@dataclass(frozen=True, slots=True, order=True)
class _Ragged:
    """Lines so far, the squares of what they leave of the measure, and where they end."""

    count: int
    left: float
    points: tuple[int, ...]
