import socket
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

EMPTY: dict[str, object] = {"messages": [], "older": None, "total": 0, "cursor": 0}


@pytest.fixture
def nowhere() -> str:
    """The URL of a port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize(
    "arguments",
    [("list",), ("get",), ("get", "x", "--raw"), ("tail", "--patience", "0"), ("delete", "--all")],
)
def test_without_a_server_it_ends_with_3_and_says_what_to_do(
    run: "Run", nowhere: str, arguments: tuple[str, ...]
) -> None:
    ended = run(*arguments, "--url", nowhere)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        f"Error: nothing answers at {nowhere} (Connection refused); start it with "
        "`mailtrap serve`, or name another with --url or MAILTRAP_URL\n"
    )


def test_a_flag_goes_over_the_variable(run: "Run", api: "Api", nowhere: str) -> None:
    api.on("GET", "/api/messages", EMPTY)
    assert run("list", "--url", api.url).code == 0
    assert run("list").code == 0
    assert run("list", "--url", nowhere).code == 3


def test_what_is_no_url_is_wrong_usage(run: "Run") -> None:
    ended = run("list", "--url", "ftp://x")
    assert ended.code == 2
    assert "--url: 'ftp://x' is not the address of a server" in ended.err


def test_secrets_come_from_the_environment(
    run: "Run", api: "Api", monkeypatch: pytest.MonkeyPatch
) -> None:
    api.on("GET", "/api/messages", EMPTY)
    monkeypatch.setenv("MAILTRAP_HTTP_PASSWORD", "s3cret")
    run("list")
    monkeypatch.setenv("MAILTRAP_TOKEN", "t0ken")
    run("list")
    basic = f"Basic {b64encode(b':s3cret').decode()}"
    assert [one.authorization for one in api.asked] == [basic, "Bearer t0ken"]


def test_a_refusal_for_want_of_a_password_says_which_variables(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/messages", {"detail": "A password is needed."}, status=401)
    ended = run("list")
    assert ended.code == 1
    assert "A password is needed. (set MAILTRAP_HTTP_PASSWORD or MAILTRAP_TOKEN)" in ended.err


def test_what_the_server_says_cannot_drive_the_terminal(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/messages", {"detail": "\x1b[2J"}, status=400)
    assert "\\x1b[2J" in run("list").err
