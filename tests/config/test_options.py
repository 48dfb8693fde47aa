import re
from typing import get_type_hints

import pytest

from mailtrap.config import OPTIONS, Address, Config, Option, User


@pytest.mark.parametrize("row", OPTIONS, ids=lambda row: row.name)
def test_every_option_has_help_and_a_name_everywhere(row: Option) -> None:
    assert row.help.endswith(".")
    assert row.group
    if not row.toml_only:
        assert row.variable == f"MAILTRAP_{row.name.upper()}"
        assert row.secret or row.flag == f"--{row.name.replace('_', '-')}"


@pytest.mark.parametrize("row", OPTIONS, ids=lambda row: row.name)
def test_every_default_that_is_shown_reads_back_the_same(row: Option) -> None:
    if not row.toml_only:
        assert row.kind.read(row.kind.show(row.default)) == row.default


def test_groups_are_told_in_one_piece() -> None:
    groups = [row.group for row in OPTIONS]
    assert groups == sorted(groups, key=groups.index)


def test_every_field_of_the_configuration_is_an_option_but_three() -> None:
    names = {row.name for row in OPTIONS}
    assert set(get_type_hints(Config)) - names == {"file", "sources", "warnings"}


def test_a_configuration_without_any_setting_is_the_default() -> None:
    assert Config().smtp == (Address("127.0.0.1", 1025), Address("::1", 1025))
    assert Config() == Config()


def test_secrets_do_not_show_when_a_configuration_is_printed() -> None:
    config = Config(http_password="s3cret", http_tokens=("s3cret",), users=(User("a", "s3cret"),))
    assert "s3cret" not in repr(config)


def test_secrets_have_no_flag() -> None:
    secret = [row.name for row in OPTIONS if row.secret]
    assert secret == ["users", "http_password", "http_tokens"]
    assert all(row.flag is None for row in OPTIONS if row.secret)
    names = [row.name for row in OPTIONS if re.search("password|token|users", row.name)]
    assert names == secret
