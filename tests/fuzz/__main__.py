"""Give pubtool spoilt inputs on all processors; print count, rate, the slowest, and what failed.

    python -m tests.fuzz [COUNT] [SEED] [KIND,KIND…]

Each input is taken or refused with a finding within ten seconds. Exit 1 if any failed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections import Counter, defaultdict
from multiprocessing import Pool

from pubtool.diagnostics import Unreadable
from tests.fuzz.kinds import KINDS, made

_SECONDS = 10
# What no signal of Python's can interrupt is still seen to hang.
_STUCK_SECONDS = 120
COUNT, SEED = 20_000, 20_261_124


class TooSlow(BaseException):
    """An input took longer than its limit."""


def _late(*_: object) -> None:
    raise TooSlow


def tried(task: tuple[int, int, tuple[str, ...]]) -> tuple[int, str, float, str]:
    """Number, kind, seconds, and what went wrong ("" if nothing did)."""
    number, seed, among = task
    kind, name, data = made(number, seed, among)
    # Time of this process, so that a busy machine makes no input slow; and time that is slept.
    for signal_ in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(signal_, _late)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    signal.alarm(_STUCK_SECONDS // 2)
    start, wrong = time.process_time(), ""
    try:
        KINDS[kind].trial(name, data)
    except Unreadable:
        pass
    except (Exception, TooSlow):
        wrong = traceback.format_exc(limit=-4)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
    return number, kind, time.process_time() - start, wrong


def main(arguments: list[str]) -> int:
    """Try them all."""
    numbers = [int(a) for a in arguments if a.isdigit()]
    count, seed = [*numbers, *(COUNT, SEED)[len(numbers) :]]
    named = [a for a in arguments if not a.isdigit()]
    among = tuple(named[0].split(",")) if named else tuple(KINDS)
    start, kinds, slowest, failed = time.monotonic(), Counter[str](), (0.0, 0, ""), 0
    spent: defaultdict[str, float] = defaultdict(float)
    with Pool(os.cpu_count()) as pool:
        results = pool.imap_unordered(tried, ((n, seed, among) for n in range(count)))
        for _ in range(count):
            number, kind, seconds, wrong = results.next(_STUCK_SECONDS)
            kinds[kind] += 1
            spent[kind] += seconds
            slowest = max(slowest, (seconds, number, kind))
            if wrong:
                failed += 1
                print(f"input {number} ({kind}, seed {seed}):\n{wrong}", file=sys.stderr)
    took = time.monotonic() - start
    for kind, n in sorted(kinds.items()):
        print(f"{n:6} {kind:10} {1000 * spent[kind] / n:7.1f} ms each")
    print(f"{kinds.total()} inputs in {took:.0f} s, {kinds.total() / took:.0f} a second")
    print(f"slowest: input {slowest[1]} ({slowest[2]}), {slowest[0]:.2f} s; {failed} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
