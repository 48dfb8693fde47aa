"""Parameters of MAIL and RCPT: each good, bad, twice, not offered, and in strict mode."""

from dataclasses import replace

import pytest

from mailtrap.smtp.envelope import Params
from mailtrap.smtp.extensions import ALL
from mailtrap.smtp.profile import EVERYDAY, Profile
from tests.smtp.talk import HELLO, MAIL, PLAIN, STRICT, Talk, every_cut

SENDER, TAKEN, BAD, UNKNOWN = "250 2.1.0", "250 2.1.5", "501 5.5.4", "555 5.5.4"

EVERYTHING = replace(
    PLAIN,
    extensions=frozenset(extension.keyword for extension in ALL),
    tls="implicit",
)
EVERYTHING_STRICT = replace(EVERYTHING, strict=True)
RECORDED = {"MTRK", "SUBMITTER", "TRANSID", "SOLICIT", "CONPERM", "CONNEG", "XVERP", "VERP",
            "ALT-ADDRESS"}  # fmt: skip


def mail(params: bytes, profile: Profile = EVERYTHING) -> Talk:
    return every_cut(HELLO + b"MAIL FROM:<a@x.example> " + params + b"\r\n", profile)


def rcpt(params: bytes, profile: Profile = EVERYTHING, sender: bytes = MAIL) -> Talk:
    return every_cut(HELLO + sender + b"RCPT TO:<b@y.example> " + params + b"\r\n", profile)


def taken(session: Talk) -> Params:
    """The parameters that went into the envelope, of the last command."""
    transaction = session.engine.session.transaction
    assert transaction is not None
    recipients = transaction.recipients
    return recipients[-1].params if recipients else transaction.params


GOOD: list[tuple[str, bytes, Params, set[str]]] = [
    ("mail", b"SIZE=0", {"SIZE": "0"}, set()),
    ("mail", b"size=00012", {"SIZE": "12"}, set()),
    ("mail", b"BODY=7BIT", {"BODY": "7BIT"}, set()),
    ("mail", b"body=8bitmime", {"BODY": "8BITMIME"}, set()),
    ("mail", b"BODY=BINARYMIME", {"BODY": "BINARYMIME"}, set()),
    ("mail", b"AUTH=<>", {"AUTH": "<>"}, set()),
    ("mail", b"AUTH=e+3Dmc2@example.com", {"AUTH": "e=mc2@example.com"}, set()),
    ("mail", b"RET=FULL", {"RET": "FULL"}, set()),
    ("mail", b"RET=hdrs", {"RET": "HDRS"}, set()),
    ("mail", b"ENVID=id+2B1", {"ENVID": "id+1"}, set()),
    ("mail", b"ENVID=" + b"x" * 100, {"ENVID": "x" * 100}, set()),
    ("mail", b"ENVID=+C3+BC", {"ENVID": "\u00fc"}, set()),
    ("mail", b"SMTPUTF8", {"SMTPUTF8": None}, set()),
    ("mail", b"REQUIRETLS", {"REQUIRETLS": None}, set()),
    ("mail", b"MT-PRIORITY=-9", {"MT-PRIORITY": "-9"}, set()),
    ("mail", b"MT-PRIORITY=0", {"MT-PRIORITY": "0"}, set()),
    ("mail", b"BY=120;R", {"BY": "120;R"}, set()),
    ("mail", b"BY=-5;nt", {"BY": "-5;NT"}, set()),
    ("mail", b"HOLDFOR=1", {"HOLDFOR": "1"}, set()),
    ("mail", b"HOLDUNTIL=2030-01-31t00:00:00z", {"HOLDUNTIL": "2030-01-31T00:00:00Z"}, set()),
    ("rcpt", b"NOTIFY=NEVER", {"NOTIFY": "NEVER"}, set()),
    ("rcpt", b"NOTIFY=success,Failure,DELAY", {"NOTIFY": "SUCCESS,FAILURE,DELAY"}, set()),
    ("rcpt", b"ORCPT=rfc822;b@y.example", {"ORCPT": "rfc822;b@y.example"}, set()),
    ("rcpt", b"ORCPT=x400;who+20ever", {"ORCPT": "x400;who ever"}, set()),
    ("rcpt", b"RRVS=2014-04-03T23:01:00Z", {"RRVS": "2014-04-03T23:01:00Z"}, set()),
    ("rcpt", b"RRVS=2014-04-03T23:01:00+02:00;R", {"RRVS": "2014-04-03T23:01:00+02:00;R"}, set()),
    ("mail", b"SIZE=1 BODY=7BIT RET=FULL", {"SIZE": "1", "BODY": "7BIT", "RET": "FULL"}, set()),
]


@pytest.mark.parametrize(("verb", "params", "expected", "found"), GOOD)
def test_a_good_parameter_is_kept_and_changes_no_reply(
    verb: str, params: bytes, expected: Params, found: set[str]
) -> None:
    for profile in (EVERYTHING, EVERYTHING_STRICT):
        session = mail(params, profile) if verb == "mail" else rcpt(params, profile)
        assert session.codes[-1] == (SENDER if verb == "mail" else TAKEN)
        assert session.last.endswith(" Ok")
        assert taken(session) == expected
        assert session.ids == found


@pytest.mark.parametrize(
    ("verb", "params"),
    [
        ("mail", b"SIZE"),
        ("mail", b"SIZE="),
        ("mail", b"SIZE=x"),
        ("mail", b"SIZE=-1"),
        ("mail", b"SIZE=\xd9\xa3"),
        ("mail", b"SIZE=" + b"1" * 21),
        ("mail", b"BODY=9BIT"),
        ("mail", b"BODY"),
        ("mail", b"AUTH"),
        ("mail", b"RET=BOTH"),
        ("mail", b"RET"),
        ("mail", b"ENVID=" + b"x" * 101),
        ("mail", b"ENVID"),
        ("mail", b"SMTPUTF8=1"),
        ("mail", b"REQUIRETLS=yes"),
        ("mail", b"BY=10"),
        ("mail", b"BY=0;R"),
        ("mail", b"BY=-1;R"),
        ("mail", b"BY=1234567890;N"),
        ("mail", b"HOLDFOR=0"),
        ("mail", b"HOLDFOR=604801"),
        ("mail", b"HOLDFOR=1x"),
        ("mail", b"HOLDUNTIL=tomorrow"),
        ("mail", b"HOLDUNTIL=2030-02-31T00:00:00Z"),
        ("mail", b"HOLDFOR=1 HOLDUNTIL=2030-01-31T00:00:00Z"),
        ("mail", b"HOLDUNTIL=2030-01-31T00:00:00Z HOLDFOR=1"),
        ("mail", b"SIZE=1 SIZE=1"),
        ("mail", b"SMTPUTF8 smtputf8"),
        ("mail", b"=x"),
        ("mail", b"-A=x"),
        ("mail", b"A_B=x"),
        ("mail", b"SIZE =1"),
        ("rcpt", b"NOTIFY=NEVER,SUCCESS"),
        ("rcpt", b"NOTIFY=ALWAYS"),
        ("rcpt", b"NOTIFY"),
        ("rcpt", b"NOTIFY=SUCCESS NOTIFY=DELAY"),
        ("rcpt", b"ORCPT=rfc822"),
        ("rcpt", b"ORCPT=rfc822;"),
        ("rcpt", b"ORCPT=;b@y"),
        ("rcpt", b"ORCPT=x400;" + b"x" * 501),
        ("rcpt", b"RRVS=2014-04-03"),
        ("rcpt", b"RRVS=2014-04-31T23:01:00Z"),
        ("rcpt", b"RRVS=2014-04-03T23:01:00.5Z"),
    ],
)
def test_a_bad_parameter_is_refused_and_found(verb: str, params: bytes) -> None:
    for profile in (EVERYTHING, EVERYTHING_STRICT):
        session = mail(params, profile) if verb == "mail" else rcpt(params, profile)
        assert session.codes[-1] == BAD
        assert "F-PARAM-SYNTAX" in session.ids
        transaction = session.engine.session.transaction
        assert transaction is None if verb == "mail" else transaction and not transaction.recipients


def test_a_bad_priority_has_a_status_of_its_own() -> None:
    for bad in (b"10", b"-10", b"+1", b"-0", b"x"):
        assert mail(b"MT-PRIORITY=" + bad).codes[-1] == "501 5.5.2"


def test_a_priority_over_zero_needs_authentication() -> None:
    session = mail(b"MT-PRIORITY=3 SIZE=1")
    assert session.last == "250 2.3.6 0 is the new priority"
    assert taken(session) == {"MT-PRIORITY": "0", "SIZE": "1"}
    sent = HELLO + b"AUTH PLAIN AHVzZXIAcGFzcw==\r\nMAIL FROM:<a@x> MT-PRIORITY=3\r\n"
    session = every_cut(sent, EVERYTHING)
    assert session.codes[-1] == SENDER
    assert taken(session) == {"MT-PRIORITY": "3"}


def test_a_lowered_priority_does_not_hide_another_fault() -> None:
    sent = HELLO + b"MAIL FROM:<\xc3\xbc@x> MT-PRIORITY=3\r\n"
    assert every_cut(sent, EVERYTHING_STRICT).codes[-1] == "550 5.6.7"
    assert every_cut(sent, EVERYTHING).codes[-1] == "250 2.3.6"


def test_a_deadline_too_soon_is_refused_where_the_least_was_told() -> None:
    assert mail(b"BY=59;R").codes[-1] == UNKNOWN
    assert mail(b"BY=60;R").codes[-1] == SENDER
    assert mail(b"BY=59;N").codes[-1] == SENDER
    assert mail(b"BY=59;R", PLAIN).codes[-1] == SENDER


def test_a_size_over_the_limit_is_refused_at_once() -> None:
    session = mail(b"SIZE=999999999 BODY=7BIT")
    assert session.last == "552 5.3.4 Message size exceeds fixed maximum message size"
    assert mail(b"SIZE=52428800").codes[-1] == SENDER
    limitless = replace(PLAIN, limits=replace(PLAIN.limits, size=0))
    assert mail(b"SIZE=999999999", limitless).codes[-1] == SENDER


def test_auth_in_brackets_is_forgiven_but_for_strict_mode() -> None:
    session = mail(b"AUTH=<s@x.test>")
    assert session.codes[-1] == SENDER
    assert taken(session) == {"AUTH": "s@x.test"}
    assert session.ids == {"F-PARAM-AUTH-FORM"}
    assert mail(b"AUTH=<s@x.test>", EVERYTHING_STRICT).codes[-1] == BAD


@pytest.mark.parametrize(
    ("value", "kept"), [(b"a+3db", "a=b"), (b"a=b", "a=b"), (b"a+zz", "a+zz"), (b"+", "+")]
)
def test_bad_xtext_is_forgiven_but_for_strict_mode(value: bytes, kept: str) -> None:
    session = mail(b"ENVID=" + value)
    assert session.codes[-1] == SENDER
    assert taken(session) == {"ENVID": kept}
    assert session.ids == {"F-XTEXT"}
    assert mail(b"ENVID=" + value, EVERYTHING_STRICT).codes[-1] == BAD


def test_an_orcpt_that_names_somebody_else_is_found() -> None:
    assert rcpt(b"ORCPT=rfc822;first@y.example").ids == {"F-ORCPT-MISMATCH"}
    assert rcpt(b"ORCPT=rfc822;B@Y.example").ids == set()
    assert rcpt(b"ORCPT=utf-8;other@y.example").ids == {"F-ORCPT-MISMATCH"}
    assert rcpt(b"ORCPT=x400;other").ids == set()


def test_requiretls_in_clear_is_forgiven_but_for_strict_mode() -> None:
    clear = replace(EVERYTHING, tls="starttls")
    session = mail(b"REQUIRETLS", clear)
    assert session.codes[-1] == SENDER
    assert session.ids == {"F-REQUIRETLS-CLEAR"}
    assert mail(b"REQUIRETLS", replace(clear, strict=True)).codes[-1] == "530 5.7.10"


@pytest.mark.parametrize(
    ("verb", "params", "keyword"),
    [
        ("mail", b"SIZE=1", "SIZE"),
        ("mail", b"BODY=8BITMIME", "8BITMIME"),
        ("mail", b"AUTH=<>", "AUTH"),
        ("mail", b"RET=FULL", "DSN"),
        ("mail", b"SMTPUTF8", "SMTPUTF8"),
        ("mail", b"REQUIRETLS", "REQUIRETLS"),
        ("mail", b"MT-PRIORITY=0", "MT-PRIORITY"),
        ("mail", b"BY=120;N", "DELIVERBY"),
        ("mail", b"HOLDFOR=1", "FUTURERELEASE"),
        ("rcpt", b"NOTIFY=NEVER", "DSN"),
        ("rcpt", b"RRVS=2014-04-03T23:01:00Z", "RRVS"),
    ],
)
def test_a_parameter_that_was_not_offered_is_forgiven_but_for_strict_mode(
    verb: str, params: bytes, keyword: str
) -> None:
    hidden = replace(EVERYTHING, extensions=EVERYTHING.extensions - {keyword})
    session = mail(params, hidden) if verb == "mail" else rcpt(params, hidden)
    assert session.codes[-1] == (SENDER if verb == "mail" else TAKEN)
    assert session.ids == {"F-PARAM-UNKNOWN"}
    strict = replace(hidden, strict=True)
    refusing = mail(params, strict) if verb == "mail" else rcpt(params, strict)
    assert refusing.codes[-1] == UNKNOWN


def test_binarymime_has_a_refusal_of_its_own_where_it_was_not_offered() -> None:
    hidden = replace(PLAIN, extensions=EVERYDAY - {"BINARYMIME"})
    session = mail(b"BODY=BINARYMIME", hidden)
    assert session.codes[-1] == SENDER
    assert session.ids == {"F-PARAM-UNKNOWN"}
    assert mail(b"BODY=BINARYMIME", replace(hidden, strict=True)).codes[-1] == "504 5.5.4"


@pytest.mark.parametrize(
    ("params", "kept"),
    [
        (b"XFOO", {"XFOO": None}),
        (b"xfoo=a=b", {"XFOO": "a=b"}),
        (b"XFOO=1 XFOO=2", {"XFOO": "1"}),
        (b"MTRK=abc", {"MTRK": "abc"}),
        (b"SUBMITTER=a+2Bb@x", {"SUBMITTER": "a+b@x"}),
        (b"TRANSID=<1@x>", {"TRANSID": "<1@x>"}),
        (b"SOLICIT=net.example:ADV", {"SOLICIT": "net.example:ADV"}),
        (b"CONPERM", {"CONPERM": None}),
        (b"XVERP", {"XVERP": None}),
        (b"XVERP=+=", {"XVERP": "+="}),
        (b"VERP", {"VERP": None}),
    ],
)
def test_parameters_of_extensions_never_offered_are_written_down(
    params: bytes, kept: Params
) -> None:
    session = mail(params)
    assert session.codes[-1] == SENDER
    assert taken(session) == kept
    assert session.ids == {"F-PARAM-UNKNOWN"}
    assert mail(params, EVERYTHING_STRICT).codes[-1] == UNKNOWN


def test_conneg_of_rcpt_is_written_down() -> None:
    assert taken(rcpt(b"CONNEG")) == {"CONNEG": None}


@pytest.mark.parametrize("verb", ["mail", "rcpt"])
def test_alt_address_is_obsolete(verb: str) -> None:
    session = mail(b"ALT-ADDRESS=a@x") if verb == "mail" else rcpt(b"ALT-ADDRESS=a@x")
    assert session.ids == {"F-PARAM-UNKNOWN", "F-OBSOLETE-EXT"}


def test_a_parameter_after_helo_is_forgiven_but_for_strict_mode() -> None:
    sent = b"HELO x.example\r\nMAIL FROM:<a@x> SIZE=1\r\n"
    session = every_cut(sent)
    assert session.codes == ["250", SENDER]
    assert session.ids == {"F-HELO-ONLY", "F-PARAM-HELO"}
    assert every_cut(sent, STRICT).codes == ["250", UNKNOWN]
    assert "F-PARAM-HELO" not in every_cut(b"HELO x.example\r\n" + MAIL).ids


@pytest.mark.parametrize("params", [b" SIZE=1", b"SIZE=1  RET=FULL", b"SIZE=1\tRET=FULL"])
def test_odd_space_between_parameters_is_forgiven_but_for_strict_mode(params: bytes) -> None:
    session = mail(params)
    assert session.codes[-1] == SENDER
    assert session.ids == {"F-WS"}
    assert mail(params, EVERYTHING_STRICT).codes[-1] in {BAD, "500 5.5.2"}


@pytest.mark.parametrize(
    ("params", "allowance"),
    [(b"", 0), (b" SIZE=1", 26), (b" SIZE=1 BODY=7BIT", 43), (b" AUTH=<>", 500),
     (b" SMTPUTF8", 10)],
)  # fmt: skip
def test_each_parameter_makes_the_limit_of_the_line_larger(params: bytes, allowance: int) -> None:
    limit = 512 + allowance
    fixed = len(b"MAIL FROM:<@a:b@x>\r\n") + len(params)
    for excess in (0, 1):
        route = b"r" * (limit - fixed + excess)
        line = b"MAIL FROM:<@a%s:b@x>%s\r\n" % (route, params)
        assert len(line) == limit + excess
        lenient = every_cut(HELLO + line)
        assert lenient.codes[-1] == SENDER
        assert ("F-CMD-LEN" in lenient.ids) is bool(excess)
    narrow = HELLO + b"MAIL FROM:<a@x> SIZE=1 SMTPUTF8 AUTH=" + b"x" * 1030 + b"\r\n"
    assert every_cut(narrow, STRICT).codes[-1] == "500 5.5.2"


def test_a_reply_never_repeats_more_than_a_little_of_what_was_sent() -> None:
    session = mail(b"RET=" + b"x" * 5000)
    assert len(session.replies[-1].wire) < 512
    (found,) = [f for f in session.findings if f.id == "F-PARAM-SYNTAX"]
    assert len(found.message) < 300
    assert all(len(reply.wire) < 512 for reply in mail(b"x" * 5000 + b"_=1").replies[2:])
