"""Read damaged manuscripts on all processors; print count, rate, the slowest, and what failed.

    python -m tests.fuzz [COUNT] [SEED]

Each input is read or refused with a finding within ten seconds. What is read is a valid chapter,
and each word of the input is in it or in a finding (`conserved`). Exit 1 if any failed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections import Counter
from multiprocessing import Pool

from tests.fuzz import conserved
from tests.fuzz.inputs import made

_SECONDS = 10
COUNT, SEED = 5000, 20_261_124


class TooSlow(Exception):
    """An input took longer than its limit."""


def _late(*_: object) -> None:
    raise TooSlow


def tried(task: tuple[int, int]) -> tuple[int, str, float, bool, str]:
    """Number, kind, seconds, if a loss was told, and what went wrong ("" if nothing did)."""
    number, seed = task
    kind, name, data = made(number, seed)
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(_SECONDS)
    start, told, wrong = time.process_time(), False, ""
    try:
        told = conserved.tried(name, data)
    except Exception:
        wrong = traceback.format_exc(limit=-3)
    finally:
        signal.alarm(0)
    return number, kind, time.process_time() - start, told, wrong


def main() -> int:
    """Try them all."""
    count, seed = [*map(int, sys.argv[1:]), *(COUNT, SEED)[len(sys.argv) - 1 :]]
    start, kinds, slowest = time.monotonic(), Counter[str](), (0.0, 0)
    failed, losses = 0, Counter[str]()
    with Pool(os.cpu_count()) as pool:
        tasks = ((n, seed) for n in range(count))
        for number, kind, seconds, told, wrong in pool.imap_unordered(tried, tasks, chunksize=20):
            kinds[kind] += 1
            losses[kind] += told
            slowest = max(slowest, (seconds, number))
            if wrong:
                failed += 1
                print(f"input {number} ({kind}, seed {seed}):\n{wrong}", file=sys.stderr)
    took = time.monotonic() - start
    rate = f"in {took:.0f} s, {kinds.total() / took:.0f} a second"
    print(f"{kinds.total()} inputs ({_listed(kinds)}) {rate}")
    print(f"a loss of words told in {losses.total()} ({_listed(losses)})")
    print(f"slowest: input {slowest[1]}, {slowest[0]:.2f} s; {failed} failed")
    return bool(failed)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())
