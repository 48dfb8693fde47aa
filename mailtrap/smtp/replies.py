"""The catalogue of replies: the only place with reply texts, grouped as RFC 5321 section 4.2.

``h`` is the server's name. Constants where nothing varies, functions where something does.
"""

from functools import lru_cache

from mailtrap.smtp.reply import Reply, clean

# Connection (RFC 5321 sections 3.1, 3.8; RFC 7504)

TOO_MANY_CONNECTIONS = Reply(421, "Too many connections", "4.3.2")


@lru_cache(64)
def greeting(h: str) -> Reply:
    """The opening message."""
    return Reply(220, f"{h} ESMTP mailtrap ready")


@lru_cache(64)
def lmtp_greeting(h: str) -> Reply:
    """The opening message of LMTP (RFC 2033)."""
    return Reply(220, f"{h} LMTP mailtrap ready")


@lru_cache(64)
def bye(h: str) -> Reply:
    """Answers QUIT."""
    return Reply(221, f"{h} Bye", "2.0.0")


def idle(h: str) -> Reply:
    """Says that nothing came for too long."""
    return Reply(421, f"{h} Timeout exceeded", "4.4.2")


def cut_off(h: str) -> Reply:
    """Says that the client ended its side in the middle of a message (RFC 5321 4.1.1.10)."""
    return Reply(421, f"{h} Message was cut off, nothing is kept", "4.4.2")


def shutting_down(h: str) -> Reply:
    """Says that the server stops."""
    return Reply(421, f"{h} shutting down", "4.3.2")


def internal_error(h: str) -> Reply:
    """Says that the fault is ours."""
    return Reply(421, f"{h} Server local error", "4.3.0")


def too_many_errors(h: str) -> Reply:
    """Ends a session of nothing but errors."""
    return Reply(421, f"{h} Too many errors", "4.7.0")


def too_many_commands(h: str) -> Reply:
    """Ends a session that talks without sending mail."""
    return Reply(421, f"{h} Too many commands without mail", "4.7.0")


def endless_line(h: str) -> Reply:
    """Ends a session whose command line never ends."""
    return Reply(421, f"{h} Command line without end", "4.5.2")


def not_http(h: str) -> Reply:
    """Ends a session of another protocol, before any of its lines can be taken for a command."""
    return Reply(554, f"{h} This is an SMTP server, not HTTP", "5.5.1")


def not_smtp(h: str, what: str) -> Reply:
    """Ends a session of another protocol."""
    return Reply(554, f"{h} This is an SMTP server, not {what}", "5.5.1")


def tls_port(h: str) -> Reply:
    """Tells a client on an implicit TLS port that it must begin with a handshake."""
    return Reply(554, f"{h} This port requires TLS from the first byte", "5.7.0")


REFUSED_SESSION = Reply(503, "No service here, only QUIT", "5.5.1")

# Commands in general

OK = Reply(250, "Ok", "2.0.0")
UNRECOGNIZED = Reply(500, "Command not recognized", "5.5.2")
SYNTAX_ERROR = Reply(500, "Syntax error", "5.5.2")
LINE_TOO_LONG = Reply(500, "Line too long", "5.5.2")
BARE_LF = Reply(500, "Line must end with CRLF", "5.5.2")
CONTROL_CHARACTER = Reply(500, "Control character in command", "5.5.2")
CONTROL_IN_PATH = Reply(501, "Control character in command", "5.5.2")
NOT_IMPLEMENTED = Reply(502, "Command not implemented", "5.5.1")
GREET_FIRST = Reply(503, "Send EHLO/HELO first", "5.5.1")
EHLO_FIRST = Reply(503, "Send EHLO first", "5.5.1")
AUTH_REQUIRED = Reply(530, "Authentication required", "5.7.0")
TLS_REQUIRED = Reply(530, "Must issue a STARTTLS command first", "5.7.0")


def syntax(usage: str) -> Reply:
    """Says how a command is written."""
    return Reply(501, f"Syntax: {usage}", "5.5.4")


DATA_SYNTAX = syntax("DATA")
RSET_SYNTAX = syntax("RSET")
QUIT_SYNTAX = syntax("QUIT")
STARTTLS_SYNTAX = syntax("STARTTLS")

# EHLO, HELO, LHLO: never an enhanced status code (RFC 2034 section 4)


def greeting_syntax(verb: str) -> Reply:
    """Says how the greeting command is written."""
    return Reply(501, f"Syntax: {verb} hostname")


USE_EHLO = Reply(500, "This is an SMTP server, use EHLO", "5.5.1")
USE_LHLO = Reply(500, "This is an LMTP server, use LHLO")

# MAIL and RCPT

SENDER_OK = Reply(250, "Ok", "2.1.0")
RECIPIENT_OK = Reply(250, "Ok", "2.1.5")
PRIORITY_LOWERED = Reply(250, "0 is the new priority", "2.3.6")
NESTED_MAIL = Reply(503, "Nested MAIL command", "5.5.1")
MAIL_AFTER_BDAT = Reply(503, "MAIL after BDAT", "5.5.1")
NEED_MAIL = Reply(503, "Need MAIL command", "5.5.1")
RCPT_AFTER_BDAT = Reply(503, "RCPT after BDAT", "5.5.1")
BAD_SENDER = Reply(501, "Bad sender address syntax", "5.1.7")
BAD_RECIPIENT = Reply(501, "Bad recipient address syntax", "5.1.3")
ONE_RECIPIENT = Reply(501, "One RCPT takes one address", "5.1.3")
SENDER_TOO_LONG = Reply(501, "Path too long", "5.1.7")
RECIPIENT_TOO_LONG = Reply(501, "Path too long", "5.1.3")
INVALID_UTF8 = Reply(501, "Invalid UTF-8", "5.5.2")
SENDER_NEEDS_UTF8 = Reply(550, "Address needs the SMTPUTF8 parameter", "5.6.7")
RECIPIENT_NEEDS_UTF8 = Reply(553, "Address needs the SMTPUTF8 parameter", "5.6.7")
TOO_MANY_RECIPIENTS = Reply(452, "Too many recipients", "4.5.3")
TOO_MANY_TRANSACTIONS = Reply(452, "Too many messages in this session", "4.5.3")
BINARYMIME_NOT_OFFERED = Reply(504, "BODY=BINARYMIME not offered", "5.5.4")
NEED_STARTTLS_FOR_REQUIRETLS = Reply(530, "REQUIRETLS needs TLS", "5.7.10")


def unsupported(keyword: str) -> Reply:
    """Refuses a parameter that was not offered."""
    return Reply(555, f"Unsupported option: {clean(keyword)}", "5.5.4")


def bad_parameter(keyword: str, reason: str, status: str = "5.5.4") -> Reply:
    """Refuses a parameter whose value is wrong."""
    return Reply(501, f"{clean(keyword)}: {clean(reason, 256)}", status)


def too_soon(seconds: int) -> Reply:
    """Refuses a deadline below the least that EHLO told (RFC 2852 section 4)."""
    return Reply(555, f"BY must be at least {seconds} seconds", "5.5.4")


# DATA, BDAT and content

START_MAIL = Reply(354, "Start mail input; end with <CRLF>.<CRLF>")
NEED_RCPT = Reply(503, "Need RCPT command", "5.5.1")
NO_VALID_RECIPIENTS = Reply(554, "No valid recipients", "5.5.1")
NO_VALID_RECIPIENTS_LMTP = Reply(503, "No valid recipients", "5.5.1")
DATA_AFTER_BDAT = Reply(503, "DATA after BDAT", "5.5.1")
BINARYMIME_NEEDS_BDAT = Reply(503, "BINARYMIME requires BDAT", "5.5.1")
RSET_AFTER_BDAT = Reply(503, "RSET needed after a failed BDAT", "5.5.1")
TOO_BIG = Reply(552, "Message size exceeds fixed maximum message size", "5.3.4")
CHUNK_TOO_BIG = Reply(552, "Chunk exceeds message size limit", "5.3.4")
BIGGER_THAN_DECLARED = Reply(552, "Message is bigger than its SIZE parameter said", "5.3.4")
TEXT_LINE_TOO_LONG = Reply(500, "Line of message text too long", "5.5.2")
NO_STORAGE = Reply(452, "Insufficient system storage", "4.3.1")
LOCAL_ERROR = Reply(451, "Local error in processing", "4.3.0")


def queued(message_id: str) -> Reply:
    """Acknowledges a message by DATA; the id is the API's."""
    return Reply(250, f"Ok: queued as {message_id}", "2.0.0")


def octets_queued(message_id: str, octets: int) -> Reply:
    """Acknowledges a message by BDAT."""
    return Reply(250, f"Ok: {octets} octets queued as {message_id}", "2.0.0")


def delivered(message_id: str, recipient: str) -> Reply:
    """Acknowledges a message for one LMTP recipient (RFC 2033 section 4.2)."""
    return Reply(250, f"<{clean(recipient, 256)}> Ok: queued as {message_id}", "2.1.5")


EACH_RECIPIENT = Reply(353, "Replies for each recipient follow")


def taken(recipient: str) -> Reply:
    """Says under PRDR that one recipient takes the content."""
    return Reply(250, f"<{clean(recipient, 256)}> Ok", "2.1.5")


def nobody_takes(refusal: Reply) -> Reply:
    """Refuses the content under PRDR, as all recipients did: with the code of one of them."""
    return Reply(refusal.code, "No recipient takes this message", refusal.status)


def octets_received(octets: int) -> Reply:
    """Acknowledges a chunk (RFC 3030 section 2)."""
    return Reply(250, f"{octets} octets received", "2.0.0")


# Enquiries

CANNOT_VRFY = Reply(252, "Cannot VRFY user, but will accept message and attempt delivery", "2.0.0")
EXPN_NOT_IMPLEMENTED = Reply(502, "EXPN not implemented", "5.5.1")
HELP_UNKNOWN = Reply(504, "HELP topic unknown", "5.5.4")
NO_SUCH_USER = Reply(550, "No such user here", "5.1.1")
NO_SUCH_LIST = Reply(550, "No such list here", "5.1.1")
AMBIGUOUS_USER = Reply(553, "Ambiguous", "5.1.4")
ETRN_IN_TRANSACTION = Reply(503, "ETRN not permitted during a mail transaction", "5.5.1")


def user(name: str, address: str) -> Reply:
    """Answers VRFY from a directory."""
    return Reply(250, f"{clean(name)} <{address}>" if name else f"<{address}>", "2.1.5")


def members(addresses: tuple[str, ...]) -> Reply:
    """Answers EXPN, a line an address."""
    return Reply(250, "\n".join(f"<{address}>" for address in addresses), "2.1.5")


def help_text(text: str) -> Reply:
    """Answers HELP."""
    return Reply(214, text, "2.0.0")


def etrn_started(node: str) -> Reply:
    """Answers ETRN (RFC 1985): noted; nothing is ever queued here."""
    return Reply(250, f"OK, queuing for node {clean(node, 256)} started", "2.0.0")


# STARTTLS

READY_FOR_TLS = Reply(220, "Ready to start TLS", "2.0.0")
TLS_ACTIVE = Reply(503, "TLS already active", "5.5.1")
STARTTLS_IN_TRANSACTION = Reply(503, "STARTTLS not permitted during a mail transaction", "5.5.1")
NO_PIPELINING_AFTER_STARTTLS = Reply(
    454, "SMTP protocol violation, no commands allowed to pipeline after STARTTLS", "4.5.0"
)

# AUTH (RFC 4954 section 6)

AUTHENTICATED = Reply(235, "Authentication succeeded", "2.7.0")
AUTH_AGAIN = Reply(503, "Already authenticated", "5.5.1")
AUTH_IN_TRANSACTION = Reply(503, "AUTH not permitted during a mail transaction", "5.5.1")
AUTH_SYNTAX = syntax("AUTH mechanism [initial-response]")
AUTH_UNKNOWN = Reply(504, "Unrecognized authentication type", "5.5.4")
AUTH_NO_INITIAL = Reply(501, "This mechanism takes no initial response", "5.7.0")
AUTH_CANCELLED = Reply(501, "Authentication cancelled", "5.7.0")
AUTH_NOT_BASE64 = Reply(501, "Cannot decode response", "5.5.2")
AUTH_MALFORMED = Reply(501, "Malformed authentication response", "5.5.2")
AUTH_LINE_TOO_LONG = Reply(500, "Authentication exchange line is too long", "5.5.6")
AUTH_INVALID = Reply(535, "Authentication credentials invalid", "5.7.8")


def challenge(text: str) -> Reply:
    """Asks for the next response; ``text`` is base64, and may be empty."""
    return Reply(334, text)


# XCLIENT and XFORWARD

NOT_TRUSTED = Reply(550, "Not permitted for this client", "5.7.0")
XCLIENT_IN_TRANSACTION = Reply(503, "Not permitted during a mail transaction", "5.5.1")
