"""Links and codes taken out of a mail, as the API's JSON objects."""

import asyncio
from collections.abc import Iterable
from typing import Final

from mailtrap.api.shapes import FoundCode, FoundLink
from mailtrap.mail.extract.extract import extract
from mailtrap.mail.extract.records import Code, Extract, Link
from mailtrap.mail.message import Mail

SMALL: Final = 16 * 1024
"""Characters of text and HTML that are looked through without a thread of their own."""


async def taken_out(mail: Mail) -> Extract:
    """The links and codes of a mail."""
    if len(mail.text or "") + len(mail.html or "") <= SMALL:
        return extract(mail)
    return await asyncio.to_thread(extract, mail)


def found_links(links: Iterable[Link]) -> tuple[FoundLink, ...]:
    """Links with the values of each parameter together."""
    return tuple(
        FoundLink(
            href=link.href,
            text=link.text,
            source=link.source,
            kind=link.kind,
            query=_values(link.query),
            one_click=link.one_click,
        )
        for link in links
    )


def found_codes(codes: Iterable[Code]) -> tuple[FoundCode, ...]:
    """Codes in the order given."""
    return tuple(
        FoundCode(
            value=code.value,
            source=code.source,
            context=code.line,
            score=code.score,
            reasons=code.reasons,
        )
        for code in codes
    )


def _values(query: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    values: dict[str, list[str]] = {}
    for name, value in query:
        values.setdefault(name, []).append(value)
    return {name: tuple(given) for name, given in values.items()}
