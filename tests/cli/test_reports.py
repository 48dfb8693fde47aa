import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from mailtrap.cli import github, junit
from mailtrap.cli.case import Case

if TYPE_CHECKING:
    from tests.cli.conftest import Api, Run

Row = dict[str, object]

WON: Row = {"ok": True, "reason": None, "cursor": "9", "messages": [], "attempts": []}
LOST: Row = {**WON, "ok": False, "reason": "no-message", "story": "none came\n\nSMTP: <nobody>"}


def test_several_calls_make_one_report(run: "Run", api: "Api", tmp_path: Path) -> None:
    api.on("GET", "/api/wait", WON)
    api.on("GET", "/api/wait", LOST)
    run("wait", "--subject", "Hi", "--junit", "r.xml")
    run("expect", "--junit", "r.xml", "--name", "the code", "--suite", "login")
    root = ElementTree.parse(tmp_path / "r.xml").getroot()
    assert root.attrib | {"time": ""} == {
        "tests": "2",
        "failures": "1",
        "errors": "0",
        "skipped": "0",
        "time": "",
    }
    first, second = root.iter("testcase")
    assert (first.get("classname"), first.get("name")) == ("mailtrap", "wait subject=Hi")
    assert (second.get("classname"), second.get("name")) == ("login", "the code")
    (failure,) = second
    assert (failure.tag, failure.get("type"), failure.get("message"), failure.text) == (
        "failure",
        "no-message",
        "none came",
        "none came\n\nSMTP: <nobody>",
    )


def test_a_server_that_does_not_answer_is_an_error_in_the_report(
    run: "Run", api: "Api", tmp_path: Path
) -> None:
    api.on("GET", "/api/wait", {"detail": "No."}, status=500)
    assert run("wait", "--junit", "r.xml").code == 3
    (case,) = ElementTree.parse(tmp_path / "r.xml").getroot().iter("testcase")
    (error,) = case
    assert (error.tag, error.get("message")) == ("error", "No.")


def test_what_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "r.xml"
    junit.add(file, "s\x00", [Case("n\x1b", 0.0, "no-message", "a\x00b\ud800 \ufffe")])
    (case,) = ElementTree.parse(file).getroot().iter("testcase")
    assert case.get("name") == "n\ufffd"
    assert case[0].text == "a\ufffdb\ufffd \ufffd"


def test_a_report_of_another_program_is_added_to(tmp_path: Path) -> None:
    file = tmp_path / "r.xml"
    file.write_text('<testsuite name="x"><testcase name="a"><failure/></testcase></testsuite>')
    junit.add(file, "x", [Case("b", 1.5)])
    root = ElementTree.parse(file).getroot()
    assert [case.get("name") for case in root.iter("testcase")] == ["a", "b"]
    assert (root.get("tests"), root.get("failures"), root.get("time")) == ("2", "1", "1.500")


@pytest.mark.parametrize("content", ["no xml", "<html/>"])
def test_a_file_that_is_no_report_is_left_alone(
    run: "Run", api: "Api", tmp_path: Path, content: str
) -> None:
    api.on("GET", "/api/wait", WON)
    (tmp_path / "r.xml").write_text(content)
    ended = run("wait", "--junit", "r.xml")
    assert ended.code == 1
    assert "the report cannot be written: r.xml is no" in ended.err
    assert (tmp_path / "r.xml").read_text() == content


def test_calls_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "r.xml"
    script = (
        "import sys; from pathlib import Path\n"
        "from mailtrap.cli.junit import add; from mailtrap.cli.case import Case\n"
        "for at in range(10): add(Path(sys.argv[1]), 's', [Case(sys.argv[2] + str(at), 0.0)])\n"
    )
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(file), name], cwd=root)
        for name in "abcd"
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    names = [case.get("name") for case in ElementTree.parse(file).getroot().iter("testcase")]
    assert len(set(names)) == 40


def test_github_is_told_on_standard_error_and_in_the_summary(
    run: "Run", api: "Api", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    api.on("GET", "/api/wait", WON)
    api.on("GET", "/api/wait", LOST)
    assert "::error" not in run("wait", "--github", "--name", "a").err
    ended = run("wait", "--github", "--name", "b, 100%: c")
    assert ended.out == ""
    assert ended.err.splitlines()[-1] == (
        "::error title=mailtrap%3A b%2C 100%25%3A c::none came%0A%0ASMTP: <nobody>"
    )
    summary = (tmp_path / "summary.md").read_text()
    assert re.match(r"- ✅ a \(\d+\.\d s\)\n", summary)
    assert "\n- ❌ b, 100%: c (no-message)\n\n```text\nnone came\n" in summary


def test_github_without_a_summary_is_told_all_the_same(
    run: "Run", api: "Api", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    api.on("GET", "/api/wait", LOST)
    assert "::error title=" in run("wait", "--github").err


def test_mail_does_not_break_out_of_the_summary(tmp_path: Path) -> None:
    file = tmp_path / "s.md"
    case = Case("x [a](b) <img>", 0.0, "no-message", "a\n````\n# b")
    github.tell([case], summary=str(file))
    lines = file.read_text().splitlines()
    assert lines[0] == "- ❌ x \\[a\\](b) \\<img\\> (no-message)"
    assert lines[2] == "`````text"
    assert lines.count("`````") == 1
