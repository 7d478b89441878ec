"""Takes the steps of a deposit one by one, so that each has its effect once.

What may have happened already is looked for before it is sent again; what can be repeated without
harm is repeated, with growing pauses or those the server asks for. Every request is in the journal
before it leaves.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pubtool.deposit.answers import summary
from pubtool.deposit.failures import DepositFailed, Refused, Unreached, Unsure
from pubtool.deposit.journal import Journal
from pubtool.deposit.secrets import Redactor
from pubtool.deposit.step import OPEN, SESSION, Facts, Find, Request, Response, Step

TRIES = 6
LONGEST_PAUSE = 120.0
_LATER = (429, 502, 503, 504)
# Headers worth keeping: addresses, times, and what says who answered.
_TOLD = ("location", "date", "content-type", "etag", "retry-after", "x-request-id")


class Transport(Protocol):
    """What carries a request to its server."""

    def send(self, request: Request) -> Response:
        """The answer. Raises Unreached, Unsure, Untrusted."""
        ...


class Later(DepositFailed):
    """The server asks to try again, in so many seconds if it says so."""

    rule = "PT856"

    def __init__(self, response: Response) -> None:
        super().__init__(f"the server answered {response.status}", response)
        self.seconds = retry_after(response)


def retry_after(response: Response) -> float | None:
    """The seconds of a `Retry-After` header (RFC 9110, 10.2.3), in numbers or as a date."""
    said = response.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


@dataclass(frozen=True)
class Patience:
    """How often a request is tried, and how long to wait in between; `pause` waits, in seconds."""

    tries: int = TRIES
    first: float = 1.0
    look: float = 1.0
    pause: Callable[[float], None] = time.sleep


class LiveFacts(Mapping[str, str]):
    """The facts as they grow: those of the journal and the secrets of this run."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.session: dict[str, str] = {}

    def _all(self) -> dict[str, str]:
        standing = self._journal.standing
        return standing.facts | self.session | {OPEN: "\n".join(standing.open)}

    def __getitem__(self, name: str) -> str:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


class Engine:
    """Runs steps against a transport, and writes down what happens.

    `event` is "ask" where steps change something, "look" where they only ask how things stand.
    """

    def __init__(
        self,
        journal: Journal,
        transport: Transport,
        redact: Redactor,
        hear: Callable[[Response], Facts],
        patience: Patience,
        event: str = "ask",
    ) -> None:
        self.event = event
        self.journal = journal
        self.transport = transport
        self.redact = redact
        self.hear = hear
        self.patience = patience
        self.facts = LiveFacts(journal)

    def run(self, steps: Iterator[Step]) -> None:
        """Take every step that is not done yet. Raises DepositFailed."""
        for step in steps:
            request = step.ask(self.facts)
            if not self._is_done(step, request):
                self._stopped_at(step, request)

    def _is_done(self, step: Step, request: Request) -> bool:
        before = self.journal.standing.done.get(step.name)
        return not step.always and before is not None and (step.once or before == request.digest)

    def _stopped_at(self, step: Step, request: Request) -> None:
        try:
            self._take(step, request)
        except DepositFailed as failure:
            self.journal.write("stop", step=step.name, message=failure.message)
            failure.step = step.name
            raise

    def _take(self, step: Step, request: Request) -> None:
        """Send a request until it is known to have been carried out."""
        maybe = step.name in self.journal.standing.open
        for attempt in self._attempts():
            with attempt:
                found = self._found(step) if maybe and not step.repeatable else None
                if found is None:
                    maybe = True
                    found = self._asked(step, request)
                self._done(step, request, found)

    def _attempts(self) -> Iterator[Any]:
        import tenacity

        return iter(
            tenacity.Retrying(
                stop=tenacity.stop_after_attempt(self.patience.tries),
                retry=tenacity.retry_if_exception(_is_passing),
                wait=self._pause,
                sleep=self.patience.pause,
                reraise=True,
            )
        )

    def _pause(self, state: Any) -> float:
        """Seconds until the next try: as the server says, else twice as long each time."""
        failure = state.outcome.exception()
        asked = failure.seconds if isinstance(failure, Later) else None
        grown: float = self.patience.first * 2 ** (state.attempt_number - 1)
        return min(grown if asked is None else asked, LONGEST_PAUSE)

    def _asked(self, step: Step, request: Request) -> Facts:
        response = self._sent(step.name, request, self.event, safe=not step.repeatable)
        if response.status in _LATER:
            raise Later(response)
        try:
            return step.learn(response)
        except Refused:
            if response.status < 500:
                self.journal.write("refused", step=step.name, status=response.status)
            raise

    def _sent(self, name: str, request: Request, event: str, *, safe: bool) -> Response:
        """Send a request, and write down that it leaves and what comes back."""
        self.journal.write(
            event, safe=safe, step=name, digest=request.digest, method=request.method,
            url=request.url, bytes=len(request.body),
        )  # fmt: skip
        response = self.transport.send(request)
        for fact, value in self.hear(response).items():
            self._remember(fact, value)
        told = {name: response.headers[name] for name in _TOLD if name in response.headers}
        self.journal.write(
            "answer", safe=False, step=name, status=response.status, headers=told,
            said=summary(response),
        )  # fmt: skip
        return response

    def _found(self, step: Step) -> Facts | None:
        """What a look at the server tells of a step that may have been taken; None: not taken.

        Raises Unsure where there is no way to look.
        """
        if step.find is None:
            raise Undecided(f"it is not known whether “{step.name}” reached the server")
        for look in range(step.find.looks):
            if look:
                self.patience.pause(self.patience.look * 2 ** (look - 1))
            found = self._looked(step.name, step.find)
            if found is not None:
                return found
        return None

    def _looked(self, name: str, find: Find) -> Facts | None:
        response = self._sent(f"look: {name}", find.ask(self.facts), "look", safe=False)
        if response.status in _LATER:
            raise Later(response)
        return find.learn(response)

    def _done(self, step: Step, request: Request, facts: Facts) -> None:
        for name, value in facts.items():
            if name.startswith(SESSION):
                self._remember(name, value)
        self.journal.write(
            "done", safe=not step.repeatable, step=step.name, digest=request.digest, facts=facts
        )

    def _remember(self, fact: str, value: str) -> None:
        self.facts.session[fact] = value
        self.redact.add(value)


class Undecided(Unsure):
    """Nobody can say whether a request was carried out; sending it again might make two (PT866)."""

    rule = "PT866"


def _is_passing(failure: BaseException) -> bool:
    """True for a failure that another try may mend."""
    return isinstance(failure, Later | Unreached | Unsure) and not isinstance(failure, Undecided)
