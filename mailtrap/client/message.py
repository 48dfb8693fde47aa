"""One message, and what a test takes out of it."""

import re
from collections.abc import Callable, Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from fnmatch import fnmatchcase
from typing import Final, Protocol, TypeVar

from mailtrap.client import records
from mailtrap.client.calls import Told
from mailtrap.client.errors import (
    MailAssertionError,
    NoSuchAttachment,
    NoSuchCode,
    NoSuchLink,
)
from mailtrap.client.http import below
from mailtrap.client.records import Address, Envelope
from mailtrap.client.snapshot import stable

T = TypeVar("T")


class Browsing(Protocol):
    """What is wanted of a page of a browser."""

    def goto(self, url: str, /) -> object:
        """Show an address."""


Fetch = Callable[[str], bytes]
"""Gives the octets at a path of the server."""

LISTED: Final = 20
"""Candidates that an error lists."""


class Headers(list[tuple[str, str]]):
    """The header fields in order, decoded."""

    def get_all(self, name: str) -> list[str]:
        """The values of all fields of this name, in any case."""
        return [value for known, value in self if known.lower() == name.lower()]

    def get(self, name: str, default: str | None = None) -> str | None:
        """The value of the first field of this name."""
        return next(iter(self.get_all(name)), default)


class Attachment:
    """A file of a message; ``content`` is fetched when it is first asked for."""

    def __init__(self, told: Told, fetch: Fetch) -> None:
        self.filename: str = told["filename"] or ""
        self.content_type: str = told["content_type"]
        self.size: int = told["size"]
        self.url: str = told["url"]
        self._fetch = fetch

    def __repr__(self) -> str:
        return f"Attachment({self.filename!r}, {self.content_type!r}, {self.size})"

    @property
    def content(self) -> bytes:
        """Its octets, decoded."""
        return self._fetch(self.url)


class Message:
    """One message, read whole. ``url`` is where a browser shows it."""

    def __init__(self, told: Told, base: str, fetch: Fetch) -> None:
        self._told = told
        self._fetch = fetch
        self.id: str = told["id"]
        self.seq: int = told["seq"]
        self.url = f"{base}/m/{self.id}"
        self.html_url = base + below(base, told["urls"]["html"] or told["urls"]["text"] or "")
        self.inboxes: tuple[str, ...] = tuple(told["inboxes"])
        self.inbox = self.inboxes[0]
        self.received_at = records.time(told["received_at"])
        self.size: int = told["size"]
        self.subject: str = told["subject"]
        self.from_ = [records.address(one) for one in told["from"]]
        self.to = [records.address(one) for one in told["to"]]
        self.cc = [records.address(one) for one in told["cc"]]
        self.date = records.time(told["date"]) if told["date"] else None
        self.message_id: str = told["message_id"]
        self.headers = Headers((one["name"], one["value"]) for one in told["headers"])
        self.text: str = told["text"] or ""
        self.html: str = told["html"] or ""
        self.links = [records.link(one) for one in told["links"]]
        self.codes = [records.code(one) for one in told["codes"]]
        self.attachments = [Attachment(one, fetch) for one in told["attachments"]]
        self.tags: tuple[str, ...] = tuple(told["tags"])

    def __repr__(self) -> str:
        return f"<Message {self.id} {self.subject!r} {self.url}>"

    @property
    def sender(self) -> Address:
        """The first address of From; without one that of the envelope."""
        return self.from_[0] if self.from_ else Address("", self.envelope.mail_from)

    @property
    def envelope(self) -> Envelope:
        """What MAIL and RCPT said, and in which session."""
        return records.envelope(self._told)

    @property
    def bcc(self) -> list[str]:
        """Recipients of the envelope that neither To nor Cc names."""
        named = {one.address.lower() for one in (*self.to, *self.cc)}
        return [one for one in self.envelope.rcpt_to if one.lower() not in named]

    @property
    def reply_to(self) -> list[Address]:
        """The addresses of Reply-To."""
        told = getaddresses(self.headers.get_all("Reply-To"))
        return [Address(name, address) for name, address in told if address]

    @property
    def inline(self) -> list[Attachment]:
        """The parts that are shown within the HTML, such as its images."""
        return [Attachment(one, self._fetch) for one in _inline(self._told["parts"])]

    @property
    def findings(self) -> list[str]:
        """What its sender did wrong, by the ids of docs and RFCs."""
        return [one["id"] for one in self._told["findings"]]

    @property
    def raw(self) -> bytes:
        """The octets exactly as they were sent."""
        return self._fetch(self._told["urls"]["raw"])

    def header(self, name: str) -> str | None:
        """The value of the first header field of this name, decoded."""
        return self.headers.get(name)

    def link(
        self,
        contains: str | None = None,
        *,
        text: str | None = None,
        pattern: str | re.Pattern[str] | None = None,
    ) -> str:
        """The address of the one link with this in it, with this text, that fits this pattern.

        Where no link fits, those to unsubscribe and to images are looked at too.

        Raises NoSuchLink, which lists the links that there are.
        """
        __tracebackhide__ = True
        meant = [
            link
            for link in self.links
            if (contains is None or contains in link.href)
            and (text is None or text.lower() in link.text.lower())
            and (pattern is None or re.search(pattern, link.href))
        ]
        is_filtered = (contains, text, pattern) != (None, None, None)
        fits = [link.href for link in meant if link.kind == "link"]
        fits = fits or [link.href for link in meant if is_filtered]
        listed = [f"{one.kind}  {one.href}  {one.text!r}" for one in self.links]
        return self._only("link", list(dict.fromkeys(fits)), listed, NoSuchLink)

    def code(self, pattern: str | re.Pattern[str] | None = None) -> str:
        """The one-time code that is likelier than any other (of those that fit a pattern).

        Raises NoSuchCode, which lists the candidates and why.
        """
        __tracebackhide__ = True
        fits = [one for one in self.codes if pattern is None or re.fullmatch(pattern, one.value)]
        best = [one.value for one in fits if one.score == fits[0].score]
        listed = [f"{one.value}  {one.score}  {', '.join(one.reasons)}" for one in self.codes]
        return self._only("code", list(dict.fromkeys(best)), listed, NoSuchCode)

    def attachment(self, name: str = "*", *, content_type: str | None = None) -> Attachment:
        """The one attachment with this name (a glob). Raises NoSuchAttachment."""
        __tracebackhide__ = True
        fits = [
            one
            for one in self.attachments
            if fnmatchcase(one.filename.lower(), name.lower())
            and content_type in {None, one.content_type}
        ]
        listed = [f"{one.filename}  {one.content_type}" for one in self.attachments]
        return self._only(f"attachment {name}", fits, listed, NoSuchAttachment)

    def as_email(self) -> EmailMessage:
        """The message as the standard library reads it."""
        read = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(read, EmailMessage)
        return read

    def snapshot(self) -> str:
        """Its header and bodies as text that is the same each time: ids, dates, ports masked."""
        return stable(
            self.headers, self.text, self.html, [one.filename for one in self.attachments]
        )

    def open(self, page: Browsing) -> None:
        """Show it in a page of Playwright, as a reader would."""
        page.goto(self.html_url)

    def _only(
        self, what: str, fits: list[T], listed: Iterable[str], error: type[MailAssertionError]
    ) -> T:
        __tracebackhide__ = True
        if len(fits) == 1:
            return fits[0]
        several = f"{len(fits)} are equally good" if fits else "there is none such"
        rows = "\n".join(f"  {row}" for row in list(listed)[:LISTED]) or "  (none)"
        raise error(f"no one {what} in {self.subject!r} ({self.url}): {several}; there are\n{rows}")


def _inline(part: Told) -> list[Told]:
    """The parts below this one that HTML may show by their Content-ID."""
    below = [found for one in part["children"] for found in _inline(one)]
    is_text = part["content_type"].startswith(("text/", "multipart/"))
    shown = part["disposition"] == "inline" or part["content_id"] is not None
    own = shown and not is_text and part["disposition"] != "attachment" and part["url"]
    return [part, *below] if own else below
