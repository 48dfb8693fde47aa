from collections.abc import Callable

import pytest

from mailtrap.config import Config, ConfigError


def test_an_inbox_is_read_from_its_table(loaded: Callable[..., Config]) -> None:
    toml = """
    inbox_domain = "in.test"
    route = ["plus", "Header:X-App"]

    [[inbox]]
    name = "shop"
    rcpt = ["*@shop.test", "/^a@/"]
    ip = "10.0.0.0/8"
    header = { X-App = "shop*" }
    max_messages = 500
    max-octets = "1MiB"
    max_age = "1h"
    """
    config = loaded(toml=toml)
    assert (config.inbox_domain, config.route) == ("in.test", ("plus", "header:X-App"))
    (shop,) = config.inbox
    assert (shop.name, shop.rcpt, shop.ip) == ("shop", ("*@shop.test", "/^a@/"), ("10.0.0.0/8",))
    assert shop.header == (("X-App", "shop*"),)
    assert (shop.max_messages, shop.max_octets, shop.max_age) == (500, 1_048_576, 3600.0)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[[inbox]]\nrcpt = "a"', r"\[\[inbox\]\] 1 needs name"),
        ('[[inbox]]\nname = "a b"', "name: 'a b' is no name of an inbox"),
        ('[[inbox]]\nname = "a"\nrctp = "b"', "'rctp' is unknown.*rcpt"),
        ('[[inbox]]\nname = "a"\nheader = "X"', "header: must be a table"),
        ('[[inbox]]\nname = "a"\nmax_messages = -1', "max_messages"),
        (
            '[[inbox]]\nname = "a"\nrcpt = ' + str([f"x{n}" for n in range(101)]),
            "101 patterns; at most 100",
        ),
        ("inbox = 3", "array of tables"),
        ('route = "pluss"', "'pluss' is unknown.*plus"),
        ('route = "header:"', "header:X-App"),
        ('route = "header:X Y"', "needs the name of a field"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    loaded: Callable[..., Config], toml: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=f"(?s){said}"):
        loaded(toml=toml)
