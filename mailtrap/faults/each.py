"""Content whose recipients are answered one by one: LMTP (RFC 2033 section 4.2), and PRDR."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from mailtrap.faults.steps import Answer, Say, Step, Storing, Wait, proposed
from mailtrap.smtp.events import Content
from mailtrap.smtp.replies import nobody_takes
from mailtrap.smtp.reply import Reply

Ask: TypeAlias = Callable[[tuple[Reply, ...], str | None], Answer | None]
"""What rules make of replies, to a recipient or (None) to all; None where no rule acts."""


def answer_each(event: Content, replies: tuple[Reply, ...], ask: Ask) -> Answer | None:
    """What rules make of the replies to a whole content, one for each that is due.

    They are asked for each recipient where each gets a reply. None where no rule acts.
    """
    if not event.lmtp and not event.prdr:
        return ask(replies, None)
    each = event.to_each(replies)
    addresses = [recipient.path.address for recipient in event.envelope.recipients]
    answers = [ask((reply,), address) for reply, address in zip(each, addresses, strict=True)]
    if not any(answers):
        return None
    whole = _together([a or proposed((r,)) for a, r in zip(answers, each, strict=True)])
    return whole if event.lmtp else _framed(whole, replies[0], replies[-1])


def _together(answers: list[Answer]) -> Answer:
    """The answers for several recipients as one: their steps in order, up to an ending."""
    storing = {answer.storing for answer in answers}
    kept: Storing = (
        "keep" if "keep" in storing else "discard" if storing == {"discard"} else "as-replied"
    )
    return replace(
        answers[0],
        steps=tuple(_up_to_an_ending(step for answer in answers for step in answer.steps)),
        storing=kept,
        copies=max(answer.copies for answer in answers),
        bounce=next((answer.bounce for answer in answers if answer.bounce), None),
        hold=max(answer.hold for answer in answers),
    )


def _up_to_an_ending(steps: Iterable[Step]) -> Iterable[Step]:
    for step in steps:
        yield step
        if _is_ending(step):
            return


def _is_ending(step: Step) -> bool:
    return not isinstance(step, Say | Wait)


def _framed(answer: Answer, begin: Reply, last: Reply) -> Answer:
    """The answer for each recipient between the 353 of PRDR and the reply on the whole.

    That refuses if all do: for now, if one of them does only for now.
    """
    said = answer.replies
    if said and not any(reply.positive for reply in said):
        last = nobody_takes(min(said, key=lambda reply: reply.code))
    end = () if any(map(_is_ending, answer.steps)) else (Say(last),)
    return replace(answer, steps=(Say(begin), *answer.steps, *end))
