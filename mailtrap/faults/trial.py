"""A dry run: which rules would act on a moment, and why the others would not. Counts nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from mailtrap.faults.conditions import Conditions
from mailtrap.faults.counting import Pass, Schedule
from mailtrap.faults.fill import filled
from mailtrap.faults.moment import Moment
from mailtrap.faults.rules import Entry, Rule
from mailtrap.faults.stages import Stage
from mailtrap.faults.steps import Answer
from mailtrap.smtp.reply import Reply

SHOWN: Final = 120
"""Characters of a value that are told."""

USUAL: Final[Mapping[Stage, Reply]] = {
    "greeting": Reply(220, "mailtrap.local ESMTP ready"),
    "helo": Reply(250, "mailtrap.local greets you\nPIPELINING\n8BITMIME\nSIZE\nSTARTTLS\nHELP"),
    "starttls": Reply(220, "Go ahead", "2.0.0"),
    "auth": Reply(235, "Authentication successful", "2.7.0"),
    "mail": Reply(250, "Sender ok", "2.1.0"),
    "rcpt": Reply(250, "Recipient ok", "2.1.5"),
    "data": Reply(354, "End data with <CR><LF>.<CR><LF>"),
    "message": Reply(250, "Ok: queued as ID", "2.0.0"),
    "bdat": Reply(250, "Ok", "2.0.0"),
    "rset": Reply(250, "Ok", "2.0.0"),
    "noop": Reply(250, "Ok", "2.0.0"),
    "vrfy": Reply(252, "Cannot VRFY user, but will take the message", "2.1.5"),
    "help": Reply(214, "See docs/faults.md", "2.0.0"),
    "quit": Reply(221, "Bye", "2.0.0"),
    "unknown": Reply(500, "Command not recognized", "5.5.2"),
}
"""What is answered at a stage where nothing fails; nothing at the others."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule would do: act, or not, and then why, as a clause."""

    rule: str
    acts: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What would be answered, and what each rule would do, in order."""

    answer: Answer
    verdicts: tuple[Verdict, ...]


def trial(entries: Iterable[Entry], moment: Moment, answer: Answer) -> Trial:
    """What rules would make of an answer. Their counters stay as they are."""
    verdicts: list[Verdict] = []
    winner = ""
    for entry in entries:
        rule = entry.rule
        reason = why_not(entry, moment) or (f"{winner} acts first" if winner else "")
        verdicts.append(Verdict(rule.name, not reason, reason))
        if reason:
            continue
        for action in rule.do:
            answer = filled(action, moment)(answer)
        if rule.continues:
            answer = replace(answer, spoken=False)
        else:
            winner = rule.name
    return Trial(answer, tuple(verdicts))


def why_not(entry: Entry, moment: Moment) -> str:
    """Why a rule would not act, empty where it would."""
    return next(filter(None, _reasons(entry, moment)), "")


def _reasons(entry: Entry, moment: Moment) -> Iterator[str]:
    """From what is always so to what is so this time."""
    rule = entry.rule
    yield "" if rule.enabled else "it is switched off"
    yield "its time is over" if entry.expired(moment.at) else ""
    yield _stage_apart(rule, moment)
    if rule.inbox not in (None, *moment.inboxes):
        yield f"it is for the inbox {rule.inbox}, not {', '.join(moment.inboxes)}"
    yield from (_told(name, one, moment) for name, one in rule.when.each() if not one.hold(moment))
    passed = entry.counters.lets_pass(moment)
    if passed is not None:
        yield PASSES[passed](rule.schedule) + (
            f", for each {p}" if (p := rule.schedule.per) else ""
        )


def _stage_apart(rule: Rule, moment: Moment) -> str:
    if moment.stage in rule.asked_at:
        return ""
    if moment.stage in rule.on:
        return "it waits until the whole content is there: try the stage message"
    return f"it acts at {', '.join(rule.on)}, not at {moment.stage}"


PASSES: Final[Mapping[Pass, Callable[[Schedule], str]]] = {
    "times": lambda s: f"it acted {s.times} of {s.times} times already",
    "after": lambda s: f"it lets the first {s.after} pass",
    "every": lambda s: f"it acts on every {s.every}. only, and this is another",
    "rate": lambda _: "it acts on what is over its rate only",
    "wait": lambda _: "its time since the first one is over",
    "chance": lambda s: f"the dice fall against it this time (chance {s.chance:g})",
}
"""Why a schedule lets a moment pass."""

KNOWN: Final[Mapping[str, Callable[[Moment], object]]] = {
    "mail_from": lambda m: m.mail_from,
    "rcpt": lambda m: ", ".join(m.addressed()) or None,
    "auth": lambda m: m.auth,
    "helo": lambda m: m.helo,
    "ip": lambda m: m.ip or None,
    "listener": lambda m: m.listener or None,
    "tls": lambda m: "true" if m.tls else "false",
    "size_over": lambda m: m.size,
    "session_nth": lambda m: m.session_nth,
    "message_nth": lambda m: m.message_nth,
    "query": lambda m: None if m.content is None else "a message that it does not find",
}
"""What a condition looks at; other names are those of header fields."""


def _told(name: str, one: Conditions, moment: Moment) -> str:
    """A condition that does not hold: what it looked at, and what it wants."""
    field = name.removeprefix("header.")
    found = moment.fields.get(field, ())
    known = KNOWN[name](moment) if name in KNOWN else ", ".join(found) or None
    wanted = one.headers[field].text if one.headers else _wanted(getattr(one, name))
    if known is None:
        return f"{name} is not known here, and it wants {wanted}"
    return f"{name} is {_short(str(known))}, and it wants {_short(wanted)}"


def _wanted(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else str(getattr(value, "text", value))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
