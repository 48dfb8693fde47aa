"""Rules that contradict themselves are refused, with the reason."""

from mailtrap.faults.actions import (
    POSSIBLE,
    AnyAction,
    Blackhole,
    CutOff,
    Discard,
    EndWith,
    Garble,
    Hold,
    Keep,
    Outage,
    Raw,
    ReplyWith,
    Throttle,
)
from mailtrap.faults.codec.actions import action_word
from mailtrap.faults.rules import Rule, RuleError
from mailtrap.smtp.reply import Reply


def check(rule: Rule) -> None:
    """Raises RuleError where the rule makes no sense."""
    for action in rule.do:
        _check_stage(rule, action)
    _check_content(rule)
    if {Outage, Blackhole} <= {type(action) for action in rule.do}:
        raise RuleError("outage and blackhole contradict each other; one of them is allowed")
    storing = [action for action in rule.do if isinstance(action, Keep | Discard)]
    if len({type(action) for action in storing}) > 1:
        raise RuleError("keep and discard contradict each other; one of them is allowed")
    if storing:
        _check_storing(rule, storing[0])
    if any(isinstance(action, Hold) for action in rule.do):
        _check_hold(rule)


def _check_stage(rule: Rule, action: AnyAction) -> None:
    possible = POSSIBLE[type(action)]
    wrong = [stage for stage in rule.on if stage not in possible]
    if wrong:
        raise RuleError(
            f"{action_word(action)} cannot be done at {', '.join(wrong)}; "
            f"it can at: {', '.join(possible)}"
        )


def _check_content(rule: Rule) -> None:
    """At ``content`` a rule acts while the octets come, or on the whole of them: not both."""
    early = [action for action in rule.do if isinstance(action, Throttle | CutOff)]
    if early and "content" in rule.on and rule.needs_whole:
        raise RuleError(
            f"{action_word(early[0])} is done while the content comes, and the rest of this rule "
            "when all of it is there; make two rules of it, the second at message"
        )


def _check_storing(rule: Rule, action: Keep | Discard) -> None:
    reply = _last_reply(rule)
    ended = any(isinstance(one, EndWith | Raw | Garble) for one in rule.do)
    if isinstance(action, Keep) and reply is not None and reply.positive and not ended:
        raise RuleError(
            f"keep stores what is refused, and {reply.code} refuses nothing; "
            "give it a reply of 400 to 599, or an ending such as close"
        )
    if isinstance(action, Discard) and reply is not None and not reply.positive:
        raise RuleError(
            f"discard stores nothing of what is accepted, and {reply.code} accepts nothing; "
            "a refused message is not stored anyway"
        )


def _check_hold(rule: Rule) -> None:
    """What is stored later must be stored at all."""
    if any(isinstance(action, Discard) for action in rule.do):
        raise RuleError("hold and discard contradict each other; one of them is allowed")
    reply = _last_reply(rule)
    kept = any(isinstance(action, Keep) for action in rule.do)
    if reply is not None and not reply.positive and not kept:
        raise RuleError(
            f"hold stores later what is accepted, and {reply.code} accepts nothing; "
            "add keep to store it all the same"
        )


def _last_reply(rule: Rule) -> Reply | None:
    replies = [one.reply for one in rule.do if isinstance(one, ReplyWith) and one.reply]
    return replies[-1] if replies else None
