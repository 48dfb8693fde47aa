"""The profile option: a word for all listeners, or for one."""

from collections.abc import Callable
from typing import get_args

import pytest

from mailtrap.config import Config, ConfigError
from mailtrap.config.records import ProfileName
from mailtrap.smtp.personas import PERSONAS

TABLE = '[[listener]]\nname = "a"\naddress = ":2"\n'


def by_name(config: Config) -> dict[str, str]:
    return {one.name: one.profile for one in config.listeners}


def test_the_names_are_those_of_the_personas() -> None:
    assert set(get_args(ProfileName)) == {"none", *PERSONAS}


@pytest.mark.parametrize("name", ["none", *PERSONAS])
def test_every_name_is_read(loaded: Callable[..., Config], name: str) -> None:
    assert by_name(loaded({"profile": name})) == {"smtp": name}


def test_an_unknown_name_is_refused_with_those_known(loaded: Callable[..., Config]) -> None:
    with pytest.raises(ConfigError, match=r"--profile: 'hotmail' is not one of: none, gmail, .*"):
        loaded({"profile": "hotmail"})


def test_it_holds_for_all_but_lmtp(loaded: Callable[..., Config]) -> None:
    config = loaded({"profile": "ses", "lmtp": ":3"}, toml=TABLE)
    assert by_name(config) == {"smtp": "ses", "lmtp": "none", "a": "ses"}


def test_a_table_may_have_its_own(loaded: Callable[..., Config]) -> None:
    config = loaded({"profile": "ses"}, toml=TABLE + 'profile = "none"\n')
    assert by_name(config) == {"smtp": "ses", "a": "none"}


def test_a_table_of_lmtp_can_have_none(loaded: Callable[..., Config]) -> None:
    toml = TABLE + 'protocol = "lmtp"\nprofile = "exim"\n'
    with pytest.raises(ConfigError, match="'a' speaks lmtp, and profile exim is of an SMTP server"):
        loaded(toml=toml)
