"""What did not arrive in the made-up morning, and the rules that saw to it. All as data."""

from dataclasses import dataclass
from typing import Final

from mailtrap.store.records import Side, Stage, Verdict
from tests.demo.mails import Mail


@dataclass(frozen=True, kw_only=True)
class Try:
    """A transaction: the reply that decided, None where the client left."""

    age: int
    sender: str
    rcpt: str
    stage: Stage
    reply: str | None
    rules: tuple[str, ...] = ()
    octets: int = 2_481

    @property
    def verdict(self) -> Verdict:
        """How it ended."""
        if self.reply is None:
            return "aborted"
        return "accepted" if self.reply[0] == "2" else "refused"


@dataclass(frozen=True, kw_only=True)
class Left:
    """A session without a transaction."""

    age: int
    helo: str | None
    end: str
    lines: tuple[tuple[float, Side, str], ...]
    peer: str = "127.0.0.1:51902"
    findings: tuple[str, ...] = ()


GREY: Final = "451 4.7.1 Greylisted, try again later"
TRIES: Final = (
    Try(age=33 * 60, sender="queue@app.example.com", rcpt="ann@partner.example", stage="rcpt",
        reply=GREY, rules=("greylist",)),
    Try(age=32 * 60, sender="queue@app.example.com", rcpt="ann@partner.example", stage="rcpt",
        reply=GREY, rules=("greylist",)),
    Try(age=27 * 60 - 4, sender="queue@app.example.com", rcpt="ann@partner.example", stage="done",
        reply="250 2.0.0 Ok: queued"),
    Try(age=21 * 60, sender="queue@app.example.com", rcpt="full@partner.example", stage="rcpt",
        reply="452 4.2.2 Mailbox full", rules=("mailbox-full",)),
    Try(age=12 * 60, sender="queue@app.example.com", rcpt="gone@partner.example", stage="rcpt",
        reply="550 5.1.1 No such user here"),
    Try(age=6 * 60, sender="reports@app.example.com", rcpt="board@example.com", stage="content",
        reply=None, octets=18_204_112),
    Try(age=4 * 60, sender="reports@app.example.com", rcpt="board@example.com", stage="content",
        reply="552 5.3.4 Message exceeds the maximum size", octets=61_004_310),
    Try(age=95, sender="queue@app.example.com", rcpt="full@partner.example", stage="rcpt",
        reply="452 4.2.2 Mailbox full", rules=("mailbox-full",)),
)  # fmt: skip

HELLO: Final[tuple[tuple[float, Side, str], ...]] = (
    (0.4, "S", "220 mail.example.com ESMTP mailtrap"),
    (1.3, "C", "EHLO worker-2.example.com"),
    (1.6, "S", "250-mail.example.com"),
    (1.6, "S", "250-SIZE 52428800"),
    (1.6, "S", "250 STARTTLS"),
)
LEFT: Final = (
    Left(
        age=7 * 60 + 20,
        helo="worker-2.example.com",
        end="TLS failed: the client closed the connection in the handshake: unknown CA",
        lines=(
            *HELLO,
            (2.2, "C", "STARTTLS"),
            (2.4, "S", "220 2.0.0 Ready to start TLS"),
            (9.1, "*", "TLS failed: alert unknown ca"),
        ),
    ),
    Left(
        age=19 * 60,
        helo=None,
        end="the client closed the connection",
        lines=((0.4, "S", "220 mail.example.com ESMTP mailtrap"), (0.9, "*", "connection closed")),
        peer="10.0.4.7:40112",
        findings=("F-CONN-NO-MAIL",),
    ),
)

RULES: Final[tuple[dict[str, object], ...]] = (
    {"name": "mailbox-full", "on": "rcpt", "when": {"rcpt": "full@*"},
     "do": "452 4.2.2 Mailbox full"},
    {"name": "greylist", "on": "rcpt", "when": {"rcpt": "*@partner.example",
     "mail_from": "queue@*"}, "do": GREY, "times": 2, "per": "triplet"},
    {"name": "slow-end", "on": "message", "when": {"size_over": 1_000_000},
     "do": ["delay 3s", "451 4.3.0 Out of memory"], "chance": 0.25, "seed": 7},
    {"name": "expired-certificate", "on": "tls", "do": "tls expired", "enabled": False},
)  # fmt: skip

WORKERS: Final = 36
CROWD: Final = tuple(
    Mail(
        age=2 * 3600 + 900 + number * 7,
        sender="Lumen <no-reply@lumen.example>",
        to=f"user{number}@example.com",
        subject=f"Confirm your address ({number + 1} of {WORKERS})",
        text=f"Your code is {481_000 + number * 37}.\n\nhttps://lumen.example/confirm?u={number}\n",
        inbox=f"worker-{number % 4}",
        read=True,
        tls=number % 3 > 0,
    )
    for number in range(WORKERS)
)
"""What a parallel run of tests sent within a few minutes."""
