"""What a kind of target is: three functions and a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pubtool.deposit.step import DEPOSIT, Facts, Job, Request, Response, Step
from pubtool.packages.package import Need

Sign = Callable[[Request, Job, str, Facts], Request]


def bearer(request: Request, job: Job, secret: str, facts: Facts) -> Request:
    """The request with the token as RFC 6750 has it."""
    return replace(request, headers={**request.headers, "Authorization": f"Bearer {secret}"})


def deaf(response: Response) -> Facts:
    """Nothing is learned from an answer but by its step."""
    return {}


@dataclass(frozen=True)
class Kind:
    """A kind of target.

    `needs` are the facts it asks of a chapter. `steps` yields the steps of a deposit in
    their order; it reads the facts as they grow. `status` yields the steps that ask how a deposit
    stands. `sign` adds the credentials, `hear` learns from every answer (session facts). `hosts`
    are further hosts that files, but no credentials, may go to. `settings` names the keys of
    [deposit.NAME] that must be said; `package` names what `pubtool package` makes in the place of
    the files. `makes` are the kinds of deposit it can do; `drafts`: it keeps a deposit back until
    it is told to publish; `token`: it cannot do without one.
    """

    name: str
    title: str
    needs: Sequence[Need]
    steps: Callable[[Job, Facts], Iterator[Step]]
    status: Callable[[Job, Facts], Iterator[Step]]
    sign: Sign = bearer
    hear: Callable[[Response], Facts] = deaf
    hosts: tuple[str, ...] = ()
    settings: Sequence[str] = ()
    package: str = ""
    makes: tuple[str, ...] = (DEPOSIT,)
    drafts: bool = True
    token: bool = True
    schemes: tuple[str, ...] = ("https", "http")
