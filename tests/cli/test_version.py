import json
import platform
import sys
from typing import TYPE_CHECKING

from mailtrap import __version__

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_the_version_is_told(run: "Run") -> None:
    python = platform.python_version()
    assert run("version").out == f"mailtrap {__version__} (Python {python}, {sys.platform})\n"


def test_the_version_is_told_as_json(run: "Run") -> None:
    assert json.loads(run("version", "--json").out) == {
        "version": __version__,
        "python": platform.python_version(),
        "platform": sys.platform,
    }
