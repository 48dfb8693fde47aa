import json
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run


def test_a_server_that_is_ready_is_told_at_once(run: "Run", api: "Api") -> None:
    api.on("GET", "/readyz", b"")
    ended = run("ready")
    assert (ended.code, ended.out) == (0, f"ready {api.url}\n")


def test_it_waits_until_the_server_is_ready(run: "Run", api: "Api") -> None:
    api.on("GET", "/readyz", {"detail": "starting"}, status=503)
    api.on("GET", "/readyz", b"")
    ended = run("ready", "--json")
    assert ended.code == 0
    told = json.loads(ended.out)
    assert (told["ready"], told["url"]) == (True, api.url)
    assert len(api.asked) == 2


def test_when_the_time_is_over_it_ends_with_3_and_says_what_is_in_the_way(
    run: "Run", api: "Api"
) -> None:
    api.on("GET", "/readyz", {"detail": "the store is being migrated"}, status=503)
    ended = run("ready", "--timeout", "0")
    assert (ended.code, ended.out) == (3, "")
    assert "the store is being migrated" in ended.err


def test_without_a_server_it_ends_with_3(run: "Run") -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    ended = run("ready", "--timeout", "10ms", "--url", url)
    assert ended.code == 3
    assert f"nothing answers at {url}" in ended.err
    ended = run("ready", "--timeout", "0", "--url", url, "--json")
    assert (ended.code, json.loads(ended.out)["ready"]) == (3, False)


def test_a_timeout_that_is_none_is_wrong_usage(run: "Run") -> None:
    ended = run("ready", "--timeout", "soon")
    assert ended.code == 2
    assert "'soon' is not a duration; write it like 10s, 500ms or 2m" in ended.err
