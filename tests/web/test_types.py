"""The page's JavaScript under TypeScript's checker, from the types in its comments."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
TSC = WEB / "node_modules" / "typescript" / "lib" / "tsc.js"
NODE = shutil.which("node")


@pytest.mark.skipif(
    NODE is None or not TSC.exists(), reason="TypeScript is not here: .ci/install-clients brings it"
)
def test_the_types_of_the_page_hold() -> None:
    assert NODE
    run = subprocess.run(
        [NODE, TSC, "-p", "."], cwd=WEB, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_script_of_the_page_is_checked() -> None:
    config = json.loads((WEB / "tsconfig.json").read_text())
    folders = {pattern.removesuffix("/**/*.js") for pattern in config["include"]}
    scripts = {
        path.relative_to(WEB)
        for path in WEB.rglob("*.js")
        if not {"vendor", "tests", "node_modules"} & set(path.relative_to(WEB).parts)
    }
    assert {path.parts[0] for path in scripts} == folders
    options = config["compilerOptions"]
    assert options["strict"]
    assert options["checkJs"]


def test_no_script_says_that_it_is_not_to_be_checked() -> None:
    excused = [
        path.name
        for folder in ("js", "client")
        for path in (WEB / folder).rglob("*.js")
        if any(word in path.read_text() for word in ("@ts-nocheck", "@ts-ignore", "@ts-expect"))
    ]
    assert excused == []
