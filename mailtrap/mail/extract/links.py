"""The links of a mail, from its HTML, its text and its header."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from mailtrap.mail.extract import hrefs
from mailtrap.mail.extract.markup import MAX_LINKS, Page, read_html
from mailtrap.mail.extract.records import Link, LinkKind, LinkSource
from mailtrap.mail.extract.urls import find_urls
from mailtrap.mail.message import Mail
from mailtrap.mail.params import media_type

_IN_HEADER: Final = re.compile(r"<\s*+([^<>]{1,4096}+)>")
_ONE_CLICK: Final = re.compile(r"^\s*+List-Unsubscribe\s*+=\s*+One-Click\s*+$", re.IGNORECASE)


def links(mail: Mail) -> tuple[Link, ...]:
    """The links in order: those of the HTML, of the text, of List-Unsubscribe (RFC 2369).

    At most 500 of each. Of one source none comes twice with the same address and text; one without
    a text is left out where the same address has one. Never raises.
    """
    page = read_html(mail.html) if mail.html else None
    return links_of(mail, page)


def links_of(mail: Mail, page: Page | None) -> tuple[Link, ...]:
    """The links of a mail whose HTML is read already."""
    header = _distinct(_of_header(mail))
    leaving = {link.href for link in header}
    html = _distinct(_of_page(page, leaving)) if page is not None else ()
    text = _distinct(_of_text(mail, leaving)) if mail.text else ()
    return (*html, *text, *header)


def _distinct(found: Iterable[Link]) -> tuple[Link, ...]:
    kept = tuple(dict.fromkeys(found))[:MAX_LINKS]
    named = {(link.href, link.kind) for link in kept if link.text}
    return tuple(link for link in kept if link.text or (link.href, link.kind) not in named)


def _of_page(page: Page, leaving: set[str]) -> Iterator[Link]:
    for pointer in page.pointers:
        href = hrefs.cleaned(pointer.href, page.base)
        if href is None:
            continue
        if not pointer.image:
            yield _link(href, pointer.text, "html", _kind(href, leaving))
        elif hrefs.kind(href) == "link":
            yield _link(href, pointer.text, "html", "image")


def _of_text(mail: Mail, leaving: set[str]) -> Iterator[Link]:
    for found in find_urls(_unwrapped(mail)):
        href = hrefs.cleaned(found.href)
        if href is not None:
            yield _link(href, found.text, "text", _kind(href, leaving))


def _of_header(mail: Mail) -> Iterator[Link]:
    values = {header.name.strip().lower(): header.value for header in mail.headers}
    one_click = _ONE_CLICK.match(values.get("list-unsubscribe-post", "")) is not None
    for match in _IN_HEADER.finditer(values.get("list-unsubscribe", "")):
        href = hrefs.cleaned(re.sub(r"\s+", "", match[1]))
        if href is not None:
            ready = one_click and href[:8].lower() == "https://"
            yield Link(href, "", "header", "unsubscribe", hrefs.query(href), ready)


def _link(href: str, text: str, source: LinkSource, kind: LinkKind) -> Link:
    return Link(href, text, source, kind, hrefs.query(href))


def _kind(href: str, leaving: set[str]) -> LinkKind:
    return "unsubscribe" if href in leaving else hrefs.kind(href)


def _unwrapped(mail: Mail) -> str:
    """The text; where it says that line ends are not words' ends (RFC 3676 DelSp), without them."""
    text = mail.text or ""
    for part in mail.parts:
        if part.content_type == "text/plain" and not part.is_attachment:
            raw = next((h.raw for h in part.headers if h.name.lower() == "content-type"), b"")
            params = media_type(raw)[1]
            flowed = params.get("format", "").lower() == "flowed"
            delsp = params.get("delsp", "").lower() == "yes"
            return text.replace(" \n", "") if flowed and delsp else text
    return text
