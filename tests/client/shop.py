"""An app that sends mail: what the examples test."""

import smtplib
from email.message import EmailMessage

SENDER = "no-reply@shop.example.com"


class Shop:
    """A made-up shop with a queue of mail that it tries again and again."""

    def __init__(self, host: str, port: int) -> None:
        self._at = host, port
        self._queue: list[EmailMessage] = []
        self._codes = iter(("481516", "234200", "815162"))

    def sign_up(self, address: str) -> None:
        """Ask to confirm an address."""
        text = "Welcome!\n\nPlease confirm: https://shop.example.com/confirm/9f8e?a=1&b=2\n"
        html = '<p>Welcome!</p><a href="https://shop.example.com/confirm/9f8e?a=1&amp;b=2">Yes</a>'
        self._send(address, "Confirm your email", text, html)

    def log_in(self, address: str) -> None:
        """Send a one-time code, another each time."""
        self._send(address, "Your code", f"Your login code is {next(self._codes)}.\n")

    def send_receipt(self, address: str) -> None:
        """Put a receipt into the queue, and try to send it."""
        message = _message(address, "Your receipt", "Thank you.\n")
        message.add_attachment(
            b"%PDF-1.7", maintype="application", subtype="pdf", filename="r-1.pdf"
        )
        self._queue.append(message)
        self.run_queue(1)

    def run_queue(self, times: int) -> None:
        """Try what is in the queue; what is refused for good is dropped."""
        for _ in range(times):
            for message in list(self._queue):
                try:
                    self._deliver(message)
                except smtplib.SMTPRecipientsRefused as error:
                    ((code, _text),) = error.recipients.values()
                    if code < 500:
                        continue
                self._queue.remove(message)

    def _send(self, address: str, subject: str, text: str, html: str | None = None) -> None:
        message = _message(address, subject, text)
        if html is not None:
            message.add_alternative(html, subtype="html")
        self._deliver(message)

    def _deliver(self, message: EmailMessage) -> None:
        with smtplib.SMTP(*self._at, timeout=10) as smtp:
            smtp.send_message(message)


def _message(address: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Shop <{SENDER}>", address, subject
    message.set_content(text)
    return message
