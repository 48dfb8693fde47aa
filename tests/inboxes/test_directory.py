"""Which inbox claims what."""

from datetime import UTC, datetime, timedelta

import pytest

from mailtrap.inboxes import directory
from mailtrap.inboxes.directory import Directory
from mailtrap.inboxes.names import InboxError
from mailtrap.inboxes.records import Inbox, Match, Party
from mailtrap.inboxes.routes import KINDS, Kind, Routes
from mailtrap.inboxes.written import match_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOBODY = Party()


def inbox(name: str, match: Match | None = None, expires_at: datetime | None = None) -> Inbox:
    return Inbox(
        name=name,
        address=f"{name}@inbox.example.com",
        created_at=NOW,
        match=match or Match(),
        expires_at=expires_at,
    )


def made(*inboxes: Inbox, kinds: tuple[Kind, ...] = (), headers: tuple[str, ...] = ()) -> Directory:
    routes = Routes(frozenset(kinds), ("X-Inbox", *headers))
    return Directory(routes, inboxes)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("gw3@inbox.example.com", "gw3"),
        ("GW3@Inbox.Example.COM", "gw3"),
        ("gw3.alice@inbox.example.com", "gw3"),
        ("gw3+alice.b@inbox.example.com", "gw3"),
        ("t-3f9a2c@inbox.example.com", "t-3f9a2c"),
        ("gw3@example.com", "default"),
        ("gw3@sub.inbox.example.com", "default"),
        ("postmaster", "default"),
        (".x@inbox.example.com", "default"),
        ("@inbox.example.com", "default"),
        ('"a b"@inbox.example.com', "default"),
    ],
)
def test_an_address_of_the_domain_of_inboxes_names_one(address: str, name: str) -> None:
    assert made().of_recipient(address) == name


@pytest.mark.parametrize(
    ("kind", "name"),
    [("plus", "gw3"), ("domain", "shop.example"), ("recipient", "ann+gw3@shop.example")],
)
def test_a_part_of_any_address_names_an_inbox_where_that_was_asked_for(
    kind: Kind, name: str
) -> None:
    assert made(kinds=(kind,)).of_recipient("Ann+gw3@Shop.example".casefold()) == name
    assert made().of_recipient("ann+gw3@shop.example") == "default"


@pytest.mark.parametrize(
    ("match", "party", "content"),
    [
        (match_of(auth=["shop*"]), Party(auth="shop-1"), None),
        (match_of(helo=["app.*"]), Party(helo="app.local"), None),
        (match_of(ip=["10.0.0.0/8"]), Party(ip="10.1.2.3"), None),
        (match_of(header=[("X-App", "shop*")]), NOBODY, b"A: b\r\nx-app:  Shop 1\r\n\r\n"),
    ],
)
def test_a_pattern_claims_the_whole_message(
    match: Match, party: Party, content: bytes | None
) -> None:
    known = made(inbox("shop", match))
    recipients = ["a@inbox.example.com", "b@elsewhere.example"]
    assert known.of_message(party, recipients, content) == ("shop",)
    assert known.of_message(NOBODY, recipients) == ("a", "default")


def test_recipients_are_claimed_one_by_one_and_each_inbox_is_named_once() -> None:
    known = made(inbox("shop", match_of(rcpt=["*@shop.example", "/^vip/"])))
    recipients = ["a@shop.example", "vip@x.example", "gw1@inbox.example.com", "b@x.example"]
    assert known.of_message(NOBODY, recipients) == ("shop", "gw1", "default")


def test_the_listener_comes_first_then_auth_header_helo_address_and_the_recipients_last() -> None:
    known = made(kinds=KINDS)
    content = b"X-Inbox: by-header\r\n\r\nx"
    party = {"inbox": "by-listener", "auth": "by-auth", "helo": "by-helo", "ip": "10.0.0.1"}
    order = []
    for fact in ("inbox", "auth"):
        order.append(known.of_message(Party(**party), ["a@b.example"], content)[0])
        del party[fact]
    order.append(known.of_message(Party(**party), ["a@b.example"], content)[0])
    for fact in ("helo", "ip"):
        order.append(known.of_message(Party(**party), ["a@b.example"])[0])
        del party[fact]
    order.append(known.of_message(Party(**party), ["a+tag@b.example"])[0])
    assert order == ["by-listener", "by-auth", "by-header", "by-helo", "10.0.0.1", "tag"]


def test_a_user_named_as_an_open_inbox_sends_into_it_and_any_other_does_not() -> None:
    known = made(inbox("gw3"))
    assert known.of_message(Party(auth="gw3"), ["a@b.example"]) == ("gw3",)
    assert known.of_message(Party(auth="gw4"), ["a@b.example"]) == ("default",)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"X-Inbox: gw3\r\n\r\n", "gw3"),
        (b"Subject: a\r\nx-inbox:gw3  \r\n\r\n", "gw3"),
        (b"Subject: a\nX-Inbox: gw3\n\nbody", "gw3"),
        (b"Subject: a\r\n\r\nX-Inbox: body", "default"),
        (b"Subject: X-Inbox: no\r\n\r\n", "default"),
        (b"X-Inbox: not a name!\r\n\r\n", "default"),
        (b"X-Inbox:\r\n\r\n", "default"),
        (b"A: b\r\n" * 20_000 + b"X-Inbox: far\r\n\r\n", "default"),
    ],
)
def test_a_field_of_the_header_names_the_inbox(content: bytes, name: str) -> None:
    assert made().of_message(NOBODY, ["a@b.example"], content) == (name,)


def test_a_field_that_was_asked_for_names_the_inbox_too() -> None:
    known = made(headers=("X-Test",))
    assert known.of_message(NOBODY, [], b"X-Test: one\r\n\r\n") == ("one",)


def opened(*names: str) -> Directory:
    """A directory in which these were opened one after the other, each with its address."""
    known = made()
    for name in names:
        address = known.address_for(name)
        known.put(Inbox(name=name, address=address, created_at=NOW))
    return known


@pytest.mark.parametrize(
    "names",
    [
        ("gw3",),
        ("GW3",),
        ("a.b",),
        ("a@b.example",),
        ("test_a",),
        ("x" * 65,),
        ("x" * 100, "x" * 99 + "y"),
        ("a.b", "a-b", "a_b"),
        ("a-b", "a.b"),
        ("GW3", "gw3"),
    ],
)
def test_every_inbox_that_was_opened_has_an_address_that_leads_to_it_alone(
    names: tuple[str, ...],
) -> None:
    known = opened(*names)
    for name in names:
        one = known.get(name)
        assert one is not None
        local, _, domain = one.address.partition("@")
        assert len(local) <= 64
        assert known.of_recipient(one.address) == name
        assert known.of_recipient(f"{local}.label@{domain}") == name


def test_an_address_leads_no_more_to_an_inbox_that_was_closed() -> None:
    known = opened("a.b")
    known.forget("a.b")
    assert known.of_recipient("a-b@inbox.example.com") == "a-b"


def test_an_inbox_is_over_when_its_time_is() -> None:
    early, late = inbox("early", expires_at=NOW), inbox("late", expires_at=NOW + timedelta(1))
    known = made(early, late, inbox("stays"))
    assert [one.name for one in known.expired(NOW)] == ["early"]
    assert known.next_expiry() == NOW
    known.forget("early")
    assert known.next_expiry() == NOW + timedelta(1)


def test_no_more_inboxes_are_open_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "MOST", 2)
    known = made(inbox("a"), inbox("b"))
    known.put(inbox("b"))
    with pytest.raises(InboxError, match="2 inboxes"):
        known.put(inbox("c"))


@pytest.mark.parametrize("name", ["", " ", "a b", "-a", "a/b", "ü", "x" * 101, "a\n"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(InboxError, match="no name"):
        made().put(inbox(name))
