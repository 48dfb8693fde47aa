from collections.abc import Callable

import pytest

from mailtrap.config import Config, ConfigError

TWO = '[[listener]]\nname = "{}"\naddress = "{}"\n'


@pytest.mark.parametrize(
    ("flags", "toml", "message"),
    [
        ({"smtp": "off", "http": "off"}, "", "nothing to listen on"),
        ({"tls_cert": "c.pem"}, "", r"tls_cert \(--tls-cert\) is set and tls_key is not"),
        ({"tls_key": "k.pem"}, "", r"tls_key \(--tls-key\) is set and tls_cert is not"),
        ({}, "durable = true", r"durable \(.*mailtrap.toml\) is on and the store is in memory"),
        ({}, TWO.format("smtp", ":3"), "two listeners are called 'smtp'"),
        ({}, TWO.format("a", ":3") + TWO.format("a", ":4"), "two listeners are called 'a'"),
        ({}, TWO.format("a", "127.0.0.1:1025"), "smtp and a both listen on 127.0.0.1:1025"),
        ({"submission": ":8025"}, "", "http and submission both listen on 127.0.0.1:8025"),
        ({"smtp": "off", "lmtp": "unix:/a"}, TWO.format("a", "unix:/a"), "both listen on unix:/a"),
    ],
)
def test_a_contradiction_is_one_sentence(
    loaded: Callable[..., Config], flags: dict[str, object], toml: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        loaded(flags, toml=toml)


@pytest.mark.parametrize(
    "flags",
    [
        {"tls_cert": "c.pem", "tls_key": "k.pem"},
        {"durable": True, "store": "mail.db"},
        {"smtp": ("0",), "http": ("0",), "submission": ("0",)},
        {"http": "off"},
        {"smtp": "off"},
    ],
)
def test_what_fits_together_is_taken(
    loaded: Callable[..., Config], flags: dict[str, object]
) -> None:
    assert isinstance(loaded(flags), Config)
