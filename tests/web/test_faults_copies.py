"""What one copies of a rule makes the same rule where it is pasted."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from mailtrap.client.client import Client
from mailtrap.faults.codec import parse_rule, parse_toml, rule_to_data
from mailtrap.faults.presets import PRESETS, preset
from mailtrap.testing.thread import ServerThread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailtrap.client.inbox import FaultHandle, Inbox
    from mailtrap.faults.rules import Rule

NODE = shutil.which("node")
RULES_JS = Path(__file__).parents[2] / "web" / "js" / "rules.js"
SCRIPT = """
const { tomlOf, pythonOf, curlOf } = await import(process.argv[1]);
const rules = JSON.parse(process.argv[2]);
const told = rules.map((rule) => [tomlOf(rule), pythonOf(rule), curlOf(rule, process.argv[3])]);
console.log(JSON.stringify(told));
"""
URL = "http://127.0.0.1:8025/x/api/faults"

RULES: tuple[dict[str, Any], ...] = (
    {"on": "rcpt", "do": "451 4.7.1 Later", "when": {"rcpt": "*@b.test"}, "times": 2},
    {"on": ["mail", "rcpt"], "do": ["delay 500ms", '450 4.2.1 It\'s "busy" /o/', "close"]},
    {"on": "message", "do": "duplicate 3", "when": {"subject": "ü*", "header.X-Foo": "/a\\d+/"}},
    {"on": "helo", "do": ["hide STARTTLS", 'advertise "SIZE 10" "X-A"'], "continue": True},
    {"on": "rcpt", "do": "550 4.2.2 No", "mismatch": True, "inbox": "gw3", "enabled": False},
    {"on": "rcpt", "do": '550 5.1.1 "One\\nTwo {rcpt}"', "chance": 0.5, "seed": 7, "per": "ip"},
    {"on": "mail", "do": "451", "rate": "20/1m", "wait": "5s", "expires": "10m", "after": 1},
    {
        "on": "greeting",
        "do": 'raw "\\xff\\0 $HOME `id`\\r\\n"',
        "when": {"tls": False, "ip": "::/0"},
    },
    {"on": "message", "do": "bounce delayed after 2s", "when": {"query": 'subject:"a b" -is:read'}},
)

pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node on this machine")


def rules() -> list[Rule]:
    """The rules above, and every preset as it is."""
    return [parse_rule(data) for data in RULES] + [preset(name, {}) for name in PRESETS]


@pytest.fixture(scope="module")
def copies() -> list[tuple[str, str, str]]:
    """Each of the rules as TOML, as Python, for curl."""
    assert NODE
    told = json.dumps([rule_to_data(rule) for rule in rules()])
    command = [NODE, "--input-type=module", "-e", SCRIPT, str(RULES_JS), told, URL]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return [(toml, python, curl) for toml, python, curl in json.loads(run.stdout)]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """The client of a whole server."""
    thread = ServerThread()
    yield Client(thread.start())
    thread.stop()


def test_toml_is_read_back_as_the_same_rule(copies: list[tuple[str, str, str]]) -> None:
    for rule, (toml, _, _) in zip(rules(), copies, strict=True):
        assert list(parse_toml(toml, source="copied")) == [rule]


def test_curl_posts_the_same_rule(copies: list[tuple[str, str, str]]) -> None:
    for rule, (_, _, curl) in zip(rules(), copies, strict=True):
        words = shlex.split(curl)
        assert words[:4] == ["curl", "-X", "POST", URL]
        assert parse_rule(json.loads(words[-1])) == rule


class Told:
    """An inbox that notes the rules that the server made of its faults."""

    def __init__(self, inbox: Inbox, client: Client) -> None:
        self.inbox = inbox
        self.client = client
        self.rules: list[Rule] = []

    def fault(self, **words: object) -> FaultHandle:
        handle = self.inbox.fault(**words)  # type: ignore[arg-type]  # as a test passes them
        self.rules.append(parse_rule(_rule_of(self.client.url, handle.name)))
        return handle


def _rule_of(url: str, name: str) -> dict[str, object]:
    with urlopen(f"{url}/api/faults/{name}") as response:
        told: dict[str, object] = json.load(response)["rule"]
    return told


def test_python_makes_the_same_rule_in_the_inbox_of_the_test(
    copies: list[tuple[str, str, str]], client: Client
) -> None:
    inbox = Told(client.inbox(), client)
    for _, python, _ in copies:
        space: dict[str, Any] = {}
        exec(compile(python, "copied", "exec"), space)
        space["test_mail_that_fails"](inbox)
    made = [replace(rule, name="", inbox=None) for rule in inbox.rules]
    assert made == [replace(rule, name="", inbox=None) for rule in rules()]
    assert {rule.inbox for rule in inbox.rules} == {inbox.inbox.name}


def test_the_python_is_as_people_write_it(copies: list[tuple[str, str, str]]) -> None:
    assert copies[0][1] == (
        "def test_mail_that_fails(mailtrap_inbox):\n"
        "    with mailtrap_inbox.fault(\n"
        '        stage="rcpt",\n'
        '        reply="451 4.7.1 Later",\n'
        '        rcpt="*@b.test",\n'
        "        times=2,\n"
        "    ) as fault:\n"
        "        ...  # what sends mail to mailtrap_inbox.address\n"
    )
