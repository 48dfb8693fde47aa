"""What a list shows of a mail beside its subject."""

import re
from dataclasses import dataclass
from typing import Final

from mailtrap.mail.extract.codes import codes_of
from mailtrap.mail.extract.letters import clean
from mailtrap.mail.extract.links import links_of
from mailtrap.mail.extract.markup import read_html
from mailtrap.mail.message import Mail

SNIPPET: Final = 160
"""Characters of the text that are shown."""

_LOOK: Final = 4096
"""Characters of the text that are looked at: senders pad a preview with hundreds of blanks."""

_BLANKS: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Glance:
    """How the text begins, on one line of 160 characters; the likeliest code; how many links."""

    snippet: str
    code: str | None
    links: int


def glance(mail: Mail) -> Glance:
    """What there is to see of a mail. Never raises."""
    page = read_html(mail.html) if mail.html else None
    codes = codes_of(mail, page)
    links = [link for link in links_of(mail, page) if link.kind == "link"]
    text = one_line(mail.text or "") or one_line(page.text if page else "")
    return Glance(text[:SNIPPET].rstrip(), codes[0].value if codes else None, len(links))


def one_line(text: str) -> str:
    """The beginning of a text, its white space collapsed, without what cannot be seen."""
    return _BLANKS.sub(" ", clean(text[:_LOOK])).strip()
