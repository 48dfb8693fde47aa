"""The sessions that the RFCs show, line by line: codes and enhanced codes, not prose.

In a file, ``C:`` is a line of the client, ``S:`` the reply that is due, ``T:`` a TLS handshake and
``#`` a remark. ``550`` to RCPT stands for a rule that refuses the recipient.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from mailtrap.smtp.events import Command, Event
from mailtrap.smtp.profile import CHECKED_MECHANISMS, EVERYDAY, Profile
from mailtrap.smtp.reply import Reply
from tests.smtp.talk import CUTS, LMTP, PLAIN, Decide, Talk, pieces, talk

FILES = sorted((Path(__file__).parent / "rfc").glob("*.txt"))

PROFILES: dict[str, Profile] = {
    "smtp": PLAIN,
    "lmtp": LMTP,
    "starttls": replace(PLAIN, extensions=EVERYDAY | {"STARTTLS"}, tls="starttls"),
    "users": replace(PLAIN, mechanisms=CHECKED_MECHANISMS, users={"test": "1234", "rjs3": "x"}),
}
UNKNOWN_USER = Reply(550, "No such user here", "5.1.1")


def refusing(refused: set[str]) -> Decide:
    """Refuses these recipients."""

    def decide(event: Event) -> tuple[Reply, ...] | None:
        unknown = isinstance(event, Command) and event.path and event.path.address in refused
        return (UNKNOWN_USER,) if unknown and event.stage == "rcpt" else None

    return decide


def refused_in(lines: list[str]) -> set[str]:
    """The recipients whose reply, counted in order, is 550."""
    sent = [line for line in lines if line.startswith(("C: MAIL", "C: RCPT"))]
    replies = [line for line in lines if line.startswith(("S: 250 2.1", "S: 550 5.1"))]
    return {
        line.partition("<")[2].partition(">")[0]
        for line, reply in zip(sent, replies, strict=False)
        if reply.startswith("S: 550")
    }


def play(lines: list[str], profile: Profile, cut: int | None) -> Talk:
    """Say the client's lines, those that stand together in one flight."""
    decide = refusing(refused_in(lines))
    session = talk(b"", profile)
    flight = b""
    for line in [*lines, "S:"]:
        kind, text = line[:2], line[3:]
        if kind == "C:":
            flight += text.encode() + b"\r\n"
            continue
        for piece in pieces(flight, cut) if flight else ():
            session.send(piece, decide)
        flight = b""
        if kind == "T:":
            assert session.engine.take_surplus() == b""
            session.engine.tls_started()
    return session


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("strict", [False, True])
def test_a_transcript(path: Path, cut: int | None, strict: bool) -> None:
    lines = path.read_text("ascii").splitlines()
    named = [line.removeprefix("# profile: ") for line in lines if line.startswith("# profile: ")]
    profile = replace(PROFILES[(named or ["smtp"])[0]], strict=strict)
    session = play(lines, profile, cut)
    due = [line[3:].strip() for line in lines if line.startswith("S:")]
    assert ["220", *session.codes] == due
    assert session.engine.closed
    assert len(session.stored) == stores(lines)


def stores(lines: list[str]) -> int:
    """How many messages a transcript ends with: a lone dot, or a last chunk."""
    return sum(line == "C: ." or line.endswith(" LAST") for line in lines)


def test_there_are_transcripts() -> None:
    assert len(FILES) >= 14
