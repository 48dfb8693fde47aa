"""A missing client is a skip for a person and a failure for CI."""

from pathlib import Path

import pytest

from tests.interop.programs import Run, cache, need, need_file


@pytest.fixture(params=["", "true"])
def outcome(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> type[BaseException]:
    """What a missing client raises with and without CI."""
    monkeypatch.setenv("CI", request.param)
    return pytest.fail.Exception if request.param else pytest.skip.Exception


def test_a_missing_program_is_named_with_its_package(outcome: type[BaseException]) -> None:
    with pytest.raises(outcome, match=r"no-such-program is missing: .*package of-debian"):
        need("no-such-program", "of-debian")


def test_a_missing_file_is_named_with_its_package(
    outcome: type[BaseException], tmp_path: Path
) -> None:
    with pytest.raises(outcome, match=r"no-such-file is missing: .*package of-debian"):
        need_file(tmp_path / "no-such-file", "of-debian")


def test_what_is_there_is_found(tmp_path: Path) -> None:
    assert Path(need("sh", "dash")).is_absolute()
    assert need_file(tmp_path, "none") == tmp_path


def test_the_folder_of_what_is_unpacked_can_be_chosen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("MAILTRAP_INTEROP", raising=False)
    assert cache() == tmp_path / "mailtrap-interop"
    monkeypatch.setenv("MAILTRAP_INTEROP", str(tmp_path / "elsewhere"))
    assert cache() == tmp_path / "elsewhere"


def test_a_program_runs_in_an_empty_home_and_its_failure_is_told(run: Run, tmp_path: Path) -> None:
    assert run("sh", "-c", "echo $HOME $A; cat", content=b"in", A="b").stdout == (
        f"{tmp_path} b\nin".encode()
    )
    assert run("sh", "-c", "exit 3", code=3).returncode == 3
    with pytest.raises(AssertionError, match="why"):
        run("sh", "-c", "echo why >&2; exit 1")
