from collections.abc import Callable
from pathlib import Path

import pytest

from mailtrap.config import Address, Config, ConfigError, load


def test_without_anything_the_defaults_hold(loaded: Callable[..., Config]) -> None:
    config = loaded()
    assert config.http == (Address("127.0.0.1", 8025), Address("::1", 8025))
    assert config.file is None
    assert set(config.sources.values()) == {"default"}
    assert config.warnings == ()


def test_a_flag_wins_over_a_variable_over_toml_over_the_default(
    loaded: Callable[..., Config], folder: Path
) -> None:
    toml = 'hostname = "toml.test"\nmax_line = 2000\nmax_recipients = 5\n'
    environ = {"MAILTRAP_HOSTNAME": "env.test", "MAILTRAP_MAX_LINE": "3000"}
    config = loaded({"hostname": "flag.test"}, environ, toml)
    assert (config.hostname, config.max_line, config.max_recipients) == ("flag.test", 3000, 5)
    assert config.max_connections == 256
    assert config.sources["hostname"] == "--hostname"
    assert config.sources["max_line"] == "MAILTRAP_MAX_LINE"
    assert config.sources["max_recipients"] == str(folder / "mailtrap.toml")
    assert config.sources["max_connections"] == "default"


def test_flags_give_lists_and_switches(loaded: Callable[..., Config]) -> None:
    config = loaded({"hide": ("SIZE", "dsn,help"), "strict": True, "smtp": ("0",)})
    assert config.hide == ("SIZE", "DSN", "HELP")
    assert config.strict is True
    assert config.smtp == (Address("127.0.0.1", 0), Address("::1", 0))


def test_a_switch_that_is_on_in_toml_can_be_turned_off_by_a_flag(
    loaded: Callable[..., Config],
) -> None:
    assert loaded({"strict": False}, toml="strict = true").strict is False


@pytest.mark.parametrize(
    ("flags", "environ", "toml", "place"),
    [
        ({"max_size": "x"}, {}, None, "--max-size: 'x' is not a size"),
        ({}, {"MAILTRAP_MAX_SIZE": "x"}, None, "MAILTRAP_MAX_SIZE: 'x' is not a size"),
        ({}, {}, "max-size = 'x'", "mailtrap.toml: max-size: 'x' is not a size"),
        ({}, {}, "max_size = true", "mailtrap.toml: max_size: True is not a size"),
        ({}, {}, "strict = 3", "mailtrap.toml: strict: 3 is neither true nor false"),
        ({"max_line": "10"}, {}, None, "--max-line: 10 is out of range; 998 to 16777216"),
        ({"smtp": ("x",)}, {}, None, "--smtp: 'x' is not an address"),
        ({}, {"MAILTRAP_HTTP": "unix:/a"}, None, "MAILTRAP_HTTP: 'unix:/a': a unix socket"),
    ],
)
def test_a_mistake_names_its_place(
    loaded: Callable[..., Config],
    flags: dict[str, object],
    environ: dict[str, str],
    toml: str | None,
    place: str,
) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(flags, environ, toml)
    assert place in str(caught.value)


def test_an_empty_variable_counts_as_not_set(loaded: Callable[..., Config]) -> None:
    assert loaded(environ={"MAILTRAP_MAX_SIZE": ""}).max_size == 50 * 1024 * 1024


def test_relative_paths_count_from_the_current_folder(
    loaded: Callable[..., Config], folder: Path
) -> None:
    config = loaded({"store": "mail.db"}, {"MAILTRAP_READY_FILE": "r.json"})
    assert (config.store, config.ready_file) == (folder / "mail.db", folder / "r.json")


def test_relative_paths_in_toml_count_from_its_folder(folder: Path) -> None:
    (folder / "etc").mkdir()
    (folder / "etc" / "mt.toml").write_text('store = "mail.db"\n')
    config = load({"config": "etc/mt.toml"}, {}, folder)
    assert config.store == folder / "etc" / "mail.db"
    assert config.file == folder / "etc" / "mt.toml"
    assert config.sources["config"] == "--config"


def test_absolute_paths_stay(loaded: Callable[..., Config], tmp_path: Path) -> None:
    assert loaded({"store": str(tmp_path / "a.db")}).store == tmp_path / "a.db"


def test_a_store_file_has_no_limit_of_octets_unless_one_is_set(
    loaded: Callable[..., Config],
) -> None:
    assert loaded().max_octets == 1024**3
    assert loaded({"store": "mail.db"}).max_octets == 0
    assert loaded({"store": "mail.db", "max_octets": "1MB"}).max_octets == 1_000_000


def test_the_state_folder_is_the_users(loaded: Callable[..., Config], home: Path) -> None:
    assert loaded().state_dir == home / ".local" / "state" / "mailtrap"
    assert loaded({"state_dir": str(home / "x")}).state_dir == home / "x"


def test_without_a_home_there_is_no_state_folder(folder: Path) -> None:
    assert load({}, {}, folder).state_dir is None


def test_the_state_folder_on_windows_is_local_app_data(folder: Path, tmp_path: Path) -> None:
    config = load({}, {"LOCALAPPDATA": str(tmp_path)}, folder, windows=True)
    assert config.state_dir == tmp_path / "mailtrap"
