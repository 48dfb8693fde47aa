"""The sample of every usual part: a text, HTML with an image inside, a table, an invitation."""

import struct
import zlib
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

SUBJECT = "Willkommen — добро пожаловать — ようこそ 📬"
TEXT = """Hello,

this is the sample of mailtrap. It has a text, an HTML body with an image
inside, and two attachments: whatever a client sends, this is where it lands.

    Your code is 424 242.

Confirm your address: https://example.com/confirm?token=c2FtcGxl
"""
HTML = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Welcome</title></head>
<body style="margin:0;padding:24px;background:#f2f4f7;font:16px/1.5 sans-serif;color:#1d2733">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="560" cellpadding="0" cellspacing="0"
 style="max-width:560px;background:#ffffff;border-radius:12px;overflow:hidden">
<tr><td><img src="cid:{banner}" width="560" height="120" alt="A banner in blue and green"
 style="display:block;width:100%;height:auto"></td></tr>
<tr><td style="padding:32px">
<h1 style="margin:0 0 12px;font-size:24px">Hello,</h1>
<p>this is the sample of <b>mailtrap</b>. It has a text, an HTML body with an image inside,
and two attachments: whatever a client sends, this is where it lands.</p>
<p style="font:600 28px/1 monospace;letter-spacing:4px">424 242</p>
<p><a href="https://example.com/confirm?token=c2FtcGxl" style="display:inline-block;
padding:12px 20px;background:#0b6bcb;color:#ffffff;border-radius:8px;text-decoration:none">
Confirm your address</a></p>
</td></tr></table></td></tr></table>
</body></html>
"""
ORDER = "item,quantity,price\nPaper aeroplane,3,4.50\nEnvelope,12,0.35\n"
INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//mailtrap//sample//EN
BEGIN:VEVENT
UID:sample@mailtrap.local
DTSTAMP:{stamp}
DTSTART:{stamp}
DURATION:PT30M
SUMMARY:First mail caught
END:VEVENT
END:VCALENDAR
"""


def sample(sender: str, recipient: str, now: datetime, message_id: str) -> bytes:
    """The message with CRLF line ends; ``now`` is aware, ``message_id`` has its angle brackets."""
    message = EmailMessage()
    message["From"] = f"Mailtrap <{sender}>"
    message["To"] = f"Ada Lovelace <{recipient}>"
    message["Subject"] = SUBJECT
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message.set_content(TEXT)
    banner = make_msgid(domain="mailtrap.local")
    message.add_alternative(HTML.format(banner=banner[1:-1]), subtype="html")
    message.get_payload()[1].add_related(  # type: ignore[union-attr,index]  # the HTML body
        picture(560, 120), "image", "png", cid=banner, filename="banner.png", disposition="inline"
    )
    message.add_attachment(ORDER, subtype="csv", filename="Заказ № 1.csv")
    message.add_attachment(
        INVITATION.format(stamp=f"{now:%Y%m%dT%H%M%SZ}"), subtype="calendar", filename="first.ics"
    )
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))


def picture(width: int, height: int) -> bytes:
    """A PNG (RFC 2083) with a gradient from blue to green."""
    row = b"".join(
        bytes((20 + 40 * x // width, 90 + 110 * x // width, 200 - 90 * x // width))
        for x in range(width)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress((b"\0" + row) * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc
