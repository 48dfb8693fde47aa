import shutil
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.samples.conftest import SAMPLES, Server, clean_environment, run_sample

SETTINGS = "[pytest]\nasyncio_default_fixture_loop_scope = function\nasyncio_mode = auto\n"


def suite(folder: Path) -> list[str]:
    """The command that runs a suite; the plugin is named where it is not installed."""
    installed = any(
        one.value == "mailtrap.testing.plugin" for one in entry_points(group="pytest11")
    )
    named = [] if installed else ["-p", "mailtrap.testing.plugin"]
    flags = ["-q", "-W", "error", "-p", "no:cacheprovider"]
    return [sys.executable, "-m", "pytest", *named, *flags, "-c", str(folder / "pytest.ini")]


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A sample of its own, away from this suite's settings."""
    name = str(request.param)
    folder = tmp_path / name
    shutil.copytree(SAMPLES / name, folder)
    (folder / "pytest.ini").write_text(SETTINGS)
    return folder


@pytest.mark.parametrize(
    ("project", "passed"), [("flask_shop", 5), ("django_shop", 3)], indirect=["project"]
)
def test_a_suite_runs_with_a_server_in_its_own_process(project: Path, passed: int) -> None:
    told = run_sample(suite(project), project, clean_environment())
    assert f"{passed} passed" in told


@pytest.mark.parametrize("project", ["flask_shop", "django_shop"], indirect=True)
def test_a_suite_runs_against_a_server_that_others_use_too(project: Path, server: Server) -> None:
    url = ["--mailtrap-url", server.url]
    told = run_sample([*suite(project), "-n", "2", *url], project, clean_environment())
    assert " passed" in told
