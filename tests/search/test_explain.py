import pytest

from mailtrap.search.criteria import criteria
from mailtrap.search.explain import differing, told
from mailtrap.search.language import parse
from tests.search.made_up import NOW, documents

MAILS = documents()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("subject:invoice to:ann", ""), ("subject:reset to:ann", "subject"),
        ("subject:reset to:bob from:shop", "subject to"), ("-subject:invoice", "subject"),
        ("subject:reset OR from:bob", "subject from"),
        ("subject:reset subject:password", "subject"),
        ("has:link is:unread", "has:link is:unread"), ("nowhere", "words"), ("-4711", "words"),
        ("body:zz text:zz rcpt:zz mailfrom:zz", "body text rcpt mail_from"),
        ("header:X-A header.x-b:c", "header.x-a header.x-b"), ("tag:x in:x", "tag in"),
        ("larger:1G before:2020", "size date"), ("ip:10.0.0.0/8 reply:4xx", "ip reply"),
        ("filename:x link:x code:x list:x", "filename link code list"),
        ("(to:bob cc:bob)", "to cc"),
        ("fault:zz finding:zz addressed:zz deliveredto:zz", "fault finding addressed deliveredto"),
    ],
)  # fmt: skip
def test_what_differs_is_told_by_name(query: str, names: str) -> None:
    assert " ".join(differing(parse(query, now=NOW), MAILS["m01"])) == names


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([], ""),
        (
            [("rcpt", "Ann@example.com"), ("subject", "Reset your password")],
            'to Ann@example.com with subject ~ "Reset your password"',
        ),
        ([("subject", "/reset/"), ("from", "shop@x")], "with subject ~ /reset/ and from = shop@x"),
        ([("rcpt", "a@x"), ("rcpt", "b@x")], "to a@x and b@x"),
        ([("to", "Ann Lee"), ("rcpt", "*@x")], 'to *@x with to = "Ann Lee"'),
        ([("header", "X-A"), ("header", "X-B: c")], 'with header x-a and header x-b ~ "c"'),
        ([("has", "link"), ("is", "read"), ("tag", "a")], "with has:link and is:read and tag a"),
        ([("query", "-a OR (b c)")], 'with (not words ~ "a" or (words ~ "b" and words ~ "c"))'),
        ([("query", 'subject:=""'), ("in", "t-1")], "with no subject and inbox t-1"),
        ([("query", "size:1K")], "with size at least 1024"),
        ([("query", "size:=1K")], "with size at least 1024 and at most 1024"),
        ([("query", "after:2024-01-31")], "with date at least 2024-01-31 00:00:00+00:00"),
        ([("query", "before:2024 smaller:1K")], None),
        ([("ip", "10.0.0.0/8"), ("is", "tagged")], "with ip in 10.0.0.0/8 and a tag"),
        ([("reply", "4xx"), ("mail_from", "<>")], "with reply = 4xx and mail_from = <>"),
        ([("query", "-(a b)"), ("query", "is:read")], None),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_told_in_words(
    pairs: list[tuple[str, str]], words: str | None
) -> None:
    text = told(criteria(pairs, now=NOW))
    assert text == words if words is not None else text.startswith("with ")


def test_a_long_story_is_cut() -> None:
    assert len(told(criteria([("subject", "a" * 1000)], now=NOW))) == 300
