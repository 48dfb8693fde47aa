"""Words in a rule's reply that stand for what is known when it acts: ``{rcpt}``, ``{ip}``.

``{date}`` is the time as RFC 5322 writes it, ``{date-2h}`` that of a clock that is wrong.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

from mailtrap.faults.actions import AnyAction, ReplyWith
from mailtrap.faults.moment import Moment

VALUE_LIMIT = 320
"""Characters of a value that are put into a reply: an address has no more (RFC 5321 4.5.3.1)."""

VALUES: Mapping[str, Callable[[Moment], str]] = {
    "rcpt": lambda moment: ",".join(moment.addressed()),
    "rcpt_domain": lambda moment: ",".join(moment.addressed()).rpartition("@")[2],
    "mail_from": lambda moment: moment.mail_from or "",
    "mail_from_domain": lambda moment: (moment.mail_from or "").rpartition("@")[2],
    "ip": lambda moment: moment.ip,
    "helo": lambda moment: moment.helo or "",
    "auth": lambda moment: moment.auth or "",
    "session": lambda moment: moment.session,
}
"""By word: what stands there. Any other word in braces is text."""

_WORD = re.compile("{(?:(" + "|".join(VALUES) + r")|date(?:([+-]\d{1,5})([smhd]))?)}", re.ASCII)
_UNITS: Mapping[str, timedelta] = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


def filled(action: AnyAction, moment: Moment) -> AnyAction:
    """The action with the words of its reply filled in; itself where there are none."""
    if not isinstance(action, ReplyWith) or action.reply is None or "{" not in action.reply.text:
        return action
    text = _WORD.sub(lambda match: _value(match, moment), action.reply.text)
    return ReplyWith(replace(action.reply, text=text))


def _value(match: re.Match[str], moment: Moment) -> str:
    word, number, unit = match.groups()
    if word:
        return _shown(VALUES[word](moment))
    skew = int(number) * _UNITS[unit] if number else timedelta()
    return format_datetime(moment.now + skew)


def _shown(value: str) -> str:
    """A client's words without anything that could end a reply line."""
    return "".join(c if c.isprintable() else "?" for c in value[:VALUE_LIMIT])
