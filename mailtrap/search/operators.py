"""The operators of the search language: one table for the parser, suggestions, page and docs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mailtrap.search import values
from mailtrap.search.sizes import larger, sized, smaller
from mailtrap.search.values import Reader


@dataclass(frozen=True, slots=True)
class Operator:
    """One row: ``takes`` names the kind of value, ``read`` makes the node of one.

    ``words`` are all its values, each with a line of help, where it has only a few.
    """

    name: str
    takes: str
    example: str
    help: str
    read: Reader
    aliases: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What is not written ``name:value``: an example and a line of help."""

    example: str
    help: str


FORMS: Final[tuple[Form, ...]] = (
    Form("invoice", "The word is part of subject, an address, Message-ID, body or file name."),
    Form("invoice overdue", "Both hold, anywhere."),
    Form('"invoice 4711"', 'The words side by side; \\" is a quote within.'),
    Form("-invoice", "It does not hold; so with any term, operator or bracket."),
    Form("!invoice", "The same."),
    Form("NOT invoice", "The same."),
    Form("invoice AND overdue", "Both hold, as without the word."),
    Form("invoice OR receipt", "One of the two holds; OR joins its two neighbours only."),
    Form("(invoice overdue) OR receipt", "Brackets group."),
    Form("{invoice receipt}", "One of them holds."),
    Form("subject:(invoice overdue)", "Each word belongs to the operator; so with { }."),
    Form("/invoice \\d+/", "A regular expression, in any case; \\/ is a slash within."),
    Form("subject:/^re: /", "A regular expression for any text operator."),
    Form("subject:=invoice", "The whole of it, not a part."),
    Form('subject:=""', "It is empty, or not there."),
    Form("to:*@example.com", "A star in an address or name is any text: all of it must fit."),
    Form("header.X-Campaign:spring", "A part of the value of the header field X-Campaign."),
)


OPERATORS: Final[tuple[Operator, ...]] = (
    Operator(
        "from", "address or name", "from:shop@example.com",
        "Part of the From field: name or address.",
        values.mailbox("sender"),
    ),
    Operator(
        "to", "address or name", "to:ann@example.com",
        "Part of the To field: name or address.",
        values.mailbox("to"),
    ),
    Operator(
        "cc", "address or name", "cc:bob",
        "Part of the Cc field.",
        values.mailbox("cc"),
    ),
    Operator(
        "bcc", "address or name", "bcc:audit@example.com",
        "Part of the Bcc field, or of a recipient that neither To nor Cc names.",
        values.mailbox("bcc"),
    ),
    Operator(
        "reply-to", "address or name", "reply-to:help@example.com",
        "Part of the Reply-To field.",
        values.mailbox("reply_to"), ("replyto",),
    ),
    Operator(
        "addressed", "address or name", "addressed:ann",
        "Part of any of From, To, Cc, Bcc and Reply-To.",
        values.mailbox("sender", "to", "cc", "bcc", "reply_to"),
    ),
    Operator(
        "rcpt", "address", "rcpt:ann@example.com",
        "A recipient of the envelope: the whole address, @example.com for a domain, else a part.",
        values.envelope("rcpt"),
    ),
    Operator(
        "mailfrom", "address", "mailfrom:bounces@example.com",
        "The envelope's sender, read like rcpt:; mailfrom:<> is the null sender.",
        values.envelope("reverse_path"), ("mail_from", "mail-from", "returnpath", "return-path"),
    ),
    Operator(
        "deliveredto", "address", "deliveredto:ann@example.com",
        "A recipient of the envelope, or the Delivered-To field.",
        values.envelope("delivered_to", "rcpt"), ("delivered-to",),
    ),
    Operator(
        "subject", "text", 'subject:"Reset your password"',
        "Part of the subject.",
        values.part("subject"),
    ),
    Operator(
        "body", "text", 'body:"expires in 10 minutes"',
        "Part of the text, or of the HTML as one reads it.",
        values.part("text", "html"),
    ),
    Operator("text", "text", 'text:"thank you"', "Part of the plain text.", values.part("text")),
    Operator(
        "html", "text", "html:unsubscribe", "Part of the HTML as one reads it.", values.part("html")
    ),
    Operator(
        "message-id", "id", "message-id:20240131.1@shop.example.com",
        "Part of the Message-ID.",
        values.mailbox("message_id"), ("rfc822msgid", "messageid", "msgid"),
    ),
    Operator(
        "list", "text", "list:news.example.com", "Part of the List-Id field.",
        values.starred("list_id"),
    ),
    Operator(
        "header", "name, or name=value", "header:X-Campaign=spring",
        "A header field is there; with = a part of its value. Also header.X-Campaign:spring.",
        values.any_header,
    ),
    Operator(
        "filename", "text", "filename:pdf",
        "Part of the name of an attachment; filename:*.pdf is the whole of it.",
        values.starred("filenames"),
    ),
    Operator(
        "link", "text", "link:/reset/", "Part of the address of a link.", values.part("links")
    ),
    Operator("code", "text", "code:482913", "Part of a one-time code.", values.starred("codes")),
    Operator(
        "has", "word", "has:attachment", "Something is there; each word also in the plural.",
        values.one_of(values.HAS),
        words=(
            ("attachment", "A file is attached."),
            ("inline", "A part is shown within the HTML, such as a logo."),
            ("link", "There is a link."),
            ("code", "There is a one-time code."),
            ("html", "There is an HTML body."),
            ("text", "There is a plain text body."),
            ("fault", "A fault rule acted."),
            ("finding", "The client broke a rule of the RFCs."),
            ("tag", "It has a tag."),
        ),
    ),
    Operator(
        "is", "word", "is:unread", "What it is, or how it came.", values.one_of(values.IS),
        words=(
            ("read", "It was read."),
            ("unread", "It was not read."),
            ("tagged", "It has a tag."),
            ("accepted", "The client was told that it was taken."),
            ("refused", "The client was told that it was refused."),
            ("aborted", "The client left before it was told."),
            ("tls", "It came over TLS."),
            ("auth", "The client had authenticated."),
        ),
    ),
    Operator(
        "tag", "tag", "tag:invoices", "It has this tag, by its whole name.", values.tag,
        ("label",),
    ),
    Operator("in", "inbox", "in:default", "It is in this inbox.", values.inbox, ("inbox",)),
    Operator(
        "after", "date", "after:2024-01-31", "Received at that time or later.", values.since,
        ("newer", "since"),
    ),
    Operator(
        "before", "date", "before:yesterday", "Received before that time.", values.until,
        ("older", "until"),
    ),
    Operator(
        "newer_than", "age", "newer_than:10m",
        "Received within that time; m are minutes, mo months.",
        values.newer, ("newer-than",),
    ),
    Operator(
        "older_than", "age", "older_than:2d", "Received longer ago than that.", values.older,
        ("older-than",),
    ),
    Operator("larger", "size", "larger:1M", "More octets than that.", values.size(larger)),
    Operator("smaller", "size", "smaller:10K", "Fewer octets than that.", values.size(smaller)),
    Operator(
        "size", "size", "size:>5K",
        "At least so many octets, or as <, <=, >, >= and = before it say.",
        values.size(sized),
    ),
    Operator(
        "auth", "user", "auth:shop", "Part of the identity that AUTH gave.", values.starred("auth")
    ),
    Operator(
        "helo", "name", "helo:localhost", "Part of the name in EHLO or HELO.",
        values.starred("helo"), ("ehlo",),
    ),
    Operator(
        "ip", "address or network", "ip:10.0.0.0/8", "The peer's address is in it.", values.network
    ),
    Operator("session", "id", "session:s1", "It came in this session.", values.whole("session")),
    Operator(
        "listener", "name", "listener:submission", "It came by this listener.",
        values.whole("listener"),
    ),
    Operator(
        "reply", "code or text", "reply:4xx",
        "The reply that decided: a code, a class such as 4xx, or part of its text.",
        values.reply,
    ),
    Operator(
        "fault", "rule", "fault:greylist", "Part of the name of a fault rule that acted.",
        values.starred("rules"),
    ),
    Operator(
        "finding", "finding", "finding:BARE-LF", "Part of the id of a finding.",
        values.starred("findings"),
    ),
)  # fmt: skip
"""All that is written ``name:value``."""

BY_NAME: Final[Mapping[str, Operator]] = {
    name: row for row in OPERATORS for name in (row.name, *row.aliases)
}


def reader(name: str) -> Reader | None:
    """What reads the values of the operator of this name; None where there is none.

    Raises UnusableError where ``header.`` has no name behind it.
    """
    if name.lower().startswith("header."):
        return values.header(name[len("header.") :])
    row = BY_NAME.get(name.lower())
    return None if row is None else row.read
