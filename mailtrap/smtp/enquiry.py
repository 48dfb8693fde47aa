"""NOOP, QUIT, HELP, VRFY, EXPN, and the verbs that are known but not done."""

from collections.abc import Mapping

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Propose, Verb, everywhere, no_argument
from mailtrap.smtp.events import Command
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import State


def _propose_noop(session: Session, command: Command, argument: str) -> Reply:
    """RFC 5321 section 4.1.1.9: an argument is ignored."""
    del session
    command.value = argument
    return replies.OK


def _propose_quit(session: Session, command: Command, argument: str) -> Reply:
    refusal = no_argument(session, command, argument, replies.QUIT_SYNTAX)
    if refusal is not None:
        return refusal
    return replies.bye(session.profile.hostname)


def _propose_vrfy(session: Session, command: Command, argument: str) -> Reply:
    """Never 250 but from a directory: RFC 5321 section 3.5.3 forbids it unless verified."""
    command.value = _without_utf8_word(argument)
    if not command.value:
        return replies.syntax("VRFY address")
    directory = session.profile.directory
    return replies.CANNOT_VRFY if directory is None else _look_up(directory, command.value)


def _look_up(directory: Mapping[str, str], wanted: str) -> Reply:
    key = wanted.strip("<>").lower()
    found = [
        (address, name)
        for address, name in directory.items()
        if key in {address.lower(), address.lower().partition("@")[0], name.lower()}
    ]
    if not found:
        return replies.NO_SUCH_USER
    if len(found) > 1:
        return replies.AMBIGUOUS_USER
    address, name = found[0]
    return replies.user(name, address)


def _propose_expn(session: Session, command: Command, argument: str) -> Reply:
    """From the lists. curl writes ``EXPN list SMTPUTF8`` where that extension is offered."""
    command.value = _without_utf8_word(argument)
    if session.profile.directory is None:
        return replies.EXPN_NOT_IMPLEMENTED
    if not command.value:
        return replies.syntax("EXPN list")
    members = session.profile.lists.get(command.value.lower())
    if members is None:
        return replies.NO_SUCH_LIST
    return replies.members(members)


def _without_utf8_word(argument: str) -> str:
    """The argument less the trailing SMTPUTF8 of RFC 6531 section 3.7.4.2."""
    head, _, last = argument.rpartition(" ")
    return head.rstrip() if last.upper() == "SMTPUTF8" else argument


def _propose_nothing(session: Session, command: Command, argument: str) -> Reply:
    del session
    command.value = argument
    return replies.NOT_IMPLEMENTED


def _propose_obsolete(session: Session, command: Command, argument: str) -> Reply:
    command.value = argument
    session.note("F-OBSOLETE-CMD", command.stage, command.line, command.verb)
    return replies.NOT_IMPLEMENTED


def _propose_atrn(session: Session, command: Command, argument: str) -> Reply:
    """RFC 2645 is for port 366 and after AUTH; here it is known and no more."""
    command.value = argument
    return replies.NOT_IMPLEMENTED if session.identity else replies.AUTH_REQUIRED


def _known(name: str, syntax: str, propose: Propose) -> Verb:
    return Verb(name=name, syntax=syntax, stage="unknown", propose=propose)


VERBS = (
    Verb(
        name="NOOP",
        syntax="NOOP [anything]",
        stage="noop",
        propose=_propose_noop,
        unauthenticated=True,
        unencrypted=True,
    ),
    Verb(
        name="QUIT",
        syntax="QUIT",
        stage="quit",
        propose=_propose_quit,
        completes=everywhere(State.CLOSED) | {State.REFUSED: State.CLOSED},
        unauthenticated=True,
        unencrypted=True,
    ),
    Verb(name="VRFY", syntax="VRFY address", stage="vrfy", propose=_propose_vrfy),
    Verb(name="EXPN", syntax="EXPN list", stage="vrfy", propose=_propose_expn, keyword="EXPN"),
)

UNFINISHED = (
    *(
        _known(name, f"{name} FROM:<address>", _propose_obsolete)
        for name in ("SEND", "SOML", "SAML")
    ),
    _known("TURN", "TURN", _propose_obsolete),
    *(_known(name, name, _propose_obsolete) for name in ("ONEX", "VERB", "XUSR")),
    _known("ATRN", "ATRN [domains]", _propose_atrn),
    _known("BURL", "BURL uri [LAST]", _propose_nothing),
)
"""Known, but not done here: 502, where an unknown verb gets 500 (RFC 5321 section 4.2.4)."""


def help_verb(verbs: Mapping[str, Verb]) -> Verb:
    """HELP over these verbs (RFC 5321 section 4.1.1.8)."""

    def propose(session: Session, command: Command, argument: str) -> Reply:
        command.value = argument
        if not argument:
            return replies.help_text("\n".join(_overview(session, verbs)))
        known = verbs.get(argument.upper())
        return replies.help_text(known.syntax) if known else replies.HELP_UNKNOWN

    return Verb(name="HELP", syntax="HELP [command]", stage="help", propose=propose)


def _overview(session: Session, verbs: Mapping[str, Verb]) -> list[str]:
    names = [name for name, verb in verbs.items() if _in_use(session, verb)]
    lines = [" ".join(names[start : start + 8]) for start in range(0, len(names), 8)]
    return ["Commands:", *lines, "For more, say HELP and a command"]


def _in_use(session: Session, verb: Verb) -> bool:
    """Never list what is answered with 500 or 502 (RFC 5321 section 4.2.4)."""
    lmtp = session.profile.protocol == "lmtp"
    if verb.name in ({"HELO", "EHLO"} if lmtp else {"LHLO"}) or "=" in verb.name:
        return False
    return not verb.keyword or session.offers(verb.keyword)
