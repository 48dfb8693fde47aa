import shutil
import urllib.request
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.samples.conftest import ROOT, SAMPLES, Server, program, run_sample

MODULES = ROOT / "tests" / "interop" / "node_modules"


@pytest.fixture
def project(tmp_path: Path, server: Server) -> Path:
    """A folder with the shop, and the helper as the server hands it out."""
    if not (MODULES / "nodemailer").is_dir():
        pytest.skip("nodemailer is not installed; run .ci/install-clients")
    folder = tmp_path / "shop"
    shutil.copytree(SAMPLES / "node_nodemailer", folder)
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "nodemailer").symlink_to(MODULES / "nodemailer")
    urllib.request.urlretrieve(f"{server.url}/client.js", folder / "mailtrap.mjs")
    return folder


def test_a_node_app_with_nodemailer_is_tested(project: Path, server: Server) -> None:
    told = run_sample([program("node"), "--test", "shop.test.mjs"], project, server.environment)
    assert "\n# pass 8\n" in told


@pytest.mark.browser
def test_a_sign_up_is_tested_in_a_browser(project: Path, server: Server) -> None:
    chromium = shutil.which("chromium") or program("chromium-browser")
    spec = find_spec("playwright")
    assert spec is not None
    assert spec.origin is not None
    core = Path(spec.origin).parent / "driver" / "package" / "index.js"
    runner = project / "node_modules" / "@playwright" / "test"
    runner.mkdir(parents=True)
    shutil.copy(SAMPLES / "playwright" / "runner.mjs", runner / "index.mjs")
    (runner / "package.json").write_text('{"type": "module", "exports": "./index.mjs"}')
    shutil.copy(SAMPLES / "playwright" / "signup.spec.mjs", project)
    environment = {**server.environment, "PLAYWRIGHT_CORE": str(core), "CHROMIUM": chromium}
    told = run_sample([program("node"), "--test", "signup.spec.mjs"], project, environment)
    assert "\n# pass 2\n" in told
