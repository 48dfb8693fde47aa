from collections.abc import Callable

import msgspec
import pytest

from mailtrap.mail.summary import scan
from mailtrap.store.described import document_of, facts_of_attempt
from mailtrap.store.records import Attempt, Auth, Message, NewAttempt, NewMessage, Tls

RAW = b"Subject: Hello\r\n\r\nYour code is 123456: https://example.com/verify?a=b\r\n"


@pytest.fixture
def message(new_message: Callable[..., NewMessage]) -> Message:
    new = new_message(RAW, inboxes=("a",), tags=("T",))
    trace = msgspec.structs.replace(
        new.trace, tls=Tls("TLSv1.3", "x"), auth=Auth("PLAIN", "Ann"), helo="Client.Example"
    )
    return Message(
        7, new.id, new.received_at, len(RAW), scan(RAW), new.envelope, trace, new.inboxes,
        new.tags, read=True, findings=(),
    )  # fmt: skip


def test_a_document_has_the_facts_of_message_and_attempt(
    message: Message, new_attempt: Callable[..., NewAttempt]
) -> None:
    document = document_of(message, RAW, new_attempt(message.id))
    assert (document.size, document.read, document.tags) == (len(RAW), True, ("T",))
    assert (document.inboxes, document.received_at) == (("a",), message.received_at)
    expected = {
        "subject": "\nhello\n",
        "rcpt": "\nbob@example.net\n",
        "reverse_path": "\nann@example.com\n",
        "helo": "\nclient.example\n",
        "auth": "\nann\n",
        "ip": "\n127.0.0.1\n",
        "session": "\ns1\n",
        "listener": "\nsmtp\n",
        "rules": "\ngreylist\n",
        "reply": "\n250 2.0.0 ok\n250 2.1.5 ok\n",
        "codes": "\n123456\n",
        "links": "\nhttps://example.com/verify?a=b\n",
    }
    assert {name: document.texts.get(name) for name in expected} == expected  # type: ignore[call-overload]  # names of fields
    for flag in ("is:accepted", "is:tls", "is:auth", "has:link", "has:code", "has:fault"):
        assert f"\n{flag}\n" in document.texts["flags"]


def test_a_message_whose_attempt_is_gone_has_a_document_without_reply(message: Message) -> None:
    texts = document_of(message, RAW, None).texts
    assert "reply" not in texts
    assert "rules" not in texts
    assert "\nis:accepted\n" in texts["flags"]


def test_an_attempt_alone_has_facts_too(new_attempt: Callable[..., NewAttempt]) -> None:
    new = new_attempt(verdict="refused", inboxes=("b",))
    facts = facts_of_attempt(Attempt(seq=3, **msgspec.structs.asdict(new)))
    assert (facts.verdict, facts.inboxes, facts.session) == ("refused", ("b",), "s1")
    assert facts.replies == ("250 2.0.0 Ok", "250 2.1.5 Ok")
