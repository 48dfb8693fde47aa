"""DELIVERBY (RFC 2852): a deadline, kept in the envelope."""

import re

from mailtrap.smtp import replies
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.params import BadParameterError, ParamContext, needed
from mailtrap.smtp.session import Session

MINIMUM = 60
"""Seconds: the least by-time that is taken in mode R."""

_BY = re.compile(r"([+-]?\d{1,9});([NRnr])([Tt]?)")


def _advertise(session: Session) -> str:
    del session
    return f"DELIVERBY {MINIMUM}"


def _by(value: str | None, context: ParamContext) -> str:
    text = needed(value, "seconds;N or seconds;R, with T for trace")
    found = _BY.fullmatch(text)
    if found is None:
        raise BadParameterError(f"{text!r} is not seconds;N, seconds;R, with T for trace")
    if found[2].upper() == "R" and int(found[1]) <= 0:
        raise BadParameterError("mode R needs a by-time over 0")
    if found[2].upper() == "R" and int(found[1]) < MINIMUM and context.session.offers("DELIVERBY"):
        context.reply = replies.too_soon(MINIMUM)
    return text.upper()


DELIVERBY = Extension(keyword="DELIVERBY", rfc="2852", advertise=_advertise, mail={"BY": _by})
