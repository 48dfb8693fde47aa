"""HELO, EHLO and LHLO (RFC 5321 section 4.1.1.1; RFC 2033 section 4.1)."""

import ipaddress
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Propose, Verb, everywhere
from mailtrap.smtp.events import Command
from mailtrap.smtp.mailbox import domain_fault, valid_literal
from mailtrap.smtp.reply import Reply, clean
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import State

Capability: TypeAlias = Callable[[Session], str | None]
"""An extension's line in the reply to EHLO, or None where it is not offered now."""

_LOOPBACK = frozenset({
    "localhost", "localhost.localdomain", "localhost6", "localhost6.localdomain6", "127.0.0.1",
    "[127.0.0.1]", "[ipv6:::1]", "::1",
})  # fmt: skip
_LOCAL_NAMES = _LOOPBACK - {"127.0.0.1", "::1"}


def verbs(capabilities: Sequence[Capability]) -> tuple[Verb, ...]:
    """HELO, EHLO and LHLO; ``capabilities`` give the lines that EHLO lists, in their order."""

    def extended(session: Session, argument: str) -> Reply:
        profile = session.profile
        told = [line for capability in capabilities if (line := capability(session)) is not None]
        lines = [*told, *profile.extra_lines]
        if profile.persona is not None:
            closing = profile.persona.closing
            lines = [*profile.persona.ordered(lines), *([closing] if closing else [])]
        return _told("\n".join((_first_line(session, argument), *lines)))

    def propose_ehlo(session: Session, command: Command, argument: str) -> Reply:
        if session.profile.protocol == "lmtp":
            return replies.USE_LHLO
        return _check_name(session, command, argument) or extended(session, argument)

    def propose_lhlo(session: Session, command: Command, argument: str) -> Reply:
        if session.profile.protocol != "lmtp":
            return replies.USE_EHLO
        return _check_name(session, command, argument) or extended(session, argument)

    return (
        _verb("HELO", _propose_helo),
        _verb("EHLO", propose_ehlo),
        _verb("LHLO", propose_lhlo),
    )


@lru_cache(256)
def _told(text: str) -> Reply:
    """A reply of many lines; a client that comes again gets the same (25 µs a connection)."""
    return Reply(250, text)


def _propose_helo(session: Session, command: Command, argument: str) -> Reply:
    if session.profile.protocol == "lmtp":
        return replies.USE_LHLO
    refusal = _check_name(session, command, argument)
    session.note("F-HELO-ONLY", "helo", command.line)
    name, persona = session.profile.hostname, session.profile.persona
    if persona is not None:
        name = persona.greets(name, clean(argument), session.peer, extended=False)
    return refusal or Reply(250, name)


def _first_line(session: Session, argument: str) -> str:
    """The server's name and, for who likes to read it, the client's."""
    name, told = session.profile.hostname, clean(argument)
    if session.profile.persona is not None:
        return session.profile.persona.greets(name, told, session.peer)
    words = (name, f"greets {told}" if told else "", session.peer and f"[{session.peer}]")
    return " ".join(filter(None, words))


def _check_name(session: Session, command: Command, argument: str) -> Reply | None:
    """Notes what is wrong with a greeting name; the refusal of strict mode, if there is one."""
    command.value = argument
    fault = name_fault(argument)
    if not argument:
        session.note("F-HELO-EMPTY", "helo", command.line)
    elif fault:
        session.note("F-HELO-SYNTAX", "helo", argument, argument[:64], fault)
    if argument.lower() in _LOOPBACK:
        session.note("F-HELO-LOCALHOST", "helo", argument)
    elif argument.lower() == session.profile.hostname.lower():
        session.note("F-HELO-OWN-NAME", "helo", argument)
    if session.profile.strict and (fault or not argument):
        return replies.greeting_syntax(command.verb)
    return None


def name_fault(argument: str) -> str:
    """Why a greeting name is neither Domain nor address literal, or nothing.

    ``localhost`` passes: everybody says it in development, and it has a finding of its own.
    """
    if not argument or argument.lower() in _LOCAL_NAMES:
        return ""
    if " " in argument or "\t" in argument:
        return "white space"
    if not argument.isascii():
        return "not ASCII"
    if argument.startswith("["):
        return "" if valid_literal(argument) else "malformed address literal"
    version = _version_of(argument)
    if version:
        return f"bare IPv{version} address"
    if "_" in argument:
        return "underscore"
    return domain_fault(argument) or ("" if "." in argument else "single label")


def _version_of(address: str) -> int:
    """4 or 6, and 0 for what is no IP address; to try it takes 10 µs, so most are not tried."""
    if ":" not in address and not address[-1:].isdigit():
        return 0
    try:
        return ipaddress.ip_address(address).version
    except ValueError:
        return 0


def _settle(session: Session, command: Command, reply: Reply) -> None:
    del reply
    session.helo = command.value
    session.greeted_by = command.verb


def _verb(name: str, propose: Propose) -> Verb:
    return Verb(
        name=name,
        syntax=f"{name} hostname",
        stage="helo",
        propose=propose,
        completes=everywhere(State.SAID_HELLO),
        settled=_settle,
        unauthenticated=True,
        unencrypted=True,
    )
