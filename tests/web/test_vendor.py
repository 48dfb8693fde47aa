import hashlib
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "web" / "vendor" / "lit-html"
README = (VENDOR / "README.md").read_text()
ROWS = dict(re.findall(r"^\| (\S+) \| ([0-9a-f]{64}) \|$", README, re.MULTILINE))


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_vendored_file_is_what_its_authors_published(name: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == ROWS[name]


def test_every_vendored_file_is_listed() -> None:
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert found == {*ROWS, "README.md"}
