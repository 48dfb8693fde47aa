"""Which mail: the criteria of ``wait``, ``expect`` and ``attempts``, from one table."""

from dataclasses import dataclass

import click

from mailtrap.cli.gathered import Decorator, gathered
from mailtrap.client import Json


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the server: its name there, what it takes, a line of help."""

    name: str
    metavar: str
    help: str

    @property
    def flag(self) -> str:
        """The flag that gives it."""
        return f"--{self.name.replace('_', '-')}"


CRITERIA = (
    Criterion("rcpt", "ADDRESS", "A recipient of the envelope."),
    Criterion("to", "ADDRESS", "An address or name in To."),
    Criterion("from", "ADDRESS", "An address or name in From."),
    Criterion("mail_from", "ADDRESS", "The envelope's sender."),
    Criterion("cc", "ADDRESS", "An address or name in Cc."),
    Criterion("bcc", "ADDRESS", "A recipient that To and Cc do not name."),
    Criterion("reply_to", "ADDRESS", "An address or name in Reply-To."),
    Criterion("subject", "TEXT", "Part of the subject."),
    Criterion("body", "TEXT", "Part of the text or of the HTML."),
    Criterion("text", "TEXT", "Part of the plain text."),
    Criterion("html", "TEXT", "Part of the HTML as one reads it."),
    Criterion("header", "NAME=VALUE", "A header field, or part of its value."),
    Criterion("message_id", "ID", "The Message-ID."),
    Criterion("has", "WORD", "attachment, link, code and so on."),
    Criterion("is", "WORD", "unread, refused, tls and so on."),
    Criterion("filename", "TEXT", "Part of the name of a file."),
    Criterion("link", "TEXT", "Part of the address of a link."),
    Criterion("code", "CODE", "A one-time code."),
    Criterion("list", "TEXT", "Part of the List-Id."),
    Criterion("tag", "NAME", "A tag."),
    Criterion("in", "INBOX", "An inbox, beside --inbox."),
    Criterion("auth", "USER", "The identity that AUTH gave."),
    Criterion("helo", "NAME", "The name in EHLO or HELO."),
    Criterion("ip", "NETWORK", "The peer's address, or a network it is in."),
    Criterion("session", "ID", "The session it came in."),
    Criterion("listener", "NAME", "The listener it came by."),
    Criterion("reply", "CODE", "The reply that decided: 451, 4xx or a part."),
    Criterion("fault", "RULE", "A fault rule that acted."),
    Criterion("finding", "ID", "A finding."),
    Criterion("query", "SEARCH", "All that the search language can say."),
)
"""In the order of the help; each may be given more than once, and all must hold."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Which mail is meant: the criteria, the inbox, and after which cursor."""

    criteria: Pairs
    inbox: str | None
    after: str | None

    @property
    def scope(self) -> Pairs:
        """Inbox and cursor as the server's parameters, those that were given."""
        given = (("inbox", self.inbox), ("after", self.after))
        return tuple((name, value) for name, value in given if value is not None)

    def table(self) -> dict[str, Json]:
        """The criteria as an expectation has them: a list where one is given more than once."""
        table: dict[str, Json] = {}
        for name, value in self.criteria:
            values: list[Json] = [one for other, one in self.criteria if other == name]
            table[name] = values if len(values) > 1 else value
        return table

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in self.criteria)


class MatchCommand(click.Command):
    """A command that takes criteria; its help has them apart, behind its own flags."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Two sections: the flags of the verb, and which mail is meant."""
        flags = {row.flag for row in CRITERIA} | {"--inbox", "--after"}
        records = {
            param.opts[0]: record
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        }
        with formatter.section("Options"):
            formatter.write_dl([row for flag, row in records.items() if flag not in flags])
        with formatter.section("Match (all that are given must hold; *, /regex/ are understood)"):
            formatter.write_dl([row for flag, row in records.items() if flag in flags])


def _build(inbox: str | None, after: str | None, **values: tuple[str, ...]) -> Match:
    pairs = tuple((row.name, value) for row in CRITERIA for value in values[f"match_{row.name}"])
    return Match(pairs, inbox, after)


def matches() -> Decorator:
    """Give a verb the criteria; it gets them as ``match``."""
    options = {
        f"match_{row.name}": click.option(
            row.flag, f"match_{row.name}", multiple=True, metavar=row.metavar, help=row.help
        )
        for row in CRITERIA
    }
    options["inbox"] = click.option("--inbox", metavar="NAME", help="Only what is in this inbox.")
    options["after"] = click.option(
        "--after",
        metavar="CURSOR|now|start",
        help="Only what came after it; else after the inbox was made, or all.",
    )
    return gathered("match", _build, options)
