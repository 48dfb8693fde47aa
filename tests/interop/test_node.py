"""nodemailer and emailjs."""

import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import EIGHT_BIT, SENDER
from tests.interop.programs import CLIENTS, Run, need, need_file
from tests.interop.tap import Tap
from tests.interop.wire import contents

pytestmark = pytest.mark.interop

MODULES = Path(__file__).parent / "node_modules"


@pytest.fixture
def node() -> str:
    for package in ("nodemailer", "emailjs"):
        need_file(MODULES / package, f"{package} of npm")
    return need("node", "nodejs")


def order(options: Mapping[str, object], *mails: Mapping[str, object]) -> bytes:
    """What the script of nodemailer reads."""
    return json.dumps({"options": {"host": "localhost", **options}, "mails": mails}).encode()


def raw_mail(recipient: str, content: bytes = EIGHT_BIT, **more: object) -> dict[str, object]:
    raw = b64encode(content).decode()
    return {"envelope": {"from": SENDER, "to": [recipient]}, "raw": raw, **more}


def test_a_raw_message_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, node: str
) -> None:
    dsn = {"id": "an id", "return": "headers", "notify": ["failure"], "recipient": recipient}
    asked = order({"port": tap.port}, raw_mail(recipient, dsn=dsn))
    (told,) = json.loads(run(node, CLIENTS / "nodemailer.mjs", content=asked).stdout)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.raw == EIGHT_BIT
    assert told["response"].endswith(caught.message.id)
    assert caught.message.envelope.mail_from == SENDER
    assert caught.mail_params.items() >= {("RET", "HDRS"), ("ENVID", "an id")}
    assert caught.rcpt_params == [{"NOTIFY": "FAILURE", "ORCPT": f"rfc822;{recipient}"}]
    assert caught.errors == set()


def test_a_composed_message_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, node: str
) -> None:
    mail = {
        "from": f"Ann Grün <{SENDER}>",
        "to": [recipient, "Ünï <日本@interop.test>"],
        "subject": "Grüße 日本",
        "text": ".\n..two\nGrüße",
        "html": "<p>Grüße</p>",
        "attachments": [{"filename": "日本.txt", "content": ".\r\n" * 50}],
    }
    run(node, CLIENTS / "nodemailer.mjs", content=order({"port": tap.port}, mail))
    caught = overheard(catcher, tap, recipient).caught
    assert caught.message.envelope.rcpt_to == (recipient, "日本@interop.test")
    assert "SMTPUTF8" in caught.mail_params
    assert caught.message.subject == "Grüße 日本"
    assert (caught.message.text or "").rstrip() == ".\n..two\nGrüße"
    assert [one.filename for one in caught.message.attachments] == ["日本.txt"]


def test_a_pool_sends_all_its_messages(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, node: str
) -> None:
    messages = [b"Subject: %d\r\n\r\n.\r\n" % number for number in range(12)]
    options = {"port": tap.port, "pool": True, "maxConnections": 2, "maxMessages": 4}
    asked = order(options, *(raw_mail(recipient, content) for content in messages))
    run(node, CLIENTS / "nodemailer.mjs", content=asked)
    lines = [bytes(one.client) for one in tap.conversations()]
    assert 2 <= len(lines) <= 6
    assert sorted(one for line in lines for one in contents(line)) == sorted(messages)
    rows = catcher.messages(recipient)
    assert sorted(catcher.whole(row).raw for row in rows) == sorted(messages)


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_known_user_gets_in(
    checking: Catcher, recipient: str, run: Run, node: str, mechanism: str
) -> None:
    auth = {"user": USER, "pass": PASSWORD}
    options = {"port": checking.ports["smtp"], "auth": auth, "authMethod": mechanism}
    run(node, CLIENTS / "nodemailer.mjs", content=order(options, raw_mail(recipient)))
    caught = checking.caught(recipient)
    assert caught.raw == EIGHT_BIT
    assert caught.auth[:2] == (mechanism, USER)


def test_a_bearer_token_is_taken_and_shown(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, node: str
) -> None:
    auth = {"type": "OAuth2", "user": "anyone@x.test", "accessToken": "t0ken"}
    asked = order({"port": tap.port, "auth": auth}, raw_mail(recipient))
    run(node, CLIENTS / "nodemailer.mjs", content=asked)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.auth == ("XOAUTH2", "anyone@x.test", "t0ken")


@pytest.mark.parametrize(("secure", "listener"), [(False, "starttls"), (True, "smtps")])
def test_tls_with_the_ca_trusted(
    catcher: Catcher, recipient: str, run: Run, node: str, secure: bool, listener: str
) -> None:
    options = {"port": catcher.ports[listener], "secure": secure, "requireTLS": not secure}
    trust = {"NODE_EXTRA_CA_CERTS": str(catcher.ca)}
    asked = order(options, raw_mail(recipient))
    run(node, CLIENTS / "nodemailer.mjs", content=asked, **trust)
    caught = catcher.caught(recipient)
    assert caught.raw == EIGHT_BIT
    assert (caught.message.trace.listener, caught.message.trace.protocol) == (listener, "ESMTPS")


def test_emailjs_and_its_bare_line_feeds(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, node: str
) -> None:
    mail = {"from": SENDER, "to": recipient, "subject": "Grüße", "text": "body\n.dot\n..two"}
    options = {"host": "localhost", "port": tap.port, "timeout": 20000}
    asked = json.dumps({"options": options, "mail": mail}).encode()
    run(node, CLIENTS / "emailjs.mjs", content=asked)
    caught = overheard(catcher, tap, recipient).caught
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.subject == "Grüße"
    assert b"body\n.dot\n..two" in caught.raw
    assert "F-BARE-LF" in {one.id for one in caught.message.findings}


def test_emailjs_in_tls_with_a_known_user(
    checking: Catcher, recipient: str, run: Run, node: str
) -> None:
    mail = {"from": SENDER, "to": recipient, "subject": "s", "text": "t"}
    options = {
        "host": "localhost",
        "port": checking.ports["smtps"],
        "ssl": True,
        "user": USER,
        "password": PASSWORD,
        "timeout": 20000,
    }
    asked = json.dumps({"options": options, "mail": mail}).encode()
    trust = {"NODE_EXTRA_CA_CERTS": str(checking.ca)}
    run(node, CLIENTS / "emailjs.mjs", content=asked, **trust)
    caught = checking.caught(recipient)
    assert caught.auth[1] == USER
    assert caught.message.trace.protocol == "ESMTPSA"
