import logging
from pathlib import Path

import pytest

from mailtrap.app.faults import FaultFile, load_rules
from mailtrap.config import Config, ConfigError, load
from mailtrap.faults.codec import parse_line
from mailtrap.faults.moment import Moment
from mailtrap.faults.steps import proposed
from mailtrap.smtp.reply import Reply

A = '[[fault]]\nname = "a"\non = "rcpt"\ndo = "451 later"\n'
B = '[[fault]]\nname = "b"\non = "mail"\ndo = "stall"\n'


def config(folder: Path, text: str | None = None, **flags: object) -> Config:
    if text is not None:
        (folder / "f.toml").write_text(text)
        flags["faults"] = "f.toml"
    return load(flags, {"MAILTRAP_CONFIG": "off"}, folder)


def names(file: FaultFile) -> list[str]:
    return [entry.rule.name for entry in file.book.entries]


def test_rules_come_from_lines_presets_and_the_file(tmp_path: Path) -> None:
    lines = ("rcpt 550 no", "rcpt 550 never", "preset greylist wait=9s")
    rules = load_rules(config(tmp_path, A + B, fault=lines))
    assert [rule.name for rule in rules] == ["rcpt-550", "rcpt-550-2", "greylist", "a", "b"]


@pytest.mark.parametrize(
    ("text", "lines", "words"),
    [
        (None, ("rcpt 999 no",), ("--fault", "999")),
        (None, ("preset greylits",), ("--fault", "did you mean 'greylist'")),
        (None, ("preset ",), ("--fault", "name a preset")),
        (None, ("preset 'x",), ("--fault", "quotation")),
        (A + "x", (), ("f.toml",)),
        (A + A, (), ("'a'",)),
        (A, ("mail stall name=a",), ("'a' is given twice",)),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, text: str | None, lines: tuple[str, ...], words: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigError) as caught:
        FaultFile(config(tmp_path, text, fault=lines), 0.0)
    assert all(word in str(caught.value) for word in words)


def test_a_file_that_is_missing_or_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_rules(config(tmp_path, faults="f.toml"))
    with pytest.raises(ConfigError, match="cannot be read"):
        load_rules(config(tmp_path, faults="none.toml"))


def test_a_reload_changes_only_the_rules_of_the_file(tmp_path: Path) -> None:
    file = FaultFile(config(tmp_path, A + B, fault=("noop stall",)), 0.0)
    file.book.add(parse_line("quit close name=api"), 0.0)
    moment = Moment(stage="rcpt", at=0.0, rcpt="x@x.test")
    file.book.answer(moment, proposed((Reply(250),)))
    (tmp_path / "f.toml").write_text(B.replace('"b"', '"c"') + A)
    file.reload(1.0)
    assert set(names(file)) == {"noop-stall", "c", "a", "api"}
    assert names(file).index("c") < names(file).index("a")
    assert file.book.find("a").counters.acted == 1
    (tmp_path / "f.toml").write_text(A.replace("451", "452"))
    file.reload(2.0)
    assert file.book.find("a").counters.acted == 0
    (tmp_path / "f.toml").write_text("")
    file.reload(3.0)
    assert names(file) == ["noop-stall", "api"]


@pytest.mark.parametrize("text", ["nonsense", A + A, A.replace('"a"', '"api"')])
def test_a_broken_file_leaves_the_old_rules(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    file = FaultFile(config(tmp_path, B), 0.0)
    file.book.add(parse_line("quit close name=api"), 0.0)
    (tmp_path / "f.toml").write_text(text)
    with caplog.at_level(logging.ERROR):
        file.reload(1.0)
    assert names(file) == ["b", "api"]
    assert "stay as they were" in caplog.text


def test_without_a_file_a_reload_is_nothing(tmp_path: Path) -> None:
    file = FaultFile(config(tmp_path, fault=("noop stall",)), 0.0)
    file.reload(1.0)
    assert names(file) == ["noop-stall"]


def test_reserved_addresses_are_on_unless_switched_off(tmp_path: Path) -> None:
    assert FaultFile(config(tmp_path), 0.0).book.reserves("550@fault.test")
    assert not FaultFile(config(tmp_path, reserved=False), 0.0).book.reserves("550@fault.test")
