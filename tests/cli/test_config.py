import json
from typing import TYPE_CHECKING

import pytest

from mailtrap.config import OPTIONS
from mailtrap.config.docs import document

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.mark.parametrize("flags", [(), ("--show",)])
def test_every_setting_is_shown_with_its_value_and_source(
    run: "Run", monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    monkeypatch.setenv("MAILTRAP_MAX_SIZE", "1MiB")
    ended = run("config", *flags, "--smtp", "2525")
    lines = [line.split() for line in ended.out.splitlines()]
    assert [line[0] for line in lines] == [row.name for row in OPTIONS]
    assert ["smtp", "127.0.0.1:2525,[::1]:2525", "--smtp"] in lines
    assert ["max_size", "1MiB", "MAILTRAP_MAX_SIZE"] in lines
    assert ["store", "memory", "default"] in lines
    assert ["tls_cert", "-", "default"] in lines


def test_secrets_are_masked(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILTRAP_HTTP_PASSWORD", "s3cret")
    monkeypatch.setenv("MAILTRAP_USERS", "ann:s3cret")
    for flags in ((), ("--json",)):
        ended = run("config", *flags)
        assert "s3cret" not in ended.out
        assert "ann:********" in ended.out


def test_json_has_value_and_source(run: "Run") -> None:
    shown = json.loads(run("config", "--json", "--strict").out)
    assert shown["strict"] == {"value": "true", "source": "--strict"}


def test_the_page_is_printed_even_when_the_settings_are_wrong(
    run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILTRAP_MAX_SIZE", "x")
    ended = run("config", "--docs")
    assert (ended.code, ended.out) == (0, document())
    assert run("config").code == 2


def test_one_thing_at_a_time(run: "Run") -> None:
    assert run("config", "--docs", "--show").code == 2
