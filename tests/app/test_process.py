"""The process: ready, readable, gone when asked."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.app.process import Process


def test_it_says_where_it_listens_and_writes_the_ready_file(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    with Process("--ready-file", str(file)) as server:
        ready = json.loads(file.read_text("utf-8"))
        assert ready["pid"] == server.process.pid
        assert ready["http"] == [server.http]
        assert server.get("/readyz") is not None
        assert server.stop() == 0
    assert not file.exists()


def test_sigterm_ends_it_within_two_seconds_with_a_client_in_the_middle() -> None:
    with Process() as server, socket.create_connection(("127.0.0.1", server.smtp)) as client:
        client.sendall(b"HELO c\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@y>\r\nDATA\r\nhalf a mess")
        while b"354" not in client.recv(4096):
            pass
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 2
        assert client.recv(4096).startswith(b"421 4.3.2")


def test_a_busy_port_is_told_with_its_holder_and_nothing_is_started() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holding:
        port = holding.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "mailtrap", "--config", "off", "--http", f"127.0.0.1:{port}",
             "--smtp", "127.0.0.1:0"],
            capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert f"port {port} is in use" in done.stderr
    assert f"(pid {os.getpid()})" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_store_that_is_no_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, and dear to somebody\n" * 50)
    done = subprocess.run(
        [sys.executable, "-m", "mailtrap", "--config", "off", "--store", str(file), "--smtp", "0",
         "--http", "0"],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_text() == "not a database, and dear to somebody\n" * 50


def test_json_logs_are_json() -> None:
    with Process("--log-format", "json", "--log-level", "debug") as server:
        server.stop()
        assert server.process.stderr is not None
        lines = server.process.stderr.read().splitlines()
    assert all("message" in json.loads(line) for line in lines)
