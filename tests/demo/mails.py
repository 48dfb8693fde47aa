# ruff: noqa: RUF001 - mail comes in many scripts
"""Made-up mails, good to look at: what the README's pictures and the tests of the page show.

All as data. Domains are those that nobody can have (RFC 2606); ages are in seconds.
"""

from dataclasses import dataclass, field
from typing import Final

from tests.demo.pages import bill, button, code, heading, newsletter, sheet

ANN: Final = "Ann Example <ann@example.com>"
GREEN, BLUE, RED, VIOLET, AMBER = "#0d6b5e", "#1f5a99", "#b3261e", "#5b3fb5", "#9a5b00"

PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + b"%" * 41_000
INVITATION: Final = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nPRODID:-//example//calendar//EN\r\n"
    "BEGIN:VEVENT\r\nUID:review-31@example.com\r\nDTSTAMP:20260115T090000Z\r\n"
    "DTSTART:20260116T130000Z\r\nDTEND:20260116T134500Z\r\nSUMMARY:Sprint review\r\n"
    "LOCATION:Room Ada, second floor\r\nORGANIZER;CN=Maya Lind:mailto:maya@example.com\r\n"
    "ATTENDEE;CN=Ann Example:mailto:ann@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
LOG: Final = "test_checkout_sends_one_receipt  FAILED\n  assert 2 == 1  # two receipts came\n" * 40


@dataclass(frozen=True, kw_only=True)
class File:
    """An attachment."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail. ``hidden`` are recipients of the envelope alone; ``no`` those that were refused."""

    age: int
    sender: str
    subject: str
    text: str
    html: str | None = None
    to: str = ANN
    hidden: tuple[str, ...] = ()
    no: tuple[tuple[str, str], ...] = ()
    files: tuple[File, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    inbox: str = "default"
    read: bool = False
    tls: bool = True
    findings: tuple[str, ...] = ()


MAILS: Final = (
    Mail(
        age=14,
        sender="Northbank <alerts@northbank.example>",
        subject="Your sign-in code",
        text="Your code is 481 516.\n\nIt is valid for ten minutes. Never tell it to anybody.\n",
        html=sheet(
            BLUE,
            "Northbank",
            heading("Your sign-in code")
            + "<p>Use this code to sign in. It is valid for ten minutes.</p>"
            + code("481 516")
            + "<p>We never ask for it by phone.</p>",
        ),
        tags=("auth",),
    ),
    Mail(
        age=52,
        sender="Hazel & Oak <orders@hazel-oak.example>",
        subject="Order 4711 is confirmed",
        text="Thank you, Ann!\n\nWe have your order 4711 and pack it today.\n\n"
        "Track it: https://hazel-oak.example/orders/4711?t=9f8e7d\n",
        html=sheet(
            GREEN,
            "Hazel &amp; Oak",
            heading("Thank you, Ann!")
            + "<p>We have your order <b>4711</b> and pack it today.</p>"
            + bill(
                (
                    ("Oak desk lamp, brass", "€ 129.00"),
                    ("Linen notebook A5 × 3", "€ 41.70"),
                    ("Delivery, two days", "€ 4.90"),
                ),
                "€ 175.60",
            )
            + button(GREEN, "Track the parcel", "https://hazel-oak.example/orders/4711?t=9f8e7d"),
        ),
        tags=("shop",),
    ),
    Mail(
        age=3 * 60,
        sender="Buildbot <ci@build.example>",
        to="Team <team@example.com>",
        subject="Build #4211 failed on main: 3 of 2,114 tests",
        text="3 of 2,114 tests failed after 4 min 12 s.\n\n  test_checkout_sends_one_receipt\n"
        "  test_reset_link_expires\n  test_digest_in_the_readers_time_zone\n\n"
        "http://localhost:3000/builds/4211\n",
        files=(File(name="failures.log", kind="text/plain", content=LOG.encode()),),
        tags=("ci",),
        tls=False,
        findings=("F-HELO-LOCALHOST", "F-HELO-ONLY"),
    ),
    Mail(
        age=9 * 60,
        sender="Ledgerly <billing@ledgerly.example>",
        subject="Invoice 2026-0142",
        text="Hello Ann,\n\nyour invoice over € 1,200.00 is attached. It is due on 29 January.\n",
        html=sheet(
            VIOLET,
            "Ledgerly",
            heading("Invoice 2026-0142")
            + "<p>Hello Ann, your invoice for January is attached. It is due on 29 January.</p>"
            + bill((("Team plan, 12 seats", "€ 1,080.00"), ("Audit log", "€ 120.00")), "€ 1,200.00")
            + button(VIOLET, "Pay now", "https://ledgerly.example/pay/2026-0142"),
        ),
        hidden=("audit@archive.example",),
        files=(File(name="Invoice 2026-0142.pdf", kind="application/pdf", content=PDF),),
        read=True,
    ),
    Mail(
        age=16 * 60,
        sender="Maya Lind <maya@example.com>",
        to=f"{ANN}, Ben <ben@example.com>, Chloé <chloe@example.com>",
        subject="Invitation: Sprint review, Friday 14:00",
        text="Sprint review\nFriday 16 January, 14:00 to 14:45\nRoom Ada, second floor\n",
        files=(File(name="invite.ics", kind="text/calendar", content=INVITATION.encode()),),
    ),
    Mail(
        age=27 * 60,
        sender="The Test Post <news@letters.example>",
        to="readers@example.com",
        subject="No. 87: Twelve ways to test a mail",
        text="This week: twelve ways to test a mail, why retries need jitter, and a lamp.\n",
        html=newsletter(
            "Twelve ways to test a mail",
            "From a plain assertion to a whole conversation that goes wrong on purpose.",
            (
                (
                    "#2a9d8f",
                    "Wait, do not sleep",
                    "A test that waits for a mail is quick and calm.",
                ),
                ("#e9c46a", "Retries need jitter", "What a thousand queues do at the same second."),
                ("#e76f51", "Refuse on purpose", "Greylisting, full mailboxes and slow servers."),
                ("#264653", "Read the dialogue", "What your library really says to the server."),
            ),
        ),
        headers={
            "List-Unsubscribe": "<https://letters.example/leave?u=ann>",
            "List-Id": "The Test Post <post.letters.example>",
        },
        tags=("newsletter",),
        read=True,
    ),
    Mail(
        age=43 * 60,
        sender="Lumen <no-reply@lumen.example>",
        subject="Reset your password",
        text="Somebody asked for a new password. If it was you:\n\n"
        "https://lumen.example/reset?token=c2FtcGxl&u=ann\n\nThe link works for one hour.\n",
        html=sheet(
            AMBER,
            "Lumen",
            heading("Reset your password")
            + "<p>Somebody asked for a new password for <b>ann@example.com</b>. If it was you, "
            "choose one now. The link works for one hour.</p>"
            + button(
                AMBER, "Choose a password", "https://lumen.example/reset?token=c2FtcGxl&u=ann"
            ),
        ),
        no=(("nobody@example.com", "550 5.1.1 No such user here"),),
        tags=("auth",),
        inbox="signup-test-3",
    ),
    Mail(
        age=66 * 60,
        sender="日本文具店 <order@bungu.example>",
        subject="ご注文ありがとうございます（注文番号 12345）",
        text="アン様\n\nご注文番号 12345 を承りました。発送までしばらくお待ちください。\n",
        html=sheet(
            RED,
            "日本文具店",
            heading("ご注文ありがとうございます")
            + "<p>アン様、ご注文番号 <b>12345</b> を承りました。</p>"
            + bill((("万年筆", "¥ 8,800"), ("便箋", "¥ 660")), "¥ 9,460"),
        ),
        read=True,
    ),
    Mail(
        age=82 * 60,
        sender="متجر الورق <orders@waraq.example>",
        subject="تم شحن طلبك رقم ٤٧١١",
        text="مرحبا آن،\n\nطلبك في الطريق إليك وسيصل خلال يومين.\n",
        html=sheet(
            GREEN,
            "متجر الورق",
            heading("طلبك في الطريق")
            + "<p>مرحبا آن، طلبك رقم <b>٤٧١١</b> في الطريق إليك وسيصل خلال يومين.</p>"
            + button(GREEN, "تتبع الشحنة", "https://waraq.example/t/4711"),
            rtl=True,
        ),
        read=True,
    ),
    Mail(
        age=2 * 3600 + 600,
        sender="Анна Петрова <anna@pochta.example>",
        subject="Отчёт за декабрь готов",
        text="Добрый день!\n\nОтчёт за декабрь готов, смотрите вложение.\n\nАнна\n",
        files=(File(name="Отчёт.pdf", kind="application/pdf", content=PDF[:12_000]),),
        read=True,
    ),
    Mail(
        age=3 * 3600,
        sender="Forge <git@forge.example>",
        to="Ann Example <ann@example.com>",
        subject="Re: Send nothing twice when the connection drops after DATA (!318)",
        text="Maya approved this merge request.\n\n> The queue asked again though the 250 was "
        "only late.\n\nLooks good to me. One question: what if the client is faster?\n\n"
        "https://forge.example/mail/queue/-/merge_requests/318\n",
        headers={"In-Reply-To": "<mr-318@forge.example>", "Precedence": "bulk"},
        read=True,
    ),
    Mail(
        age=5 * 3600,
        sender="Lumen <hello@lumen.example>",
        subject="Welcome to Lumen, Ann 👋",
        text="Hello Ann,\n\nconfirm your address: https://lumen.example/confirm?u=ann&t=7f3a\n",
        html=sheet(
            AMBER,
            "Lumen",
            heading("Welcome, Ann!")
            + "<p>It is good to have you. One click, and you are in.</p>"
            + button(
                AMBER, "Confirm the address", "https://lumen.example/confirm?u=ann&amp;t=7f3a"
            ),
        ),
        inbox="signup-test-3",
        read=True,
    ),
)
