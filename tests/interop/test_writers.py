"""Programs that people write mail with: s-nail, mutt, git send-email, sendEmail."""

from pathlib import Path

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import SENDER
from tests.interop.programs import Run, need, need_file
from tests.interop.tap import Tap

pytestmark = pytest.mark.interop

BODY = ".\n..two\nGrüße\n"


def s_nail(recipient: str, mta: str, *settings: str) -> tuple[str, ...]:
    """A command that sends what it reads."""
    options = [part for one in ("v15-compat", f"mta={mta}", *settings) for part in ("-S", one)]
    program = need("s-nail", "s-nail")
    return (program, "-:/", *options, "-r", SENDER, "-s", "Grüße", recipient)


def test_s_nail_says_helo_and_its_message_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, run: Run
) -> None:
    command = s_nail(recipient, f"smtp://localhost:{tap.port}", "smtp-auth=none")
    run(*command, content=BODY.encode())
    caught = overheard(catcher, tap, recipient).caught
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.subject == "Grüße"
    assert caught.message.text == BODY
    assert caught.message.trace.protocol == "SMTP"
    assert caught.errors == set()


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_s_nail_in_tls_with_a_known_user(
    checking: Catcher, recipient: str, run: Run, mechanism: str
) -> None:
    secret = PASSWORD.replace(" ", "%20")
    mta = f"submissions://{USER}:{secret}@localhost:{checking.ports['smtps']}"
    tls = ("tls-verify=strict", f"tls-ca-file={checking.ca}", f"smtp-auth={mechanism.lower()}")
    run(*s_nail(recipient, mta, *tls), content=BODY.encode())
    caught = checking.caught(recipient)
    assert caught.auth[:2] == (mechanism, USER)
    assert caught.message.text == BODY


@pytest.fixture
def mutt(tmp_path: Path) -> tuple[str, ...]:
    """A command that sends what it reads; its settings are in the file ``rc``."""
    return (
        need("mutt", "mutt"),
        "-n",
        "-F",
        str(tmp_path / "rc"),
        "-s",
        "Grüße",
        "-e",
        "set copy=no",
    )


def mutt_settings(url: str, *settings: str) -> str:
    every = (f'set smtp_url="{url}"', f'set from="{SENDER}"', 'set charset="utf-8"', *settings)
    return "\n".join((*every, "set use_envelope_from=yes", ""))


def test_a_message_of_mutt_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, mutt: tuple[str, ...], tmp_path: Path
) -> None:
    url = f"smtp://localhost:{tap.port}"
    (tmp_path / "rc").write_text(mutt_settings(url, "set ssl_force_tls=no", "set dsn_return=hdrs"))
    run(*mutt, recipient, content=BODY.encode())
    caught = overheard(catcher, tap, recipient).caught
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.subject == "Grüße"
    assert caught.message.text == BODY
    assert caught.mail_params["RET"] == "HDRS"
    assert caught.errors == set()


def test_mutt_asks_for_tls_that_is_not_offered_and_is_refused(
    tap: Tap, recipient: str, run: Run, mutt: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "rc").write_text(mutt_settings(f"smtp://localhost:{tap.port}"))
    assert run(*mutt, recipient, content=BODY.encode(), code=None).returncode != 0
    (conversation,) = tap.conversations()
    assert b"STARTTLS\r\n" in conversation.client
    assert conversation.server.splitlines()[-1].startswith(b"502 5.5.1")


def test_mutt_in_tls_with_a_known_user(
    checking: Catcher, recipient: str, run: Run, mutt: tuple[str, ...], tmp_path: Path
) -> None:
    url = f"smtp://{USER}@localhost:{checking.ports['submission']}"
    trust = (f'set certificate_file="{checking.ca}"', f'set smtp_pass="{PASSWORD}"')
    how = ("set ssl_usesystemcerts=no", 'set smtp_authenticators="plain"')
    (tmp_path / "rc").write_text(mutt_settings(url, *trust, *how))
    run(*mutt, recipient, content=BODY.encode())
    caught = checking.caught(recipient)
    assert caught.auth == ("PLAIN", USER, PASSWORD)
    assert caught.message.trace.protocol == "ESMTPSA"


PATCH = """\
From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
From: Ann <ann@sender.test>
Date: Tue, 24 Nov 2026 06:00:00 +0000
Subject: [PATCH] Greet

Grüße.
---
 file | 1 +
 1 file changed, 1 insertion(+)

diff --git a/file b/file
--- a/file
+++ b/file
@@ -1 +1,2 @@
 a
+.dot
--
2.39.5
"""


@pytest.fixture
def send_patch(recipient: str, tmp_path: Path) -> tuple[str, ...]:
    """git send-email with a patch."""
    need_file(Path("/usr/lib/git-core/git-send-email"), "git-email")
    (tmp_path / "p.patch").write_text(PATCH)
    (tmp_path / ".gitconfig").write_text("[user]\nname = Ann\nemail = ann@sender.test\n")
    options = (
        f"--from=Ann <{SENDER}>",
        f"--to={recipient}",
        "--confirm=never",
        "--8bit-encoding=UTF-8",
    )
    return (need("git", "git"), "send-email", *options, "--smtp-server=localhost")


def test_a_patch_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, send_patch: tuple[str, ...]
) -> None:
    port, copy = f"--smtp-server-port={tap.port}", "--cc=other@interop.test"
    run(*send_patch, port, copy, "--smtp-domain=client.test", "p.patch")
    caught = overheard(catcher, tap, recipient).caught
    assert set(caught.message.envelope.rcpt_to) == {recipient, "other@interop.test", SENDER}
    assert caught.message.text == PATCH.partition("\n\n")[2]
    assert caught.message.trace.helo == "client.test"
    assert caught.errors == set()


def test_a_patch_in_tls_with_a_known_user(
    checking: Catcher, recipient: str, run: Run, send_patch: tuple[str, ...]
) -> None:
    where = (f"--smtp-server-port={checking.ports['submission']}", "--smtp-encryption=tls")
    who = (f"--smtp-user={USER}", f"--smtp-pass={PASSWORD}", f"--smtp-ssl-cert-path={checking.ca}")
    run(*send_patch, *where, *who, "p.patch")
    caught = checking.caught(recipient)
    assert caught.auth[1] == USER
    assert caught.message.trace.protocol == "ESMTPSA"


def test_what_sendemail_does_not_stuff_is_lost_and_told(
    catcher: Catcher, tap: Tap, recipient: str, run: Run
) -> None:
    program = need("sendemail", "sendemail")
    envelope = ("-f", SENDER, "-t", recipient, "-s", f"127.0.0.1:{tap.port}", "-o", "tls=no")
    run(program, *envelope, "-u", "s", content=b".dot\n..two\n")
    caught = overheard(catcher, tap, recipient).caught
    assert b"\r\ndot\r\n.two\r\n" in caught.raw
    assert caught.errors == {"F-DOT-UNSTUFFED"}
