"""The mechanisms by themselves, against the vectors of their RFCs."""

import base64

import pytest

from mailtrap.smtp.sasl import (
    MECHANISMS,
    Credentials,
    Exchange,
    Identity,
    MalformedError,
    Verdict,
    decode_response,
)


def test_the_vector_of_rfc_2195() -> None:
    credentials = Credentials(
        {"tim": "tanstaaftanstaaf"}, "1896.697170952", "postoffice.reston.mci.net"
    )
    exchange = Exchange(MECHANISMS["CRAM-MD5"], credentials)
    challenge = exchange.start(None)
    assert challenge == b"<1896.697170952@postoffice.reston.mci.net>"
    assert exchange.respond(b"tim b913a602c7eda7a495b4e6e7334d3890") is None
    assert exchange.verdict == Verdict(Identity("CRAM-MD5", "tim"), valid=True)


@pytest.mark.parametrize(
    "response",
    [b"tim b913a602c7eda7a495b4e6e7334d3891", b"tom b913a602c7eda7a495b4e6e7334d3890"],
)
def test_another_digest_or_user_is_not_that_of_rfc_2195(response: bytes) -> None:
    credentials = Credentials(
        {"tim": "tanstaaftanstaaf"}, "1896.697170952", "postoffice.reston.mci.net"
    )
    exchange = Exchange(MECHANISMS["CRAM-MD5"], credentials)
    exchange.start(None)
    exchange.respond(response)
    assert exchange.verdict is not None
    assert not exchange.verdict.valid


def scram(password: str) -> Exchange:
    """An exchange in which all is as in RFC 7677 section 3."""
    credentials = Credentials(
        {"user": password},
        "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
        "h",
        base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="),
    )
    return Exchange(MECHANISMS["SCRAM-SHA-256"], credentials)


FINAL = (
    b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    b"p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
)


def test_the_vector_of_rfc_7677() -> None:
    exchange = scram("pencil")
    assert exchange.start(b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO") == (
        b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    )
    proof = exchange.respond(FINAL)
    assert proof == b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    assert exchange.verdict is None
    assert exchange.respond(b"") is None
    assert exchange.verdict == Verdict(Identity("SCRAM-SHA-256", "user"), valid=True)


def test_scram_with_another_password_ends_without_a_proof_of_ours() -> None:
    exchange = scram("pen")
    exchange.start(b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
    assert exchange.respond(FINAL) is None
    assert exchange.verdict == Verdict(Identity("SCRAM-SHA-256", "user"), valid=False)


def test_scram_binds_the_gs2_header_and_unescapes_the_name() -> None:
    exchange = Exchange(MECHANISMS["SCRAM-SHA-256"], Credentials({"a,b=c": "x"}, "n,1", "h"))
    challenge = exchange.start(b"y,a=boss,n=a=2Cb=3Dc,r=abc")
    assert challenge is not None
    assert challenge.startswith(b"r=abcn.1,s=")
    exchange.respond(b"c=biws,r=abcn.1,p=AAAA")
    assert exchange.verdict == Verdict(Identity("SCRAM-SHA-256", "a,b=c"), valid=False)


def test_a_user_keeps_its_salt_and_another_has_another() -> None:
    def challenge(user: bytes, nonce: str) -> bytes:
        run = Exchange(MECHANISMS["SCRAM-SHA-256"], Credentials({}, nonce, "h"))
        return (run.start(b"n,,n=%s,r=c" % user) or b"").partition(b",s=")[2]

    assert challenge(b"a", "1") == challenge(b"a", "2")
    assert challenge(b"a", "1") != challenge(b"b", "1")


def test_the_challenge_of_cram_is_fresh() -> None:
    first, second = (
        Exchange(MECHANISMS["CRAM-MD5"], Credentials(None, nonce, "h")).start(None)
        for nonce in ("1", "2")
    )
    assert first != second


def test_an_exchange_that_is_over_takes_no_more() -> None:
    exchange = Exchange(MECHANISMS["PLAIN"], Credentials(None, "n", "h"))
    assert exchange.start(b"\0u\0p") is None
    with pytest.raises(MalformedError, match="over"):
        exchange.respond(b"more")


@pytest.mark.parametrize(
    ("text", "octets", "unpadded"),
    [(b"", b"", False), (b"YQ==", b"a", False), (b"YQ", b"a", True), (b"YWI", b"ab", True),
     (b"YWJj", b"abc", False), (b"YQ=", b"a", True)],
)  # fmt: skip
def test_base64(text: bytes, octets: bytes, unpadded: bool) -> None:
    assert decode_response(text) == (octets, unpadded)


@pytest.mark.parametrize(
    "text",
    [b"Y", b"YWJjZ", b"YQ==YQ==", b"Y=Q=", b"YW Jj", b"YQ===", b"*", b"!!", b"Y-_j", b"===="],
)
def test_what_is_no_base64(text: bytes) -> None:
    with pytest.raises(MalformedError):
        decode_response(text)
