"""The catalogue of findings: every leniency has its row here, and nothing else names one.

Severities: ``error``, a real server will refuse or corrupt this; ``warning``, some real servers
refuse it; ``notice``, a violation that is tolerated everywhere; ``info``, unusual, not wrong.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "notice", "info"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding. ``text`` has gaps that the finding's details fill."""

    severity: Severity
    rfc: str
    text: str
    hint: str = ""


CATALOGUE: dict[str, Entry] = {
    # Connection and pipelining
    "F-EARLY-TALK": Entry("warning", "5321 §4.3.1", "Client spoke before the server greeted it."),
    "F-PIPE-UNADVERTISED": Entry(
        "warning", "2920 §3.1", "Commands sent without waiting, PIPELINING not offered."
    ),
    "F-PIPE-DATA": Entry("warning", "2920 §3.1", "Message text sent before 354."),
    "F-PIPE-AUTH": Entry(
        "error", "4954 §4, 3207 §4", "Command pipelined after AUTH or STARTTLS is lost."
    ),
    "F-NO-QUIT": Entry("info", "5321 §4.1.1.10", "Connection closed without QUIT."),
    "F-ABORT": Entry(
        "warning", "5321 §4.1.1.10", "Connection lost at {} after {} octets of content."
    ),
    "F-IDLE": Entry("info", "5321 §4.5.3.2.7", "Closed after {} s idle."),
    "F-SLOW-REPLY": Entry("info", "", "Client was idle {} s."),
    "F-CONN-NO-MAIL": Entry("info", "", "Connection without a transaction (health check?)."),
    "F-PROTOCOL-MISMATCH": Entry("error", "", "This is not SMTP: {}."),
    # Greeting
    "F-NO-HELO": Entry("warning", "5321 §4.1.4", "No EHLO/HELO was sent."),
    "F-HELO-EMPTY": Entry("warning", "5321 §4.1.1.1", "Greeting command has no host name."),
    "F-HELO-SYNTAX": Entry(
        "notice",
        "5321 §4.1.2",
        "Greeting name {!r} is not a valid domain or address literal: {}.",
    ),
    "F-HELO-LOCALHOST": Entry(
        "info",
        "5321 §2.3.5",
        "Greeting name is a loopback name; many MX hosts score it as spam.",
    ),
    "F-HELO-OWN-NAME": Entry(
        "warning", "", "Client introduced itself as this server (Exchange answers 550 5.7.506)."
    ),
    "F-HELO-ONLY": Entry("info", "5321 §4.1.1.1", "Client used HELO; no extensions are available."),
    # Command lines
    "F-CMD-LEN": Entry("warning", "5321 §4.5.3.1.4", "Command line of {} octets exceeds {}."),
    "F-CMD-ARG": Entry("notice", "5321 §4.1.1", "{} takes no argument."),
    "F-EMPTY-CMD": Entry("info", "5321", "Empty command line."),
    "F-WS": Entry("notice", "5321 §4.1.1", "Unexpected whitespace in command."),
    "F-WS-TRAILING": Entry("info", "5321 §4.1.1", "Trailing whitespace after a command."),
    "F-BARE-LF-CMD": Entry("warning", "5321 §2.3.8", "Command line ended with a bare LF."),
    "F-CTRL-IN-CMD": Entry("error", "5321 §4.1.2", "Control character in command."),
    "F-OBSOLETE-CMD": Entry("notice", "5321 §F", "Obsolete command {}."),
    "F-OBSOLETE-EXT": Entry("notice", "5321 §F", "Obsolete extension parameter {}."),
    # Paths
    "F-PATH-WS": Entry("notice", "5321 §3.3", "Space {}."),
    "F-FROM-COLON": Entry("warning", "5321 §4.1.1.2", "Colon missing or misplaced."),
    "F-PATH-NOBRACKET": Entry("warning", "5321 §4.1.2", "Address is not in angle brackets."),
    "F-PATH-DISPLAYNAME": Entry("error", "5321 §4.1.2", "Display name sent in the envelope."),
    "F-RCPT-LIST": Entry("error", "5321 §4.1.1.3", "One RCPT may carry one address."),
    "F-ADDR-SYNTAX": Entry("error", "5321 §4.1.2", "{!r} is not a valid address: {}."),
    "F-ADDR-NODOMAIN": Entry("warning", "5321 §2.3.5", "Address has no domain."),
    "F-ADDR-LITERAL": Entry("warning", "5321 §4.1.3", "Malformed address literal."),
    "F-ADDR-LEN": Entry("warning", "5321 §4.5.3.1.1 to 4.5.3.1.3", "{} is {} octets, limit {}."),
    "F-SOURCE-ROUTE": Entry("info", "5321 §F.2", "Source route ignored."),
    "F-UTF8-UNDECLARED": Entry(
        "error", "6531 §3.4", "UTF-8 address used without the SMTPUTF8 parameter."
    ),
    "F-UTF8-INVALID": Entry(
        "error", "6531, 3629", "Address is not valid UTF-8 (looks like windows-1252)."
    ),
    "F-UTF8-UNNEEDED": Entry(
        "info",
        "6531 §3.4",
        "SMTPUTF8 requested but not needed; some servers will refuse the message.",
    ),
    "F-RCPT-DUP": Entry("info", "", "Duplicate recipient."),
    # Parameters
    "F-PARAM-UNKNOWN": Entry("warning", "5321 §4.1.1.3", "Parameter {} was not offered."),
    "F-PARAM-HELO": Entry("warning", "5321 §4.1.4", "ESMTP parameter used after HELO."),
    "F-PARAM-SYNTAX": Entry("error", "5321 §4.1.1.11", "{}: {}."),
    "F-PARAM-AUTH-FORM": Entry("warning", "4954 §5", "AUTH= value must be xtext or <>."),
    "F-XTEXT": Entry("notice", "3461 §4", "Bad xtext."),
    "F-ORCPT-MISMATCH": Entry("warning", "3461 §4.2", "ORCPT does not name this recipient."),
    "F-REQUIRETLS-CLEAR": Entry("error", "8689 §2", "REQUIRETLS used without TLS."),
    # Content transfer
    "F-SIZE-LIE": Entry("warning", "1870 §6.3", "Declared {} octets, sent {}."),
    "F-BODY-7BIT-LIE": Entry("warning", "6152", "8-bit data sent as 7BIT."),
    "F-8BIT-UNDECLARED": Entry("notice", "6152", "8-bit data without BODY=8BITMIME."),
    "F-8BIT-HEADER": Entry("error", "6532", "Raw 8-bit octets in header {}."),
    "F-BINARY-CTE": Entry("warning", "3030 §3", "Binary CTE over a text transfer."),
    "F-BARE-LF": Entry("warning", "5321 §2.3.8", "{} bare LF in message text."),
    "F-BARE-CR": Entry("warning", "5321 §2.3.8", "{} bare CR in message text."),
    "F-CRCRLF": Entry(
        "error", "5321 §2.3.8", "CR CR LF line endings: the sender converted line ends twice."
    ),
    "F-SMUGGLE": Entry(
        "error",
        "5321 §4.1.1.4",
        "{!r} found: ends the message early on vulnerable servers.",
    ),
    "F-EOD-LF": Entry(
        "error",
        "5321 §4.1.1.4",
        "Message was ended with bare LF; it was never accepted.",
    ),
    "F-DOT-UNSTUFFED": Entry(
        "error", "5321 §4.5.2", "Leading dot not doubled: one dot is lost at every server."
    ),
    "F-DOT-AFTER-LF": Entry(
        "warning", "5321 §4.5.2", "Dot stuffed after a bare LF: receivers keep both dots."
    ),
    "F-LINE-998": Entry(
        "warning", "5321 §4.5.3.1.6, 5322 §2.1.1", "Line of {} octets exceeds 998."
    ),
    "F-NUL": Entry("warning", "5321 §4.1.1.4", "NUL octet in message."),
    "F-BDAT-NULL": Entry("info", "3030 §2", "Empty chunk."),
    "F-BDAT-NO-RSET": Entry("warning", "3030 §2", "RSET required after a failed BDAT."),
    "F-BDAT-SEQ": Entry("warning", "3030 §2", "{} not allowed after BDAT."),
    # Message format
    "F-NO-HEADERS": Entry("warning", "5322 §3.6", "Message has no header block."),
    "F-EMPTY": Entry("warning", "5322 §3.6", "Message is empty."),
    "F-HDR-MISSING": Entry("warning", "5322 §3.6", "Header {} is missing."),
    "F-HDR-NO-MSGID": Entry("notice", "5322 §3.6.4", "No Message-ID."),
    "F-HDR-DUP": Entry(
        "warning", "5322 §3.6", "Duplicate {} (Gmail rejects: 550 5.7.1 duplicate headers)."
    ),
    "F-HDR-BCC": Entry("error", "5322 §3.6.3", "Bcc would be visible to every recipient."),
    "F-RETURN-PATH": Entry("notice", "5321 §4.4", "Return-Path must not be sent by a client."),
    "F-LOOP": Entry("warning", "5321 §6.3", "Possible mail loop: {} Received fields."),
    "F-RCPT-NOT-IN-HEADERS": Entry("info", "", "Blind recipient {}."),
    "F-ENVELOPE-MISMATCH": Entry(
        "info", "7489", "Envelope and header From differ (SPF alignment)."
    ),
    "F-NULL-SENDER-TX": Entry("notice", "5321 §4.5.5", "Null reverse path on non-bounce mail."),
    # TLS
    "F-STARTTLS-INJECT": Entry("error", "3207 §4", "{} octets after STARTTLS were discarded."),
    "F-TLS-EARLY-HELLO": Entry(
        "notice", "3207 §4", "TLS handshake began before the 220 to STARTTLS."
    ),
    "F-TLS-FAIL": Entry("error", "8446", "TLS handshake failed: {}."),
    "F-TLS-TIMEOUT": Entry("error", "8446", "TLS handshake did not end within {} s."),
    "F-TLS-ON-PLAIN": Entry(
        "error",
        "8314 §3.3",
        "Client expects implicit TLS on a plain port.",
        "Use the implicit TLS listener, or turn implicit TLS off in the client.",
    ),
    "F-TLS-PORT": Entry("error", "8314 §3.3", "Client speaks plaintext on an implicit-TLS port."),
    "F-TLS-OLD": Entry("warning", "8314 §4", "Client cannot use TLS 1.2."),
    "F-TLS-NOT-USED": Entry("info", "8314", "Client did not use TLS although offered."),
    # AUTH
    "F-AUTH-CLEAR": Entry("notice", "4954 §4, 8314", "Password sent in clear text."),
    "F-AUTH-AFTER-HELO": Entry("notice", "4954 §4", "AUTH requires EHLO."),
    "F-AUTH-UNADVERTISED": Entry("notice", "4954 §4", "Mechanism {} was not offered."),
    "F-AUTH-EQUALS": Entry("notice", "", "Old AUTH= syntax."),
    "F-AUTH-CRED-SPACE": Entry("warning", "", "Credentials contain stray whitespace."),
    "F-B64-PAD": Entry("notice", "4954 §4", "Bad base64 padding."),
    # Across sessions
    "F-MANY-CONNS": Entry("info", "", "{} connections in a minute; consider a connection pool."),
    "F-RETRY-DUP": Entry(
        "warning",
        "1047",
        "Same message received {} times: the client retries without an idempotency key.",
    ),
}
