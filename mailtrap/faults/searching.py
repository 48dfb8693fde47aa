"""The condition ``query``: the search language, asked of a message that is just coming in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from mailtrap.faults.moment import Moment
from mailtrap.mail.parse import parse as parse_mail
from mailtrap.search.describe import Facts, describe
from mailtrap.search.document import Document
from mailtrap.search.language import parse
from mailtrap.search.matching import holds
from mailtrap.search.taken import extracted
from mailtrap.smtp.envelope import Envelope, Path, Recipient

LENGTH_LIMIT: Final = 1_000
"""Characters of a search in a rule."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it was written."""

    text: str

    def holds(self, moment: Moment) -> bool:
        """Whether it finds the message of this moment. Ages count from now."""
        if moment.content is None:
            return False
        return holds(parse(self.text, now=moment.now), document_of(moment, moment.content))


def search(text: str) -> Search:
    """A search that can be parsed. Raises QueryError."""
    parse(text, now=datetime(1970, 1, 1, tzinfo=UTC))
    return Search(text)


def document_of(moment: Moment, content: bytes) -> Document:
    """What searches see of a message before it is stored."""
    facts = Facts(
        size=len(content),
        received_at=moment.now,
        inboxes=moment.inboxes,
        session=moment.session,
        listener=moment.listener,
        peer=f"{moment.ip}:0" if ":" not in moment.ip else f"[{moment.ip}]:0",
        helo=moment.helo,
        auth=moment.auth,
        tls=moment.tls,
    )
    envelope = Envelope(
        Path(moment.mail_from or ""), {}, tuple(Recipient(Path(r)) for r in moment.recipients)
    )
    mail = parse_mail(content)
    return describe(facts, envelope, mail, extracted(mail))
