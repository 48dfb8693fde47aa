import pytest

from mailtrap.mail.parse import parse
from mailtrap.outbound.autoreply import answers
from tests.outbound.making import RAW, STAMP, message, read, recipient


def test_each_recipient_answers() -> None:
    asked = message(RAW, recipient("a@x.test"), recipient("b@x.test"))
    found = [read(one).mail for one in answers(asked, STAMP)]
    assert [mail["From"] for mail in found] == ["a@x.test", "b@x.test"]
    assert [mail["Message-ID"] for mail in found] == ["<r1.1@trap.test>", "<r1.2@trap.test>"]


def test_an_answer_tells_what_it_answers() -> None:
    (report,) = answers(message(), STAMP)
    mail = read(report).mail
    assert mail["To"] == "app@app.test"
    assert mail["Subject"] == "Auto: Hello"
    assert mail["In-Reply-To"] == mail["References"] == "<m1@app.test>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail.get_content_type() == "text/plain"
    assert "out of the office" in read(report).text
    assert parse(report.raw).defects == ()


def test_a_subject_beyond_ascii_is_encoded_and_reads_the_same() -> None:
    (report,) = answers(message("Subject: Grüße aus Köln\r\n\r\n".encode()), STAMP)
    assert report.raw.isascii()
    assert parse(report.raw).summary.subject == "Auto: Grüße aus Köln"


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-generated",
        "Auto-Submitted: auto-replied (vacation)",
        "auto-submitted: AUTO-NOTIFIED; owner-email=a@b",
        "List-Id: <x.y.test>",
        "List-Unsubscribe: <mailto:x@y.test>",
        "Precedence: bulk",
        "Precedence: LIST",
        "Precedence: junk",
    ],
)
def test_machines_and_lists_get_no_answer(field: str) -> None:
    assert list(answers(message(f"{field}\r\n".encode() + RAW), STAMP)) == []


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON@x.test", "owner-list@x.test", "list-request@x.test"]
)
def test_addresses_with_nobody_behind_get_no_answer(sender: str) -> None:
    assert list(answers(message(sender=sender), STAMP)) == []


@pytest.mark.parametrize("field", ["Auto-Submitted: no", "Precedence: first-class", "Listed: x"])
def test_others_get_an_answer(field: str) -> None:
    assert len(list(answers(message(f"{field}\r\n".encode() + RAW), STAMP))) == 1
