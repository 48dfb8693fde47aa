"""RRVS (RFC 7293): deliver only if the recipient has owned the address since a day."""

import re

from mailtrap.smtp.extensions.base import Extension, bare
from mailtrap.smtp.params import BadParameterError, ParamContext, is_time, needed

_RRVS = re.compile(r"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:[Zz]|[+-]\d\d:\d\d))(?:;([CRcr]))?")


def _rrvs(value: str | None, context: ParamContext) -> str:
    del context
    text = needed(value, "an RFC 3339 time, then ;C or ;R")
    found = _RRVS.fullmatch(text)
    if found is None or not is_time(found[1]):
        raise BadParameterError(f"{text[:60]!r} is not a time such as 2014-04-03T23:01:00Z")
    return text


RRVS = Extension(keyword="RRVS", rfc="7293", advertise=bare("RRVS"), rcpt={"RRVS": _rrvs})
