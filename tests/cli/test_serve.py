import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from mailtrap.cli.serve import clash
from mailtrap.config import OPTIONS, Address, Config, ConfigError

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Config]:
    """What the server was started with; it ends at once with 0."""
    configs: list[Config] = []

    def run(config: Config) -> int:
        configs.append(config)
        return 0

    app = ModuleType("mailtrap.app")
    monkeypatch.setattr(app, "run", run, raising=False)
    monkeypatch.setitem(sys.modules, "mailtrap.app", app)
    return configs


def test_flags_variables_and_toml_make_the_configuration(
    run: "Run", started: list[Config], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mailtrap.toml").write_text('hostname = "toml.test"\n')
    monkeypatch.setenv("MAILTRAP_MAX_LINE", "2000")
    ended = run("--smtp", "0", "--hide", "SIZE", "--hide", "DSN", "--strict", "--no-durable")
    assert (ended.code, ended.err) == (0, "")
    (config,) = started
    assert config.smtp[0] == Address("127.0.0.1", 0)
    assert (config.hide, config.strict, config.durable) == (("SIZE", "DSN"), True, False)
    assert (config.hostname, config.max_line) == ("toml.test", 2000)
    assert config.sources["durable"] == "--durable"


def test_a_mistake_is_one_sentence_and_wrong_usage(run: "Run", started: list[Config]) -> None:
    ended = run("--max-size", "large")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "Error: --max-size: 'large' is not a size; write it like 50MiB, 50MB or 1048576\n"
    )
    assert started == []


def test_a_secret_has_no_flag(run: "Run", started: list[Config]) -> None:
    assert run("--http-password", "s3cret").code == 2
    assert started == []


def test_a_misspelt_variable_is_a_warning(
    run: "Run", started: list[Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILTRAP_HOSTNAMES", "x")
    assert "Warning: MAILTRAP_HOSTNAMES is not a variable" in run().err
    assert len(started) == 1


def test_the_exit_code_is_the_servers(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    app = ModuleType("mailtrap.app")
    monkeypatch.setattr(app, "run", lambda _: 7, raising=False)
    monkeypatch.setitem(sys.modules, "mailtrap.app", app)
    assert run("serve").code == 7


@pytest.mark.usefixtures("started")
def test_another_package_of_the_same_name_is_told(
    run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    both = ["mailtrap", "mailtrap-catcher"]
    monkeypatch.setattr("mailtrap.cli.serve._installed", lambda: both)
    assert "two packages called mailtrap are installed" in run().err
    monkeypatch.setattr("mailtrap.cli.serve._installed", lambda: both[1:])
    assert run().err == ""


@pytest.mark.parametrize(
    ("names", "clashes"),
    [((), False), (("mailtrap",), False), (("mailtrap-catcher", "mailtrap"), True)],
)
def test_only_both_together_clash(names: tuple[str, ...], clashes: bool) -> None:
    assert clash(names) is clashes


def test_help_names_every_option_with_its_variable(run: "Run") -> None:
    shown = " ".join(run("serve", "--help").out.split())
    for row in OPTIONS:
        if not row.toml_only:
            assert f"{row.flag or row.variable} " in shown
            assert f"{row.variable}" in shown
            assert row.help in shown
    for group in ("Listen:", "Store:", "Limits:", "Examples:"):
        assert group in shown


def test_a_broken_fault_rule_ends_with_2_before_anything_listens(
    run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(config: Config) -> int:
        raise ConfigError(f"--fault {config.fault[0]!r}: no such stage")

    monkeypatch.setattr("mailtrap.app.run", refuse)
    ended = run("serve", "--fault", "nonsense")
    assert (ended.code, ended.out) == (2, "")
    assert "--fault 'nonsense': no such stage" in ended.err
