"""What people type or pipe in: netcat and openssl."""

import pytest

from tests.interop.caught import Catcher
from tests.interop.programs import Run, need
from tests.interop.tap import Tap
from tests.interop.wire import replies

pytestmark = pytest.mark.interop

TYPED = """\
EHLO client.test
MAIL FROM:<ann@sender.test>
RCPT TO:<{recipient}>
DATA
Subject: by hand

text
.
"""


@pytest.mark.parametrize("last", ["QUIT\n", ""], ids=["quit", "half-close"])
def test_a_whole_session_in_one_pipe_gets_all_its_replies(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, last: str
) -> None:
    typed = (TYPED.format(recipient=recipient) + last).replace("\n", "\r\n").encode()
    told = run(need("nc", "netcat-openbsd"), "-N", "127.0.0.1", str(tap.port), content=typed)
    codes = [reply[:3] for reply in replies(told.stdout)]
    assert codes == ["220", "250", "250", "250", "354", "250", *(["221"] if last else [])]
    assert catcher.caught(recipient).raw == b"Subject: by hand\r\n\r\ntext\r\n"


def test_a_lone_dot_between_bare_line_feeds_ends_no_message(
    catcher: Catcher, tap: Tap, recipient: str, run: Run
) -> None:
    typed = TYPED.format(recipient=recipient).encode()
    told = run(need("nc", "netcat-openbsd"), "-N", "127.0.0.1", str(tap.port), content=typed)
    assert [reply[:3] for reply in replies(told.stdout)][:5] == ["220", "250", "250", "250", "354"]
    session = catcher.only_session(tap)
    assert {"F-BARE-LF-CMD", "F-EOD-LF"} <= {one.id for one in session.findings}
    assert catcher.messages(recipient) == []


@pytest.mark.parametrize("version", ["tls1_2", "tls1_3"])
@pytest.mark.parametrize(
    ("listener", "options"), [("starttls", ("-starttls", "smtp")), ("smtps", ())]
)
def test_s_client_verifies_the_certificate_and_delivers(
    catcher: Catcher,
    recipient: str,
    run: Run,
    listener: str,
    options: tuple[str, ...],
    version: str,
) -> None:
    port = catcher.ports[listener]
    where = ("-connect", f"localhost:{port}", "-servername", "localhost", f"-{version}", *options)
    trust = ("-CAfile", catcher.ca, "-verify_return_error", "-verify_hostname", "localhost")
    typed = TYPED.format(recipient=recipient) + "QUIT\n"
    openssl = need("openssl", "openssl")
    run(openssl, "s_client", *where, *trust, "-quiet", "-crlf", content=typed.encode())
    caught = catcher.caught(recipient)
    assert caught.raw == b"Subject: by hand\r\n\r\ntext\r\n"
    assert caught.message.trace.tls is not None
    assert caught.message.trace.tls.version == {"tls1_2": "TLSv1.2", "tls1_3": "TLSv1.3"}[version]


def test_tls_older_than_allowed_is_refused(catcher: Catcher, run: Run) -> None:
    where = ("-connect", f"localhost:{catcher.ports['smtps']}", "-tls1_1", "-quiet")
    weak = ("-cipher", "ALL:@SECLEVEL=0", "-CAfile", catcher.ca)
    ended = run(need("openssl", "openssl"), "s_client", *where, *weak, code=1)
    assert b"protocol version" in ended.stderr
