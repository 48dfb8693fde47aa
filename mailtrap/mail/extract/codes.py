"""The one-time codes of a mail."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from mailtrap.mail.extract.around import Text
from mailtrap.mail.extract.letters import clean
from mailtrap.mail.extract.markup import Page, read_html
from mailtrap.mail.extract.records import Code, CodeSource
from mailtrap.mail.extract.scoring import judge
from mailtrap.mail.message import Mail

TEXT_LIMIT: Final = 64 * 1024
"""Characters of the text that are looked at."""

MAX_CODES: Final = 20

_SUBJECT_LIMIT: Final = 1000
_EMPTY_LINES: Final = re.compile(r"\n[\s>]++")
_AGAIN: Final = 0.05


def codes(mail: Mail) -> tuple[Code, ...]:
    """The likely one-time codes, the best first, at most 20; none twice. Never raises."""
    page = read_html(mail.html) if mail.html else None
    return codes_of(mail, page)


def codes_of(mail: Mail, page: Page | None) -> tuple[Code, ...]:
    """The likely one-time codes of a mail whose HTML is read already."""
    best: dict[str, Code] = {}
    for code in _found(mail, page):
        known = best.get(code.value)
        best[code.value] = code if known is None else _joined(known, code)
    ranked = sorted(best.values(), key=lambda code: -code.score)
    return tuple(ranked[:MAX_CODES])


def _found(mail: Mail, page: Page | None) -> Iterator[Code]:
    subject = clean(mail.summary.subject[:_SUBJECT_LIMIT])
    texts: list[tuple[CodeSource, Text]] = [("subject", Text(subject))]
    if mail.text:
        texts.append(("text", Text(_EMPTY_LINES.sub("\n", clean(mail.text[:TEXT_LIMIT])))))
    if page is not None:
        texts.append(("html", Text(page.text, page.marked)))
    for source, text in texts:
        for one in judge(text, "" if source == "subject" else subject):
            yield Code(one.value, source, one.line, one.score, one.reasons)


def _joined(known: Code, again: Code) -> Code:
    """Of one value the better find; a little more likely where it stands in several sources."""
    better = again if again.score > known.score else known
    told = f"also in the {(known if better is again else again).source}"
    if known.source == again.source or told in better.reasons:
        return better
    score = round(min(1.0, better.score + _AGAIN), 2)
    return replace(better, score=score, reasons=(*better.reasons, told))
