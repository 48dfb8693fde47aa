"""Mails with the codes and links that are to be taken out of them: ``tests/mail/labelled``."""

import tomllib
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from mailtrap.mail.extract.extract import extract
from mailtrap.mail.message import Mail
from mailtrap.mail.parse import parse

FOLDER = Path(__file__).parent / "labelled"
FOLLOWED = frozenset({"link", "unsubscribe"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mail, what it is and what is in it; nothing was tuned by one that was ``held_out``."""

    name: str
    lang: str
    kind: str
    mail: Mail
    codes: frozenset[str]
    links: frozenset[str]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in a mail; ``best`` is the code that a client takes, where it takes one."""

    of: Labelled
    codes: frozenset[str]
    links: frozenset[str]
    best: str | None

    @property
    def right(self) -> bool:
        """Whether a client that wants the one code gets it, and none where there is none."""
        return self.best in self.of.codes if self.of.codes else self.best is None


def labelled() -> list[Labelled]:
    """All of them, in the order of the files."""
    return [
        _read(f"{path.stem} {place}", entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for place, entry in enumerate(tomllib.loads(path.read_text("utf-8"))["mail"], 1)
    ]


def outcome(one: Labelled) -> Outcome:
    """What is taken out of a labelled mail."""
    taken = extract(one.mail)
    links = {link.href for link in taken.links if link.kind in FOLLOWED}
    codes = [code.value for code in taken.codes]
    return Outcome(one, frozenset(codes), frozenset(links), codes[0] if codes else None)


def _read(name: str, entry: dict[str, object]) -> Labelled:
    message = EmailMessage()
    message["From"] = "sender@example.org"
    message["Subject"] = str(entry["subject"])
    text, html = entry.get("text"), entry.get("html")
    if text is not None:
        message.set_content(str(text))
    if html is not None and text is not None:
        message.add_alternative(str(html), subtype="html")
    elif html is not None:
        message.set_content(str(html), subtype="html")
    return Labelled(
        name=name,
        lang=str(entry.get("lang", "en")),
        kind=str(entry["kind"]),
        mail=parse(message.as_bytes()),
        codes=_strings(entry, "codes"),
        links=_strings(entry, "links"),
        held_out=bool(entry.get("held_out", False)),
    )


def _strings(entry: dict[str, object], key: str) -> frozenset[str]:
    values = entry.get(key, [])
    assert isinstance(values, list)
    return frozenset(map(str, values))
