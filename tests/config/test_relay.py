import pytest

from mailtrap.config import Address, Config, ConfigError
from tests.config.conftest import Loader


def test_reports_go_to_the_store_unless_something_else_is_said() -> None:
    assert Config().bounce_to is None
    assert Config().bounce_limit == 600


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("smtp://127.0.0.1:2525", Address("127.0.0.1", 2525)),
        ("smtp://[::1]:2525", Address("::1", 2525)),
        ("smtp://mail.app.test", Address("mail.app.test", 25)),
        ("smtp://mail.app.test:25/", Address("mail.app.test", 25)),
        ("store", None),
    ],
)
def test_reports_go_where_bounce_to_says(
    loaded: Loader, text: str, address: Address | None
) -> None:
    config = loaded({"bounce_to": text})
    assert config.bounce_to == address
    assert loaded(environ={"MAILTRAP_BOUNCE_TO": text}).bounce_to == address


@pytest.mark.parametrize(
    "text", ["", "off", "localhost:25", "smtps://x:1", "smtp://x:0", "smtp://x:65536", "smtp://"]
)
def test_what_is_neither_store_nor_a_host_is_refused(loaded: Loader, text: str) -> None:
    with pytest.raises(ConfigError, match="neither store nor an address like smtp://host:port"):
        loaded({"bounce_to": text})
