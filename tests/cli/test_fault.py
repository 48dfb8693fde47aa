import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mailtrap.faults.presets import PRESETS

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

RULE = "rcpt *@x.test 451 4.7.1 Try later times=2"
LISTED = {"name": "a", "line": RULE, "active": True, "matched": 3, "acted": 2}
TOML = '[[fault]]\nname = "a"\non = "rcpt"\ndo = "550 no"\n[[fault]]\non = "mail"\ndo = "stall"\n'


def test_lines_are_added_and_their_names_printed(run: "Run", api: "Api") -> None:
    api.on("POST", "/api/faults", {"name": "rcpt-451"})
    ended = run("fault", "add", RULE, "mail stall")
    assert (ended.code, ended.out) == (0, "rcpt-451\nrcpt-451\n")
    assert [json.loads(asked.body) for asked in api.asked] == [
        {"line": RULE},
        {"line": "mail stall"},
    ]


def test_the_tables_of_a_file_are_added(run: "Run", api: "Api", tmp_path: Path) -> None:
    api.on("POST", "/api/faults", {"name": "a"})
    (tmp_path / "f.toml").write_text(TOML)
    assert run("fault", "add", "--toml", "f.toml").code == 0
    assert [json.loads(asked.body)["line"] for asked in api.asked] == [
        "rcpt 550 no name=a",
        "mail stall",
    ]


def test_a_preset_is_added_with_its_parameters(run: "Run", api: "Api") -> None:
    api.on("POST", "/api/faults", {"name": "greylist"})
    ended = run("fault", "add", "--preset", "greylist", "provider=rspamd", "wait=9s")
    assert ended.code == 0
    line = json.loads(api.asked[0].body)["line"]
    assert line == "rcpt 451 4.7.1 Try again later name=greylist wait=9s per=triplet"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("mail stall", "rcpt 999 no"), "999"),
        (("--preset", "greylits"), "did you mean 'greylist'"),
        (("--preset", "greylist", "wait"), "key=value"),
        ((), "give a LINE"),
        (("mail stall", "--toml", "f.toml"), "--toml goes with nothing else"),
    ],
)
def test_a_mistake_ends_with_2_and_nothing_is_added(
    run: "Run", api: "Api", arguments: tuple[str, ...], words: str
) -> None:
    ended = run("fault", "add", *arguments)
    assert ended.code == 2
    assert words in ended.err
    assert api.asked == []


def test_a_file_that_is_not_there_ends_with_1(run: "Run") -> None:
    ended = run("fault", "add", "--toml", "none.toml")
    assert (ended.code, "none.toml cannot be read" in ended.err) == (1, True)


def test_rules_are_listed_with_tabs_or_as_a_table(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/faults", {"faults": [LISTED]})
    assert run("fault", "list").out == f"a\tactive\t2/3\t{RULE}\n"
    assert run("fault", "list", terminal=True).out == f"a  active  2/3  {RULE}\n"
    assert json.loads(run("fault", "list", "--json").out) == {"faults": [LISTED]}


def test_a_rule_is_shown(run: "Run", api: "Api") -> None:
    api.on("GET", "/api/faults/a", LISTED)
    assert json.loads(run("fault", "show", "a").out) == LISTED


def test_an_unknown_rule_ends_with_1(run: "Run") -> None:
    assert run("fault", "show", "b").code == 1


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (("enable", "a"), ("PATCH", "/api/faults/a", b'{"enabled": true}')),
        (("disable", "a"), ("PATCH", "/api/faults/a", b'{"enabled": false}')),
        (("clear",), ("DELETE", "/api/faults", b"")),
        (("pause",), ("PATCH", "/api/faults", b'{"paused": true}')),
        (("resume",), ("PATCH", "/api/faults", b'{"paused": false}')),
        (("rm", "a"), ("DELETE", "/api/faults/a", b"")),
    ],
)
def test_rules_are_changed(
    run: "Run", api: "Api", arguments: tuple[str, ...], asked: tuple[str, str, bytes]
) -> None:
    api.on(asked[0], asked[1], {})
    assert run("fault", *arguments).code == 0
    assert [(one.method, one.path, one.body) for one in api.asked] == [asked]


def test_those_of_an_inbox_are_cleared(run: "Run", api: "Api") -> None:
    api.on("DELETE", "/api/faults", {})
    run("fault", "clear", "--inbox", "a")
    assert api.asked[0].query == {"inbox": "a"}


def test_presets_are_told_without_a_server(run: "Run", api: "Api") -> None:
    assert len(run("fault", "presets").out.splitlines()) == len(PRESETS)
    told = run("fault", "presets", "greylist").out
    assert "provider=rspamd: rcpt 451 4.7.1 Try again later" in told
    assert "copies=2" in run("fault", "presets", "duplicate").out
    assert run("fault", "presets", "nonsense").code == 2
    assert api.asked == []


def rehearse(
    run: "Run", monkeypatch: pytest.MonkeyPatch, dialogue: str, *rules: str
) -> tuple[int, list[str]]:
    monkeypatch.setattr("sys.stdin", io.StringIO(dialogue))
    ended = run("fault", "test", *rules, "--dialogue", "-")
    return ended.code, (ended.out + ended.err).splitlines()


def test_a_dialogue_is_played(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = "C: HELO c\nS: ignored\nMAIL FROM:<a@x.test>\nRCPT TO:<b@x.test>\nRCPT TO:<b@x.test>"
    code, told = rehearse(run, monkeypatch, dialogue, "rcpt delay 2s ; 451 4.7.1 Later times=1")
    assert code == 0
    assert told[-5:] == [
        "*: the rule rcpt-delay acts at rcpt",
        "*: wait 2 s",
        "S: 451 4.7.1 Later",
        "C: RCPT TO:<b@x.test>",
        "S: 250 2.1.5 Ok",
    ]


def test_time_goes_by_when_told_and_a_new_session_is_one(
    run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogue = "HELO c\n* wait 1m\nHELO c\n* connect\nHELO c\nNOOP"
    rules = ("helo 450 no wait=30s", "helo close session_nth=2")
    code, told = rehearse(run, monkeypatch, dialogue, *rules)
    assert (code, told.count("S: 450 no")) == (0, 1)
    assert told[-4:] == [
        "*: the rule helo-close acts at helo",
        "*: the connection is closed (FIN)",
        "C: NOOP",
        "*: the session is over",
    ]


def test_what_becomes_of_the_message_is_told(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = "HELO c\nMAIL FROM:<a@x.test>\nRCPT TO:<b@x.test>\nDATA\nSubject: hi\n\n.\n"
    for rule, words in {
        "message keep ; reset": "*: the message is stored, whatever is replied",
        "message duplicate 3 subject=hi": "*: the message is stored 3 times",
        "message discard": "*: the message is not stored, whatever is replied",
        "message bounce after 2s 550 no": "*: failed report after 2 s",
        "message hold 2s": "*: the message is stored 2 s later",
        "connect blackhole 5s": "*: connections get no answer for 5 s",
        "data cut 10 then reset": "*: after 10 octets of content the connection is reset (RST)",
        "message garble nul": "S: the octets b'250 \\x002.0.0 Ok: queued as ID\\r\\n'",
    }.items():
        assert words in rehearse(run, monkeypatch, dialogue, rule)[1]


def test_under_prdr_each_recipient_is_answered(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    recipients = "RCPT TO:<b@x.test>\nRCPT TO:<c@x.test>"
    dialogue = f"EHLO c\nMAIL FROM:<a@x.test> PRDR\n{recipients}\nDATA\nSubject: hi\n\n.\n"
    _, told = rehearse(run, monkeypatch, dialogue, "message 550 5.7.1 No rcpt=c@x.test")
    assert told[-5:] == [
        "*: the rule message-550 acts at message",
        "S: 353 Replies for each recipient follow",
        "S: 250 2.1.5 <b@x.test> Ok",
        "S: 550 5.7.1 No",
        "S: 250 2.0.0 Ok: queued as ID",
    ]


def test_a_declared_size_is_known_at_mail(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = "EHLO c\nMAIL FROM:<a@x.test> SIZE=11\n"
    assert rehearse(run, monkeypatch, dialogue, "mail 552 big size_over=10")[1][-1] == "S: 552 big"
    assert rehearse(run, monkeypatch, dialogue, "mail 552 big size_over=11")[1][-1] != "S: 552 big"


@pytest.mark.parametrize(("rule", "dialogue"), [("rcpt 999 no", ""), ("mail stall", "* dance")])
def test_a_mistake_in_a_rehearsal_ends_with_2(
    run: "Run", monkeypatch: pytest.MonkeyPatch, rule: str, dialogue: str
) -> None:
    assert rehearse(run, monkeypatch, dialogue, rule)[0] == 2
