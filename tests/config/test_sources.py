from collections.abc import Callable
from pathlib import Path

import pytest

from mailtrap.config import Config, ConfigError, User, load


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_first_file_that_is_found_is_the_only_one_read(
    folder: Path, home: Path, tmp_path: Path
) -> None:
    environ = {"HOME": str(home)}
    user = write(home / ".config/mailtrap/config.toml", 'hostname = "user.test"')
    assert load({}, environ, folder).hostname == "user.test"
    xdg = write(tmp_path / "xdg/mailtrap/config.toml", 'hostname = "xdg.test"')
    environ["XDG_CONFIG_HOME"] = str(tmp_path / "xdg")
    assert load({}, environ, folder).file == xdg
    project = write(folder / "pyproject.toml", '[tool.mailtrap]\nhostname = "project.test"')
    assert load({}, environ, folder).file == project
    own = write(folder / "mailtrap.toml", "strict = true")
    config = load({}, environ, folder)
    assert (config.file, config.hostname) == (own, "mailtrap.local")
    named = write(tmp_path / "named.toml", 'hostname = "named.test"')
    assert load({"config": str(named)}, environ, folder).hostname == "named.test"
    by_variable = {**environ, "MAILTRAP_CONFIG": str(user)}
    assert load({}, by_variable, folder).file == user
    assert load({"config": "off"}, by_variable, folder).file is None


def test_windows_keeps_the_users_file_in_appdata(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "mailtrap" / "config.toml", "strict = true")
    assert load({}, {"APPDATA": str(tmp_path)}, folder, windows=True).file == path


def test_a_relative_xdg_folder_is_ignored(folder: Path) -> None:
    write(folder / "mailtrap" / "config.toml", "strict = true")
    assert load({}, {"XDG_CONFIG_HOME": "."}, folder).file is None


@pytest.mark.parametrize(
    "content", ["[tool.other]\nx = 1\n", "x = [\n", '[project]\nname = "mailtrap-user"\n']
)
def test_a_project_without_our_table_is_left_alone(folder: Path, content: str) -> None:
    write(folder / "pyproject.toml", content)
    assert load({}, {}, folder).file is None


def test_our_table_in_a_project_must_be_a_table(folder: Path) -> None:
    write(folder / "pyproject.toml", "[tool]\nmailtrap = 3\n")
    with pytest.raises(ConfigError, match=r"pyproject\.toml: tool\.mailtrap must be a table"):
        load({}, {}, folder)


def test_a_file_that_was_named_must_be_there(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere.toml cannot be read: No such file"):
        load({"config": "nowhere.toml"}, {}, folder)


def test_a_file_that_is_not_toml_is_told_with_the_line(loaded: Callable[..., Config]) -> None:
    with pytest.raises(ConfigError, match=r"mailtrap.toml: is not valid TOML: .*line 1"):
        loaded(toml="smtp = = 1\n")


def test_a_file_has_an_end(folder: Path) -> None:
    write(folder / "mailtrap.toml", "#" * (1024 * 1024 + 1))
    with pytest.raises(ConfigError, match="larger than 1048576 octets"):
        load({}, {}, folder)


def test_an_unknown_key_is_told_the_nearest_and_all(loaded: Callable[..., Config]) -> None:
    with pytest.raises(ConfigError, match="did you mean max_size") as caught:
        loaded(toml="max_szie = 1\n")
    assert "'max_szie' is not a setting" in str(caught.value)
    assert "known: smtp, starttls" in str(caught.value)


def test_a_key_that_is_written_twice_is_refused(loaded: Callable[..., Config]) -> None:
    with pytest.raises(ConfigError, match="'max-size' repeats 'max_size'"):
        loaded(toml="max_size = 1\nmax-size = 2\n")


def test_a_file_cannot_name_another_file(loaded: Callable[..., Config]) -> None:
    with pytest.raises(ConfigError, match="'config' is not a setting"):
        loaded(toml='config = "other.toml"\n')


def test_a_secret_may_stand_in_a_file(loaded: Callable[..., Config], folder: Path) -> None:
    write(folder / "pw", "s3,cret\n")
    write(folder / "tokens", "one\ntwo\n")
    write(folder / "users", "ann:x,y\n")
    environ = {
        "MAILTRAP_HTTP_PASSWORD_FILE": str(folder / "pw"),
        "MAILTRAP_HTTP_TOKENS_FILE": str(folder / "tokens"),
        "MAILTRAP_USERS_FILE": str(folder / "users"),
    }
    config = loaded(environ=environ)
    assert config.http_password == "s3,cret"
    assert config.http_tokens == ("one", "two")
    assert config.users == (User("ann", "x,y"),)
    assert config.sources["users"] == "MAILTRAP_USERS_FILE"


def test_toml_may_name_the_file_of_a_secret_or_hold_it(
    loaded: Callable[..., Config], folder: Path
) -> None:
    write(folder / "secrets" / "pw", "s3cret")
    toml = 'http_password_file = "secrets/pw"\nhttp_tokens = ["t"]\n[users]\nann = "x"\n'
    config = loaded(toml=toml)
    assert (config.http_password, config.http_tokens) == ("s3cret", ("t",))
    assert config.users == (User("ann", "x"),)


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        (
            {"MAILTRAP_HTTP_PASSWORD": "a", "MAILTRAP_HTTP_PASSWORD_FILE": "b"},
            "MAILTRAP_HTTP_PASSWORD and MAILTRAP_HTTP_PASSWORD_FILE are both set",
        ),
        (
            {"MAILTRAP_HTTP_PASSWORD_FILE": "/nowhere/pw"},
            "MAILTRAP_HTTP_PASSWORD_FILE: /nowhere/pw cannot be read",
        ),
        ({"MAILTRAP_USERS": "s3cret"}, "MAILTRAP_USERS: needs entries of the form name:password"),
    ],
)
def test_a_mistake_with_a_secret_is_told_without_it(
    loaded: Callable[..., Config], environ: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(environ=environ)
    assert message in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_secret_file_that_is_not_text_is_refused(
    loaded: Callable[..., Config], folder: Path
) -> None:
    (folder / "pw").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        loaded(environ={"MAILTRAP_HTTP_PASSWORD_FILE": str(folder / "pw")})


def test_toml_must_name_a_secret_file_with_text(loaded: Callable[..., Config]) -> None:
    with pytest.raises(ConfigError, match="http_password_file: must be the name of a file"):
        loaded(toml="http_password_file = 3\n")


def test_secrets_cannot_come_from_the_command_line(loaded: Callable[..., Config]) -> None:
    assert loaded({"http_password": "s3cret"}).http_password == ""


def test_a_misspelt_variable_is_a_warning_and_a_foreign_one_is_not(
    loaded: Callable[..., Config],
) -> None:
    environ = {
        "MAILTRAP_MAX_SZIE": "1",
        "MAILTRAP_PORT_1025_TCP": "tcp://10.0.0.1:1025",
        "MAILTRAP_SERVICE_HOST": "10.0.0.1",
        "MAILTRAP_API_KEY": "x",
        "MAILTRAP_URL": "http://a",
        "MAILTRAP_TOKEN": "t",
    }
    assert loaded(environ=environ).warnings == (
        "MAILTRAP_MAX_SZIE is not a variable of mailtrap; did you mean MAILTRAP_MAX_SIZE?",
    )
