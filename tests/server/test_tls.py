"""STARTTLS and implicit TLS: what was said in clear never reaches the protected session."""

import asyncio
import ssl
import stat
from pathlib import Path

import pytest

from mailtrap.server.timeouts import Timeouts
from mailtrap.server.tls import TlsSettings, TlsSetupError, server_context
from mailtrap.store.records import Session
from tests.server.peer import Peer, Running, Serve

TLS = {"starttls": "127.0.0.1:0", "smtps": "127.0.0.1:0"}


def found(session: Session) -> set[str]:
    """The ids of a session's findings."""
    return {finding.id for finding in session.findings}


def suspicious() -> ssl.SSLContext:
    """A client's context that trusts nobody we know."""
    return ssl.create_default_context()


class Handshake:
    """A client's TLS over octets, so that a test decides what goes into which segment."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_hostname="localhost")

    def hello(self) -> bytes:
        """The first flight."""
        with pytest.raises(ssl.SSLWantReadError):
            self.tls.do_handshake()
        return self.outgoing.read()

    async def finish(self, peer: Peer) -> None:
        """The rest of the handshake."""
        while True:
            self.incoming.write(await asyncio.wait_for(peer.reader.read(65536), 10))
            try:
                self.tls.do_handshake()
            except ssl.SSLWantReadError:
                peer.send(self.outgoing.read())
            else:
                peer.send(self.outgoing.read())
                return

    async def say(self, peer: Peer, line: bytes) -> bytes:
        """A line through the protected stream, and what comes back."""
        self.tls.write(line + b"\r\n")
        peer.send(self.outgoing.read())
        while True:
            try:
                return self.tls.read(65536)
            except ssl.SSLWantReadError:
                self.incoming.write(await asyncio.wait_for(peer.reader.read(65536), 10))


async def ready_for_tls(running: Running) -> Peer:
    """A client that got its 220 to STARTTLS."""
    peer = await running.greeted("starttls")
    assert "250-STARTTLS" in await peer.say("EHLO c.test")
    assert await peer.say("STARTTLS") == "220 2.0.0 Ready to start TLS"
    return peer


async def test_after_starttls_the_session_begins_anew_and_is_protected(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await ready_for_tls(running)
    await peer.start_tls(running.trusting())
    assert (await peer.say("RCPT TO:<b@y.test>")).startswith("503")
    offered = await peer.say("EHLO c.test")
    assert "STARTTLS" not in offered
    assert (await peer.mail()).startswith("250")
    (message,) = await running.messages()
    assert message.trace.protocol == "ESMTPS"
    assert message.trace.tls is not None
    assert message.trace.tls.version == "TLSv1.3"
    assert message.trace.tls.sni == "localhost"


async def test_implicit_tls_greets_inside_tls(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await running.connect("smtps", running.trusting())
    assert (await peer.reply()).startswith("220")
    assert (await peer.mail()).startswith("250")
    assert await peer.say("STARTTLS") == "503 5.5.1 TLS already active"


async def test_plain_and_tls_listeners_work_side_by_side(serve: Serve) -> None:
    running = await serve(**TLS, submissions="127.0.0.1:0")
    plain = await running.greeted("smtp")
    implicit = await running.connect("submissions", running.trusting())
    await implicit.reply()
    assert (await plain.mail()).startswith("250")
    await implicit.say("EHLO c.test")
    assert await implicit.say("MAIL FROM:<a@x.test>") == "530 5.7.0 Authentication required"
    assert (await implicit.say("AUTH PLAIN AHUAcA==")).startswith("235")
    assert (await implicit.mail()).startswith("250")


INJECTED = b"MAIL FROM:<evil@x.test>\r\nRCPT TO:<v@y.test>\r\n"


async def test_commands_injected_behind_starttls_are_gone_after_the_handshake(
    serve: Serve,
) -> None:
    running = await serve(**TLS)
    peer = await running.greeted("starttls")
    await peer.say("EHLO c.test")
    peer.send(b"STARTTLS\r\n" + INJECTED)
    assert (await peer.reply()).startswith("220")
    await peer.start_tls(running.trusting())
    assert (await peer.say("RCPT TO:<z@y.test>")).startswith("503")
    assert (await peer.say("QUIT")).startswith("221")
    session = await running.session()
    (injection,) = [f for f in session.findings if f.id == "F-STARTTLS-INJECT"]
    assert injection.message == f"{len(INJECTED)} octets after STARTTLS were discarded."
    assert [a.reverse_path for a in await running.attempts()] == []


async def test_commands_injected_between_220_and_handshake_end_the_connection(
    serve: Serve,
) -> None:
    running = await serve(**TLS)
    peer = await ready_for_tls(running)
    peer.send(INJECTED)
    await peer.rest()
    session = await running.session()
    assert session.end == "TLS failed: plaintext after STARTTLS"
    assert session.attempts == 0


async def test_a_strict_server_refuses_starttls_with_anything_behind_it(serve: Serve) -> None:
    running = await serve(**TLS, strict=True)
    peer = await running.greeted("starttls")
    await peer.say("EHLO c.example.test")
    peer.send(b"STARTTLS\r\nNOOP\r\n")
    assert (await peer.reply()).startswith("454 4.5.0")


async def test_a_handshake_in_the_same_segment_as_starttls_goes_on(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await running.greeted("starttls")
    await peer.say("EHLO c.test")
    handshake = Handshake(running.trusting())
    peer.send(b"STARTTLS\r\n" + handshake.hello())
    assert (await peer.reply()).startswith("220")
    await handshake.finish(peer)
    assert (await handshake.say(peer, b"EHLO c.test")).startswith(b"250-")
    peer.writer.close()
    assert "F-TLS-EARLY-HELLO" in found(await running.session())


async def test_a_handshake_octet_by_octet_works(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await ready_for_tls(running)
    handshake = Handshake(running.trusting())
    for octet in handshake.hello():
        peer.send(bytes([octet]))
        await peer.writer.drain()
    await handshake.finish(peer)
    assert (await handshake.say(peer, b"NOOP")) == b"250 2.0.0 Ok\r\n"


async def test_a_client_that_does_not_trust_us_is_told_apart(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await ready_for_tls(running)
    handshake = Handshake(suspicious())
    peer.send(handshake.hello())
    with pytest.raises(ssl.SSLCertVerificationError):
        await handshake.finish(peer)
    peer.send(handshake.outgoing.read())
    peer.writer.close()
    session = await running.session()
    assert session.end is not None
    assert session.end.startswith("TLS failed: ")
    assert "unknown ca" in session.end
    assert "F-TLS-FAIL" in found(session)


async def test_a_client_that_leaves_during_the_handshake_is_recorded(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await ready_for_tls(running)
    peer.send(Handshake(running.trusting()).hello()[:20])
    peer.writer.close()
    session = await running.session()
    assert session.end == "TLS failed: the client closed the connection during the handshake"


async def test_plaintext_on_an_implicit_tls_port_is_told_what_is_wrong(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await running.connect("smtps")
    peer.send(b"EHLO c.test\r\n")
    expected = b"554 5.7.0 mailtrap.local This port requires TLS from the first byte\r\n"
    assert await peer.rest() == expected
    assert "F-TLS-PORT" in found(await running.session())


async def test_a_silent_client_on_an_implicit_tls_port_is_told_too(serve: Serve) -> None:
    running = await serve(**TLS, timeouts=Timeouts(first_octet=0.05))
    peer = await running.connect("smtps")
    assert (await peer.rest()).startswith(b"554 5.7.0 ")
    assert "F-TLS-PORT" in found(await running.session())


async def test_a_handshake_that_stalls_is_ended(serve: Serve) -> None:
    running = await serve(**TLS, timeouts=Timeouts(handshake=0.05))
    peer = await ready_for_tls(running)
    peer.send(Handshake(running.trusting()).hello()[:20])
    await peer.rest()
    assert "F-TLS-TIMEOUT" in found(await running.session())


async def test_starttls_is_refused_in_a_transaction_which_goes_on(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await running.greeted("starttls")
    await peer.say("EHLO c.test")
    await peer.say("MAIL FROM:<a@x.test>")
    assert (await peer.say("STARTTLS")).startswith("503")
    assert (await peer.say("RCPT TO:<b@y.test>")).startswith("250")


async def test_large_content_comes_through_tls_whole(serve: Serve) -> None:
    running = await serve(**TLS)
    peer = await running.connect("smtps", running.trusting())
    await peer.reply()
    content = b"Subject: large\r\n\r\n" + b"0123456789abcdef" * 62 + b"\r\n" * 2
    content += (b"x" * 900 + b"\r\n") * 2000
    assert (await peer.mail(content)).startswith("250")
    assert await running.raw() == content


async def test_the_generated_ca_is_private_and_stays_the_same(serve: Serve, tmp_path: Path) -> None:
    first = await serve(**TLS)
    authority = (first.state / "ca.pem").read_bytes()
    for name in ("ca.pem", "ca-key.pem"):
        assert stat.S_IMODE((first.state / name).stat().st_mode) == 0o600
    second = await serve(**TLS)
    assert (second.state / "ca.pem").read_bytes() == authority
    peer = await second.connect("smtps", first.trusting())
    assert (await peer.reply()).startswith("220")


def test_a_given_certificate_is_used(tmp_path: Path) -> None:
    server_context(TlsSettings(tmp_path / "state"))
    with pytest.raises(TlsSetupError, match="cannot use the certificate"):
        server_context(TlsSettings(tmp_path, certificate=tmp_path / "state" / "ca.pem"))


def test_without_a_state_folder_there_is_no_generated_certificate() -> None:
    with pytest.raises(TlsSetupError, match="give --state-dir"):
        server_context(TlsSettings(None))


def test_a_state_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TlsSetupError, match="cannot keep the generated CA"):
        server_context(TlsSettings(tmp_path / "file" / "state"))


async def test_an_old_client_is_refused_unless_allowed(serve: Serve) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("DEFAULT:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.TLSv1_2
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    modern_only = await serve(**TLS, min_tls="1.3")
    with pytest.raises(ssl.SSLError):
        await modern_only.connect("smtps", old)
    lenient = await serve(**TLS)
    peer = await lenient.connect("smtps", old)
    assert (await peer.reply()).startswith("220")
