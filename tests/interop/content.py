"""Messages that show whether a message stays as it was."""

SENDER = "ann@sender.test"

SEVEN_BIT = (
    b"From: Ann <ann@sender.test>\r\n"
    b"To: Bob <bob@interop.test>\r\n"
    b"Subject: dots\r\n"
    b"Date: Tue, 24 Nov 2026 06:00:00 +0000\r\n"
    b"Message-ID: <dots@sender.test>\r\n"
    b"\r\n"
    b".\r\n"
    b"..two\r\n"
    b".one\r\n"
    b"trailing blanks  \t\r\n"
    b"QUIT\r\n"
    b"\r\n"
    b"...\r\n"
    b"the end\r\n"
)
"""Lines that begin with dots, blanks at an end, a command: 7-bit."""

EIGHT_BIT = SEVEN_BIT.replace(
    b"\r\n\r\n",
    b"\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n",
    1,
).replace(b"the end", "Grüße, 日本".encode())
"""The same with UTF-8 in its text."""


def with_lf(message: bytes) -> bytes:
    """A message as a file of Unix holds it."""
    return message.replace(b"\r\n", b"\n")
