"""Patterns of an inbox, from what people write."""

from collections.abc import Iterable

from mailtrap.inboxes.records import Match
from mailtrap.search.patterns import TextPattern, network_pattern, text_pattern


def match_of(
    *,
    rcpt: Iterable[str] = (),
    auth: Iterable[str] = (),
    helo: Iterable[str] = (),
    ip: Iterable[str] = (),
    header: Iterable[tuple[str, str]] = (),
) -> Match:
    """What belongs in an inbox, from patterns as they are written. Raises PatternError."""
    return Match(
        rcpt=_texts(rcpt),
        auth=_texts(auth),
        helo=_texts(helo),
        ip=tuple(map(network_pattern, ip)),
        header=tuple((name, text_pattern(pattern)) for name, pattern in header),
    )


def _texts(patterns: Iterable[str]) -> tuple[TextPattern, ...]:
    return tuple(map(text_pattern, patterns))
