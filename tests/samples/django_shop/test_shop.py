"""The shop's own tests: ``mailtrap_django`` has Django send to the plugin's server."""

from collections.abc import Callable
from urllib.parse import urlsplit

import django
import pytest
import shop  # type: ignore[import-not-found]  # noqa: F401 - the settings, beside this file
from django.test import Client

from mailtrap.client import Inbox

django.setup()
pytestmark = pytest.mark.usefixtures("mailtrap_django")


@pytest.fixture
def client() -> Client:
    return Client()


def test_who_signs_up_can_confirm(client: Client, mailtrap_inbox: Inbox) -> None:
    client.post("/signup", {"email": mailtrap_inbox.address})
    mail = mailtrap_inbox.wait(subject="Confirm")
    assert mail.envelope.auth_user == "shop"
    link = urlsplit(mail.link(text="Confirm"))
    answer = client.get(f"{link.path}?{link.query}")
    assert answer.content.decode() == mailtrap_inbox.address


def test_nobody_sees_who_else_gets_the_news(client: Client, mailtrap_inbox: Inbox) -> None:
    readers = [mailtrap_inbox.new_address() for _ in range(3)]
    client.post("/newsletter", {"email": readers})
    news = mailtrap_inbox.wait(subject="News")
    assert news.envelope.rcpt_to == tuple(readers)
    assert "Новости" in news.text
    assert not any(reader in value for reader in readers for _, value in news.headers)
    assert news.header("List-Unsubscribe") == "<https://shop.test/stop>"


def test_a_server_that_refuses_is_told(
    client: Client, mailtrap_inbox: Inbox, mailtrap_fault: Callable[..., object]
) -> None:
    mailtrap_fault(reply="550 5.1.1 No such user", times=1)
    assert client.post("/alert", {"email": mailtrap_inbox.address}).status_code == 502
    assert client.post("/alert", {"email": mailtrap_inbox.address}).status_code == 204
    assert mailtrap_inbox.wait().subject == "Alert"
