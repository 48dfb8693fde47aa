"""Servers that everybody meets, as personas.

Exim's texts are those of a running Exim 4.96, Postfix's those of its defaults; those of the
providers, who change them now and then, come from transcripts, some from memory. What this engine
does not do (PIPECONNECT, further AUTH mechanisms) is left out of EHLO; banners have no dates.
"""

from collections.abc import Mapping
from types import MappingProxyType

from mailtrap.smtp import replies
from mailtrap.smtp.persona import Persona
from mailtrap.smtp.reply import Reply

_GSMTP = " {session} - gsmtp"
_HELP = "https://support.google.com/mail/?p="
_END_DATA = Reply(354, "End data with <CR><LF>.<CR><LF>")


def _google(code: int, text: str, page: str, status: str) -> Reply:
    """A refusal as Gmail writes it, with a page in its last line."""
    return Reply(code, f"{text} For more information, go to\n {_HELP}{page}{_GSMTP}", status)


GMAIL = Persona(
    name="gmail",
    banner=Reply(220, "{h} ESMTP" + _GSMTP),
    hello="{h} at your service, {at}",
    helo="{h} at your service",
    ehlo=(
        "SIZE", "8BITMIME", "STARTTLS", "AUTH", "ENHANCEDSTATUSCODES", "PIPELINING", "CHUNKING",
        "SMTPUTF8",
    ),
    mechanisms=("LOGIN", "PLAIN", "XOAUTH2", "OAUTHBEARER"),
    size=35_882_577,
    recipients=100,
    queued=Reply(250, "OK  {id}" + _GSMTP, "2.0.0"),
    bye=Reply(221, "closing connection" + _GSMTP, "2.0.0"),
    signature=_GSMTP,
    wording={
        replies.OK: Reply(250, "OK" + _GSMTP, "2.0.0"),
        replies.SENDER_OK: Reply(250, "OK" + _GSMTP, "2.1.0"),
        replies.RECIPIENT_OK: Reply(250, "OK" + _GSMTP, "2.1.5"),
        replies.START_MAIL: Reply(354, " Go ahead" + _GSMTP),
        replies.READY_FOR_TLS: Reply(220, "Ready to start TLS", "2.0.0"),
        replies.AUTHENTICATED: Reply(235, "Accepted", "2.7.0"),
        replies.AUTH_INVALID: _google(
            535, "Username and Password not accepted.", "BadCredentials", "5.7.8"
        ),
        replies.AUTH_REQUIRED: _google(530, "Authentication Required.", "WantAuthError", "5.7.0"),
        replies.AUTH_UNKNOWN: Reply(504, "Unrecognized Authentication Type" + _GSMTP, "5.7.4"),
        replies.TLS_REQUIRED: Reply(530, "Must issue a STARTTLS command first." + _GSMTP, "5.7.0"),
        replies.UNRECOGNIZED: Reply(500, "Unrecognized command." + _GSMTP, "5.5.1"),
        replies.NOT_IMPLEMENTED: Reply(502, "Unimplemented command." + _GSMTP, "5.5.1"),
        replies.GREET_FIRST: Reply(503, "EHLO/HELO first." + _GSMTP, "5.5.1"),
        replies.NEED_MAIL: Reply(503, "MAIL first." + _GSMTP, "5.5.1"),
        replies.NEED_RCPT: Reply(503, "RCPT first." + _GSMTP, "5.5.1"),
        replies.TOO_MANY_RECIPIENTS: _google(
            452, "Your message has too many recipients.", "TooManyRecipientsError", "4.5.3"
        ),
        replies.TOO_BIG: _google(
            552, "Your message exceeded Google's message size limits.", "MaxSizeError", "5.3.4"
        ),
        replies.CANNOT_VRFY: Reply(252, "Send some mail, I'll try my best" + _GSMTP, "2.1.5"),
    },
)  # fmt: skip

MICROSOFT365 = Persona(
    name="microsoft365",
    banner=Reply(220, "{h} Microsoft ESMTP MAIL Service ready"),
    hello="{h} Hello {at}",
    ehlo=(
        "SIZE", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "STARTTLS", "AUTH", "8BITMIME",
        "BINARYMIME", "CHUNKING", "SMTPUTF8",
    ),
    mechanisms=("LOGIN", "XOAUTH2"),
    size=157_286_400,
    recipients=500,
    queued=Reply(250, "OK <{id}@{h}> [Hostname={h}]", "2.0.0"),
    bye=Reply(221, "Service closing transmission channel", "2.0.0"),
    wording={
        replies.OK: Reply(250, "OK", "2.0.0"),
        replies.SENDER_OK: Reply(250, "Sender OK", "2.1.0"),
        replies.RECIPIENT_OK: Reply(250, "Recipient OK", "2.1.5"),
        replies.START_MAIL: Reply(354, "Start mail input; end with <CRLF>.<CRLF>"),
        replies.READY_FOR_TLS: Reply(220, "SMTP server ready", "2.0.0"),
        replies.AUTHENTICATED: Reply(235, "Authentication successful", "2.7.0"),
        replies.AUTH_INVALID: Reply(535, "Authentication unsuccessful [{h}]", "5.7.3"),
        replies.AUTH_REQUIRED: Reply(530, "Client not authenticated to send mail.", "5.7.57"),
        replies.AUTH_UNKNOWN: Reply(504, "Unrecognized authentication type", "5.7.4"),
        replies.UNRECOGNIZED: Reply(500, "Unrecognized command", "5.3.3"),
        replies.GREET_FIRST: Reply(503, "Send hello first", "5.5.2"),
        replies.NESTED_MAIL: Reply(503, "Sender already specified", "5.5.2"),
        replies.NEED_MAIL: Reply(503, "Need mail command", "5.5.2"),
        replies.NEED_RCPT: Reply(503, "Need rcpt command", "5.5.2"),
        replies.BAD_SENDER: Reply(501, "Invalid address", "5.1.7"),
        replies.BAD_RECIPIENT: Reply(501, "Invalid address", "5.1.3"),
        replies.CANNOT_VRFY: Reply(252, "Cannot VRFY user", "2.1.5"),
    },
)  # fmt: skip

YAHOO = Persona(
    name="yahoo",
    banner=Reply(220, "{h} ESMTP ready"),
    hello="{h} Hello {client} {at})",
    ehlo=("PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SIZE", "STARTTLS", "AUTH"),
    mechanisms=("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"),
    size=41_697_280,
    recipients=100,
    queued=Reply(250, "OK , completed {id}", "2.0.0"),
    bye=Reply(221, "Service Closing transmission"),
    wording={
        replies.OK: Reply(250, "OK", "2.0.0"),
        replies.SENDER_OK: Reply(250, "Sender OK", "2.1.0"),
        replies.RECIPIENT_OK: Reply(250, "Recipient OK", "2.1.5"),
        replies.START_MAIL: Reply(354, "Ok Send data ending with <CRLF>.<CRLF>"),
        replies.AUTHENTICATED: Reply(235, "OK", "2.0.0"),
        replies.AUTH_INVALID: Reply(535, "Authentication failed", "5.7.0"),
        replies.AUTH_REQUIRED: Reply(530, "Authentication required", "5.7.1"),
        replies.UNRECOGNIZED: Reply(500, "Command unrecognized.", "5.5.1"),
    },
)

SES = Persona(
    name="ses",
    banner=Reply(220, "{h} ESMTP SimpleEmailService-d-{session}"),
    hello="{h}",
    ehlo=("8BITMIME", "SIZE", "STARTTLS", "AUTH"),
    closing="Ok",
    mechanisms=("PLAIN", "LOGIN"),
    size=41_943_040,
    recipients=50,
    queued=Reply(250, "Ok {id}"),
    bye=Reply(221, "Bye"),
    statuses=False,
    wording={
        replies.OK: Reply(250, "Ok"),
        replies.SENDER_OK: Reply(250, "Ok"),
        replies.RECIPIENT_OK: Reply(250, "Ok"),
        replies.START_MAIL: _END_DATA,
        replies.READY_FOR_TLS: Reply(220, "Ready to start TLS"),
        replies.AUTHENTICATED: Reply(235, "Authentication successful."),
        replies.AUTH_INVALID: Reply(535, "Authentication Credentials Invalid"),
        replies.AUTH_REQUIRED: Reply(530, "Authentication required"),
        replies.TLS_REQUIRED: Reply(530, "Must issue a STARTTLS command first"),
        replies.NEED_MAIL: Reply(503, "Error: need MAIL command"),
        replies.NEED_RCPT: Reply(503, "Error: need RCPT command"),
        replies.NESTED_MAIL: Reply(503, "Error: nested MAIL command"),
        replies.UNRECOGNIZED: Reply(500, "Error: command not implemented"),
        replies.TOO_BIG: Reply(552, "Message is too long."),
    },
)

POSTFIX = Persona(
    name="postfix",
    banner=Reply(220, "{h} ESMTP Postfix"),
    hello="{h}",
    ehlo=(
        "PIPELINING", "SIZE", "VRFY", "ETRN", "STARTTLS", "AUTH", "ENHANCEDSTATUSCODES",
        "8BITMIME", "DSN", "SMTPUTF8", "CHUNKING",
    ),
    mechanisms=("PLAIN", "LOGIN"),
    size=10_240_000,
    recipients=1_000,
    queued=Reply(250, "Ok: queued as {id}", "2.0.0"),
    bye=Reply(221, "Bye", "2.0.0"),
    wording={
        replies.START_MAIL: _END_DATA,
        replies.AUTHENTICATED: Reply(235, "Authentication successful", "2.7.0"),
        replies.AUTH_INVALID: Reply(
            535, "Error: authentication failed: (reason unavailable)", "5.7.8"
        ),
        replies.AUTH_UNKNOWN: Reply(
            504, "Error: authentication mechanism not supported", "5.5.4"
        ),
        replies.UNRECOGNIZED: Reply(500, "Error: command not recognized", "5.5.2"),
        replies.SYNTAX_ERROR: Reply(500, "Error: bad syntax", "5.5.2"),
        replies.NOT_IMPLEMENTED: Reply(502, "Error: command not implemented", "5.5.1"),
        replies.GREET_FIRST: Reply(503, "Error: send HELO/EHLO first", "5.5.1"),
        replies.NESTED_MAIL: Reply(503, "Error: nested MAIL command", "5.5.1"),
        replies.NEED_MAIL: Reply(503, "Error: need MAIL command", "5.5.1"),
        replies.NEED_RCPT: Reply(503, "Error: need RCPT command", "5.5.1"),
        replies.NO_VALID_RECIPIENTS: Reply(554, "Error: no valid recipients", "5.5.1"),
        replies.TOO_MANY_RECIPIENTS: Reply(452, "Error: too many recipients", "4.5.3"),
        replies.TOO_BIG: Reply(552, "Message size exceeds fixed limit", "5.3.4"),
    },
)  # fmt: skip

EXIM = Persona(
    name="exim",
    banner=Reply(220, "{h} ESMTP Exim 4.96"),
    hello="{h} Hello {client} {at}",
    ehlo=("SIZE", "8BITMIME", "PIPELINING", "AUTH", "CHUNKING", "STARTTLS", "PRDR", "HELP"),
    mechanisms=("PLAIN", "LOGIN"),
    size=52_428_800,
    recipients=50_000,
    transactions=1_000,
    queued=Reply(250, "OK id={id}"),
    bye=Reply(221, "{h} closing connection"),
    statuses=False,
    wording={
        replies.OK: Reply(250, "OK"),
        replies.SENDER_OK: Reply(250, "OK"),
        replies.RECIPIENT_OK: Reply(250, "Accepted"),
        replies.EACH_RECIPIENT: Reply(353, "PRDR content analysis beginning"),
        replies.START_MAIL: Reply(354, 'Enter message, ending with "." on a line by itself'),
        replies.READY_FOR_TLS: Reply(220, "TLS go ahead"),
        replies.AUTHENTICATED: Reply(235, "Authentication succeeded"),
        replies.AUTH_INVALID: Reply(535, "Incorrect authentication data"),
        replies.UNRECOGNIZED: Reply(500, "unrecognized command"),
        replies.GREET_FIRST: Reply(503, "HELO or EHLO required"),
        replies.NESTED_MAIL: Reply(503, "sender already given"),
        replies.NEED_MAIL: Reply(503, "sender not yet given"),
        replies.NEED_RCPT: Reply(503, "valid RCPT command must precede DATA"),
        replies.TOO_MANY_RECIPIENTS: Reply(452, "too many recipients"),
        replies.TOO_MANY_TRANSACTIONS: Reply(452, "too many messages in this connection"),
        replies.TOO_BIG: Reply(552, "Message size exceeds maximum permitted"),
        replies.CANNOT_VRFY: Reply(252, "Administrative prohibition"),
    },
)

PERSONAS: Mapping[str, Persona] = MappingProxyType(
    {one.name: one for one in (GMAIL, MICROSOFT365, YAHOO, SES, POSTFIX, EXIM)}
)
"""Every persona by name."""
