"""A small shop for the shell: a form that sends a mail with a link to confirm."""

import os
import smtplib
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs


class Shop(BaseHTTPRequestHandler):
    """Takes POST with an address; sends there by the SMTP server of the environment."""

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        mail = EmailMessage()
        mail["From"], mail["To"] = "no-reply@shop.example.com", form["email"][0]
        mail["Subject"] = "Confirm your email"
        mail.set_content("Your code is 481516\n\nhttps://shop.example.com/confirm/abc?x=1&y=2\n")
        with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ["SMTP_PORT"])) as smtp:
            smtp.send_message(mail)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Nothing."""


if __name__ == "__main__":
    with HTTPServer(("127.0.0.1", 0), Shop) as server:
        print(server.server_address[1], flush=True)  # noqa: T201 - who starts it reads the port
        server.serve_forever()
