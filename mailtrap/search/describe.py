"""What searches see of a message or an attempt: the only place that lays out a Document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeAlias, assert_never

from mailtrap.mail.headers import addresses
from mailtrap.mail.message import Address, Header, Mail, Part, Summary
from mailtrap.mail.parse import attachments
from mailtrap.search import tree
from mailtrap.search.document import Document, Field
from mailtrap.search.fold import fold
from mailtrap.search.reading import paragraphs, readable
from mailtrap.smtp.envelope import Envelope

TEXT_LIMIT: Final = 64 * 1024
"""Characters of each text that are kept."""

Texts: TypeAlias = dict[Field, Iterable[str]]

_OF_CONTENT: Final = frozenset(
    {"bcc", "delivered_to", "list_id", "text", "html", "filenames", "links", "codes", "headers"}
)
_FLAGS_OF_CONTENT: Final = frozenset(
    f"has:{word}" for word in ("attachment", "inline", "link", "code", "html", "text")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the store knows of a message or an attempt, beside envelope and content.

    ``peer`` is as a Trace has it (``host:port``); ``replies`` are those that decided; ``rules``
    the fault rules that acted; ``findings`` their ids.
    """

    size: int
    received_at: datetime
    read: bool = False
    tags: tuple[str, ...] = ()
    inboxes: tuple[str, ...] = ()
    session: str = ""
    listener: str = ""
    peer: str = ""
    helo: str | None = None
    auth: str | None = None
    tls: bool = False
    verdict: Literal["accepted", "refused", "aborted"] = "accepted"
    replies: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was taken out of a message: addresses of links, and one-time codes."""

    links: tuple[str, ...] = field(default=())
    codes: tuple[str, ...] = field(default=())


def describe(facts: Facts, envelope: Envelope, mail: Mail, extracted: Extracted) -> Document:
    """The document of a message."""
    texts = _of_envelope(facts, envelope) | _of_summary(mail.summary)
    texts |= _of_headers(mail, envelope)
    files = attachments(mail)
    inline = [part for part in mail.parts if _is_inline(part)]
    texts |= {
        "text": paragraphs(mail.text or ""),
        "html": readable(mail.html or ""),
        "filenames": [part.filename for part in mail.parts if part.filename],
        "links": extracted.links,
        "codes": extracted.codes,
    }
    has = {
        "attachment": any(not _is_inline(part) for part in files),
        "inline": bool(inline),
        "link": bool(extracted.links),
        "code": bool(extracted.codes),
        "html": mail.html is not None,
        "text": mail.text is not None,
    }
    flags = [*texts["flags"], *(f"has:{word}" for word, there in has.items() if there)]
    return _document(facts, texts | {"flags": flags})


def describe_summary(facts: Facts, envelope: Envelope, summary: Summary) -> Document:
    """The document of a message, but for all that ``needs_content``."""
    return _document(facts, _of_envelope(facts, envelope) | _of_summary(summary))


def describe_attempt(facts: Facts, reverse_path: str, recipients: Sequence[str]) -> Document:
    """The document of an attempt: what ``for_attempts`` lets through, and nothing else."""
    texts: Texts = {
        "rcpt": recipients,
        "reverse_path": [reverse_path or "<>"],
        "session": [facts.session],
        "listener": [facts.listener],
        "reply": facts.replies,
        "rules": facts.rules,
        "flags": _flags(facts),
    }
    return _document(facts, texts)


def needs_content(node: tree.Node) -> bool:
    """Whether a node can only be judged with the parsed mail, not by ``describe_summary``."""
    match node:
        case tree.All(nodes) | tree.Any(nodes):
            return any(map(needs_content, nodes))
        case tree.Not(inner):
            return needs_content(inner)
        case tree.Text(("flags",), _, value):
            return value in _FLAGS_OF_CONTENT
        case tree.Text(fields):
            return not _OF_CONTENT.isdisjoint(fields)
        case tree.Header():
            return True
        case (
            tree.Network() | tree.Size() | tree.Received() | tree.Read() | tree.Tagged()
            | tree.InInbox()
        ):  # fmt: skip
            return False
        case _:
            assert_never(node)


def laid_out(lines: Iterable[str]) -> str:
    """Lines as a Document has them; "" where all are empty. At most TEXT_LIMIT characters."""
    kept: list[str] = []
    left = TEXT_LIMIT - 1
    for line in lines:
        if not line:
            continue
        folded = fold(line[:left])
        if len(folded) >= left:
            folded = folded[: left - 1].rstrip()
        if folded:
            kept.append(folded)
            left -= len(folded) + 1
        if left < 2:
            break
    return "\n".join(("", *kept, "")) if kept else ""


def _document(facts: Facts, texts: Texts) -> Document:
    laid = {name: text for name, lines in texts.items() if (text := laid_out(lines))}
    return Document(
        texts=laid,
        size=facts.size,
        received_at=facts.received_at,
        read=facts.read,
        tags=facts.tags,
        inboxes=facts.inboxes,
    )


def _of_envelope(facts: Facts, envelope: Envelope) -> Texts:
    return {
        "rcpt": [recipient.path.address for recipient in envelope.recipients],
        "reverse_path": [envelope.reverse_path.address or "<>"],
        "helo": [facts.helo or ""],
        "auth": [facts.auth or ""],
        "ip": [_host(facts.peer)],
        "session": [facts.session],
        "listener": [facts.listener],
        "reply": facts.replies,
        "rules": facts.rules,
        "findings": facts.findings,
        "flags": [
            *_flags(facts),
            *(["is:tls"] if facts.tls else []),
            *(["is:auth"] if facts.auth is not None else []),
            *(["has:finding"] if facts.findings else []),
        ],
    }


def _flags(facts: Facts) -> list[str]:
    return [f"is:{facts.verdict}", *(["has:fault"] if facts.rules else [])]


def _of_summary(summary: Summary) -> Texts:
    return {
        "subject": [summary.subject],
        "sender": _mailboxes(summary.sender),
        "to": _mailboxes(summary.to),
        "cc": _mailboxes(summary.cc),
        "reply_to": _mailboxes(summary.reply_to),
        "message_id": [summary.message_id],
    }


def _of_headers(mail: Mail, envelope: Envelope) -> Texts:
    named = [*mail.summary.to, *mail.summary.cc]
    bcc = [one for value in _raw(mail.headers, "bcc") for one in addresses(value)]
    return {
        "bcc": [*_mailboxes(bcc), *_blind(envelope, [*named, *bcc])],
        "delivered_to": _mailboxes(
            [one for value in _raw(mail.headers, "delivered-to") for one in addresses(value)]
        ),
        "list_id": [header.value for header in mail.headers if header.name.lower() == "list-id"],
        "headers": [f"{header.name.strip()}: {header.value}" for header in mail.headers],
    }


def _raw(headers: Sequence[Header], name: str) -> list[bytes]:
    return [header.raw for header in headers if header.name.lower() == name]


def _blind(envelope: Envelope, named: Sequence[Address]) -> list[str]:
    """The recipients whom no field names."""
    known = {one.address.casefold() for one in named}
    told = [recipient.path.address for recipient in envelope.recipients]
    return [address for address in told if address.casefold() not in known]


def _mailboxes(boxes: Iterable[Address]) -> list[str]:
    """A line for each address, one with its name, and one of the name.

    A name that looks like an address has none of its own: it is not to pass for one.
    """
    lines: list[str] = []
    for box in boxes:
        lines.append(box.address)
        if box.name:
            lines.append(f"{box.name} <{box.address}>")
        if box.name and "@" not in box.name:
            lines.append(box.name)
    return lines


def _is_inline(part: Part) -> bool:
    """Whether it is shown within the HTML, not listed beside it."""
    if part.disposition == "attachment" or part.content_type.startswith(("multipart/", "text/")):
        return False
    return part.disposition == "inline" or part.content_id is not None


def _host(peer: str) -> str:
    """The address of ``host:port`` or ``[v6]:port``; "" of a Unix socket."""
    return "" if peer.startswith("unix:") else peer.rpartition(":")[0].strip("[]")
