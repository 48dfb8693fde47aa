"""What is shipped: the package and the page, nothing else, and it runs from elsewhere."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)],
        check=True,
        timeout=120,
    )
    (built,) = folder.glob("mailtrap_catcher-*.whl")
    return built


def test_the_wheel_has_the_package_and_the_page_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"mailtrap", "mailtrap_catcher"}
    assert "mailtrap/_web/index.html" in names
    assert "mailtrap/py.typed" in names
    assert {"mailtrap/_web/client/mailtrap.js", "mailtrap/_web/client/mailtrap.d.ts"} < set(names)
    assert "mailtrap/testing/plugin.py" in names
    own = ("mailtrap/testing/", "mailtrap/_web/client/")
    others = [name for name in names if not name.startswith(own)]
    strays = [
        name for name in others if "test" in name or name.endswith((".d.ts", "tsconfig.json"))
    ]
    assert strays == []


def test_the_command_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target",
         str(tmp_path / "site"), str(wheel)],
        check=True, timeout=120,
    )  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-c",
         "import mailtrap; from mailtrap.api.assets import web_root; print(web_root())"],
        env={"PYTHONPATH": str(tmp_path / "site")}, cwd=tmp_path,
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert told.stdout.strip() == str(tmp_path / "site" / "mailtrap" / "_web")
