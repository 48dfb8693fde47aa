"""The sample of a mail that tests wait for: a link to follow and a code to type."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

TEXT = """Hello Ada,

please confirm your address:

https://shop.example.com/confirm?user=ada&token=c2FtcGxl

or type this code: 481 516

It is valid for ten minutes. If that was not you, ignore this mail.
"""
HTML = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Confirm your address</title></head>
<body style="margin:0;padding:32px 16px;background:#f4f4f1;font:16px/1.5 sans-serif;color:#1b1c1a">
<table role="presentation" width="100%"><tr><td align="center">
<table role="presentation" width="480"
 style="max-width:480px;background:#ffffff;border-radius:12px">
<tr><td style="padding:32px">
<h1 style="margin:0 0 16px;font-size:22px">Confirm your address</h1>
<p>Hello Ada, one step is left: follow the link, or type the code.</p>
<p><a href="https://shop.example.com/confirm?user=ada&amp;token=c2FtcGxl"
 style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0d6b5e;color:#ffffff;\
text-decoration:none">Confirm address</a></p>
<p style="font:600 28px/1 monospace;letter-spacing:4px">481 516</p>
<p style="color:#5c5d58;font-size:14px">It is valid for ten minutes. If that was not you, ignore
this mail.</p>
</td></tr></table></td></tr></table>
</body></html>
"""


def sample(sender: str, recipient: str, now: datetime, message_id: str) -> bytes:
    """The message with CRLF line ends; ``now`` is aware, ``message_id`` has its angle brackets."""
    message = EmailMessage()
    message["From"] = f"Example Shop <{sender}>"
    message["To"] = f"Ada Lovelace <{recipient}>"
    message["Subject"] = "Confirm your address: 481 516"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(TEXT)
    message.add_alternative(HTML, subtype="html")
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
