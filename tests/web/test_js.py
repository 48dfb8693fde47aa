import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = sorted((Path(__file__).parents[2] / "web" / "tests").glob("*.test.js"))
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="there is no node on this machine")
@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.name))
def test_the_tests_of_the_page_pass(path: Path) -> None:
    assert NODE
    run = subprocess.run(
        [NODE, "--test", path], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_page_has_tests() -> None:
    assert TESTS
