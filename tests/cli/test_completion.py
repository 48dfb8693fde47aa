import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_printed_for_each_shell(run: "Run", shell: str) -> None:
    ended = run("completion", shell)
    assert ended.code == 0
    assert "_MAILTRAP_COMPLETE" in ended.out


def test_an_unknown_shell_is_wrong_usage(run: "Run") -> None:
    ended = run("completion", "tcsh")
    assert ended.code == 2
    assert "'bash', 'zsh', 'fish'" in ended.err


@pytest.mark.parametrize(
    ("words", "completed"),
    [("mailtrap ver", "plain,version"), ("mailtrap serve --max-si", "plain,--max-size")],
)
def test_verbs_and_flags_are_completed(words: str, completed: str) -> None:
    environ = {
        **os.environ,
        "_MAILTRAP_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    command = [sys.executable, "-m", "mailtrap"]
    ended = subprocess.run(
        command, env=environ, capture_output=True, cwd=ROOT, timeout=30, check=False
    )
    assert ended.stdout.decode().split() == [completed]
