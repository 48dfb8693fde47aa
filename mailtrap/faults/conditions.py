"""When a rule acts: conditions over a moment, all of which must hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from mailtrap.faults.moment import Moment
from mailtrap.faults.searching import Search
from mailtrap.search.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold; what is left out does not matter.

    A condition on something that is not known at a stage does not hold there. ``headers`` maps
    lower-case names to patterns, one of whose fields must match; ``subject`` is one of them.
    """

    mail_from: Pattern | None = None
    rcpt: Pattern | None = None
    auth: Pattern | None = None
    helo: Pattern | None = None
    ip: Pattern | None = None
    listener: Pattern | None = None
    tls: bool | None = None
    headers: Mapping[str, Pattern] = field(default_factory=dict)
    size_over: int | None = None
    session_nth: int | None = None
    message_nth: int | None = None
    query: Search | None = None

    @property
    def needs_content(self) -> bool:
        """Whether they can only be answered when the content is there."""
        return bool(self.headers) or self.query is not None

    def hold(self, moment: Moment) -> bool:
        """Whether all of them hold."""
        return (
            self._plain_hold(moment)
            and self._texts_hold(moment)
            and self._addresses_hold(moment)
            and self._headers_hold(moment)
            and (self.query is None or self.query.holds(moment))
        )

    def each(self) -> Iterator[tuple[str, "Conditions"]]:
        """Every condition alone, by its name: ``subject`` or ``header.NAME`` for one on a field."""
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name != "headers" and value is not None:
                yield one.name, Conditions(**{one.name: value})
        for name, pattern in self.headers.items():
            yield (
                "subject" if name == "subject" else f"header.{name}",
                Conditions(headers={name: pattern}),
            )

    def _plain_hold(self, moment: Moment) -> bool:
        return (
            self.tls in {None, moment.tls}
            and self.session_nth in {None, moment.session_nth}
            and self.message_nth in {None, moment.message_nth}
            and (self.size_over is None or (moment.size or 0) > self.size_over)
        )

    def _texts_hold(self, moment: Moment) -> bool:
        pairs = (
            (self.mail_from, moment.mail_from),
            (self.auth, moment.auth),
            (self.helo, moment.helo),
            (self.ip, moment.ip),
            (self.listener, moment.listener),
        )
        return all(
            pattern is None or (value is not None and pattern.matches(value))
            for pattern, value in pairs
        )

    def _addresses_hold(self, moment: Moment) -> bool:
        pattern = self.rcpt
        return pattern is None or any(pattern.matches(one) for one in moment.addressed())

    def _headers_hold(self, moment: Moment) -> bool:
        if not self.headers:
            return True
        if moment.content is None:
            return False
        return all(
            any(pattern.matches(value) for value in moment.fields.get(name, ()))
            for name, pattern in self.headers.items()
        )
