import pytest

from mailtrap.search.attempts import for_attempts
from mailtrap.search.describe import Facts, describe_attempt
from mailtrap.search.language import QueryError, parse
from mailtrap.search.matching import holds
from tests.search.made_up import NOW

REFUSED = describe_attempt(
    Facts(
        size=0,
        received_at=NOW,
        inboxes=("t-1",),
        session="s1",
        listener="smtp",
        verdict="refused",
        replies=("451 4.7.1 Greylisted",),
        rules=("greylist",),
    ),
    "shop@example.com",
    ["ann@example.com", "bob@example.com"],
)


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("rcpt:ann@example.com", True), ("rcpt:eve@example.com", False), ("mailfrom:shop", True),
        ("session:s1 listener:smtp", True), ("reply:451", True), ("reply:5xx", False),
        ("fault:greylist", True), ("has:fault", True), ("is:refused", True), ("is:accepted", False),
        ("-is:accepted in:t-1", True), ("ann", True), ("greylisted", False), ("bob OR eve", True),
        ("after:2024-02-10", True), ("/^ann@/", True), ("", True),
        ("deliveredto:ann@example.com", True),
    ],
)  # fmt: skip
def test_an_attempt_is_found_by_what_it_knows(query: str, matches: bool) -> None:
    assert holds(for_attempts(parse(query, now=NOW)), REFUSED) is matches


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("subject:a", 'subject ~ "a"'), ("has:link", "has:link"), ("is:tls", "is:tls"),
        ("header:X-A", "header x-a"), ("ip:127.0.0.1", "ip in 127.0.0.1/32"), ("larger:1", "size"),
        ("is:unread", "is:unread"), ("tag:a", "tag a"), ("rcpt:a -body:b", "body"),
        ("(a OR to:b)", "to"),
    ],
)  # fmt: skip
def test_what_no_attempt_has_is_refused(query: str, asked: str) -> None:
    with pytest.raises(QueryError, match="an attempt cannot be asked for") as caught:
        for_attempts(parse(query, now=NOW))
    assert asked in caught.value.message


def test_the_null_sender_is_told_as_such() -> None:
    document = describe_attempt(Facts(size=0, received_at=NOW), "", [])
    assert document.texts["reverse_path"] == "\n<>\n"
