"""Questions that the server answers when it knows: waits and expectations."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from mailtrap.cli.connect import UNREACHABLE, Failure
from mailtrap.cli.rows import Record, record, records
from mailtrap.client import ClientError, Http, Json, UnreachableError

FAILED = 1
USAGE = 2
AMBIGUOUS = 4

LONGEST = 60.0
"""Seconds that the server lets one request wait; a longer wait is asked for again."""

MARGIN = 15.0
"""Seconds beyond the promised ones after which the server counts as gone."""

SETTLING = 5.0
"""Seconds that transactions that are under way may take to end."""

Pair = tuple[str, str]


class BadQuestionError(Failure):
    """The end of a verb whose question the server does not understand."""

    exit_code = USAGE


class NoAnswerError(Failure):
    """The end of a verb that the server did not answer: it refused, or it broke."""

    exit_code = UNREACHABLE


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: whether all is as it was asked, else the reason and its story.

    ``body`` is all of it; ``waited`` counts the seconds, ``asked`` the requests it took.
    """

    ok: bool
    reason: str
    story: str
    cursor: str
    messages: tuple[Record, ...]
    attempts: tuple[Record, ...]
    body: Record
    waited: float = 0.0
    asked: int = 1

    @property
    def code(self) -> int:
        """The exit code: 0, 1 where something failed, 4 where there was more than asked for."""
        if self.ok:
            return 0
        return AMBIGUOUS if self.reason.startswith(("too-many", "many-")) else FAILED

    def failed(self, reason: str, story: str) -> "Answer":
        """The same mail, but it has not what was wanted of it."""
        body: Record = {**self.body, "ok": False, "reason": reason, "story": story}
        return replace(self, ok=False, reason=reason, story=story, body=body)


def wait(http: Http, question: Iterable[Pair], *, timeout: float, longer: float = 0.0) -> Answer:
    """The answer to a wait, asked again until ``timeout`` seconds are over.

    ``longer`` is how many seconds a request may take beyond its timeout. Raises Failure.
    """
    pairs, began, asked = list(question), time.monotonic(), 0
    while True:
        left = max(began + timeout - time.monotonic(), 0.0)
        piece = [*pairs, ("timeout", seconds(min(left, LONGEST)))]
        answer = _wait(http, piece, min(left, LONGEST) + longer + MARGIN)
        asked += 1
        if answer.ok or left <= LONGEST or not answer.reason.startswith("no-"):
            waited = time.monotonic() - began
            return replace(answer, waited=waited, asked=asked, story=_whole(answer, asked, waited))
        pairs = [*(pair for pair in pairs if pair[0] != "after"), ("after", answer.cursor)]


def settle(http: Http) -> None:
    """Return when the transactions that are open now have ended, or SETTLING seconds have passed.

    An attempt is stored when its transaction has ended: a moment after the reply that an app saw.
    """
    # Nothing can be in a session of this name: it is the end alone that is waited for.
    pairs = [("none", "1"), ("drain", "1"), ("session", "none"), ("timeout", seconds(SETTLING))]
    _wait(http, pairs, SETTLING + MARGIN)


def expect(http: Http, body: dict[str, Json], *, timeout: float) -> tuple[Record, float]:
    """What came of expectations, and how many seconds it took. Raises Failure."""
    began = time.monotonic()
    told = answered(http, "POST", "/api/expect", body=body, timeout=timeout + MARGIN)
    return told, time.monotonic() - began


def answered(
    http: Http, method: str, path: str, *, body: Json = None, timeout: float = MARGIN
) -> Record:
    """The JSON object that the server answers.

    Raises BadQuestionError where it does not understand, NoAnswerError where it does not answer.
    """
    return refusals(lambda: record(_json(http, method, path, body, timeout)))


def refusals(ask: Callable[[], Record]) -> Record:
    """What ``ask`` gives; a refusal of the server as the end of the verb."""
    try:
        return ask()
    except UnreachableError:
        raise
    except ClientError as error:
        kind = BadQuestionError if error.status in (400, 413, 415, 422) else NoAnswerError
        raise kind(str(error)) from None


def answer_of(body: Record) -> Answer:
    """What a wait's answer says."""
    return Answer(
        ok=body.get("ok") is True,
        reason=str(body.get("reason") or ""),
        story=str(body.get("story") or ""),
        cursor=str(body.get("cursor") or ""),
        messages=tuple(records(body, "messages")),
        attempts=tuple(records(body, "attempts")),
        body=body,
    )


def seconds(value: float) -> str:
    """A duration as the server reads it."""
    return f"{value:.3f}".rstrip("0").rstrip(".") + "s"


def _wait(http: Http, pairs: list[Pair], timeout: float) -> Answer:
    query = urlencode([*pairs, ("on_timeout", "empty")])
    return answer_of(answered(http, "GET", f"/api/wait?{query}", timeout=timeout))


def _json(http: Http, method: str, path: str, body: Json, timeout: float) -> Json:
    with http.open(method, path, body=body, timeout=timeout) as response:
        try:
            value: Json = json.load(response)
        except ValueError:
            raise ClientError(f"{http.url} answers, but not as mailtrap does (no JSON)") from None
    return value


def _whole(answer: Answer, asked: int, waited: float) -> str:
    """The story; of a wait that was asked again with the time of all."""
    if answer.ok or asked == 1:
        return answer.story
    return f"{answer.story}\n\nAsked {asked} times, {waited:.1f} s in all."
