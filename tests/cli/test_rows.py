import pytest

from mailtrap.cli.rows import few, local_time, mailboxes, message_line, number, record, text, texts
from mailtrap.client import ClientError, Json


def test_a_member_of_another_type_counts_as_empty() -> None:
    row: dict[str, Json] = {"id": 7, "size": "x", "rcpt": ["a", 7, None, "b\x1b"], "to": None}
    assert text(row, "id") == ""
    assert number(row, "size") == number(row, "nothing") == 0
    assert texts(row, "rcpt") == ("a", "b\\x1b")
    assert texts(row, "to") == ()


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_what_is_no_object_is_an_error_of_the_server(value: Json) -> None:
    with pytest.raises(ClientError, match="not as mailtrap does"):
        record(value)


def test_mailboxes_are_told_as_in_a_header_field() -> None:
    value: dict[str, Json] = {
        "to": [{"name": "Ann\n", "address": "a@a.test"}, {"name": "", "address": "b@b.test"}]
    }
    assert mailboxes(value, "to") == "Ann\\x0a <a@a.test>, b@b.test"


def test_the_null_reverse_path_is_told_as_it_is_written() -> None:
    row: dict[str, Json] = {"envelope": {"mail_from": "", "rcpt_to": []}}
    assert message_line(row).sender == "<>"


def test_of_many_recipients_few_are_told() -> None:
    assert [few(("a",) * number) for number in (0, 2, 3)] == ["", "a, a", "a, a +1"]


@pytest.mark.parametrize("time", ["", "yesterday", "2026-13-01T00:00:00Z"])
def test_a_time_that_cannot_be_read_is_shown_as_it_is(time: str) -> None:
    assert local_time(time) == time
