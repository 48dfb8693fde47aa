"""Four clients that send the same mail and say, each in its own words, what became of it."""

import json
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tests.interop.content import SENDER
from tests.interop.programs import CLIENTS, Run, need, need_file

HOST = "127.0.0.1"
CONTENT = "Subject: fault\r\n\r\nhello\r\n"
PASSWORD = "any thing"


@dataclass(frozen=True, slots=True)
class Mail:
    """What to send; ``user`` logs in; ``patience`` is in seconds."""

    recipients: tuple[str, ...]
    helo: str = "client.test"
    user: str | None = None
    patience: int = 20


Send: TypeAlias = Callable[[Run, int, Mail], str]
"""``send(run, port, mail)``: what the client reports, empty where it reports nothing amiss."""


def with_smtplib(_run: Run, port: int, mail: Mail) -> str:
    """By smtplib: the refused recipients, or the exception and its code."""
    try:
        with smtplib.SMTP(HOST, port, mail.helo, timeout=mail.patience) as client:
            if mail.user:
                client.login(mail.user, PASSWORD)
            refused = client.sendmail(SENDER, mail.recipients, CONTENT)
    except smtplib.SMTPRecipientsRefused as all_refused:
        return f"SMTPRecipientsRefused {_codes(all_refused.recipients)}"
    except smtplib.SMTPResponseException as refusal:
        return f"{type(refusal).__name__} {refusal.smtp_code}"
    except smtplib.SMTPException as failure:
        return type(failure).__name__
    return _codes(refused)


def _codes(refused: dict[str, tuple[int, bytes]]) -> str:
    return ", ".join(f"{address} {code}" for address, (code, _) in refused.items())


def with_nodemailer(run: Run, port: int, mail: Mail) -> str:
    """By nodemailer: ``rejected`` with the codes, or the codes of the error."""
    need_file(Path(__file__).parent / "node_modules" / "nodemailer", "nodemailer of npm")
    login = {"auth": {"user": mail.user, "pass": PASSWORD}} if mail.user else {}
    options = {"host": "localhost", "port": port, "name": mail.helo, **login}
    envelope = {"from": SENDER, "to": mail.recipients}
    asked = {"options": options, "mail": {"envelope": envelope, "raw": CONTENT}}
    program = (need("node", "nodejs"), CLIENTS / "nodemailer_told.mjs")
    return run(*program, content=json.dumps(asked).encode()).stdout.decode().strip()


def with_swaks(run: Run, port: int, mail: Mail) -> str:
    """By swaks: its exit status (24: RCPT, 26: the content, 28: AUTH, 6: the connection)."""
    login = ("--auth", "PLAIN", "--auth-user", mail.user or "", "--auth-password", PASSWORD)
    ended = run(
        need("swaks", "swaks"),
        *("--server", HOST, "--port", str(port), "--helo", mail.helo, "--from", SENDER),
        *("--to", ",".join(mail.recipients), "--timeout", str(mail.patience)),
        *("--data", CONTENT.replace("\r\n", r"\n"), *(login if mail.user else ())),
        code=None,
    )
    return str(ended.returncode or "")


def with_curl(run: Run, port: int, mail: Mail) -> str:
    """By curl: its message, which has its exit status in brackets."""
    recipients = (part for one in mail.recipients for part in ("--mail-rcpt", one))
    login = ("--user", f"{mail.user}:{PASSWORD}")
    ended = run(
        *(need("curl", "curl"), "--silent", "--show-error", "--max-time", str(mail.patience)),
        *(f"smtp://{HOST}:{port}/{mail.helo}", "--mail-from", SENDER, *recipients),
        *("--upload-file", "-", *(login if mail.user else ())),
        content=CONTENT.encode(),
        code=None,
    )
    return ended.stderr.decode().strip()


CLIENTS_BY_NAME: dict[str, Send] = {
    "smtplib": with_smtplib,
    "nodemailer": with_nodemailer,
    "swaks": with_swaks,
    "curl": with_curl,
}
