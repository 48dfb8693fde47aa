"""Clients that keep the RFCs are not refused by a strict server."""

import smtplib
from collections.abc import Callable

import pytest

from tests.interop.caught import Catcher
from tests.interop.content import SENDER, SEVEN_BIT, with_lf
from tests.interop.programs import CLIENTS, Run, need

pytestmark = pytest.mark.interop

NAME = "client.test"


def curl(run: Run, port: int, recipient: str) -> None:
    command = (need("curl", "curl"), "--silent", "--show-error", "--max-time", "20", "-T", "-")
    envelope = ("--mail-from", SENDER, "--mail-rcpt", recipient)
    run(*command, *envelope, f"smtp://127.0.0.1:{port}/{NAME}", content=SEVEN_BIT)


def swaks(run: Run, port: int, recipient: str) -> None:
    where = ("--server", "127.0.0.1", "--port", str(port), "--helo", NAME, "--pipeline")
    what = ("--from", SENDER, "--to", recipient, "--data", "-")
    run(need("swaks", "swaks"), *where, *what, content=with_lf(SEVEN_BIT))


def msmtp(run: Run, port: int, recipient: str) -> None:
    command = (need("msmtp", "msmtp"), "--file=/dev/null", "--host=localhost", f"--domain={NAME}")
    run(*command, f"--port={port}", f"--from={SENDER}", recipient, content=with_lf(SEVEN_BIT))


def perl(run: Run, port: int, recipient: str) -> None:
    where = {"PORT": str(port), "SENDER": SENDER, "RECIPIENTS": recipient}
    run(need("perl", "perl"), CLIENTS / "send.pl", content=SEVEN_BIT, **where)


def ruby(run: Run, port: int, recipient: str) -> None:
    where = {"PORT": str(port), "SENDER": SENDER, "RECIPIENTS": recipient}
    run(need("ruby", "ruby"), CLIENTS / "send.rb", content=SEVEN_BIT, **where)


def python(run: Run, port: int, recipient: str) -> None:
    del run
    with smtplib.SMTP("127.0.0.1", port, NAME, timeout=20) as client:
        client.sendmail(SENDER, recipient, SEVEN_BIT)


@pytest.mark.parametrize("send", [curl, swaks, msmtp, perl, ruby, python])
def test_a_proper_client_is_not_refused(
    strict: Catcher, recipient: str, run: Run, send: Callable[[Run, int, str], None]
) -> None:
    send(run, strict.ports["smtp"], recipient)
    caught = strict.caught(recipient)
    assert caught.raw.rstrip() == SEVEN_BIT.rstrip()
    assert caught.errors == set()
