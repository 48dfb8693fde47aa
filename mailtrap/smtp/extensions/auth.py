"""AUTH (RFC 4954): the exchange over SASL, and the AUTH parameter of MAIL."""

import base64

from mailtrap.smtp import replies
from mailtrap.smtp.commands import MASK, Verb
from mailtrap.smtp.events import Command
from mailtrap.smtp.extensions.base import Extension
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.params import BadParameterError, ParamContext, decode_xtext, needed
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.sasl import (
    MECHANISMS,
    Credentials,
    Exchange,
    Identity,
    MalformedError,
    Mechanism,
    decode_response,
)
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import IN_TRANSACTION, State
from mailtrap.smtp.text import encode


def _advertise(session: Session) -> str | None:
    """The mechanisms on offer, still listed after AUTH: clients that ask again look for them."""
    mechanisms = session.profile.mechanisms
    return " ".join(("AUTH", *mechanisms)) if mechanisms and session.profile.auth != "off" else None


def _propose(session: Session, command: Command, argument: str) -> Reply:
    words = argument.split(None, 1)
    name = words[0] if words else ""
    initial = words[1] if len(words) > 1 else ""
    command.value = name.upper()
    if initial == "=":
        command.shown = f"AUTH {name} ="
    refusal = _out_of_sequence(session, command) or _unknown(session, command.value)
    if refusal is not None:
        return refusal
    mechanism = MECHANISMS[command.value]
    if initial and not mechanism.client_first:
        return replies.AUTH_NO_INITIAL
    session.exchange = Exchange(mechanism, _credentials(session))
    try:
        return _step(session, session.exchange.start(_initial(session, initial)))
    except MalformedError as error:
        return _malformed(error)


def _out_of_sequence(session: Session, command: Command) -> Reply | None:
    if session.identity is not None:
        return replies.AUTH_AGAIN
    if not command.value:
        return replies.AUTH_SYNTAX
    strict = session.profile.strict
    if not session.greeted_by:
        session.note("F-NO-HELO", "auth", command.verb)
        return replies.EHLO_FIRST if strict else None
    if session.greeted_by == "HELO":
        session.note("F-AUTH-AFTER-HELO", "auth", command.verb)
        return replies.EHLO_FIRST if strict else None
    return None


def _unknown(session: Session, name: str) -> Reply | None:
    """Whether the mechanism cannot be had here. One that was not offered is taken, and noted."""
    profile = session.profile
    mechanism = MECHANISMS.get(name)
    if profile.auth == "off" or mechanism is None:
        return replies.AUTH_UNKNOWN
    if name in profile.mechanisms and session.offers("AUTH"):
        return None
    session.note("F-AUTH-UNADVERTISED", "auth", name, name)
    hopeless = mechanism.needs_users and profile.users is None
    return replies.AUTH_UNKNOWN if profile.strict or hopeless else None


def _credentials(session: Session) -> Credentials:
    return Credentials(session.profile.users, session.nonce, session.profile.hostname)


def _initial(session: Session, text: str) -> bytes | None:
    """The initial response: absent, empty (``=``, RFC 4954 section 4), or base64."""
    if not text:
        return None
    return b"" if text == "=" else _decode(session, encode(text))


def _resume(session: Session, command: Command, argument: str) -> Reply:
    """A line of the exchange: it is a response, whatever it looks like."""
    line = argument.strip(" \t")
    command.shown = line if line in {"", "*"} else MASK
    exchange = session.exchange
    if line == "*" or exchange is None:
        return replies.AUTH_CANCELLED
    command.value = exchange.mechanism.name
    try:
        return _step(session, exchange.respond(_decode(session, encode(line))))
    except MalformedError as error:
        return _malformed(error)


def _decode(session: Session, text: bytes) -> bytes:
    octets, unpadded = decode_response(text)
    if unpadded:
        session.note("F-B64-PAD", "auth", MASK)
    return octets


def _malformed(error: MalformedError) -> Reply:
    is_encoding = str(error) == "not base64"
    return replies.AUTH_NOT_BASE64 if is_encoding else replies.AUTH_MALFORMED


def _step(session: Session, challenge: bytes | None) -> Reply:
    if challenge is not None:
        if session.surplus:
            session.note("F-PIPE-AUTH", "auth")
        return replies.challenge(base64.b64encode(challenge).decode("ascii"))
    assert session.exchange is not None
    assert session.exchange.verdict is not None
    verdict = session.exchange.verdict
    _note_credentials(session, verdict.identity, session.exchange.mechanism)
    return replies.AUTHENTICATED if verdict.valid else replies.AUTH_INVALID


def _note_credentials(session: Session, identity: Identity, mechanism: Mechanism) -> None:
    if mechanism.shows_password and not session.tls:
        session.note("F-AUTH-CLEAR", "auth", mechanism.name)
    given = (identity.user, identity.secret or "")
    if any(text != text.strip() or "\n" in text or "\r" in text for text in given):
        session.note("F-AUTH-CRED-SPACE", "auth", identity.user)


def _settled(session: Session, command: Command, reply: Reply) -> None:
    """235: the identity of the exchange holds; where only a rule said so, one without a name."""
    if reply.code >= 300:
        return
    verdict = session.exchange.verdict if session.exchange else None
    if verdict is not None:
        session.identity = verdict.identity
    elif session.identity is None:
        session.identity = Identity(command.value, "")
    session.exchange = None


def _failed(session: Session, command: Command, reply: Reply) -> None:
    del command, reply
    session.exchange = None


def _propose_old_form(session: Session, command: Command, argument: str) -> Reply:
    """``AUTH=LOGIN`` as a command, after the EHLO line of long ago."""
    session.note("F-AUTH-EQUALS", "auth", command.verb)
    mechanism = command.verb.partition("=")[2]
    return _propose(session, command, f"{mechanism} {argument}".strip())


def _mail_auth(value: str | None, context: ParamContext) -> str:
    """Section 5: xtext of a mailbox, or ``<>``. curl writes the mailbox in brackets."""
    text = needed(value, "xtext or <>")
    if text == "<>":
        return text
    if text.startswith("<") and text.endswith(">"):
        context.notes.append(Note("F-PARAM-AUTH-FORM"))
        if context.session.profile.strict:
            raise BadParameterError("must be xtext or <>")
        text = text[1:-1]
    return decode_xtext(text, context)


_BACK = {
    State.GREETED: State.GREETED,
    State.SAID_HELLO: State.SAID_HELLO,
    State.AUTH: State.REST,
}


def _verb(name: str, *, old_form: bool = False) -> Verb:
    return Verb(
        name=name,
        syntax="AUTH mechanism [initial-response]",
        stage="auth",
        propose=_propose_old_form if old_form else _propose,
        keyword="AUTH",
        refused=dict.fromkeys(IN_TRANSACTION, replies.AUTH_IN_TRANSACTION),
        continues=dict.fromkeys((State.GREETED, State.SAID_HELLO, State.AUTH), State.AUTH),
        completes=_BACK,
        fails=_BACK,
        settled=_settled,
        failed=_failed,
        resumes=_resume,
        unauthenticated=True,
    )


OLD_FORMS = tuple(_verb(f"AUTH={name}", old_form=True) for name in ("PLAIN", "LOGIN", "CRAM-MD5"))

AUTH = Extension(
    keyword="AUTH",
    rfc="4954",
    advertise=_advertise,
    mail={"AUTH": _mail_auth},
    verbs=(_verb("AUTH"), *OLD_FORMS),
)
