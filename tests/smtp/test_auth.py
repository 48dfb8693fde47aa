"""AUTH (RFC 4954): every mechanism accepted, refused, cancelled and malformed."""

import base64
from dataclasses import replace

import pytest

from mailtrap.smtp.profile import CHECKED_MECHANISMS, EVERYDAY, OPEN_MECHANISMS, Limits
from mailtrap.smtp.sasl import Identity
from tests.smtp.talk import HELLO, MAIL, PLAIN, RCPT, STRICT, Talk, every_cut, talk

ALL = (*CHECKED_MECHANISMS, "EXTERNAL", "ANONYMOUS")
OPEN = replace(PLAIN, mechanisms=ALL)
CHECKED = replace(PLAIN, mechanisms=ALL, users={"user": "pass", "ünï": "gehëim"})
IMPLICIT = replace(PLAIN, tls="implicit")

PASSED, WRONG, UNDECODABLE, CANCELLED = "235 2.7.0", "535 5.7.8", "501 5.5.2", "501 5.7.0"


def b64(octets: bytes) -> bytes:
    return base64.b64encode(octets)


def lines(*words: bytes) -> bytes:
    return b"".join(word + b"\r\n" for word in words)


def identity(session: Talk) -> Identity | None:
    return session.engine.session.identity


PLAIN_OK = b64(b"\0user\0pass")
X_OK = b64(b"user=user\1auth=Bearer pass\1\1")
O_OK = b64(b"n,a=user,\1host=h\1port=25\1auth=Bearer pass\1\1")
O_USER = b64(b"n,user=user,\1auth=Bearer pass\1\1")

ACCEPTED: list[tuple[tuple[bytes, ...], list[str], Identity]] = [
    ((b"AUTH PLAIN " + PLAIN_OK,), [], Identity("PLAIN", "user", "pass")),
    ((b"AUTH PLAIN", PLAIN_OK), ["334"], Identity("PLAIN", "user", "pass")),
    ((b"AUTH PLAIN " + b64(b"boss\0user\0pass"),), [], Identity("PLAIN", "user", "pass", "boss")),
    ((b"AUTH PLAIN " + b64("\0ünï\0gehëim".encode()),), [], Identity("PLAIN", "ünï", "gehëim")),
    ((b"AUTH LOGIN", b64(b"user"), b64(b"pass")), ["334", "334"],
     Identity("LOGIN", "user", "pass")),
    ((b"AUTH login " + b64(b"user"), b64(b"pass")), ["334"], Identity("LOGIN", "user", "pass")),
    ((b"AUTH XOAUTH2 " + X_OK,), [], Identity("XOAUTH2", "user", "pass")),
    ((b"AUTH XOAUTH2", X_OK), ["334"], Identity("XOAUTH2", "user", "pass")),
    ((b"AUTH OAUTHBEARER " + O_OK,), [], Identity("OAUTHBEARER", "user", "pass")),
    ((b"AUTH OAUTHBEARER", O_OK), ["334"], Identity("OAUTHBEARER", "user", "pass")),
    ((b"AUTH OAUTHBEARER " + O_USER,), [], Identity("OAUTHBEARER", "user", "pass")),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "between", "who"), ACCEPTED)
def test_right_credentials_are_accepted(
    sent: tuple[bytes, ...], between: list[str], who: Identity
) -> None:
    for profile in (OPEN, CHECKED, replace(CHECKED, strict=True)):
        session = every_cut(HELLO + lines(*sent), profile)
        assert session.codes[1:] == [*between, PASSED]
        assert identity(session) == who
        assert session.ids == {"F-AUTH-CLEAR"}


@pytest.mark.parametrize(
    ("sent", "between"),
    [
        ((b"AUTH PLAIN " + b64(b"\0user\0wrong"),), []),
        ((b"AUTH PLAIN " + b64(b"\0nobody\0pass"),), []),
        ((b"AUTH PLAIN " + b64(b"\0nobody\0"),), []),
        ((b"AUTH LOGIN", b64(b"user"), b64(b"wrong")), ["334", "334"]),
        ((b"AUTH LOGIN", b"", b""), ["334", "334"]),
        ((b"AUTH CRAM-MD5", b64(b"user " + b"0" * 32)), ["334"]),
        ((b"AUTH CRAM-MD5", b64(b"nobody " + b"0" * 32)), ["334"]),
        ((b"AUTH XOAUTH2 " + b64(b"user=user\1auth=Bearer wrong\1\1"), b""), ["334"]),
        ((b"AUTH OAUTHBEARER " + b64(b"n,a=user,\1auth=Bearer wrong\1\1"), b"AQ=="), ["334"]),
        ((b"AUTH EXTERNAL =",), []),
        ((b"AUTH ANONYMOUS " + b64(b"trace"),), []),
        ((b"AUTH SCRAM-SHA-256 " + b64(b"n,,n=user,r=abc"), b64(b"c=biws,r=abcn1,p=" + b64(b"x"))),
         ["334"]),
        ((b"AUTH SCRAM-SHA-256 " + b64(b"n,,n=user,r=abc"), b64(b"c=biws,r=other,p=AAAA")),
         ["334"]),
        ((b"AUTH SCRAM-SHA-256 " + b64(b"n,,n=who,r=abc"),
          b64(b"c=biws,r=abcn1,p=" + b64(b"x" * 32))), ["334"]),
        ((b"AUTH SCRAM-SHA-256 " + b64(b"n,,n=user,r=abc"),
          b64(b"c=biws,r=abcn1,p=" + b64(b"x" * 32))), ["334"]),
    ],
)  # fmt: skip
def test_wrong_credentials_are_refused_and_another_try_may_follow(
    sent: tuple[bytes, ...], between: list[str]
) -> None:
    session = every_cut(HELLO + lines(*sent) + b"AUTH PLAIN " + PLAIN_OK + b"\r\n", CHECKED)
    assert session.codes[1:] == [*between, WRONG, PASSED]


@pytest.mark.parametrize(
    ("sent", "who"),
    [
        ((b"AUTH CRAM-MD5", b64(b"some one 0123")), Identity("CRAM-MD5", "some one")),
        ((b"AUTH EXTERNAL =",), Identity("EXTERNAL", "")),
        ((b"AUTH EXTERNAL", b64(b"me")), Identity("EXTERNAL", "me", None, "me")),
        ((b"AUTH ANONYMOUS " + b64(b"trace"),), Identity("ANONYMOUS", "trace")),
        ((b"AUTH LOGIN", b"", b""), Identity("LOGIN", "", "")),
        ((b"AUTH PLAIN " + b64(b"\0\0"),), Identity("PLAIN", "", "")),
    ],
)
def test_where_no_users_are_known_anybody_is_accepted(
    sent: tuple[bytes, ...], who: Identity
) -> None:
    session = every_cut(HELLO + lines(*sent), OPEN)
    assert session.codes[-1] == PASSED
    assert identity(session) == who


@pytest.mark.parametrize(
    "sent",
    [
        (b"AUTH PLAIN " + b64(b"\0user"),),
        (b"AUTH PLAIN " + b64(b"\0user\0pass\0more"),),
        (b"AUTH PLAIN =",),
        (b"AUTH PLAIN ****",),
        (b"AUTH PLAIN AHVz=ZXIAcGFzcw",),
        (b"AUTH PLAIN A",),
        (b"AUTH PLAIN AAAAA",),
        (b"AUTH PLAIN AHVzZXIAcGFzcw=",),
        (b"AUTH PLAIN AHVz\xc3\xa9",),
        (b"AUTH LOGIN", b"not base64!"),
        (b"AUTH LOGIN", b64(b"user"), b"QUIT!"),
        (b"AUTH CRAM-MD5", b64(b"nospace")),
        (b"AUTH XOAUTH2 " + b64(b"who=user\1auth=Bearer t\1\1"),),
        (b"AUTH XOAUTH2 " + b64(b"user=user\1\1"),),
        (b"AUTH OAUTHBEARER " + b64(b"n,a=user,\1host=h\1\1"),),
        (b"AUTH ANONYMOUS " + b64(b"x" * 256),),
        (b"AUTH SCRAM-SHA-256 " + b64(b"p=tls-unique,,n=user,r=abc"),),
        (b"AUTH SCRAM-SHA-256 " + b64(b"n,,n=user"),),
        (b"AUTH SCRAM-SHA-256 " + b64(b"n,,n=user,r=abc"), b64(b"c=biws,r=abcn1,p=?")),
    ],
)
def test_a_malformed_response_is_refused(sent: tuple[bytes, ...]) -> None:
    session = every_cut(HELLO + lines(*sent) + b"NOOP\r\n", CHECKED)
    last = session.codes[-2:]
    assert last in ([UNDECODABLE, "250 2.0.0"], [PASSED, "250 2.0.0"])
    if last[0] == PASSED:
        assert "F-B64-PAD" in session.ids


def test_only_missing_padding_is_forgiven_and_found() -> None:
    session = every_cut(HELLO + b"AUTH PLAIN " + PLAIN_OK.rstrip(b"=") + b"\r\n", CHECKED)
    assert session.codes[1:] == [PASSED]
    assert session.ids == {"F-B64-PAD", "F-AUTH-CLEAR"}
    assert "F-B64-PAD" not in every_cut(HELLO + b"AUTH PLAIN " + PLAIN_OK + b"\r\n").ids


@pytest.mark.parametrize("name", [name.encode() for name in ALL])
def test_an_exchange_can_be_cancelled(name: bytes) -> None:
    session = every_cut(HELLO + lines(b"AUTH " + name, b"*", b"NOOP"), CHECKED)
    assert session.codes[1:] == ["334", CANCELLED, "250 2.0.0"]
    assert identity(session) is None


@pytest.mark.parametrize("name", [b"CRAM-MD5 abcd", b"CRAM-MD5 ="])
def test_a_mechanism_in_which_the_server_begins_takes_no_initial_response(name: bytes) -> None:
    assert every_cut(HELLO + lines(b"AUTH " + name), CHECKED).codes[1:] == [CANCELLED]


def test_the_empty_challenge_keeps_its_space() -> None:
    session = every_cut(HELLO + lines(b"AUTH PLAIN"))
    assert session.replies[-1].wire == b"334 \r\n"


def test_the_prompts_of_login_are_those_that_clients_look_for() -> None:
    session = every_cut(HELLO + lines(b"AUTH LOGIN", b"dQ==", b"cA=="))
    assert [str(reply) for reply in session.replies[2:4]] == [
        "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6",
    ]  # fmt: skip


def test_xoauth2_tells_why_it_failed_before_it_fails() -> None:
    bad = b64(b"user=user\1auth=Bearer wrong\1\1")
    session = every_cut(HELLO + lines(b"AUTH XOAUTH2 " + bad, b""), CHECKED)
    assert str(session.replies[-2]) == (
        "334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwu"
        "Z29vZ2xlLmNvbS8ifQ=="
    )
    assert session.codes[-1] == WRONG


def test_oauthbearer_tells_why_it_failed_before_it_fails() -> None:
    bad = b64(b"n,a=user,\1auth=Bearer wrong\1\1")
    session = every_cut(HELLO + lines(b"AUTH OAUTHBEARER " + bad, b"AQ=="), CHECKED)
    told = base64.b64decode(str(session.replies[-2])[4:])
    assert told == b'{"status":"invalid_token","schemes":"bearer","scope":""}'
    assert session.codes[-1] == WRONG


def test_an_unknown_mechanism() -> None:
    session = every_cut(HELLO + lines(b"AUTH NTLM", b"AUTH GSSAPI abc", b"AUTH"))
    assert session.codes[1:] == ["504 5.5.4", "504 5.5.4", "501 5.5.4"]


def test_a_mechanism_that_was_not_offered_is_taken_but_for_strict_mode() -> None:
    sent = HELLO + lines(b"AUTH ANONYMOUS =")
    session = every_cut(sent)
    assert session.codes[1:] == [PASSED]
    assert session.ids == {"F-AUTH-UNADVERTISED"}
    assert every_cut(sent, STRICT).codes[1:] == ["504 5.5.4"]


def test_scram_without_users_is_hopeless() -> None:
    session = every_cut(HELLO + lines(b"AUTH SCRAM-SHA-256"))
    assert session.codes[1:] == ["504 5.5.4"]


def test_where_auth_is_hidden_it_is_taken_but_for_strict_mode() -> None:
    hidden = replace(PLAIN, extensions=EVERYDAY - {"AUTH"})
    sent = HELLO + lines(b"AUTH PLAIN " + PLAIN_OK)
    session = every_cut(sent, hidden)
    assert session.codes[1:] == [PASSED]
    assert "F-AUTH-UNADVERTISED" in session.ids
    assert every_cut(sent, replace(hidden, strict=True)).codes[1:] == ["502 5.5.1"]


def test_where_auth_is_off_no_mechanism_is_known() -> None:
    off = replace(PLAIN, auth="off")
    session = every_cut(HELLO + lines(b"AUTH PLAIN " + PLAIN_OK), off)
    assert "AUTH" not in str(session.replies[1])
    assert session.codes[1:] == ["504 5.5.4"]


def test_once_is_enough() -> None:
    good = lines(b"AUTH PLAIN " + PLAIN_OK)
    session = every_cut(HELLO + good + good + HELLO + good)
    assert session.codes[1:] == [PASSED, "503 5.5.1", "250", "503 5.5.1"]
    assert "AUTH" in str(session.replies[-2])


def test_not_within_a_transaction() -> None:
    session = every_cut(HELLO + MAIL + lines(b"AUTH PLAIN " + PLAIN_OK) + RCPT)
    assert session.codes[2:] == ["503 5.5.1", "250 2.1.5"]
    assert identity(session) is None


@pytest.mark.parametrize(
    ("before", "found"), [(b"", "F-NO-HELO"), (b"HELO x.example\r\n", "F-AUTH-AFTER-HELO")]
)
def test_without_ehlo_it_is_forgiven_but_for_strict_mode(before: bytes, found: str) -> None:
    sent = before + lines(b"AUTH PLAIN " + PLAIN_OK)
    session = every_cut(sent)
    assert session.codes[-1] == PASSED
    assert found in session.ids
    assert every_cut(sent, STRICT).codes[-1] == "503 5.5.1"
    assert found not in every_cut(HELLO + sent[len(before) :]).ids


def test_rset_and_a_new_ehlo_do_not_end_it() -> None:
    session = every_cut(HELLO + lines(b"AUTH PLAIN " + PLAIN_OK, b"RSET") + HELLO)
    assert identity(session) is not None
    assert session.engine.session.protocol() == "ESMTPA"


def test_where_auth_is_required_only_a_few_commands_come_before_it() -> None:
    required = replace(CHECKED, auth="required")
    few = lines(b"NOOP", b"RSET", b"HELP", b"VRFY x") + MAIL
    session = every_cut(HELLO + few + lines(b"AUTH PLAIN " + PLAIN_OK) + MAIL, required)
    assert session.codes[1:] == [
        "250 2.0.0", "250 2.0.0", "530 5.7.0", "530 5.7.0", "530 5.7.0", PASSED, "250 2.1.0",
    ]  # fmt: skip


def test_a_response_is_never_run_as_a_command() -> None:
    session = every_cut(HELLO + lines(b"AUTH LOGIN", b"QUIT", b"QUIT", b"NOOP"))
    assert session.codes[1:] == ["334", "334", PASSED, "250 2.0.0"]
    bad = every_cut(HELLO + lines(b"AUTH LOGIN", b"RSET!", b"NOOP"))
    assert bad.codes[1:] == ["334", UNDECODABLE, "250 2.0.0"]


def test_what_is_sent_behind_an_exchange_that_goes_on_is_found() -> None:
    session = talk(HELLO).send(lines(b"AUTH LOGIN", b"dXNlcg==", b"cGFzcw=="))
    assert "F-PIPE-AUTH" in session.all_ids
    alone = talk(HELLO).send(lines(b"AUTH PLAIN " + PLAIN_OK, b"NOOP"))
    assert "F-PIPE-AUTH" not in alone.all_ids


def test_an_overlong_response_ends_the_exchange() -> None:
    short = replace(PLAIN, limits=Limits(auth_line=100))
    session = every_cut(HELLO + lines(b"AUTH PLAIN", b"A" * 200, b"NOOP"), short)
    assert session.codes[1:] == ["334", "500 5.5.6", "250 2.0.0"]
    fits = every_cut(HELLO + lines(b"AUTH LOGIN", b"A" * 96), short)
    assert fits.codes[1:] == ["334", "334"]


def test_a_response_of_twelve_thousand_octets_fits() -> None:
    long = b64(b"\0user\0" + b"p" * 9000)
    assert every_cut(HELLO + lines(b"AUTH PLAIN " + long)).codes[1:] == [PASSED]


def test_a_connection_lost_within_an_exchange() -> None:
    session = every_cut(HELLO + lines(b"AUTH LOGIN") + b"dX", eof=True)
    assert session.left.where == "AUTH"
    assert session.ids == {"F-ABORT"}


@pytest.mark.parametrize(
    "command",
    [b"AUTH=LOGIN", b"AUTH=login", b"AUTH=PLAIN", b"AUTH=CRAM-MD5"],
)
def test_the_old_form_of_the_command(command: bytes) -> None:
    session = every_cut(HELLO + lines(command, b"*"), CHECKED)
    assert session.codes[1:] == ["334", CANCELLED]
    assert session.ids == {"F-AUTH-EQUALS"}


def test_a_password_in_clear_is_found_and_one_within_tls_is_not() -> None:
    sent = HELLO + lines(b"AUTH PLAIN " + PLAIN_OK)
    assert every_cut(sent).ids == {"F-AUTH-CLEAR"}
    assert every_cut(sent, IMPLICIT).ids == set()
    assert every_cut(HELLO + lines(b"AUTH CRAM-MD5", b64(b"u x")), OPEN).ids == set()


@pytest.mark.parametrize(
    ("user", "password", "found"),
    [(b"user ", b"p", True), (b"user", b"\tp", True), (b"user", b"p\n", True),
     (b"us\r\ner", b"p", True), (b"us er", b"p w", False)],
)  # fmt: skip
def test_white_space_about_credentials_is_found(user: bytes, password: bytes, found: bool) -> None:
    session = every_cut(HELLO + lines(b"AUTH PLAIN " + b64(b"\0" + user + b"\0" + password)))
    assert ("F-AUTH-CRED-SPACE" in session.ids) is found


SECRET = b64(b"\0user\0a very secret secret")

SHOWN: list[tuple[bytes, tuple[bytes, ...]]] = [
    (HELLO, (b"AUTH PLAIN " + SECRET,)),
    (HELLO, (b"AUTH PLAIN", SECRET)),
    (HELLO, (b"AUTH\tPLAIN\t" + SECRET,)),
    (HELLO, (b"  AUTH  PLAIN " + SECRET + b"  ",)),
    (HELLO, (b"AUTH=PLAIN " + SECRET,)),
    (HELLO, (b"AUTH LOGIN " + SECRET, SECRET)),
    (HELLO, (b"AUTH PLAIN " + SECRET + b"\r",)),
    (HELLO, (b"AUTH PLAIN " + SECRET + b"\x00",)),
    (HELLO, (b"AUTH PLAIN " + SECRET + b"!",)),
    (HELLO, (b"AUTH NTLM " + SECRET,)),
    (HELLO + MAIL, (b"AUTH PLAIN " + SECRET,)),
    (b"", (b"AUTH PLAIN " + SECRET,)),
    (HELLO, (b"AUTH PLAIN " + SECRET + b"A" * 70_000,)),
    (HELLO, (b"AUTH PLAIN", SECRET + b"A" * 70_000)),
]


@pytest.mark.parametrize(("before", "sent"), SHOWN)
@pytest.mark.parametrize("required", [False, True])
def test_secrets_are_neither_shown_nor_found(
    before: bytes, sent: tuple[bytes, ...], required: bool
) -> None:
    profile = replace(PLAIN, tls_required=required)
    if required:
        sent = sent[:1]  # A response is one only where the command before it was taken.
    session = talk(before + lines(*sent) + b"AUTH PLAIN " + SECRET + b"\n", profile)
    shown = "".join(getattr(event, "shown", "") for event in session.events)
    evidence = "".join(f.evidence + f.message for f in session.engine.session.findings.all())
    assert SECRET.decode()[4:20] not in shown + evidence
    assert "AUTH" in shown


def test_shown_lines_tell_the_mechanism_and_that_an_initial_response_was_empty() -> None:
    session = talk(HELLO + lines(b"AUTH PLAIN " + SECRET, b"AUTH EXTERNAL =", b"AUTH LOGIN"))
    assert [getattr(event, "shown", "") for event in session.events[2:]] == [
        "AUTH PLAIN ********", "AUTH EXTERNAL =", "AUTH LOGIN",
    ]  # fmt: skip


def test_the_default_mechanisms_are_those_that_show_what_was_typed() -> None:
    assert OPEN_MECHANISMS == ("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER")
    assert "250-AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER" in str(talk(HELLO).replies[1])
