"""From lines to commands: what may come here is asked of the verb, what may not is refused."""

import re
from functools import lru_cache
from typing import NamedTuple

from mailtrap.smtp import replies
from mailtrap.smtp.commands import MASK, Arguments, Verb, masked, split_command
from mailtrap.smtp.events import Command
from mailtrap.smtp.foreign import line_of, opening_of
from mailtrap.smtp.grammar import VERBS
from mailtrap.smtp.lines import Line, LineReader, Overlong, without_end
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import State
from mailtrap.smtp.text import decode
from mailtrap.smtp.transaction import COMMAND_LINE

_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_PATH_VERBS = frozenset({"MAIL", "RCPT"})
_LONG_VERBS = _PATH_VERBS | {"AUTH"}
"""Verbs whose parameters make the limit of their line larger (RFC 4954 section 4)."""

_OFTEN = frozenset({b"MAIL", b"RCPT", b"DATA", b"RSET", b"QUIT"})
"""How lines begin that come again and again, and have no secrets in them."""

_SHORT = 128
"""Octets of a line that is remembered."""


class CommandReader:
    """Takes lines off a buffer and makes commands of them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        profile = session.profile
        self._limits = profile.limits
        self._strict = profile.strict
        self._guarded = profile.tls_required or profile.auth == "required"
        self._lines = LineReader()
        self._first = True

    def take(self, buffer: bytearray) -> Command | None:
        """The next command. None: more is needed, or octets follow (``Session.reading``)."""
        if self._first and (foreign := opening_of(buffer)):
            magic, name = foreign
            return self._foreign(name, magic)
        session = self._session
        exchanging = session.state is State.AUTH
        octets = self._lines.take(
            buffer, self._limits.auth_line if exchanging else self._limits.line
        )
        if octets is None:
            return None
        session.surplus = len(buffer)
        if isinstance(octets, Overlong):
            command: Command | None = self._overlong(octets)
        elif exchanging:
            command = self._resume(without_end(octets).text)
        else:
            command = self._read(_form_of(octets))
        self._first = False
        if command is not None and command.stage == "helo":
            command.proposals = tuple(map(_without_status, command.proposals))
        return command

    def _read(self, form: "_Form") -> Command | None:
        arguments, verb, regular = form.arguments, form.verb, form.regular
        text = form.line.text
        if self._first or not regular:
            foreign = line_of(arguments.verb, text, first=self._first)
            if foreign:
                return self._foreign(foreign, text)
        command = Command(arguments.verb, text, (), form.stage, form.shown)
        refusal = (None if regular else self._malformed(form.line, command)) or self._exhausted()
        if verb is None:
            command.proposals = (refusal or self._unknown(command),)
            return command
        if refusal is None and (self._session.surplus or not regular):
            self._note_line(command, arguments)
        if refusal is None:
            refusal = self._refusal(verb, command, arguments)
        return self._ask(verb, command, arguments.argument, refusal)

    def _ask(
        self, verb: Verb, command: Command, argument: str, refusal: Reply | None
    ) -> Command | None:
        """What the verb proposes, unless it is refused; the octets that follow are read anyway."""
        if refusal is not None:
            command.proposals = (refusal,)
            if not verb.octets_follow or refusal.closes:
                return command
        reply = verb.propose(self._session, command, argument)
        if reply is None:
            return None
        command.proposals = (reply,)
        return command

    def _resume(self, line: bytes) -> Command:
        """A line of an AUTH exchange: a response, whatever it looks like (RFC 4954 section 4)."""
        session = self._session
        mechanism = session.exchange.mechanism.name if session.exchange else ""
        command = Command(verb="AUTH", line=line, proposals=(), stage="auth", value=mechanism)
        resumes = VERBS["AUTH"].resumes
        assert resumes is not None
        reply = resumes(session, command, decode(line))
        command.proposals = (reply or replies.AUTH_MALFORMED,)
        return command

    def _overlong(self, line: Overlong) -> Command:
        """A line of which only the beginning is known.

        Where octets follow it, or it is another protocol's, what comes behind it must not be run:
        the connection ends.
        """
        session = self._session
        exchanging = session.state is State.AUTH
        verb = "AUTH" if exchanging else split_command(line.text).verb
        foreign = "" if exchanging else line_of(verb, line.text, first=self._first)
        if foreign:
            return self._foreign(foreign, line.text[:64])
        evidence = MASK if verb.startswith("AUTH") else line.text
        length = f"more than {len(line.text)}"
        session.note(
            "F-CMD-LEN", "auth" if exchanging else "unknown", evidence, length, COMMAND_LINE
        )
        reply = replies.AUTH_LINE_TOO_LONG if exchanging else replies.LINE_TOO_LONG
        if line.endless:
            reply = replies.endless_line(session.profile.hostname)
        known = VERBS.get(verb)
        return Command(
            verb="AUTH" if exchanging else "",
            line=line.text,
            proposals=(reply,),
            stage="auth" if exchanging else "unknown",
            shown="(a line without end)" if line.endless else "(an overlong line)",
            closes=line.endless or (known is not None and known.octets_follow),
        )

    def _foreign(self, what: str, line: bytes) -> Command:
        """Something that is not SMTP: the connection ends, and no line of it is run."""
        session = self._session
        host = session.profile.hostname
        if what == "TLS":
            session.note("F-TLS-ON-PLAIN", "greeting", line[:16])
            proposals: tuple[Reply, ...] = ()
        else:
            session.note("F-PROTOCOL-MISMATCH", "greeting", line, what)
            known = replies.not_http(host) if what == "HTTP" else replies.not_smtp(host, what)
            proposals = (known,)
        shown = line.decode("ascii", "backslashreplace")
        return Command("", line, proposals, stage="unknown", shown=shown, closes=True)

    def _malformed(self, line: Line, command: Command) -> Reply | None:
        """What is wrong with a line whatever its verb is."""
        session = self._session
        strict = session.profile.strict
        if line.bare_lf:
            self._note("F-BARE-LF-CMD", command)
            if strict:
                return replies.BARE_LF
        if line.extra_cr:
            self._note("F-CRCRLF", command)
            if strict:
                return replies.CONTROL_CHARACTER
        if _CONTROL.search(line.text):
            self._note("F-CTRL-IN-CMD", command)
            bad_path = command.verb in _PATH_VERBS
            return replies.CONTROL_IN_PATH if bad_path else replies.CONTROL_CHARACTER
        if not command.verb:
            self._note("F-EMPTY-CMD", command)
            return replies.SYNTAX_ERROR
        return None

    def _exhausted(self) -> Reply | None:
        """The end of a session that only talks."""
        session = self._session
        limits = self._limits
        session.commands += 1
        if limits.commands and session.commands > limits.commands:
            return replies.too_many_commands(session.profile.hostname)
        if limits.errors and session.errors >= limits.errors:
            return replies.too_many_errors(session.profile.hostname)
        return None

    def _unknown(self, command: Command) -> Reply:
        if _is_long(command):
            self._note("F-CMD-LEN", command, len(command.line) + 2, COMMAND_LINE)
        return replies.UNRECOGNIZED

    def _note(self, finding_id: str, command: Command, *details: object) -> None:
        """Write down what is wrong with a line, without the secrets in it."""
        evidence = masked(command.verb, command.shown)
        self._session.note(finding_id, command.stage, evidence, *details)

    def _note_line(self, command: Command, arguments: Arguments) -> None:
        session = self._session
        for note in arguments.notes:
            self._note(note, command)
        if session.surplus and not (session.extended and session.offers("PIPELINING")):
            self._note("F-PIPE-UNADVERTISED", command)
        if command.verb not in _LONG_VERBS and _is_long(command):
            self._note("F-CMD-LEN", command, len(command.line) + 2, COMMAND_LINE)

    def _refusal(self, verb: Verb, command: Command, arguments: Arguments) -> Reply | None:
        """Why this verb is refused here, before its argument is looked at."""
        state = self._session.state
        if state is State.REFUSED:
            return None if verb.name == "QUIT" else replies.REFUSED_SESSION
        if self._guarded and (refusal := self._unguarded(verb)):
            return refusal
        refusal = verb.refused.get(state)
        if refusal is not None:
            self._note_sequence(command)
            return refusal
        return self._strict_refusal(verb, command, arguments) if self._strict else None

    def _unguarded(self, verb: Verb) -> Reply | None:
        """Why this verb may not come before TLS, or before AUTH."""
        session = self._session
        profile = session.profile
        if profile.tls_required and not session.tls and not verb.unencrypted:
            return replies.TLS_REQUIRED
        if profile.auth == "required" and not session.identity and not verb.unauthenticated:
            return replies.AUTH_REQUIRED
        return None

    def _strict_refusal(self, verb: Verb, command: Command, arguments: Arguments) -> Reply | None:
        """What only a strict server minds: hidden verbs, white space, long lines."""
        if verb.keyword and not self._session.offers(verb.keyword):
            return replies.NOT_IMPLEMENTED
        if "F-WS" in arguments.notes:
            at_start = command.line[:1] in b" \t" or b"\t" in command.line
            return replies.SYNTAX_ERROR if at_start else replies.syntax(verb.syntax)
        if verb.name not in _LONG_VERBS and _is_long(command):
            return replies.LINE_TOO_LONG
        return None

    def _note_sequence(self, command: Command) -> None:
        session = self._session
        if session.state is State.BDAT:
            session.note("F-BDAT-SEQ", command.stage, command.line, command.verb)
        elif session.state is State.BDAT_FAILED:
            session.note("F-BDAT-NO-RSET", command.stage, command.line)


class _Form(NamedTuple):
    """What follows from the octets of a command line alone.

    ``regular`` tells that nothing is to be said against them: a verb we know, and no white space,
    control character, line end or length that is a finding.
    """

    line: Line
    arguments: Arguments
    verb: Verb | None
    stage: str
    shown: str
    regular: bool


def _form_of(octets: bytes) -> _Form:
    """The form of a line: remembered where it is likely to come again (3 of 42 µs a message)."""
    often = len(octets) <= _SHORT and octets[:4] in _OFTEN
    return _form_remembered(octets) if often else _form(octets)


def _form(octets: bytes) -> _Form:
    line = without_end(octets)
    arguments = split_command(line.text)
    verb = VERBS.get(arguments.verb)
    ordinary = not (line.bare_lf or line.extra_cr or arguments.notes)
    fits = len(line.text) <= COMMAND_LINE - 2
    return _Form(
        line,
        arguments,
        verb,
        stage=verb.stage if verb else "unknown",
        shown=masked(arguments.verb, arguments.text),
        regular=bool(verb and fits and ordinary and not _CONTROL.search(line.text)),
    )


_form_remembered = lru_cache(1_024)(_form)


def _is_long(command: Command) -> bool:
    return len(command.line) > COMMAND_LINE - 2


def _without_status(reply: Reply) -> Reply:
    """As RFC 2034 section 4 has it for greeting commands; LHLO is none where it is unknown."""
    has_none = not reply.status or reply is replies.USE_EHLO
    return reply if has_none else Reply(reply.code, reply.text)
