"""The server side of SASL (RFC 4422) as SMTP uses it (RFC 4954).

A mechanism is a generator: it yields challenges, is sent responses, and returns what it learned.
It holds no clock and no randomness: a nonce comes in from outside.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a client says it is. ``secret`` is its password or token, None where it showed none."""

    mechanism: str
    user: str
    secret: str | None = None
    authzid: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an exchange ended: an identity, and whether it is who it says."""

    identity: Identity
    valid: bool


class MalformedError(Exception):
    """A response that this mechanism cannot have."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a mechanism checks against: ``users`` None accepts anybody. ``nonce`` is fresh.

    ``salt`` is SCRAM's; left empty, each user has one that stays the same.
    """

    users: Mapping[str, str] | None
    nonce: str
    hostname: str
    salt: bytes = b""

    def accept(self, user: str, secret: str) -> bool:
        """Whether user and secret are right, in constant time."""
        if self.users is None:
            return True
        known = self.users.get(user)
        given = secret.encode("utf-8", "surrogateescape")
        return hmac.compare_digest((known or "").encode(), given) and known is not None


Steps: TypeAlias = Generator[bytes, bytes, Verdict]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism. ``client_first``: an initial response makes sense (RFC 4422 section 5)."""

    name: str
    run: Callable[[Credentials], Steps]
    client_first: bool = True
    shows_password: bool = False
    needs_users: bool = False


class Exchange:
    """One AUTH exchange: give it responses, take challenges, at the end a verdict."""

    def __init__(self, mechanism: Mechanism, credentials: Credentials) -> None:
        self.mechanism = mechanism
        self.verdict: Verdict | None = None
        self._steps = mechanism.run(credentials)
        self._first = next(self._steps)

    def start(self, initial: bytes | None) -> bytes | None:
        """The first challenge, or None when it is over. Raises MalformedError.

        The first thing a client-first mechanism yields is the empty challenge that an initial
        response stands for.
        """
        return self._first if initial is None else self.respond(initial)

    def respond(self, response: bytes) -> bytes | None:
        """The next challenge, or None when ``verdict`` is there.

        Raises MalformedError; also where the exchange was over, which a reply can hide from us.
        """
        try:
            return self._steps.send(response)
        except StopIteration as stop:
            if stop.value is None:
                raise MalformedError("the exchange is over") from None
            self.verdict = stop.value
            return None


def decode_response(text: bytes) -> tuple[bytes, bool]:
    """The octets of a base64 response, and whether only its padding was missing.

    Raises MalformedError on any octet outside the alphabet (RFC 4954 section 4: MUST reject).
    """
    bare = text.rstrip(b"=")
    needed = -len(bare) % 4
    given = len(text) - len(bare)
    if needed == 3 or given > needed:
        raise MalformedError("not base64")
    try:
        return base64.b64decode(bare + b"=" * needed, validate=True), given < needed
    except binascii.Error:
        raise MalformedError("not base64") from None


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")


def _plain(credentials: Credentials) -> Steps:
    """RFC 4616: ``[authzid] NUL authcid NUL passwd``."""
    parts = (yield b"").split(b"\0")
    if len(parts) != 3:
        raise MalformedError("PLAIN has two NULs")
    authzid, user, password = map(_text, parts)
    identity = Identity("PLAIN", user, password, authzid)
    return Verdict(identity, credentials.accept(user, password))


def _login(credentials: Credentials) -> Steps:
    """The expired draft-murchison-sasl-login; some clients look for these very prompts."""
    user = _text((yield b"Username:"))
    password = _text((yield b"Password:"))
    return Verdict(Identity("LOGIN", user, password), credentials.accept(user, password))


def _cram_md5(credentials: Credentials) -> Steps:
    """RFC 2195: HMAC-MD5 of a challenge."""
    challenge = f"<{credentials.nonce}@{credentials.hostname}>".encode()
    response = yield challenge
    user, space, digest = response.rpartition(b" ")
    if not space:
        raise MalformedError("CRAM-MD5 is user SP digest")
    name = _text(user)
    identity = Identity("CRAM-MD5", name)
    if credentials.users is None:
        return Verdict(identity, valid=True)
    known = credentials.users.get(name)
    expected = hmac.new((known or "").encode(), challenge, hashlib.md5).hexdigest().encode()
    return Verdict(identity, known is not None and hmac.compare_digest(expected, digest.lower()))


XOAUTH2_FAILURE = b'{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}'
OAUTHBEARER_FAILURE = b'{"status":"invalid_token","schemes":"bearer","scope":""}'


def _bearer(fields: bytes) -> str:
    for item in fields.split(b"\1"):
        key, _, value = item.partition(b"=")
        if key.strip().lower() == b"auth" and value[:7].lower() == b"bearer ":
            return _text(value[7:].strip())
    raise MalformedError("auth=Bearer is missing")


def _xoauth2(credentials: Credentials) -> Steps:
    """Google's XOAUTH2: ``user=`` and ``auth=Bearer`` parted by control-A."""
    response = yield b""
    if response[:5].lower() != b"user=":
        raise MalformedError("user= is missing")
    user = _text(response[5:].partition(b"\1")[0])
    token = _bearer(response)
    valid = credentials.accept(user, token)
    if not valid:
        yield XOAUTH2_FAILURE
    return Verdict(Identity("XOAUTH2", user, token), valid)


def _oauthbearer(credentials: Credentials) -> Steps:
    """RFC 7628: a GS2 header, then key=value pairs; the RFC's own ``user=`` slip is read too."""
    response = yield b""
    header, _, fields = response.partition(b"\1")
    found = re.search(rb"(?:^|,)(?:a|user)=([^,]*)", header)
    user = _text(found[1] if found else b"").replace("=2C", ",").replace("=3D", "=")
    token = _bearer(fields)
    valid = credentials.accept(user, token)
    if not valid:
        yield OAUTHBEARER_FAILURE
    return Verdict(Identity("OAUTHBEARER", user, token), valid)


def _external(credentials: Credentials) -> Steps:
    """RFC 4422 appendix A: who the client is, TLS knows."""
    authzid = _text((yield b""))
    return Verdict(Identity("EXTERNAL", authzid, None, authzid), valid=credentials.users is None)


def _anonymous(credentials: Credentials) -> Steps:
    """RFC 4505: a trace token of at most 255 characters."""
    token = _text((yield b""))
    if len(token) > 255:
        raise MalformedError("trace token over 255 characters")
    return Verdict(Identity("ANONYMOUS", token), valid=credentials.users is None)


ITERATIONS = 4096
"""PBKDF2 rounds of SCRAM (RFC 7677 section 4 asks for at least this)."""


@dataclass(frozen=True, slots=True)
class _Keys:
    stored: bytes
    server: bytes


def _scram_keys(password: str, salt: bytes) -> _Keys:
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    return _Keys(hashlib.sha256(client).digest(), hmac.digest(salted, b"Server Key", "sha256"))


def _scram_sha_256(credentials: Credentials) -> Steps:
    """RFC 5802 and 7677 without channel binding. The server proves itself in a last challenge."""
    users = credentials.users or {}
    first = yield b""
    gs2 = re.match(rb"([ny]),(a=[^,]*)?,(n=([^,]*),r=([\x21-\x2b\x2d-\x7e]+)(?:,.*)?)\Z", first)
    if gs2 is None:
        raise MalformedError("not a SCRAM client-first-message")
    user = _text(gs2[4]).replace("=2C", ",").replace("=3D", "=")
    nonce = gs2[5] + credentials.nonce.replace(",", ".").encode()
    salt = credentials.salt or hashlib.sha256(b"salt of " + gs2[4]).digest()[:16]
    server_first = b"r=" + nonce + b",s=" + base64.b64encode(salt) + b",i=%d" % ITERATIONS
    final = yield server_first
    without_proof, _, proof = final.rpartition(b",p=")
    keys = _scram_keys(users.get(user, ""), salt)
    auth_message = b",".join((gs2[3], server_first, without_proof))
    identity = Identity("SCRAM-SHA-256", user)
    bound = b"c=" + base64.b64encode(first[: gs2.start(3)]) + b",r=" + nonce
    if without_proof != bound or user not in users or not _proves(keys, auth_message, proof):
        return Verdict(identity, valid=False)
    yield b"v=" + base64.b64encode(hmac.digest(keys.server, auth_message, "sha256"))
    return Verdict(identity, valid=True)


def _proves(keys: _Keys, auth_message: bytes, proof: bytes) -> bool:
    """Whether the client's proof is that of one who knows the password (RFC 5802 section 3)."""
    try:
        given = base64.b64decode(proof, validate=True)
    except binascii.Error:
        raise MalformedError("proof is not base64") from None
    signature = hmac.digest(keys.stored, auth_message, "sha256")
    if len(given) != len(signature):
        return False
    client_key = bytes(a ^ b for a, b in zip(given, signature, strict=True))
    return hmac.compare_digest(hashlib.sha256(client_key).digest(), keys.stored)


MECHANISMS = {
    mechanism.name: mechanism
    for mechanism in (
        Mechanism("PLAIN", _plain, shows_password=True),
        Mechanism("LOGIN", _login, shows_password=True),
        Mechanism("CRAM-MD5", _cram_md5, client_first=False),
        Mechanism("XOAUTH2", _xoauth2, shows_password=True),
        Mechanism("OAUTHBEARER", _oauthbearer, shows_password=True),
        Mechanism("EXTERNAL", _external),
        Mechanism("ANONYMOUS", _anonymous),
        Mechanism("SCRAM-SHA-256", _scram_sha_256, needs_users=True),
    )
}
"""Every mechanism that is known, whether a profile offers it or not."""
