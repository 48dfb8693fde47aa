"""Where settings come from: the TOML file that is found, and the environment."""

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from mailtrap.config.arrays import suggestion
from mailtrap.config.options import OPTIONS
from mailtrap.config.records import ConfigError
from mailtrap.config.table import ENVIRONMENT_PREFIX, Option

FILE_LIMIT = 1024 * 1024
CLIENT_VARIABLES = ("MAILTRAP_URL", "MAILTRAP_TOKEN")
"""Read by the client verbs, not by the server."""


def config_dir(environ: Mapping[str, str], *, windows: bool) -> Path | None:
    """The folder of the user's own ``mailtrap/config.toml``."""
    if windows:
        return _folder(environ.get("APPDATA"))
    return _folder(environ.get("XDG_CONFIG_HOME")) or _under_home(environ, ".config")


def state_dir(environ: Mapping[str, str], *, windows: bool) -> Path | None:
    """Where things are kept that are neither settings nor mail: the generated CA."""
    if windows:
        return _folder(environ.get("LOCALAPPDATA"))
    return _folder(environ.get("XDG_STATE_HOME")) or _under_home(environ, ".local/state")


def find_file(
    environ: Mapping[str, str], folder: Path, *, windows: bool
) -> tuple[Path, Mapping[str, object]] | None:
    """The first file with settings of ours, and its table. Raises ConfigError."""
    own = folder / "mailtrap.toml"
    if own.is_file():
        return own, read_toml(own)
    project = folder / "pyproject.toml"
    # A project's file that says nothing of us is not ours to complain about.
    if project.is_file() and b"mailtrap" in _content(project):
        table = _project_table(project)
        if table is not None:
            return project, table
    user_folder = config_dir(environ, windows=windows)
    user = user_folder / "config.toml" if user_folder else None
    return (user, read_toml(user)) if user and user.is_file() else None


def read_toml(path: Path) -> Mapping[str, object]:
    """The file's table. Raises ConfigError where it cannot be read."""
    try:
        table: dict[str, object] = tomllib.loads(_content(path).decode())
    except ValueError as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None
    return table


def by_option(path: Path, table: Mapping[str, object]) -> Iterator[tuple[Option, str, object]]:
    """Each key of the table: its option, the key as written, the value. Raises ConfigError.

    A secret's key may end in ``_file``: then the value is the content of that file.
    """
    options = {row.name: row for row in OPTIONS if row.name != "config"}
    secrets = {f"{row.name}_file": row for row in OPTIONS if row.secret}
    seen: dict[str, str] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        row = options.get(name) or secrets.get(name)
        if row is None:
            known = suggestion(name, (*options, *secrets))
            raise ConfigError(f"{path}: {key!r} is not a setting{known}")
        if row.name in seen:
            raise ConfigError(f"{path}: {key!r} repeats {seen[row.name]!r}; write one of them")
        seen[row.name] = key
        yield row, key, _secret_file(row, value, path, key) if name in secrets else value


def variables(environ: Mapping[str, str]) -> Iterator[tuple[Option, str, str]]:
    """Each option that the environment sets: the option, the variable, the text.

    An empty variable counts as not set. Raises ConfigError.
    """
    for row in OPTIONS:
        if row.variable is None:
            continue
        file_variable = f"{row.variable}_FILE"
        text = environ.get(row.variable, "")
        path = environ.get(file_variable, "") if row.secret else ""
        if text and path:
            raise ConfigError(f"{row.variable} and {file_variable} are both set; set one of them")
        if text:
            yield row, row.variable, text
        elif path:
            yield row, file_variable, _secret_text(row, Path(path), file_variable)


def misspelt(environ: Mapping[str, str]) -> Iterator[str]:
    """A warning for each variable that looks like one of ours and is none.

    Others are left alone: orchestrators set variables of their own under a service's name.
    """
    plain = [row.variable for row in OPTIONS if row.variable]
    known = {*plain, *CLIENT_VARIABLES, *(f"{row.variable}_FILE" for row in OPTIONS if row.secret)}
    for variable in sorted(environ):
        if variable.startswith(ENVIRONMENT_PREFIX) and variable not in known:
            near = get_close_matches(variable, known, n=1, cutoff=0.88)
            if near:
                yield f"{variable} is not a variable of mailtrap; did you mean {near[0]}?"


def _project_table(path: Path) -> Mapping[str, object] | None:
    tool = read_toml(path).get("tool")
    table = tool.get("mailtrap") if isinstance(tool, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise ConfigError(f"{path}: tool.mailtrap must be a table")


def _secret_file(row: Option, value: object, path: Path, key: str) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{path}: {key}: must be the name of a file")
    return _secret_text(row, path.parent / Path(value).expanduser(), f"{path}: {key}")


def _secret_text(row: Option, path: Path, where: str) -> str:
    try:
        text = _content(path).decode().rstrip("\r\n")
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{where}: {path} is not UTF-8 text") from None
    # In a file a list has one entry a line, so that a password may hold a comma.
    return f"{text}\n" if row.kind.repeatable else text


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    if len(content) > FILE_LIMIT:
        raise ConfigError(f"{path} is larger than {FILE_LIMIT} octets")
    return content


def _folder(text: str | None) -> Path | None:
    # The XDG specification: a relative path is invalid and to be ignored.
    return Path(text) / "mailtrap" if text and Path(text).is_absolute() else None


def _under_home(environ: Mapping[str, str], below: str) -> Path | None:
    home = environ.get("HOME")
    return Path(home) / below / "mailtrap" if home else None
