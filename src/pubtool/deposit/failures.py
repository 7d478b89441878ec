"""Why a deposit stops.

DepositFailed       the deposit of this chapter stops; others go on
├── Refused         the server answered, and it is not what was asked for
├── Unsure          no answer, and the request may have been carried out
├── Unreached       no answer, and the request was certainly not carried out
└── Untrusted       what the server named must not be followed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pubtool.deposit.step import Response


class DepositFailed(Exception):
    """Why a deposit stops; `rule` is its row in the catalogue, `step` where it happened."""

    rule = "PT855"
    step = ""

    def __init__(self, message: str, response: Response | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.response = response


class Refused(DepositFailed):
    """The server answered, and the answer is no success."""


class Faulty(DepositFailed):
    """The server took the record, but named faults in it, or dropped something (PT858)."""

    rule = "PT858"


class Different(DepositFailed):
    """What lies on the server is not what was sent (PT857)."""

    rule = "PT857"


class Unsure(DepositFailed):
    """No answer came, and the request may or may not have been carried out (PT856)."""

    rule = "PT856"


class Unreached(DepositFailed):
    """No connection came about, so the request was certainly not carried out (PT856)."""

    rule = "PT856"


class Untrusted(DepositFailed):
    """The server named an address that credentials or files must not be sent to (PT861)."""

    rule = "PT861"
