"""FUTURERELEASE (RFC 4865): hold for later. Kept in the envelope; the message shows at once."""

import re

from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.params import BadParameterError, ParamContext, ParamParser, is_time, needed
from mailtrap.smtp.session import Session

LONGEST = 604_800
"""Seconds: a week."""

LATEST = "2099-12-31T23:59:59Z"

_UTC = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d[Zz]")


def _advertise(session: Session) -> str | None:
    """For submission only (section 4.2)."""
    return f"FUTURERELEASE {LONGEST} {LATEST}" if session.profile.auth == "required" else None


def _hold_for(value: str | None, context: ParamContext) -> str:
    del context
    text = needed(value, "seconds")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= LONGEST):
        raise BadParameterError(f"{text[:40]!r} is not 1 to {LONGEST} seconds")
    return text


def _hold_until(value: str | None, context: ParamContext) -> str:
    del context
    text = needed(value, "an RFC 3339 time in UTC")
    if not _UTC.fullmatch(text) or not is_time(text):
        raise BadParameterError(f"{text[:40]!r} is not a time such as {LATEST}")
    return text.upper()


def _alone(parse: ParamParser, other: str) -> ParamParser:
    """Section 4.3: only one of the two."""

    def parse_alone(value: str | None, context: ParamContext) -> str | None:
        if other in context.params:
            raise BadParameterError(f"not beside {other}")
        return parse(value, context)

    return parse_alone


FUTURERELEASE = Extension(
    keyword="FUTURERELEASE",
    rfc="4865",
    advertise=_advertise,
    mail={
        "HOLDFOR": _alone(_hold_for, "HOLDUNTIL"),
        "HOLDUNTIL": _alone(_hold_until, "HOLDFOR"),
    },
)
