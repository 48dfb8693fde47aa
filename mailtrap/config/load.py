"""Flags over environment over TOML over defaults: one Config, or one clear sentence."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from mailtrap.config import sources
from mailtrap.config.checks import check
from mailtrap.config.options import OPTIONS, Config
from mailtrap.config.records import ConfigError
from mailtrap.config.table import Option

DEFAULT = "default"


class _Settings:
    """Values by option name, and where each came from; what comes later wins."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.sources: dict[str, str] = {row.name: DEFAULT for row in OPTIONS}

    def put(self, row: Option, value: object, where: str, source: str, folder: Path) -> None:
        """Read a value and keep it. Raises ConfigError that begins with ``where``."""
        try:
            read = row.kind.read(value)
        except ValueError as error:
            raise ConfigError(f"{where}: {error}") from None
        self.values[row.name] = folder / read if isinstance(read, Path) else read
        self.sources[row.name] = source


def load(
    flags: Mapping[str, object],
    environ: Mapping[str, str],
    folder: Path,
    *,
    windows: bool = False,
) -> Config:
    """The configuration of a server started in ``folder``.

    ``flags`` holds what the command line gave, by option name: text, a tuple of texts, or a bool.
    Relative paths count from ``folder``, in a TOML file from the file's own folder.
    Raises ConfigError.
    """
    settings = _Settings()
    file = _put_toml(settings, flags, environ, folder, windows=windows)
    for row, variable, text in sources.variables(environ):
        settings.put(row, text, variable, variable, folder)
    for row in OPTIONS:
        if row.flag and row.name in flags:
            settings.put(row, flags[row.name], row.flag, row.flag, folder)
    _put_defaults(settings, environ, windows=windows)
    config = replace(
        Config(),
        **settings.values,  # type: ignore[arg-type]  # each Kind gives its field's type
        file=file,
        sources=settings.sources,
        warnings=tuple(sources.misspelt(environ)),
    )
    check(config)
    return config


def _put_toml(
    settings: _Settings,
    flags: Mapping[str, object],
    environ: Mapping[str, str],
    folder: Path,
    *,
    windows: bool,
) -> Path | None:
    asked = flags.get("config") or environ.get("MAILTRAP_CONFIG")
    if asked == "off":
        return None
    if isinstance(asked, str):
        path = folder / Path(asked).expanduser()
        found: tuple[Path, Mapping[str, object]] | None = (path, sources.read_toml(path))
    else:
        found = sources.find_file(environ, folder, windows=windows)
    if found is None:
        return None
    path, table = found
    for row, key, value in sources.by_option(path, table):
        where = f"{path}: {key}"
        settings.put(row, value, where, str(path), path.parent)
    return path


def _put_defaults(settings: _Settings, environ: Mapping[str, str], *, windows: bool) -> None:
    """The defaults that depend on other settings or on the user."""
    if settings.sources["state_dir"] == DEFAULT:
        settings.values["state_dir"] = sources.state_dir(environ, windows=windows)
    if settings.sources["max_octets"] == DEFAULT and settings.values.get("store"):
        settings.values["max_octets"] = 0
