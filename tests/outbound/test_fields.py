import pytest

from mailtrap.outbound import fields
from mailtrap.smtp.envelope import Envelope, Path
from mailtrap.smtp.reply import Reply
from tests.outbound.making import path, recipient


@pytest.mark.parametrize("envid", ["", "a\nB: c", "ü", "x" * 101])
def test_an_envelope_id_that_cannot_stand_in_a_field_is_left_out(envid: str) -> None:
    assert fields.envelope_id(Envelope(path("a@b"), {"ENVID": envid})) == []


def test_an_envelope_id_is_told() -> None:
    envelope = Envelope(path("a@b"), {"ENVID": "a b"})
    assert fields.envelope_id(envelope) == [("Original-Envelope-Id", "a b")]


@pytest.mark.parametrize("orcpt", ["", "rfc822", "rfc822;", ";a@b", "a\nb;c@d", "two words;a@b"])
def test_an_original_recipient_without_type_or_address_is_left_out(orcpt: str) -> None:
    assert fields.original_recipient(recipient(ORCPT=orcpt), utf8=False) == []


def test_an_original_recipient_of_another_type_is_told() -> None:
    found = fields.original_recipient(recipient(ORCPT="x400;c=gb; a=x"), utf8=False)
    assert found == [("Original-Recipient", "x400; c=gb; a=x")]


@pytest.mark.parametrize(
    "domain", ["", "a b", "a\r\nX: y", "\udcff", "x" * 70 + ".test", "a..b", "x." * 200 + "y"]
)
def test_a_domain_that_is_none_names_no_server(domain: str) -> None:
    one = recipient()
    broken = type(one)(Path(f"a@{domain}", "a", domain))
    assert fields.remote_mta(broken) == []


def test_an_address_literal_names_a_server() -> None:
    assert fields.remote_mta(recipient("a@[192.0.2.1]")) == [("Remote-MTA", "dns; [192.0.2.1]")]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(550, "x", "5.1.1"), "5.1.1"),
        (Reply(451, "x"), "4.0.0"),
        (Reply(250, "x"), "2.0.0"),
        (Reply(550, "x", "nonsense"), "5.0.0"),
    ],
)
def test_a_status_is_that_of_the_reply_or_of_its_class(reply: Reply, code: str) -> None:
    assert fields.status_code(reply) == code
