"""A small shop with Flask: people sign up, log in by a code, and get receipts from a queue."""

import secrets
import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage

from flask import Flask, request, url_for
from flask.typing import ResponseReturnValue


@dataclass
class Mailer:
    """Sends by SMTP at once, or from a queue that tries again what is refused for now."""

    host: str
    port: int
    queue: list[EmailMessage] = field(default_factory=list)

    def send(self, mail: EmailMessage) -> None:
        with smtplib.SMTP(self.host, self.port) as smtp:
            smtp.send_message(mail)

    def run_queue(self, times: int) -> None:
        for _ in range(times):
            waiting, self.queue = self.queue, []
            for mail in waiting:
                try:
                    self.send(mail)
                except smtplib.SMTPRecipientsRefused as error:
                    if all(code < 500 for code, _ in error.recipients.values()):
                        self.queue.append(mail)


def letter(to: str, subject: str, text: str, html: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "The shop <no-reply@shop.example.com>", to, subject
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def create_app(mailer: Mailer) -> Flask:
    """The app."""
    app = Flask(__name__)
    users: dict[str, bool] = {}
    tokens: dict[str, str] = {}

    @app.post("/signup")
    def sign_up() -> ResponseReturnValue:
        email = request.form["email"]
        token = secrets.token_urlsafe(16)
        users[email], tokens[token] = False, email
        link = url_for("confirm", token=token, _external=True)
        html = f'<p>Welcome! <a href="{link}">Confirm</a></p>'
        mailer.send(letter(email, "Confirm your email", f"Welcome! {link}", html))
        return "", 204

    @app.get("/confirm/<token>")
    def confirm(token: str) -> ResponseReturnValue:
        if token not in tokens:
            return "unknown", 404
        users[tokens.pop(token)] = True
        return "thank you"

    @app.get("/users/<email>")
    def user(email: str) -> ResponseReturnValue:
        return {"confirmed": users.get(email, False)}

    @app.post("/login")
    def login() -> ResponseReturnValue:
        code = f"{secrets.randbelow(900_000) + 100_000}"
        mailer.send(letter(request.form["email"], "Your login code", f"Your login code: {code}"))
        return "", 204

    @app.post("/order")
    def order() -> ResponseReturnValue:
        receipt = letter(request.form["email"], "Your receipt", "Thank you for 12 €")
        receipt.add_attachment(b"%PDF-1.4", "application", "pdf", filename="receipt-1.pdf")
        mailer.queue.append(receipt)
        return "", 204

    return app
