import hashlib
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "web" / "vendor"
FOLDERS = sorted(path.name for path in VENDOR.iterdir() if path.is_dir())


def rows(folder: str) -> dict[str, str]:
    """The checksums that a folder's README tells, by name."""
    readme = (VENDOR / folder / "README.md").read_text("utf-8")
    return dict(re.findall(r"^\| (\S+) \| ([0-9a-f]{64}) \|$", readme, re.MULTILINE))


@pytest.mark.parametrize(
    ("folder", "name"), [(folder, name) for folder in FOLDERS for name in sorted(rows(folder))]
)
def test_a_vendored_file_is_what_its_authors_published(folder: str, name: str) -> None:
    octets = (VENDOR / folder / name).read_bytes()
    assert hashlib.sha256(octets).hexdigest() == rows(folder)[name]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_vendored_file_is_listed(folder: str) -> None:
    home = VENDOR / folder
    found = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    assert found == {*rows(folder), "README.md"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_vendored_library_has_its_licence(folder: str) -> None:
    assert "LICENSE" in rows(folder)
