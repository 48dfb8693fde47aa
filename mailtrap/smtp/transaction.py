"""MAIL, RCPT, DATA and RSET (RFC 5321 section 4.1.1)."""

from functools import partial

from mailtrap.smtp import replies
from mailtrap.smtp.argument import argument_of
from mailtrap.smtp.commands import Verb, no_argument
from mailtrap.smtp.content import DataReader
from mailtrap.smtp.envelope import NULL_PATH, Recipient
from mailtrap.smtp.events import Command
from mailtrap.smtp.mailbox import Note
from mailtrap.smtp.params import (
    BadParameterError,
    ParamContext,
    ParamParsers,
    irregular_space,
    split_params,
)
from mailtrap.smtp.paths import SPACE_INSIDE, BadPathError, ParsedPath
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session, Transaction
from mailtrap.smtp.state import State
from mailtrap.smtp.text import valid_utf8

_INFO_NOTES = frozenset({"F-SOURCE-ROUTE"})
"""Notes on a path that a strict server forgives as well."""

_SHAPES = frozenset({"F-FROM-COLON", "F-PATH-NOBRACKET", "F-PATH-DISPLAYNAME", "F-PATH-WS"})
"""Notes on how the command is written rather than on the address in it."""

COMMAND_LINE = 512
"""Octets of a command line with its CRLF (RFC 5321 section 4.5.3.1.4)."""

_ALLOWANCES = {
    "SIZE": 26, "BODY": 17, "AUTH": 500, "ENVID": 107, "SMTPUTF8": 10, "REQUIRETLS": 11,
    "MT-PRIORITY": 15, "BY": 17, "HOLDFOR": 34, "HOLDUNTIL": 34, "SOLICIT": 1007, "NOTIFY": 28,
    "ORCPT": 509, "RRVS": 33, "RET": 9, "PRDR": 5,
}  # fmt: skip
"""Octets by which each parameter present makes a command line's limit larger."""


def verbs(mail_params: ParamParsers, rcpt_params: ParamParsers) -> tuple[Verb, ...]:
    """MAIL and RCPT with these parameters; DATA and RSET."""
    return (_mail(mail_params), _rcpt(rcpt_params), DATA, RSET)


def _mail(parsers: ParamParsers) -> Verb:
    return Verb(
        name="MAIL",
        syntax=_usage("MAIL"),
        stage="mail",
        propose=partial(_propose_mail, parsers),
        refused={
            State.MAIL: replies.NESTED_MAIL,
            State.RCPT: replies.NESTED_MAIL,
            State.BDAT: replies.MAIL_AFTER_BDAT,
        },
        completes=dict.fromkeys((State.GREETED, State.SAID_HELLO, State.BDAT_FAILED), State.MAIL),
        settled=_begin,
    )


def _rcpt(parsers: ParamParsers) -> Verb:
    return Verb(
        name="RCPT",
        syntax=_usage("RCPT"),
        stage="rcpt",
        propose=partial(_propose_rcpt, parsers),
        refused={
            State.GREETED: replies.NEED_MAIL,
            State.SAID_HELLO: replies.NEED_MAIL,
            State.BDAT: replies.RCPT_AFTER_BDAT,
            State.BDAT_FAILED: replies.RSET_AFTER_BDAT,
        },
        completes={State.MAIL: State.RCPT, State.RCPT: State.RCPT},
        fails={State.MAIL: State.MAIL, State.RCPT: State.RCPT},
        settled=_add_recipient,
        failed=_count_refused,
    )


def _propose_mail(
    parsers: ParamParsers, session: Session, command: Command, argument: str
) -> Reply:
    strict = session.profile.strict
    if not session.greeted_by:
        session.note("F-NO-HELO", "mail", command.line)
        if strict:
            return replies.GREET_FIRST
    limit = session.profile.limits.transactions
    if limit and session.messages >= limit:
        return replies.TOO_MANY_TRANSACTIONS
    if session.state is State.BDAT_FAILED:
        session.note("F-BDAT-NO-RSET", "mail", command.line)
        if strict:
            return replies.RSET_AFTER_BDAT
    return _propose_path(parsers, session, command, argument)


def _propose_rcpt(
    parsers: ParamParsers, session: Session, command: Command, argument: str
) -> Reply:
    reply = _propose_path(parsers, session, command, argument)
    transaction = session.transaction
    if not reply.positive or transaction is None or command.path is None:
        return reply
    limit = session.profile.limits.recipients
    if limit and len(transaction.recipients) >= limit:
        return replies.TOO_MANY_RECIPIENTS
    if command.path.address in transaction.addresses:
        session.note("F-RCPT-DUP", "rcpt", command.path.address)
    return reply


def _propose_path(
    parsers: ParamParsers, session: Session, command: Command, argument: str
) -> Reply:
    """What MAIL and RCPT have in common: a keyword, a path, parameters."""
    strict = session.profile.strict
    sender = command.verb == "MAIL"
    try:
        given = argument_of(argument, sender=sender)
    except BadPathError as error:
        if error.note is not None:
            session.note(error.note.id, command.stage, command.line, *error.note.details)
        return _bad_address(error, sender=sender)
    if given is None:
        return replies.syntax(_usage(command.verb))
    parsed, notes = given
    command.path = parsed.path
    if not sender and not parsed.path.address:
        return replies.BAD_RECIPIENT
    if notes:
        session.note_all(notes, command.stage, argument)
        if strict and any(note.id not in _INFO_NOTES for note in notes):
            return _strict_refusal(notes, sender=sender)
    reply = replies.SENDER_OK if sender else replies.RECIPIENT_OK
    if parsed.rest or not argument.isascii() or len(command.line) > COMMAND_LINE - 2:
        return _propose_extended(session, command, parsed, parsers) or reply
    return reply


def _usage(verb: str) -> str:
    return (
        "MAIL FROM:<address> [parameters]" if verb == "MAIL" else "RCPT TO:<address> [parameters]"
    )


def _bad_address(error: BadPathError, *, sender: bool) -> Reply:
    if error.note is not None and not sender:
        return replies.ONE_RECIPIENT
    return replies.BAD_SENDER if sender else replies.BAD_RECIPIENT


def _strict_refusal(notes: tuple[Note, ...], *, sender: bool) -> Reply:
    """The reply of a strict server: a syntax error of the command, or of the address."""
    found = {note.id for note in notes}
    if found & _SHAPES and SPACE_INSIDE not in notes:
        return replies.syntax(_usage("MAIL" if sender else "RCPT"))
    if "F-ADDR-LEN" in found:
        return replies.SENDER_TOO_LONG if sender else replies.RECIPIENT_TOO_LONG
    return replies.BAD_SENDER if sender else replies.BAD_RECIPIENT


def _propose_extended(
    session: Session, command: Command, parsed: ParsedPath, parsers: ParamParsers
) -> Reply | None:
    """Parameters, UTF-8 and length: a refusal, another wording of the 250, or nothing."""
    try:
        params = split_params(parsed.rest)
    except BadParameterError as error:
        session.note("F-PARAM-SYNTAX", command.stage, command.line, "Parameter", str(error))
        return replies.bad_parameter("Parameter", str(error))
    if parsed.rest[:1] not in {" ", ""} or irregular_space(parsed.rest):
        session.note("F-WS", command.stage, command.line)
        if session.profile.strict:
            return replies.syntax(_usage(command.verb))
    refusal = _check_length(session, command, params)
    if refusal is not None:
        return refusal
    told = _take_params(session, command, params, parsers)
    if told is not None and not told.positive:
        return told
    return _check_utf8(session, command) or told


def _check_length(
    session: Session, command: Command, params: list[tuple[str, str | None]]
) -> Reply | None:
    octets = len(command.line) + 2
    limit = COMMAND_LINE + sum(_ALLOWANCES.get(name, 0) for name, _ in params)
    if octets <= limit:
        return None
    session.note("F-CMD-LEN", command.stage, command.line, octets, limit)
    return replies.LINE_TOO_LONG if session.profile.strict else None


def _take_params(
    session: Session,
    command: Command,
    params: list[tuple[str, str | None]],
    parsers: ParamParsers,
) -> Reply | None:
    if params and session.greeted_by == "HELO":
        session.note("F-PARAM-HELO", command.stage, command.line)
        if session.profile.strict:
            return replies.unsupported(params[0][0])
    address = command.path.address if command.path else ""
    context = ParamContext(session, address, command.stage, command.params)
    for keyword, value in params:
        refusal = _take_param(context, command, keyword, value, parsers)
        if refusal is not None:
            return refusal
    session.note_all(context.notes, command.stage, command.line.decode("latin-1"))
    return context.reply


def _take_param(
    context: ParamContext,
    command: Command,
    keyword: str,
    value: str | None,
    parsers: ParamParsers,
) -> Reply | None:
    session = context.session
    parser = parsers.get(keyword)
    if parser is None:
        session.note("F-PARAM-UNKNOWN", command.stage, keyword, keyword)
        if session.profile.strict:
            return replies.unsupported(keyword)
        command.params.setdefault(keyword, value)
        return None
    if keyword in command.params:
        return _bad_param(context, keyword, value, "given twice")
    try:
        command.params[keyword] = parser(value, context)
    except BadParameterError as error:
        return _bad_param(context, keyword, value, str(error), error.status)
    return context.reply if context.reply is not None and not context.reply.positive else None


def _bad_param(
    context: ParamContext, keyword: str, value: str | None, reason: str, status: str = "5.5.4"
) -> Reply:
    evidence = keyword if value is None else f"{keyword}={value}"
    context.session.note("F-PARAM-SYNTAX", context.stage, evidence, keyword, reason)
    return replies.bad_parameter(keyword, reason, status)


def _check_utf8(session: Session, command: Command) -> Reply | None:
    """RFC 6531 section 3.5: non-ASCII addresses need SMTPUTF8 on MAIL, and valid UTF-8."""
    address = command.path.address if command.path else ""
    sender = command.verb == "MAIL"
    if address.isascii():
        return None
    strict = session.profile.strict
    if not valid_utf8(address):
        session.note("F-UTF8-INVALID", command.stage, command.line)
        return replies.INVALID_UTF8 if strict else None
    declared = (
        "SMTPUTF8" in command.params
        if sender
        else session.transaction is not None and session.transaction.smtputf8
    )
    if declared:
        return None
    session.note("F-UTF8-UNDECLARED", command.stage, command.line)
    if not strict:
        return None
    return replies.SENDER_NEEDS_UTF8 if sender else replies.RECIPIENT_NEEDS_UTF8


def _begin(session: Session, command: Command, reply: Reply) -> None:
    """Open a transaction; where a rule said 250 to no address at all, under the null path."""
    del reply
    session.transaction = Transaction(command.path or NULL_PATH, command.params)
    if command.findings:
        session.transaction.findings.extend(command.findings)


def _add_recipient(session: Session, command: Command, reply: Reply) -> None:
    del reply
    if session.transaction is not None and command.path is not None:
        session.transaction.add(Recipient(command.path, command.params))
        session.commands -= 1  # Recipients have a limit of their own.


def _count_refused(session: Session, command: Command, reply: Reply) -> None:
    del command, reply
    if session.transaction is not None:
        session.transaction.refused += 1


def _propose_data(session: Session, command: Command, argument: str) -> Reply:
    refusal = no_argument(session, command, argument, replies.DATA_SYNTAX)
    if refusal is not None:
        return refusal
    transaction = session.transaction
    if transaction is not None and transaction.body == "BINARYMIME":
        session.note("F-BDAT-SEQ", "data", command.line, "DATA with BODY=BINARYMIME is")
        return replies.BINARYMIME_NEEDS_BDAT
    if transaction is None or not transaction.recipients:
        return no_recipients(session)
    return replies.START_MAIL


def _read_content(session: Session, command: Command, reply: Reply) -> None:
    del reply
    if session.transaction is not None:
        session.reading = DataReader(session, session.transaction)
    if session.surplus:
        session.note("F-PIPE-DATA", "data", command.line)


def no_recipients(session: Session) -> Reply:
    """Why there can be no content: RFC 5321 section 3.3, RFC 2033 section 4.2 for LMTP."""
    if session.transaction is None or not session.transaction.refused:
        return replies.NEED_RCPT
    if session.profile.protocol == "lmtp":
        return replies.NO_VALID_RECIPIENTS_LMTP
    return replies.NO_VALID_RECIPIENTS


def _propose_rset(session: Session, command: Command, argument: str) -> Reply:
    return no_argument(session, command, argument, replies.RSET_SYNTAX) or replies.OK


DATA = Verb(
    name="DATA",
    syntax="DATA",
    stage="data",
    propose=_propose_data,
    refused={
        State.GREETED: replies.NEED_RCPT,
        State.SAID_HELLO: replies.NEED_RCPT,
        State.BDAT: replies.DATA_AFTER_BDAT,
        State.BDAT_FAILED: replies.RSET_AFTER_BDAT,
    },
    continues={State.RCPT: State.DATA},
    fails={State.BDAT: State.BDAT_FAILED},
    settled=_read_content,
)

RSET = Verb(
    name="RSET",
    syntax="RSET",
    stage="rset",
    propose=_propose_rset,
    completes={
        State.MAIL: State.REST,
        State.RCPT: State.REST,
        State.BDAT: State.REST,
        State.BDAT_FAILED: State.REST,
    },
    unauthenticated=True,
)
