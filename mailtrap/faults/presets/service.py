"""A server in trouble: refusals for reasons of its own, and failures that are no replies.

The texts were read in the providers' pages and sources, but for those marked [M]: from memory.
"""

from mailtrap.faults.presets.records import Preset, gmail

SERVICE = (
    Preset(
        name="too-big-declared",
        on=("mail",),
        tests="fails before it sends megabytes",
        replies={
            "postfix": "552 5.3.4 Message size exceeds fixed limit",
            "exim": "552 Message size exceeds maximum permitted",
        },
        keys={"size_over": 1_000},
    ),
    Preset(
        name="too-big",
        on=("message",),
        tests="reports the size and does not retry",
        replies={
            "gmail": gmail(
                "552 5.3.4", "Your message exceeded Google's message size limits.", "MaxSizeError"
            ),
            "ses": "552 Message is too long.",
            "mailbox": "552 5.2.3 Message exceeds the mailbox's size limit",
        },
        keys={"size_over": 1_000},
    ),
    Preset(
        name="low-disk",
        on=("mail",),
        tests="retries",
        replies={
            "plain": "452 4.3.1 Insufficient system storage",
            "exim": "452 Space shortage, please try later",
        },
    ),
    Preset(
        name="shutdown",
        on=("mail",),
        tests="connects again, and tries later",
        replies={
            "plain": "421 4.3.2 {host} Service not available, closing transmission channel",
            "postfix": "421 4.3.0 {host} Server local error",
            "postfix-idle": "421 4.4.2 {host} Error: timeout exceeded",
            "gmail": "421 4.3.0 Temporary System Problem. Try again later {session} - gsmtp",
            "gmail-busy": "421 4.4.5 Server busy, try again later. {session} - gsmtp",
        },
        do=("close",),
        parameters={"host": "mailtrap.local"},
    ),
    Preset(
        name="temp-fail",
        on=("message",),
        tests="retries with backoff",
        replies={
            "postfix": "451 4.3.0 Error: queue file write error",  # [M]: from memory
            "ses": "451 Temporary service failure",
            "gmail": "451 4.3.0 Mail server temporarily rejected message. {session} - gsmtp",
        },
    ),
    Preset(
        name="no-service",
        on=("greeting",),
        tests="goes to the next server, or tells somebody",
        replies={
            "postfix": "554 {host} ESMTP not accepting connections",
            "rfc7504": "521 {host} does not accept mail",  # [M]: from memory
        },
        do=("close",),
        parameters={"host": "mailtrap.local"},
    ),
    Preset(
        name="drop-after-store",
        on=("message",),
        tests="does not send twice, or marks what it repeats (RFC 1047)",
        do=("keep", "reset"),
    ),
    Preset(
        name="accept-drop",
        on=("message",),
        tests="does not take sent for delivered",
        do=("discard",),
    ),
    Preset(
        name="duplicate",
        on=("message",),
        tests="sees a message that came twice as one",
        do=("duplicate {copies}",),
        parameters={"copies": "2"},
    ),
    Preset(
        name="bounce",
        on=("message",),
        tests="reads its mailbox for bounces and suppresses the address",
        do=("bounce after {after_seconds} 550 5.1.1 User unknown",),
        parameters={"after_seconds": "1s"},
    ),
    Preset(
        name="slow-loris",
        on=("greeting", "helo", "mail", "rcpt", "data", "message"),
        tests="has a timeout for the whole reply, not for each octet",
        do=("trickle {pace}",),
        parameters={"pace": "50ms"},
    ),
    Preset(
        name="silence",
        on=("mail",),
        tests="has a timeout for each command (RFC 5321 4.5.3.2)",
        do=("stall",),
    ),
    Preset(
        name="outage",
        on=("connect",),
        tests="reports that nobody listens, and comes back",
        do=("outage {seconds}", "reset"),
        parameters={"seconds": "30s"},
    ),
)
