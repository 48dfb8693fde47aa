from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.search.language import parse
from mailtrap.search.matching import header_holds, holds, line_holds, network_holds
from mailtrap.search.tree import EVERYTHING, All, Any, Mode, Not, Read, Tagged
from tests.search.made_up import NOW, made_up

LINES = "\nann@example.com\nann lee <ann@example.com>\n"


@pytest.mark.parametrize(
    ("mode", "value", "found"),
    [
        ("contains", "lee", True), ("contains", "", True), ("contains", "bob", False),
        ("contains", "com ann", False), ("equals", "ann@example.com", True), ("equals",
        "ann", False),
        ("equals", "", False), ("glob", "ann@*", True), ("glob", "*", True), ("glob", "ann", False),
        ("glob", "*@example.co?", True), ("glob", "ann@*.org", False), ("glob", "[a]*", False),
        ("regex", "^ann@", True), ("regex", "com$", True), ("regex", "COM.ann", False),
        ("regex", "LEE", True), ("regex", "", True), ("regex", r"\Aann lee", True),
    ],
)  # fmt: skip
def test_a_value_is_looked_for_line_by_line(mode: Mode, value: str, found: bool) -> None:
    assert line_holds(LINES, mode, value) is found


@pytest.mark.parametrize("mode", ["contains", "equals", "glob", "regex"])
def test_nothing_is_found_in_nothing(mode: Mode) -> None:
    assert not line_holds("", mode, "")
    assert not line_holds("", mode, "*" if mode == "glob" else "")


HEADERS = "\nx-a: one\nx-ab: two\nx-a: three\nx-empty:\nsubject: x-b: four\n"


@pytest.mark.parametrize(
    ("name", "mode", "value", "found"),
    [
        ("x-a", "contains", None, True), ("x-b", "contains", None, False),
        ("x-a", "equals", "three", True), ("x-a", "contains", "two", False),
        ("x-a", "regex", "^thr", True), ("x-a", "glob", "t*e", True), ("x-empty", "equals",
        "", True),
        ("x-empty", "contains", None, True), ("x-empty", "contains", "a", False),
        ("x-a", "contains", "", True), ("x", "contains", None, False),
    ],
)  # fmt: skip
def test_a_header_field_is_found_by_name_and_value(
    name: str, mode: Mode, value: str | None, found: bool
) -> None:
    assert header_holds(HEADERS, name, mode, value) is found


@pytest.mark.parametrize(
    ("line", "found"),
    [("10.1.2.3", True), ("::ffff:10.1.2.3", True), ("11.0.0.1", False), ("host", False),
    ("", False)],
)  # fmt: skip
def test_an_address_is_in_a_network(line: str, found: bool) -> None:
    assert network_holds(f"\n{line}\n" if line else "", ip_network("10.0.0.0/8")) is found


def test_trees_are_and_or_and_not() -> None:
    mail = made_up("Subject: a\n\n", tags=("Paid",))
    yes, no = Read(False), Read(True)
    assert holds(EVERYTHING, mail)
    assert holds(All((yes, yes)), mail)
    assert not holds(All((yes, no)), mail)
    assert holds(Any((no, yes)), mail)
    assert not holds(Any(()), mail)
    assert holds(Not(no), mail)
    assert holds(Tagged("paid"), mail)
    assert not holds(Tagged("unpaid"), mail)


@given(st.text(st.characters(), min_size=1, max_size=30))
def test_a_mail_is_found_by_its_subject_whatever_it_is(subject: str) -> None:
    whole = " ".join(subject.split()).replace("\\", "").replace('"', "")
    mail = made_up(f"Subject: {whole}\n\n".encode("utf-8", "replace").decode())
    told = mail.texts.get("subject", "").strip()
    if told:
        assert holds(parse(f'subject:"{told}"', now=NOW), mail)
        assert holds(parse(f'subject:="{told}"', now=NOW), mail)
    else:
        assert holds(parse('subject:=""', now=NOW), mail)
