"""The time of one message after the other, sent as an app sends it: with ``smtplib``."""

import smtplib
import time
from email.message import EmailMessage

from bench.percentiles import Times, times
from bench.targets import Target

WARM = 20
TIMES = 300


def measure(target: Target, count: int = TIMES) -> Times:
    """Milliseconds of ``send_message`` in a session that is open."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.example.com", "b@y.example.com", "Hi"
    message.set_content("Hello there.\n" * 60)
    with target.start(()) as server, smtplib.SMTP(*server.smtp, timeout=30) as client:
        taken = []
        for _ in range(WARM + count):
            begin = time.perf_counter()
            client.send_message(message)
            taken.append(time.perf_counter() - begin)
    return times(taken[WARM:])
