"""The sample of bulk mail: a wide HTML layout, remote pictures, ways to unsubscribe."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

TEXT = """The Catcher, issue 42

* Twelve ways to test mail      https://letters.example.com/42/twelve
* A greylist in five minutes    https://letters.example.com/42/greylist
* Why your Bcc was not blind    https://letters.example.com/42/bcc

Unsubscribe: https://letters.example.com/unsubscribe?id=42
"""
STORIES = (
    ("twelve", "Twelve ways to test mail", "From a sleep of five seconds to a proper wait."),
    ("greylist", "A greylist in five minutes", "What your queue does when the answer is 451."),
    ("bcc", "Why your Bcc was not blind", "The header and the envelope are two things."),
)
STORY = """<tr><td style="padding:16px 32px">
<img src="https://letters.example.com/42/{name}.jpg" width="536" height="200" alt=""
 style="display:block;width:100%;height:auto;background:#dcefeb;border-radius:8px">
<h2 style="margin:16px 0 4px;font-size:18px">{title}</h2>
<p style="margin:0 0 8px;color:#5c5d58">{text}</p>
<a href="https://letters.example.com/42/{name}" style="color:#0d6b5e">Read on</a>
</td></tr>"""
HTML = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>The Catcher, issue 42</title>
<style>
  @media (max-width: 480px) {{ .column {{ padding: 8px !important }} }}
  @media (prefers-color-scheme: dark) {{ .sheet {{ background: #17181a !important; color: #eee }} }}
</style></head>
<body style="margin:0;background:#efefec;font:16px/1.5 Georgia,serif;color:#1b1c1a">
<div style="display:none;max-height:0">Twelve ways, one greylist, no blind Bcc.</div>
<table role="presentation" width="100%"><tr><td align="center" class="column" style="padding:24px">
<table role="presentation" width="600" class="sheet" style="max-width:600px;background:#ffffff">
<tr><td style="padding:32px 32px 8px"><h1 style="margin:0;font-size:28px">The Catcher</h1>
<p style="margin:0;color:#5c5d58">Issue 42</p></td></tr>
{stories}
<tr><td style="padding:16px 32px 32px;font-size:13px;color:#5c5d58">You get this because you asked
for it. <a href="https://letters.example.com/unsubscribe?id=42">Unsubscribe</a>
<img src="https://letters.example.com/42/open.gif" width="1" height="1" alt=""></td></tr>
</table></td></tr></table>
</body></html>
"""


def sample(sender: str, recipient: str, now: datetime, message_id: str) -> bytes:
    """The message with CRLF line ends; ``now`` is aware, ``message_id`` has its angle brackets."""
    message = EmailMessage()
    message["From"] = f"The Catcher <{sender}>"
    message["To"] = f"Ada Lovelace <{recipient}>"
    message["Subject"] = "This week: twelve ways to test mail"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["List-ID"] = "The Catcher <catcher.letters.example.com>"
    message["List-Unsubscribe"] = (
        "<https://letters.example.com/unsubscribe?id=42>, <mailto:leave@letters.example.com>"
    )
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Precedence"] = "bulk"
    message.set_content(TEXT)
    stories = "\n".join(STORY.format(name=n, title=t, text=x) for n, t, x in STORIES)
    message.add_alternative(HTML.format(stories=stories), subtype="html")
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
