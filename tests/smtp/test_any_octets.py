"""Whatever comes, however it is cut: the same replies, nothing raised, memory bounded."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mailtrap.smtp.content import SLACK
from mailtrap.smtp.events import Event
from mailtrap.smtp.extensions import ALL
from mailtrap.smtp.mailbox import quote_local
from mailtrap.smtp.paths import BadPathError, parse_path
from mailtrap.smtp.profile import CHECKED_MECHANISMS, Limits, Profile
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.state import State
from tests.smtp.automaton import read
from tests.smtp.talk import HELLO, PLAIN, READY, STRICT, Talk, outcome, talk

KEYWORDS = frozenset(extension.keyword for extension in ALL) - {"STARTTLS"}
SMALL = Limits(size=60, line=700, auth_line=700, recipients=3, commands=60, text_line=50)

PROFILES = st.builds(
    Profile,
    protocol=st.sampled_from(["smtp", "lmtp"]),
    extensions=st.sampled_from([KEYWORDS, PLAIN.extensions, frozenset()]),
    mechanisms=st.just(CHECKED_MECHANISMS),
    users=st.sampled_from([None, {"user": "pass"}]),
    auth=st.sampled_from(["optional", "required", "off"]),
    strict=st.booleans(),
    limits=st.sampled_from([Limits(), SMALL]),
)

COMMANDS = st.sampled_from([
    b"EHLO c.example", b"HELO c", b"LHLO c.example", b"EHLO", b"MAIL FROM:<a@x>", b"MAIL FROM:<>",
    b"MAIL FROM: a@x SIZE=10", b"MAIL FROM:<a@x> BODY=BINARYMIME", b"MAIL FROM:<\xc3\xbc@x>",
    b"MAIL FROM:<a@x> MT-PRIORITY=3 AUTH=<a@x>", b"RCPT TO:<b@y>", b"RCPT TO:<c@y> NOTIFY=NEVER",
    b"RCPT TO:<b@y,c@y>", b"RCPT TO:<@a,@b:c@d>", b'RCPT TO:<"a>b"@x>', b"RCPT TO:<bob>",
    b"DATA", b"DATA x", b"RSET", b"NOOP", b"QUIT", b"HELP", b"VRFY x", b"EXPN x", b"STARTTLS",
    b"AUTH PLAIN AHVzZXIAcGFzcw==", b"AUTH LOGIN", b"AUTH CRAM-MD5", b"AUTH SCRAM-SHA-256",
    b"AUTH XOAUTH2", b"AUTH=LOGIN", b"*", b"dXNlcg==", b"", b"=", b"XCLIENT NAME=x",
    b"XFORWARD NAME=+41", b"ETRN x", b"GET / HTTP/1.1", b"SEND FROM:<a@x>", b"BDAT 0 LAST",
    b"BDAT x", b"x" * 800,
])  # fmt: skip
ENDS = st.sampled_from([b"\r\n"] * 8 + [b"\n", b"\r\r\n", b" \r\n", b"\t\r\n"])
LINES = st.tuples(COMMANDS, ENDS).map(b"".join)

PIECES = st.sampled_from(
    [b"\r\n", b"\n", b"\r", b".", b"..", b"\r\n.\r\n", b"\n.\n", b"a", b"\0", b"\xe9", b"x: y\r\n",
     b"QUIT\r\n", b"\r\n.\r", b"\r\n..", b"z" * 30]
)  # fmt: skip
CONTENT = st.lists(PIECES, max_size=12).map(b"".join)


def chunk(content: bytes, last: bool) -> bytes:
    return b"BDAT %d%s\r\n" % (len(content), b" LAST" if last else b"") + content


DATA = CONTENT.map(lambda content: b"DATA\r\n" + content + b"\r\n.\r\n")
CHUNKS = st.builds(chunk, CONTENT, st.booleans())
OPENINGS = st.sampled_from([b"", HELLO, READY, READY.replace(b"EHLO", b"LHLO")])
SESSIONS = st.tuples(
    OPENINGS,
    st.lists(st.one_of(LINES, LINES, DATA, CHUNKS, st.binary(max_size=8)), max_size=14).map(
        b"".join
    ),
).map(b"".join)


def sent_in(pieces: list[bytes], profile: Profile, *, trusted: bool) -> Talk:
    session = talk(b"", profile, trusted=trusted)
    for piece in pieces:
        session.send(piece)
    session.engine.receive_eof()
    session.drive()
    return session


@settings(max_examples=250, deadline=None)
@given(octets=SESSIONS, profile=PROFILES, data=st.data(), trusted=st.booleans())
def test_no_cut_changes_what_comes_of_a_session(
    octets: bytes, profile: Profile, data: st.DataObject, trusted: bool
) -> None:
    whole = sent_in([octets], profile, trusted=trusted)
    single = sent_in([bytes([octet]) for octet in octets], profile, trusted=trusted)
    places = data.draw(st.lists(st.integers(0, len(octets)), max_size=6).map(sorted))
    bounds = [0, *places, len(octets)]
    pieces = [octets[a:b] for a, b in pairwise(bounds)]
    some = sent_in(pieces, profile, trusted=trusted)
    assert outcome(single) == outcome(whole)
    assert outcome(some) == outcome(whole)


@settings(max_examples=200, deadline=None)
@given(octets=st.one_of(st.binary(max_size=300), SESSIONS), profile=PROFILES)
def test_no_octets_raise_and_the_engine_ends_waiting_or_closed(
    octets: bytes, profile: Profile
) -> None:
    session = talk(octets, profile)
    engine = session.engine
    assert engine.next_event() is None
    assert engine.closed or engine.session.state in set(State) - {State.REST, State.CONNECTED}
    engine.receive_eof()
    session.drive()
    assert engine.closed


REPLIES = st.sampled_from([
    Reply(250, "Ok", "2.0.0"), Reply(354, "go"), Reply(334), Reply(235, "in"), Reply(220, "x"),
    Reply(451, "no", "4.3.0"), Reply(550, "no", "5.1.1"), Reply(221, "bye"), Reply(150, "odd"),
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(octets=SESSIONS, profile=PROFILES, data=st.data())
def test_no_replies_bring_the_engine_down(
    octets: bytes, profile: Profile, data: st.DataObject
) -> None:
    def decide(event: Event) -> tuple[Reply, ...] | None:
        if not event.proposals or data.draw(st.booleans()):
            return None
        return tuple(data.draw(REPLIES) for _ in event.proposals)

    session = talk(octets, profile, decide=decide)
    assert session.engine.next_event() is None


@settings(max_examples=30, deadline=None)
@given(
    opening=st.sampled_from([b"", HELLO, READY + b"DATA\r\n", READY + b"BDAT 9999999\r\n",
                             HELLO + b"AUTH PLAIN\r\n"]),
    unit=st.sampled_from([b"x", b"\r", b".", b"\r\n.", b"\n.", b"\0", b"BDAT 5", b"\r\r"]),
)  # fmt: skip
def test_what_waits_to_be_parsed_is_bounded(opening: bytes, unit: bytes) -> None:
    profile = replace(PLAIN, limits=SMALL)
    session = talk(opening, profile)
    piece = unit * (16_384 // len(unit))
    for _ in range(20):
        session.send(piece)
        assert session.engine.pending <= SMALL.size + SLACK + 2
    assert session.most_pending <= SMALL.size + SLACK + 2 + len(piece)


WIRE = st.lists(
    st.sampled_from(
        [b"\r\n", b"\r\n.", b"\n", b"\r", b".", b"..", b"a", b"\0", b"\r\n..", b"\n.\n"]
    ),
    max_size=14,
).map(b"".join)


@settings(max_examples=400, deadline=None)
@given(wire=WIRE, strict=st.booleans())
def test_content_is_what_the_automaton_reads(wire: bytes, strict: bool) -> None:
    naive = read(wire + b"\r\n.\r\n")
    session = talk(READY + b"DATA\r\n", STRICT if strict else PLAIN)
    session.send(wire + b"\r\n.\r\n")
    assert naive.rest is not None
    assert session.contents[0] == naive.content
    lone = sum(f.count for f in session.findings if f.id == "F-DOT-UNSTUFFED")
    if not naive.rest:
        assert lone == naive.lone_dots


@settings(max_examples=200, deadline=None)
@given(text=st.binary(max_size=80))
def test_what_is_stuffed_comes_back(text: bytes) -> None:
    stuffed = text.replace(b"\r\n.", b"\r\n..")
    wire = (b"." if stuffed[:1] == b"." else b"") + stuffed
    session = talk(READY + b"DATA\r\n").send(wire + b"\r\n.\r\nNOOP\r\n")
    assert session.contents == [text + b"\r\n"]
    assert "F-DOT-UNSTUFFED" not in session.ids


LOCALS = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x2FF, exclude_characters="\x7f"), max_size=20
)
DOMAINS = st.sampled_from(
    ["x", "x.example", "[192.0.2.1]", "[IPv6:2001:db8::1]", "b\u00fccher.example"]
)


@settings(max_examples=300, deadline=None)
@given(local=LOCALS, domain=DOMAINS, rest=st.sampled_from(["", " SIZE=1"]))
def test_a_path_that_is_built_is_read_back(local: str, domain: str, rest: str) -> None:
    address = f"{quote_local(local)}@{domain}"
    parsed = parse_path(f"<{address}>{rest}", "FROM")
    assert (parsed.path.local, parsed.path.domain, parsed.path.address) == (local, domain, address)
    assert (parsed.path.route, parsed.rest, parsed.notes) == ((), rest, ())


@settings(max_examples=200, deadline=None)
@given(local=LOCALS, domain=DOMAINS)
def test_any_quoting_comes_to_the_same_canonical_address(local: str, domain: str) -> None:
    escaped = "".join(f"\\{char}" for char in local)
    parsed = parse_path(f'<"{escaped}"@{domain}>', "TO")
    assert parsed.path.address == f"{quote_local(local)}@{domain}"
    assert parsed.notes == ()


@settings(max_examples=400, deadline=None)
@given(text=st.text(st.sampled_from('ab@.<>",\\ \t:;[]='), max_size=20))
def test_the_address_of_whatever_was_taken_reads_back(text: str) -> None:
    try:
        path = parse_path(f"<{text}>", "TO").path
    except BadPathError:
        return
    if path.address and not set(path.domain) & set('<>",;\\ \t'):
        assert parse_path(f"<{path.address}>", "TO").path.local == path.local
