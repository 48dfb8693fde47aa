"""A message read whole: its tree, its bodies, its attachments. Nothing here ever raises."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from mailtrap.mail.body import content, read_text, text
from mailtrap.mail.choice import bodies
from mailtrap.mail.entity import MESSAGE_TYPES
from mailtrap.mail.filenames import safe_filename
from mailtrap.mail.message import Defect, Mail, Part, Summary
from mailtrap.mail.summary import scan
from mailtrap.mail.tree import read_tree

__all__ = [
    "attachments",
    "content",
    "find_cid",
    "find_part",
    "parse",
    "safe_filename",
    "text",
]


_SHOWN: Final = frozenset(
    {"text/plain", "text/html", "text/enriched", "text/markdown"}
    | {"text/x-amp-html", "text/watch-html"}
)
"""Text that is a body or stands in for one; other text (an invitation) is listed as a file."""


def parse(raw: bytes, summary: Summary | None = None) -> Mail:
    """Read a message as far as it can be read; what is malformed becomes a defect.

    ``summary`` is that of ``scan``, where it is known already.
    """
    root, defects = read_tree(raw)
    shown = bodies(root)
    plain, plain_defects = _joined(raw, shown.text)
    html, html_defects = _joined(raw, shown.html)
    return Mail(
        headers=root.headers,
        summary=summary or scan(raw),
        root=root,
        text=plain,
        html=html,
        parts=tuple(_walk(root)),
        defects=defects + plain_defects + html_defects,
    )


def find_part(mail: Mail, number: str) -> Part | None:
    """The part with this number, as IMAP counts; ``""`` is a multipart root."""
    return next((part for part in mail.parts if part.number == number), None)


def find_cid(mail: Mail, content_id: str) -> Part | None:
    """The first part with this Content-ID, with or without its angle brackets."""
    wanted = content_id.strip().removeprefix("<").removesuffix(">").strip()
    return next((part for part in mail.parts if wanted and part.content_id == wanted), None)


def attachments(mail: Mail) -> tuple[Part, ...]:
    """What a reader lists as files, in order; a message inside is one file, not its parts.

    That is each part with a name or a disposition that says so, and what cannot be shown: neither
    a body nor something that a body refers to by Content-ID.
    """
    root = mail.root
    tops = root.children if root.content_type.startswith("multipart/") else (root,)
    found = chain.from_iterable(map(_files, tops))
    return tuple(part for part in found if _is_file(part, root))


def _walk(part: Part) -> Iterator[Part]:
    yield part
    for child in part.children:
        yield from _walk(child)


def _files(part: Part) -> Iterator[Part]:
    if not part.content_type.startswith("multipart/") or part.disposition == "attachment":
        yield part
        return
    for child in part.children:
        yield from _files(child)


def _is_file(part: Part, root: Part) -> bool:
    if part is root and part.content_type.startswith("text/"):
        return part.disposition == "attachment"
    if part is root or part.is_attachment or part.content_type in MESSAGE_TYPES:
        return True
    return part.content_id is None and part.content_type not in _SHOWN


def _joined(raw: bytes, parts: Iterable[Part]) -> tuple[str | None, tuple[Defect, ...]]:
    """The texts of these parts one below the other; None where there are none."""
    texts: list[str] = []
    defects: list[Defect] = []
    for part in parts:
        found, problem = read_text(raw, part)
        if texts and not texts[-1].endswith("\n"):
            texts.append("\n")
        texts.append(found)
        if problem:
            defects.append(Defect(part.number, problem))
    return ("".join(texts) if texts else None), tuple(defects)
