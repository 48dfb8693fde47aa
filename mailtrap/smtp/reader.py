"""From lines to commands: what may come here is asked of the verb, what may not is refused."""

import re

from mailtrap.smtp import replies
from mailtrap.smtp.commands import Arguments, Verb, split_command
from mailtrap.smtp.events import Command
from mailtrap.smtp.foreign import line_of, opening_of
from mailtrap.smtp.grammar import VERBS
from mailtrap.smtp.lines import Line, LineReader
from mailtrap.smtp.reply import Reply
from mailtrap.smtp.session import Session
from mailtrap.smtp.state import State
from mailtrap.smtp.text import decode
from mailtrap.smtp.transaction import COMMAND_LINE

_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_PATH_VERBS = frozenset({"MAIL", "RCPT"})


class CommandReader:
    """Takes lines off a buffer and makes commands of them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lines = LineReader()
        self._first = True

    def take(self, buffer: bytearray) -> Command | None:
        """The next command. None: more is needed, or octets follow (``Session.reading``)."""
        if self._first and (foreign := opening_of(buffer)):
            return self._foreign(foreign, bytes(buffer[:64]))
        limits = self._session.profile.limits
        exchanging = self._session.state is State.AUTH
        line = self._lines.take(buffer, limits.auth_line if exchanging else limits.line)
        if line is None:
            return None
        self._session.surplus = len(buffer)
        command = self._read(line)
        self._first = False
        return command

    def _read(self, line: Line) -> Command | None:
        session = self._session
        if line.overlong:
            return self._overlong(line)
        if session.state is State.AUTH:
            return self._resume(line)
        arguments = split_command(line.text)
        foreign = line_of(arguments.verb, line.text, first=self._first)
        if foreign:
            return self._foreign(foreign, line.text)
        verb = VERBS.get(arguments.verb)
        command = Command(
            verb=arguments.verb,
            line=line.text,
            proposals=(),
            stage=verb.stage if verb else "unknown",
            shown=decode(line.text),
        )
        reply = self._malformed(line, command) or self._exhausted()
        if reply is None and verb is None:
            reply = self._unknown(command)
        if reply is not None or verb is None:
            command.proposals = (reply or replies.UNRECOGNIZED,)
            return command
        return self._ask(verb, command, arguments)

    def _ask(self, verb: Verb, command: Command, arguments: Arguments) -> Command | None:
        """What the verb proposes, unless something refuses it here."""
        self._note_line(command, arguments)
        refusal = self._refusal(verb, command, arguments)
        if refusal is not None:
            command.proposals = (refusal,)
            if not verb.octets_follow:
                return command
        reply = verb.propose(self._session, command, arguments.argument)
        if reply is None:
            return None
        command.proposals = (reply,)
        return command

    def _resume(self, line: Line) -> Command:
        """A line of an AUTH exchange: a response, whatever it looks like (RFC 4954 section 4)."""
        session = self._session
        mechanism = session.exchange.mechanism.name if session.exchange else ""
        command = Command(verb="AUTH", line=line.text, proposals=(), stage="auth", value=mechanism)
        resumes = VERBS["AUTH"].resumes
        assert resumes is not None
        reply = resumes(session, command, decode(line.text))
        command.proposals = (reply or replies.AUTH_MALFORMED,)
        return command

    def _overlong(self, line: Line) -> Command:
        session = self._session
        exchanging = session.state is State.AUTH
        session.note("F-CMD-LEN", "auth" if exchanging else "unknown", line.text, "more", "ours")
        reply = replies.AUTH_LINE_TOO_LONG if exchanging else replies.LINE_TOO_LONG
        if line.endless:
            reply = replies.endless_line(session.profile.hostname)
        return Command(
            verb="AUTH" if exchanging else "",
            line=line.text,
            proposals=(reply,),
            stage="auth" if exchanging else "unknown",
            shown="(a line without end)" if line.endless else "(an overlong line)",
            closes=line.endless,
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
            session.note("F-BARE-LF-CMD", command.stage, line.text)
            if strict:
                return replies.BARE_LF
        if line.extra_cr:
            session.note("F-CRCRLF", command.stage, line.text)
        if _CONTROL.search(line.text):
            session.note("F-CTRL-IN-CMD", command.stage, line.text)
            bad_path = command.verb in _PATH_VERBS
            return replies.CONTROL_IN_PATH if bad_path else replies.CONTROL_CHARACTER
        if not line.text.strip(b" \t"):
            session.note("F-EMPTY-CMD", command.stage, line.text)
            return replies.SYNTAX_ERROR
        return None

    def _exhausted(self) -> Reply | None:
        """The end of a session that only talks."""
        session = self._session
        limits = session.profile.limits
        session.commands += 1
        if limits.commands and session.commands > limits.commands:
            return replies.too_many_commands(session.profile.hostname)
        if limits.errors and session.errors >= limits.errors:
            return replies.too_many_errors(session.profile.hostname)
        return None

    def _unknown(self, command: Command) -> Reply:
        if len(command.line) > COMMAND_LINE - 2:
            self._session.note(
                "F-CMD-LEN", command.stage, command.line, len(command.line) + 2, COMMAND_LINE
            )
        return replies.UNRECOGNIZED

    def _note_line(self, command: Command, arguments: Arguments) -> None:
        session = self._session
        for note in arguments.notes:
            session.note(note, command.stage, command.line)
        if session.surplus and not (session.extended and session.offers("PIPELINING")):
            session.note("F-PIPE-UNADVERTISED", command.stage, command.line)
        if len(command.line) > COMMAND_LINE - 2 and command.verb not in _PATH_VERBS | {"AUTH"}:
            length = len(command.line) + 2
            session.note("F-CMD-LEN", command.stage, command.line, length, COMMAND_LINE)

    def _refusal(self, verb: Verb, command: Command, arguments: Arguments) -> Reply | None:
        """Why this verb is refused here, before its argument is looked at."""
        session = self._session
        profile = session.profile
        if session.state is State.REFUSED:
            return None if verb.name == "QUIT" else replies.REFUSED_SESSION
        if profile.tls_required and not session.tls and not verb.unencrypted:
            return replies.TLS_REQUIRED
        if profile.auth == "required" and not session.identity and not verb.unauthenticated:
            return replies.AUTH_REQUIRED
        refusal = verb.refused.get(session.state)
        if refusal is not None:
            self._note_sequence(command)
            return refusal
        if profile.strict and "F-WS" in arguments.notes:
            at_start = command.line[:1] in b" \t" or b"\t" in command.line
            return replies.SYNTAX_ERROR if at_start else replies.syntax(verb.syntax)
        return None

    def _note_sequence(self, command: Command) -> None:
        session = self._session
        if session.state is State.BDAT:
            session.note("F-BDAT-SEQ", command.stage, command.line, command.verb)
        elif session.state is State.BDAT_FAILED:
            session.note("F-BDAT-NO-RSET", command.stage, command.line)
