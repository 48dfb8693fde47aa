"""A folder with nothing in it, and a way to load from there."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from mailtrap.config import Config, load

Loader: TypeAlias = Callable[..., Config]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The current folder of the server to be."""
    path = tmp_path / "project"
    path.mkdir()
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The user's home folder."""
    path = tmp_path / "home"
    path.mkdir()
    return path


@pytest.fixture
def loaded(folder: Path, home: Path) -> Loader:
    """Load with flags and variables; ``toml`` is written to ./mailtrap.toml first."""

    def loading(
        flags: Mapping[str, object] | None = None,
        environ: Mapping[str, str] | None = None,
        toml: str | None = None,
    ) -> Config:
        if toml is not None:
            (folder / "mailtrap.toml").write_text(toml)
        return load(flags or {}, {"HOME": str(home), **(environ or {})}, folder)

    return loading
