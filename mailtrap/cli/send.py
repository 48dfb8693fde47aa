"""``mailtrap send``: files, standard input or a sample, through SMTP to the running server."""

import re
import smtplib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, make_msgid
from typing import BinaryIO
from urllib.parse import urlsplit

import click

from mailtrap.cli.as_json import json_option, print_json
from mailtrap.cli.connect import NOT_FOUND, Failure, NoServerError, asks_server
from mailtrap.cli.group import VERB_SETTINGS
from mailtrap.cli.rows import Record, record, records, text
from mailtrap.cli.terminal import printable
from mailtrap.client import Http, UnreachableError
from mailtrap.samples.attachments import sample

SENDER, RECIPIENT = "sender@example.com", "ada@example.com"
DOMAIN = "mailtrap.local"
DEFAULT_PORT = 1025
COUNT_LIMIT = 100_000
TIMEOUT = 30.0
HELO_NAME = "[127.0.0.1]"
"""An address literal (RFC 5321 section 4.1.3): to look up the own name may take seconds."""
_QUEUED = re.compile(rb"queued as (\S{1,200})")
_LONE_LF = re.compile(rb"(?<!\r)\n")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message that was taken: the id it was given, and the recipients that were not."""

    id: str
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to send: its octets with CRLF line ends, and its envelope."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]


@click.command("send", context_settings=VERB_SETTINGS)
@click.argument("files", nargs=-1, metavar="[FILE|-]...", type=click.File("rb"))
@click.option("--to", "recipients", multiple=True, metavar="ADDRESS", help="RCPT TO; repeatable.")
@click.option("--from", "sender", metavar="ADDRESS", help="MAIL FROM.")
@click.option(
    "--count",
    type=click.IntRange(1, COUNT_LIMIT),
    default=1,
    metavar="NUMBER",
    help="How often to send each.",
)
@click.option("--smtp", "address", metavar="HOST:PORT", help="Where to; else the server is asked.")
@json_option
@asks_server
def command(  # noqa: PLR0913 - an argument for each flag
    http: Http,
    *,
    files: tuple[BinaryIO, ...],
    recipients: tuple[str, ...],
    sender: str | None,
    count: int,
    address: str | None,
    as_json: bool,
) -> int:
    """Send messages to the server; prints the id of each.

    A FILE holds one message (.eml), - is standard input; without any a sample is sent. Without
    --from and --to the envelope is taken from the header fields. A lone LF becomes CRLF.
    """
    host, port = parse_address(address) if address else smtp_address(http)
    letters = [letter(file.read(), sender, recipients) for file in files]
    made = () if letters else samples(sender, recipients, count)
    ids, all_taken = [], True
    for receipt in deliver(host, port, made or (one for one in letters for _ in range(count))):
        all_taken = all_taken and not receipt.refused
        ids.append(receipt.id)
        for refused in receipt.refused:
            click.echo(printable(refused), err=True)
        if not as_json:
            click.echo(receipt.id)
    if as_json:
        print_json({"ids": [*ids]})
    return 0 if all_taken else NOT_FOUND


def letter(content: bytes, sender: str | None, recipients: tuple[str, ...]) -> Letter:
    """A message as a file has it, and its envelope: what was asked for, else its header fields."""
    head = BytesHeaderParser().parsebytes(content)
    return Letter(
        raw=_LONE_LF.sub(b"\r\n", content),
        sender=next(iter(_addresses(head, "From")), SENDER) if sender is None else sender,
        recipients=recipients or _addresses(head, "To", "Cc", "Bcc") or (RECIPIENT,),
    )


def samples(sender: str | None, recipients: tuple[str, ...], count: int) -> Iterator[Letter]:
    """The sample, so many times, each with a Message-ID of its own."""
    to = recipients or (RECIPIENT,)
    first = make_msgid(domain=DOMAIN)
    raw = sample(sender or SENDER, to[0], datetime.now(UTC), first)
    for number in range(count):
        own = make_msgid(domain=DOMAIN) if number else first
        renamed = raw.replace(first.encode(), own.encode(), 1)
        yield Letter(renamed, SENDER if sender is None else sender, to)


def deliver(host: str, port: int, letters: Iterable[Letter]) -> Iterator[Receipt]:
    """Send all in one session; the receipt of each. Raises Failure."""
    where = f"{host}:{port}"
    try:
        with smtplib.SMTP(host, port, HELO_NAME, TIMEOUT) as session:
            session.ehlo_or_helo_if_needed()
            for one in letters:
                yield _transaction(session, one)
    except smtplib.SMTPResponseException as error:
        reply = error.smtp_error if isinstance(error.smtp_error, bytes) else b""
        raise Failure(f"{where} refuses: {_reply(error.smtp_code, reply)}") from None
    except smtplib.SMTPException as error:
        raise Failure(f"{where}: {error}") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise NoServerError(f"nothing takes mail at {where} ({reason}); see --smtp") from None


def parse_address(text: str) -> tuple[str, int]:
    """Host and port of ``host:port``, ``[v6]:port`` or ``host``. Raises click.UsageError."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not host.strip():
        raise click.UsageError(f"--smtp: {text!r} is not an address; write host:port")
    return host, DEFAULT_PORT if port is None else port


def smtp_address(http: Http) -> tuple[str, int]:
    """Where the server takes plain SMTP, as it tells itself; port 1025 when it does not answer."""
    try:
        info = record(http.json("GET", "/api/info"))
    except UnreachableError:
        return http.host, DEFAULT_PORT
    urls = [text(one, "url") for one in records(info, "listeners") if _is_plain(one)]
    if not urls:
        raise Failure("the server has no plain SMTP listener; name one with --smtp")
    host, port = parse_address(urls[0].partition("//")[2])
    # A server that listens on every interface is where its API answered.
    return (http.host if host in ("0.0.0.0", "::") else host), port  # noqa: S104 - compared only


def _is_plain(listener: Record) -> bool:
    return text(listener, "url").startswith("smtp://") and text(listener, "tls") == "none"


def _addresses(head: Message, *names: str) -> tuple[str, ...]:
    fields = [str(value) for name in names for value in head.get_all(name, [])]
    found = (address for _, address in getaddresses(fields) if "@" in address)
    return tuple(dict.fromkeys(found))


def _transaction(session: smtplib.SMTP, one: Letter) -> Receipt:
    code, reply = session.mail(one.sender, _parameters(session, one))
    if code != 250:
        raise Failure(f"MAIL FROM:<{one.sender}> was refused: {_reply(code, reply)}")
    refused = []
    for recipient in one.recipients:
        code, reply = session.rcpt(recipient)
        if code not in (250, 251):
            refused.append(f"RCPT TO:<{recipient}> was refused: {_reply(code, reply)}")
    if len(refused) == len(one.recipients):
        raise Failure("; ".join(refused))
    code, reply = session.data(one.raw)
    if code != 250:
        raise Failure(f"the message was refused: {_reply(code, reply)}")
    match = _QUEUED.search(reply)
    return Receipt(printable(match[1].decode("ascii", "replace") if match else ""), tuple(refused))


def _parameters(session: smtplib.SMTP, one: Letter) -> list[str]:
    """What MAIL says about the message: RFC 6152 and RFC 6531, where the server knows them."""
    parameters = []
    if not one.raw.isascii() and session.has_extn("8bitmime"):
        parameters.append("BODY=8BITMIME")
    if not "".join((one.sender, *one.recipients)).isascii() and session.has_extn("smtputf8"):
        parameters.append("SMTPUTF8")
    return parameters


def _reply(code: int, text: bytes) -> str:
    return f"{code} {text.decode('utf-8', 'backslashreplace')}"
