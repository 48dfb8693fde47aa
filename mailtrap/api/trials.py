"""Fault rules on paper: what one can write, and what they would do."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from aiohttp import web

from mailtrap.api.faults import checked, rule_of
from mailtrap.api.inputs import Nothing, TrialBody, checked_table, read_query, read_table
from mailtrap.api.keys import CLOCK, FAULTS
from mailtrap.api.messages import as_json
from mailtrap.api.problems import RequestError
from mailtrap.api.shapes import (
    FaultStage,
    FaultTrial,
    FaultVerdict,
    FaultVocabulary,
    FaultWord,
)
from mailtrap.faults.codec import MistakeError, with_free_name
from mailtrap.faults.codec.replies import read_reply
from mailtrap.faults.codec.vocabulary import Word, vocabulary
from mailtrap.faults.moment import Moment
from mailtrap.faults.rules import Entry, Rule, RuleBook, RuleError, told_of
from mailtrap.faults.steps import Answer, proposed
from mailtrap.faults.trial import USUAL, trial

_FIELD = re.compile(r"[!-9;-~]{1,100}", re.ASCII)


async def get_vocabulary(request: web.Request) -> web.Response:
    """All that a rule can say: stages, conditions, actions, amounts."""
    read_query(request, Nothing)
    told = vocabulary()
    return as_json(
        FaultVocabulary(
            stages=tuple(FaultStage(name=name, help=text) for name, text in told.stages),
            conditions=tuple(map(_word, told.conditions)),
            actions=tuple(map(_word, told.actions)),
            amounts=tuple(map(_word, told.amounts)),
            fills=told.fills,
        )
    )


async def try_faults(request: web.Request) -> web.Response:
    """What rules would do at a moment, and why the others would not. Nothing is counted."""
    read_query(request, Nothing)
    data = await read_table(request, TrialBody)
    written = data.pop("rule", None)
    body = checked_table(data, TrialBody)
    book, now = request.app[FAULTS], request.app[CLOCK]()
    draft = None if written is None else checked(lambda: _draft(written))
    moment, before = _moment(body, now), checked(lambda: _usual(body))
    tried = trial(
        [*_entries(book, draft, body, now), *book.reserved_entries(moment)], moment, before
    )
    return as_json(
        FaultTrial(
            stage=body.stage,
            before=told_of(before),
            after=told_of(tried.answer),
            verdicts=tuple(
                FaultVerdict(rule=one.rule, acts=one.acts, reason=one.reason or None)
                for one in tried.verdicts
            ),
        )
    )


def _draft(written: object) -> Rule:
    if not isinstance(written, Mapping):
        raise MistakeError("rule", "rule: it is an object with the keys of a rule")
    return rule_of(written)


def _word(word: Word) -> FaultWord:
    return FaultWord(
        name=word.name,
        takes=word.takes,
        help=word.help,
        example=word.example,
        values=word.values,
        stages=word.stages,
    )


def _entries(book: RuleBook, draft: Rule | None, body: TrialBody, now: float) -> Sequence[Entry]:
    """The rules with a draft among them: in the place of another, or at the end."""
    if draft is None:
        return book.entries
    others = {entry.rule.name for entry in book.entries} - {body.replaces}
    new = Entry(with_free_name(draft, others), now)
    entries = [new if e.rule.name == body.replaces else e for e in book.entries]
    return entries if new in entries else [*entries, new]


def _usual(body: TrialBody) -> Answer:
    """What would be answered if there were no rules."""
    if body.reply is None:
        reply = USUAL.get(body.stage)
        return proposed((reply,) if reply else ())
    try:
        return proposed((read_reply(body.reply, mismatch=True),))
    except RuleError as error:
        raise MistakeError("reply", f"reply: {error}") from None


def _moment(body: TrialBody, now: float) -> Moment:
    told = (body.rcpt,) if isinstance(body.rcpt, str) else body.rcpt
    named = tuple(one for one in told if one)
    content = _content(body) if body.stage == "message" else None
    size = len(content) if content is not None and body.size is None else body.size
    return Moment(
        stage=body.stage,
        at=now,
        session="trial",
        listener=body.listener,
        inboxes=(body.inbox,),
        ip=body.ip,
        tls=body.tls,
        helo=body.helo,
        auth=body.auth,
        mail_from=body.mail_from,
        rcpt=named[-1] if named and body.stage == "rcpt" else None,
        recipients=named,
        session_nth=body.session_nth,
        message_nth=body.message_nth,
        size=size,
        content=content,
        now=datetime.now(UTC),
    )


def _content(body: TrialBody) -> bytes:
    for name in body.headers:
        if not _FIELD.fullmatch(name):
            detail = f"headers: {name[:40]!r} is no name of a header field."
            raise RequestError(400, detail, field="headers", allowed=("a name such as Subject",))
    head = "".join(f"{name}: {text}\r\n" for name, text in body.headers.items())
    return f"{head}\r\n{body.text}".encode("utf-8", "surrogateescape")
